"""What was told of several units is told once: not again after it moved, nor through what is worked
out from it, nor by another way.

Nine districts of which the ninth is another's; the reader is the officer of the first.
"""

import csv
from decimal import Decimal as D

import pytest

from indicators.figures import figures_at
from indicators.models import Membership, Release
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.round import delete_round, withdraw_round
from tests.cast import YEAR, enter_approved, make_indicator, make_target, make_unit, make_user
from tests.results.release_cast import NEXT, again, close, edit_unit, move, publish, quartiles, told
from tests.round_cast import make_round


@pytest.fixture
def growth(children):
    return make_indicator("growth", formula="children - prev(children)", lower_limit=None)


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


# --- Under another unit above ---------------------------------------------------------------------


@pytest.fixture
def province(city):
    """With the cast's city and a new one; the editor and supervisor are the province's."""
    found = make_unit("510000", "山省", "province")
    city.parent = found
    with changing_catalogue(actor=None) as touched:
        city.save()
        touched.of_unit(city)
    return found


@pytest.fixture
def new_city(province):
    return make_unit("520000", "新市", "city", parent=province)


@pytest.fixture
def those_above(province):
    return (
        make_user("editor_above", "editor", province),
        make_user("supervisor_above", "supervisor", province),
    )


def test_what_was_told_in_one_city_is_not_told_in_another(
    children, city, new_city, nine, officer, those_above
):
    publish(children, nine[:7])
    for unit in nine[7:]:
        enter_approved(children, unit, state="not_applicable", state_reason="none here")
    assert told(officer, children, city) == 9331

    move(*those_above, nine[:6], new_city)
    assert told(again(officer), children, new_city) is None
    assert told(again(officer), children, city) is None


def test_what_was_told_is_not_told_by_a_level_put_between(
    children, city, province, nine, officer, those_above
):
    publish(children, nine)
    middle = make_unit("500900", "中市", "city", parent=city)

    move(*those_above, nine[:8], middle)
    assert told(again(officer), children, middle) is None
    assert told(again(officer), children, city) is None


def test_what_was_corrected_is_not_told_in_another_city(
    children, city, new_city, nine, officer, those_above
):
    publish(children, nine)
    enter_approved(children, nine[8], "5000")

    move(*those_above, nine, new_city)
    assert told(again(officer), children, new_city) is None


def test_what_was_told_is_not_told_after_a_detour_over_the_years(
    children, city, new_city, nine, officer, those_above
):
    publish(children, nine)

    for first in (NEXT, 1997):
        for unit in nine[:8]:
            unit.refresh_from_db()
            unit.valid_from = first
            edit_unit(*those_above, unit)
        move(*those_above, nine[:8], new_city)
    assert told(again(officer), children, new_city) is None


def test_what_was_told_in_one_province_is_not_told_in_another(children):
    root = make_unit("400000", "国", "nation")
    first, second = (
        make_unit(f"5{n}0000", name, "province", parent=root)
        for n, name in ((1, "山省"), (2, "水省"))
    )
    old = [make_unit(f"5101{n:02}", f"第{n}市", "city", parent=first) for n in range(9)]
    new = [make_unit(f"5201{n:02}", f"新{n}市", "city", parent=second) for n in range(8)]
    districts = [make_unit(f"53{n:02}01", f"第{n}区", parent=one) for n, one in enumerate(old)]
    officer = make_user("officer", "officer", districts[0])
    above = make_user("editor", "editor", root), make_user("supervisor", "supervisor", root)
    publish(children, districts)
    assert told(officer, children, first) == 12996

    for district, parent in zip(districts[:8], new, strict=True):
        move(*above, [district], parent)
    assert told(again(officer), children, second) is None


def test_a_sum_is_told_to_nobody_who_has_all_but_one_of_its_units(children, city, nine, officer):
    publish(children, nine)
    for unit in nine[1:8]:
        Membership.objects.create(user=officer, jurisdiction=unit, role="officer")

    assert told(again(officer), children, city) is None


def test_a_sum_is_told_no_more_when_a_unit_of_nothing_leaves(
    children, city, new_city, nine, officer, those_above
):
    publish(children, nine[:8])
    enter_approved(children, nine[8], "0")
    assert told(officer, children, city) is not None

    move(*those_above, nine[8:], new_city)
    assert told(again(officer), children, city) is None


# --- What is no figure ----------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["900", "1000", "1010"])
def test_a_light_compares_with_nothing_that_is_not_told(
    children, city, north, south, officer, supervisor, client, said
):
    make_target(children, "not_below_last_year", 1)
    enter_approved(children, north, "10")
    enter_approved(children, south, "1000")
    enter_approved(children, city, said, year=NEXT)

    figure = figures_at(officer, [(children, city, NEXT)], tier="approved")[0]
    assert (figure.number, figure.status) == (D(said), "no_data")
    lit = figures_at(supervisor, [(children, city, NEXT)], tier="approved")[0]
    assert lit.status in ("met", "near", "missed")
    client.force_login(officer)
    file = client.get(f"/export/figures.csv?tier=approved&year={NEXT}&header=codes")
    row = next(line for line in csv.DictReader(lines_of(file)) if line["jurisdiction"] == city.code)
    assert (row["value"], row["status"]) == (said, "no_data")


def lines_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_a_light_compares_with_what_the_city_stated(children, city, nine, officer):
    make_target(children, "not_below_last_year", 1)
    enter_approved(children, city, "900")
    enter_approved(children, city, "1000", year=NEXT)

    figure = figures_at(officer, [(children, city, NEXT)], tier="approved")[0]
    assert figure.status == "met"


def test_a_division_by_nothing_tells_of_no_zero(
    share, children, children_public, city, north, south, officer, supervisor
):
    for unit in (north, south):
        enter_approved(children, unit, "0")
        enter_approved(children_public, unit, "0")

    assert figures_at(officer, [(share, city, YEAR)], tier="approved")[0].result is None
    seen = figures_at(supervisor, [(share, city, YEAR)], tier="approved")[0]
    assert seen.result.reason["code"] == "division_by_zero"


# --- What is kept ---------------------------------------------------------------------------------


def test_what_was_released_is_kept_as_it_was_told(children, city, nine):
    publish(children, nine)
    enter_approved(children, nine[8], "345")

    kept = Release.objects.filter(jurisdiction=city).order_by("withdrawn", "kind")
    assert [(one.kind, one.withdrawn, one.number) for one in kept] == [
        ("figure", False, D(12996)),
        ("spread", False, None),
        ("figure", True, None),
        ("spread", True, None),
    ]


def test_what_was_withdrawn_is_not_told_when_it_is_put_back(children, city, nine, officer):
    publish(children, nine)
    enter_approved(children, nine[8], "345")
    enter_approved(children, nine[8], "1888")

    assert told(officer, children, city) is None
    assert quartiles(officer, children, city) is None
