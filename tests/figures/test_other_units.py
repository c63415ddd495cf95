"""What a district's people learn of other districts: nothing that tells of a single one."""

from decimal import Decimal as D

import pytest

from indicators.figures import figures_at, other_units
from indicators.models import YearlyResult
from tests.cast import YEAR, enter, make_unit


def figure(user, indicator, unit):
    return figures_at(user, [(indicator, unit, YEAR)], tier="reported")[0]


@pytest.fixture
def six(city, north, south):
    more = [make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(4)]
    return [north, south, *more]


def test_a_sum_over_few_units_is_not_shown_to_one_of_them(children, city, six, officer, supervisor):
    for unit in six[:5]:
        enter(children, unit, "7")
    assert figure(officer, children, city).value is None
    assert str(figure(supervisor, children, city).value) == "35 人（已报 5 / 6）"

    enter(children, six[5], "7")
    assert str(figure(officer, children, city).value) == "42 人"


def test_nor_is_the_computed_figure_beside_a_stated_one(children, city, six, officer, supervisor):
    enter(children, city, "100")
    enter(children, six[1], "7")

    assert (
        str(figure(officer, children, city).value),
        figure(officer, children, city).computed,
    ) == (
        "100 人",
        None,
    )
    assert str(figure(supervisor, children, city).computed) == "7 人"


def test_units_that_are_missing_are_named_to_city_roles_only(
    share, children, children_public, city, six, officer, supervisor
):
    for unit in six:
        enter(children, unit, "10")
    for unit in six[2:]:
        enter(children_public, unit, "5")

    assert "南区" in figure(supervisor, share, city).why_none
    assert "南区" not in figure(officer, share, city).why_none
    assert "其他单位" in figure(officer, share, city).why_none


def test_lowest_median_and_highest_of_five_others_and_of_no_fewer(children, city, six, officer):
    for number, unit in enumerate(six[:5]):
        enter(children, unit, str(number * 10))
    few = other_units(officer, figure(officer, children, city))
    assert (few.reported, few.expected, few.spread) == (4, 5, None)

    enter(children, six[5], "50")
    spread = other_units(officer, figure(officer, children, city)).spread
    assert (spread.lowest, spread.median, spread.highest) == (D(10), D(30), D(50))


def test_the_own_unit_is_seen_though_it_has_few_units_below(children, north, officer):
    school = make_unit("S1", "一小", parent=north)
    enter(children, school, "4")

    assert (
        YearlyResult.objects.for_user(officer).get(jurisdiction=north, tier="reported").number == 4
    )


def test_units_to_which_it_does_not_apply_hide_nobody(children, city, six, officer):
    enter(children, six[0], "100")
    enter(children, six[1], "424242")
    for unit in six[2:]:
        enter(children, unit, state="not_applicable", state_reason="none here")
    make_unit("500199", "静区", parent=city)
    enter(children, six[0], "101")  # the sum now waits for the silent one

    assert figure(officer, children, city).value is None
