"""不足, 超过 and 余 go along into sums, shares and lights: none is green that is not certain."""

import pytest

from tests.cast import YEAR, enter, make_indicator, make_target, result


def test_a_sum_of_less_than_does_not_meet_what_it_would_reach(children, city, north, south):
    make_target(children, "ge", 100)
    enter(children, north, "60")
    enter(children, south, "不足40")

    found = result(children, city)
    assert (found.number, found.qualifier, found.status) == (100, "less_than", "near")


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
    assert (found.qualifier, found.status) == ("more_than", "met")


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [
        ("超过100", "100", "missed"),
        ("100余", "100", "missed"),
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


def test_the_largest_says_what_those_say_that_have_it(city, north, south):
    largest = make_indicator("largest", aggregation="max")
    enter(largest, north, "100")
    enter(largest, south, "不足40")

    assert result(largest, city).qualifier == "exact"
