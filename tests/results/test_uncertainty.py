"""不足, 超过 and 余 go along into sums, shares and lights: none is green that is not certain."""

from decimal import Decimal as D

import pytest

from tests.cast import YEAR, enter, make_indicator, make_target, result


def test_a_sum_of_less_than_does_not_meet_what_it_would_reach(children, city, north, south):
    make_target(children, "ge", 100)
    enter(children, north, "60")
    enter(children, south, "不足40")

    found = result(children, city)
    assert (found.number, found.qualifier, found.status) == (100, "less_than", "near")


def test_a_sum_that_reaches_it_without_them_does(children, city, north, south):
    make_target(children, "ge", 100)
    enter(children, north, "100000")
    enter(children, south, "不足40")

    found = result(children, city)
    assert (found.number, found.least, found.most) == (100_040, 100_000, 100_040)
    assert (found.qualifier, found.status) == ("less_than", "met")


@pytest.mark.parametrize(("one", "other"), [("60余", "不足40"), ("约60", "不足40")])
def test_what_lies_on_both_sides_is_not_certain(children, city, north, south, one, other):
    make_target(children, "ge", 100)
    enter(children, north, one)
    enter(children, south, other)

    assert result(children, city).status == "near"


def test_bounds_go_on_into_shares_of_sums(children, children_public, share, city, north, south):
    make_target(share, "ge", 50)
    for unit, public in ((north, "90"), (south, "不足20")):
        enter(children, unit, "90")
        enter(children_public, unit, public)

    found = result(share, city)
    assert (found.number, found.least) == (D("61.1111"), 50)
    assert found.status == "met"


def test_a_stated_figure_agrees_with_what_may_be_as_much(children, city, north, south):
    for unit in (north, south):
        enter(children, unit, "不足50")
    enter(children, city, "95")
    assert result(children, city).agrees is True

    enter(children, city, "101")
    assert result(children, city).agrees is False


def test_nor_does_a_share(children, children_public, share, city, north, south):
    make_target(share, "ge", 50)
    for unit in (north, south):
        enter(children, unit, "100")
        enter(children_public, unit, "不足50")

    found = result(share, city)
    assert (found.number, found.qualifier, found.status) == (50, "less_than", "near")


def test_a_whole_of_less_than_makes_a_share_of_more(children, children_public, share, city, north):
    make_target(share, "ge", 50, level="", jurisdiction=north)
    enter(children, north, "不足100")
    enter(children_public, north, "50")

    found = result(share, north)
    assert (found.qualifier, found.status) == ("at_least", "met")


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [
        ("超过100", "100", "missed"),
        ("100余", "100", "missed"),
        ("100余", "101", "met"),
        ("超过100", "101", "met"),
        ("超过100", "超过100", "met"),
        ("100以上", "100", "met"),
        ("不足100", "100", "met"),
    ],
)
def test_what_was_more_than_a_number_is_not_kept_by_that_number(
    children, north, before, now, status
):
    make_target(children, "not_below_last_year", level="", jurisdiction=north)
    enter(children, north, before, year=YEAR - 1)
    enter(children, north, now)

    assert result(children, north).status == status


@pytest.mark.parametrize(
    ("rule", "other", "comparator", "status"),
    [
        ("max", "不足40", "le", "met"),
        ("max", "超过90", "le", "near"),
        ("min", "超过200", "ge", "met"),
        ("min", "不足150", "ge", "near"),
    ],
)
def test_the_largest_and_the_smallest(city, north, south, rule, other, comparator, status):
    extreme = make_indicator("extreme", aggregation=rule)
    make_target(extreme, comparator, 100)
    enter(extreme, north, "100")
    enter(extreme, south, other)

    assert result(extreme, city).status == status
