"""What was told of several units is told once: not again after it moved, nor through what is worked
out from it, nor by another way.

Nine districts of which the ninth is another's; the reader is the officer of the first.
"""

from decimal import Decimal as D

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.figures import figures_at, other_units
from indicators.models import Jurisdiction, Release
from indicators.recording.catalogue import save_jurisdiction
from indicators.recording.jurisdiction_change import propose_jurisdiction_change
from indicators.recording.proposal import confirm, previewed, propose
from indicators.recording.round import close_round, delete_round, withdraw_round
from tests.cast import (
    YEAR,
    enter_approved,
    make_indicator,
    make_share,
    make_unit,
    make_user,
)
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import make_round

NEXT = YEAR + 1


@pytest.fixture
def nine(city, north, south):
    return [north, south, *(make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(7))]


@pytest.fixture
def growth(children):
    return make_indicator("growth", formula="children - prev(children)", lower_limit=None)


def publish(indicator, units, *, first=1000, year=YEAR):
    for number, unit in enumerate(units):
        enter_approved(indicator, unit, str(first + number * 111), year=year)


def told(user, indicator, city, year=YEAR):
    return figures_at(user, [(indicator, city, year)], tier="approved")[0].number


def quartiles(user, indicator, city):
    figure = figures_at(user, [(indicator, city, YEAR)], tier="approved")[0]
    return other_units(user, figure, []).quartiles


def close(asked, supervisor):
    asked.refresh_from_db()
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")


def change_units(editor, supervisor, kind, ended, *begun):
    made = propose_jurisdiction_change(
        asked_for(kind, ended, *begun), actor=editor, reason="区划调整"
    )
    confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")


def edit_unit(editor, supervisor, unit):
    """By a confirmed change where approved figures move, else at once."""
    try:
        save_jurisdiction(unit, actor=editor)
    except ApprovedWouldMove:
        made = propose(unit, act="save", actor=editor, reason="区划调整", seen="")
        confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")


# --- Through formulas -----------------------------------------------------------------------------


def test_growth_from_a_sum_that_was_corrected_is_not_told(children, growth, city, nine, officer):
    publish(children, nine)
    enter_approved(children, nine[8], "345")
    publish(children, nine, first=2000, year=NEXT)

    assert told(officer, children, city, NEXT) == 21996
    assert told(officer, growth, city, NEXT) is None


def test_growth_is_told_where_both_sums_are(children, growth, city, nine, officer):
    publish(children, nine)
    publish(children, nine, first=2000, year=NEXT)
    assert told(officer, growth, city, NEXT) == 9000

    enter_approved(children, nine[8], "345")
    assert told(officer, growth, city, NEXT) is None


def test_growth_from_last_year_is_told_once_its_round_is_closed(
    children, growth, city, nine, officer, supervisor
):
    asked = make_round(city, supervisor, [children], nine)
    publish(children, nine)
    publish(children, nine, first=2000, year=NEXT)
    assert told(officer, children, city, NEXT) == 21996
    assert told(officer, growth, city, NEXT) is None

    close(asked, supervisor)
    assert told(officer, growth, city, NEXT) == 9000


def test_a_share_of_which_one_part_was_corrected_is_not_told(
    share, children, children_public, city, nine, officer
):
    publish(children, nine)
    enter_approved(children, nine[8], "345")
    publish(children_public, nine, first=100)

    assert told(officer, children_public, city) == 4896
    assert told(officer, share, city) is None


def test_a_formula_of_later_tells_no_sum_that_was_corrected(children, city, nine, officer):
    publish(children, nine)
    enter_approved(children, nine[8], "345")

    assert told(officer, make_indicator("twice", formula="children * 2"), city) is None


def test_a_formula_of_later_over_what_is_told_is_told(children, city, nine, officer):
    publish(children, nine)

    assert told(officer, make_indicator("twice", formula="children * 2"), city) == 25992


def test_what_is_computed_from_what_the_city_states_is_told(children, growth, city, nine, officer):
    publish(children, nine)
    enter_approved(children, nine[8], "345")
    enter_approved(children, city, "12000")
    publish(children, nine, first=2000, year=NEXT)

    assert told(officer, growth, city, NEXT) == 9996


# --- Beside a stated one, and further down --------------------------------------------------------


def test_the_figure_beside_a_stated_one_is_told_once(children, city, nine, officer, supervisor):
    enter_approved(children, city, "12996")
    publish(children, nine)
    found = figures_at(officer, [(children, city, YEAR)], tier="approved")[0]
    assert (found.result.computed, found.agrees) == (D(12996), True)

    enter_approved(children, nine[8], "345")
    found = figures_at(officer, [(children, city, YEAR)], tier="approved")[0]
    assert (found.number, found.result.computed, found.agrees) == (D(12996), None, None)
    found = figures_at(supervisor, [(children, city, YEAR)], tier="approved")[0]
    assert found.result.computed == 11453


def test_a_sum_that_was_told_is_not_told_anew_beside_a_stated_one(children, city, nine, officer):
    publish(children, nine)
    enter_approved(children, nine[8], "345")
    enter_approved(children, city, "11453")

    found = figures_at(officer, [(children, city, YEAR)], tier="approved")[0]
    assert (found.number, found.result.computed, found.agrees) == (D(11453), None, None)


