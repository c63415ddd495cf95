"""What a district's people learn of other districts: nothing that tells of a single one.

The rule is written in models.scope.
"""

from decimal import Decimal as D

import pytest
from django.utils import translation

from indicators.figures import figures_at, other_units
from indicators.models import Jurisdiction, YearlyResult
from indicators.recording.round import close_round
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_unit
from tests.results.release_cast import edit_unit, publish
from tests.round_cast import make_round


def figure(user, indicator, unit, tier="reported"):
    return figures_at(user, [(indicator, unit, YEAR)], tier=tier)[0]


def test_a_sum_is_told_when_all_units_are_approved(children, city, nine, officer, supervisor):
    for unit in nine[:8]:
        enter_approved(children, unit, "7")
    assert figure(officer, children, city).value is None
    with translation.override("zh-hans"):
        assert figure(officer, children, city).why_none == "轮次关闭且各单位数据全部审定后公布。"
        assert str(figure(supervisor, children, city).value) == "56 人（已报 8 / 9）"

    enter_approved(children, nine[8], "7")
    for tier in ("reported", "approved"):
        assert str(figure(officer, children, city, tier).value) == "63 人"


def test_a_sum_that_is_only_reported_is_not_told(children, city, nine, officer):
    for unit in nine:
        enter(children, unit, "7")

    assert figure(officer, children, city).value is None


def test_a_sum_of_a_round_is_told_once_it_is_closed(children, city, nine, officer, supervisor):
    asked = make_round(city, supervisor, [children], nine)
    for unit in nine:
        enter_approved(children, unit, "7")
    assert figure(officer, children, city).value is None

    close_round(asked, actor=supervisor, version=asked.version, reason="到期")
    assert str(figure(officer, children, city).value) == "63 人"


def test_what_moved_after_it_was_told_is_told_no_more(children, city, nine, officer, supervisor):
    for unit in nine:
        enter_approved(children, unit, "7")
    enter_approved(children, nine[8], "9")

    assert figure(officer, children, city).value is None
    assert figure(supervisor, children, city).number == 65


def test_a_round_that_comes_after_does_not_let_it_be_told_again(
    children, city, nine, officer, supervisor
):
    for unit in nine:
        enter_approved(children, unit, "7")
    asked = make_round(city, supervisor, [children], nine)
    enter_approved(children, nine[8], "9")
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")

    assert figure(officer, children, city).value is None
    assert figure(supervisor, children, city).number == 65


def test_a_sum_of_five_figures_is_not_told_though_all_have_answered(children, city, nine, officer):
    for unit in nine[:5]:
        enter_approved(children, unit, "7")
    for unit in nine[5:]:
        enter_approved(children, unit, state="not_applicable", state_reason="none here")
    assert figure(officer, children, city).value is None


@pytest.mark.parametrize("rule", ["max", "min"])
def test_the_largest_and_the_smallest_are_a_single_units(city, nine, officer, rule):
    largest = make_indicator("largest", aggregation=rule)
    twice = make_indicator("twice", formula="largest * 2")
    for number, unit in enumerate(nine):
        enter_approved(largest, unit, str(number + 1))

    assert figure(officer, largest, city).value is None
    assert figure(officer, twice, city).value is None


def test_the_computed_figure_beside_a_stated_one_follows_the_sum(
    children, city, nine, officer, supervisor
):
    enter_approved(children, city, "63")
    for unit in nine[:8]:
        enter_approved(children, unit, "7")
    assert (figure(officer, children, city).number, figure(officer, children, city).computed) == (
        D(63),
        None,
    )
    assert figure(supervisor, children, city).result.computed == 56

    enter_approved(children, nine[8], "7")
    found = figure(officer, children, city)
    assert (found.result.computed, found.agrees) == (D(63), True)


def test_units_that_are_missing_are_named_to_city_roles_only(
    share, children, children_public, city, nine, officer, supervisor
):
    for unit in nine:
        enter(children, unit, "10")
    for unit in nine[2:]:
        enter(children_public, unit, "5")

    assert "南区" in figure(supervisor, share, city).why_none
    assert "南区" not in figure(officer, share, city).why_none


def test_quartiles_of_eight_others_are_told_to_two_digits(children, city, nine, officer):
    for number, unit in enumerate(nine[:8]):
        enter_approved(children, unit, str(1000 + number * 111))
    few = other_units(officer, figure(officer, children, city), [])
    assert (few.reported, few.expected, few.quartiles) == (7, 8, None)

    enter_approved(children, nine[8], "1888")
    found = other_units(officer, figure(officer, children, city), []).quartiles
    assert (found.lower, found.median, found.upper) == (D(1300), D(1500), D(1700))


def test_a_sum_that_is_whole_no_longer_is_corrected_and_told_no_more(
    children, city, nine, officer, editor, supervisor
):
    publish(children, nine)
    another = Jurisdiction(
        code="500177", name_zh="东区", level="district", parent=city, valid_from=1997
    )
    edit_unit(editor, supervisor, another)
    enter_approved(children, Jurisdiction.objects.get(code="500177"), "9000")

    assert figure(officer, children, city).value is None
    corrected = figure(supervisor, children, city)
    assert (corrected.number, corrected.corrected_from) == (D(21996), "12\u2009996 人")


def test_quartiles_of_seven_others_are_not_told(children, city, nine, officer):
    for unit in nine[:8]:
        enter_approved(children, unit, "7")
    enter_approved(children, nine[8], state="not_applicable", state_reason="none here")

    assert other_units(officer, figure(officer, children, city), []).quartiles is None


def test_the_own_unit_is_seen_though_it_has_few_units_below(children, north, officer):
    school = make_unit("S1", "一小", parent=north)
    enter(children, school, "4")

    assert (
        YearlyResult.objects.for_user(officer).get(jurisdiction=north, tier="reported").number == 4
    )
