"""What is odd about a number that may yet be right."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.formula import parse
from indicators.measures.plausibility import Beside, Doubt, doubts, part_and_whole


def codes(number, **beside):
    given = {"unit": "persons", "kind": "count"} | beside
    return [doubt.code for doubt in doubts(D(number), Beside(**given))]


@pytest.mark.parametrize(
    ("number", "before", "found"),
    [
        (123_460_000, 12_346, ["slip_up"]),
        ("1.2", 12_346, ["slip_down"]),
        (125_000, 12_346, ["slip_up"]),
        (1_300, 12_346, ["slip_down"]),
        (370_000, 12_346, ["times_up"]),
        (400, 12_346, ["times_down"]),
        (0, 12_346, ["nothing_left"]),
        (24_000, 12_346, []),
        (12_346, 12_346, []),
        (5, 0, []),
        (1, 60, []),
        (60, 1, []),
    ],
)
def test_many_times_last_year_is_odd_unless_few_are_counted(number, before, found):
    assert codes(number, last_year=D(before)) == found


def test_a_slip_of_units_names_the_factor():
    assert doubts(D("1.25"), Beside("persons", "count", last_year=D(12_346))) == [
        Doubt("slip_down", D(12_346), D(10_000))
    ]


@pytest.mark.parametrize(
    ("number", "found"), [("0.55", ["slip_down"]), ("55", []), ("5.5", ["slip_down"])]
)
def test_a_share_typed_as_a_fraction_is_odd(number, found):
    assert codes(number, unit="percent", kind="share", last_year=D("54.45")) == found


@pytest.mark.parametrize(
    ("kind", "unit", "found"),
    [
        ("rate", "percent", ["above_hundred"]),
        ("share", "percent", ["above_hundred"]),
        ("growth_rate", "percent", []),
        ("count", "persons", []),
    ],
)
def test_a_share_or_rate_above_a_hundred_is_odd_a_growth_is_not(kind, unit, found):
    assert codes("102.5", kind=kind, unit=unit) == found
    assert codes("100", kind=kind, unit=unit) == []


def test_growth_ranks_and_points_are_not_compared_by_times():
    for kind, unit in (("growth_rate", "percent"), ("rank", "rank"), ("percentage_points",) * 2):
        assert codes(200, kind=kind, unit=unit, last_year=D(1)) == []


def test_below_last_year_is_odd_where_the_target_forbids_it():
    assert codes(12_000, last_year=D(12_346)) == []
    assert codes(12_000, last_year=D(12_346), not_below_last_year=True) == ["below_last_year"]
    assert codes(12_346, last_year=D(12_346), not_below_last_year=True) == []


def test_a_share_that_fell_by_points_is_odd_where_falling_is_worse():
    share = {"unit": "percent", "kind": "share", "last_year": D("95.9")}

    assert codes("92.1", falling_is_worse=True, **share) == ["fell"]
    assert codes("93", falling_is_worse=True, **share) == []
    assert codes("92.1", **share) == []
    assert doubts(D("92.1"), Beside("percent", "share", D("95.9"), falling_is_worse=True)) == [
        Doubt("fell", D("95.9"), D("3.8"))
    ]


def test_a_part_above_its_whole_is_odd_and_told_first():
    wholes = (("total", D(12_480)), ("more", D(20_000)))
    beside = Beside("children", "count", last_year=D(1_500), wholes=wholes)

    assert doubts(D(15_210), beside) == [
        Doubt("above_whole", D(12_480), whole="total"),
        Doubt("slip_up", D(1_500), D(10)),
    ]
    assert codes(12_480, wholes=wholes) == []


@given(st.decimals(0, 10**14, places=4), st.decimals(0, 10**14, places=4))
def test_any_two_numbers_can_be_compared(number, before):
    found = doubts(number, Beside("yuan", "amount", last_year=before))

    assert len(found) <= 1


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("public / total * 100", ["public", "total"]),
        ("closed / (closed + open) * 100", None),
        ("a / b", None),
        ("a * 100", None),
        ("100 * (a / b)", None),
        ("a - prev(a)", None),
        ("a / b * 1000", None),
        ("a", None),
    ],
)
def test_a_share_is_told_by_the_shape_of_its_formula(formula, parts):
    found = part_and_whole(parse(formula))

    assert (found and [reference.code for reference in found]) == parts