def test_a_later_round_does_not_let_a_sum_of_sums_be_told_again(children):
    province = make_unit("510000", "山省", "province")
    cities = [make_unit(f"5101{n:02}", f"第{n}市", "city", parent=province) for n in range(9)]
    districts = [
        make_unit(f"51{n:02}01", f"第{n}区", parent=parent) for n, parent in enumerate(cities, 60)
    ]
    officer = make_user("officer", "officer", cities[0])
    supervisor = make_user("supervisor", "supervisor", province)
    publish(children, districts)
    assert told(officer, children, province) == 12996

    asked = make_round(province, supervisor, [children], cities)
    enter_approved(children, districts[8], "345")
    close(asked, supervisor)
    assert told(officer, children, province) is None


def test_a_sum_is_told_when_the_round_is_given_up(children, city, nine, officer, supervisor):
    planned = make_round(city, supervisor, [children], nine, opened=False)
    publish(children, nine)
    assert told(officer, children, city) is None

    delete_round(planned, actor=supervisor, version=planned.version)
    assert told(officer, children, city) == 12996


def test_a_sum_is_told_when_the_round_is_withdrawn(children, city, nine, officer, supervisor):
    asked = make_round(city, supervisor, [children], nine)
    publish(children, nine)
    asked.refresh_from_db()
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="改期")

    assert told(officer, children, city) == 12996


def test_a_part_that_is_missing_now_is_not_told_by_a_sum_that_stays(children, city, nine, officer):
    publish(children, nine[:8])
    enter_approved(children, nine[8], "0")
    assert told(officer, children, city) is not None

    enter_approved(children, nine[8], state="blank")
    assert told(officer, children, city) is None


# --- Quartiles ------------------------------------------------------------------------------------


@pytest.fixture(params=["sum", "none"])
def counted(request, db):
    return make_indicator("counted", aggregation=request.param)


@pytest.fixture
def share_of_counted(counted):
    part = make_indicator("part")
    return make_share("share_of_counted", "part / counted * 100"), part


@pytest.fixture
def eleven(city, nine):
    return [*nine, *(make_unit(f"50013{n}", f"第{n}县", parent=city) for n in range(2))]


def added(editor, supervisor, city, units):
    unit = Jurisdiction(
        code="500177", name_zh="东区", level="district", parent=city, valid_from=1997
    )
    edit_unit(editor, supervisor, unit)
    return Jurisdiction.objects.get(code="500177")


def moved_out(editor, supervisor, city, units):
    units[-1].parent = make_unit("510000", "邻市", "city")
    edit_unit(editor, supervisor, units[-1])


def moved_in(editor, supervisor, city, units):
    unit = make_unit("510101", "邻区", parent=make_unit("510000", "邻市", "city"))
    unit.parent = city
    edit_unit(editor, supervisor, unit)
    return unit


def ended(editor, supervisor, city, units):
    units[-1].valid_to = YEAR
    edit_unit(editor, supervisor, units[-1])


def merged(editor, supervisor, city, units):
    change_units(editor, supervisor, "merge", units[-2:], ("500199", "合区"))
    return Jurisdiction.objects.get(code="500199")


@pytest.mark.parametrize("regroup", [added, moved_out, moved_in, ended, merged])
def test_quartiles_fall_silent_when_other_units_make_them(
    counted, share_of_counted, city, eleven, officer, editor, supervisor, regroup
):
    share, part = share_of_counted
    publish(counted, eleven)
    publish(part, eleven, first=500)
    assert quartiles(officer, counted, city) is not None
    assert quartiles(officer, share, city) is not None

    new = regroup(editor, supervisor, city, eleven)
    if new is not None:
        enter_approved(counted, new, "9000")
        enter_approved(part, new, "4000")
    assert quartiles(officer, counted, city) is None
    assert quartiles(officer, share, city) is None


def test_quartiles_stay_when_a_unit_is_renamed_and_fall_silent_once_it_is_corrected(
    counted, city, nine, officer, editor, supervisor
):
    publish(counted, nine)
    before = quartiles(officer, counted, city)
    change_units(editor, supervisor, "rename", nine[-1:], ("500188", "新区"))
    assert before is not None
    assert quartiles(officer, counted, city) == before

    enter_approved(counted, Jurisdiction.objects.get(code="500188"), "9000")
    assert quartiles(officer, counted, city) is None


def test_quartiles_are_silent_while_a_round_collects(counted, city, nine, officer, supervisor):
    asked = make_round(city, supervisor, [counted], nine)
    publish(counted, nine)
    assert quartiles(officer, counted, city) is None

    close(asked, supervisor)
    assert quartiles(officer, counted, city) is not None


# --- What is kept ---------------------------------------------------------------------------------


def test_what_was_released_is_kept_as_it_was_told(children, city, nine):
    publish(children, nine)
    enter_approved(children, nine[8], "345")

    kept = Release.objects.filter(jurisdiction=city).order_by("kind")
    assert [(one.kind, one.number) for one in kept] == [("figure", D(12996)), ("spread", None)]
