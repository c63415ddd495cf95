"""What is odd about a number that may yet be right."""

from decimal import Decimal as D
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.formula import parse
from indicators.measures.plausibility import (
    Slip,
    apart,
    growth,
    is_copied,
    is_off,
    part_and_whole,
    score,
    slip,
)

SHARES = st.decimals(0, 100, places=2)
NUMBERS = st.decimals(0, 10**14, places=4)


def code(number, before, *, unit="persons", kind="count"):
    found = slip(D(number), D(before), unit=unit, kind=kind)
    return found.code if found else None


@pytest.mark.parametrize(
    ("number", "before", "found"),
    [
        (123_460_000, 12_346, "slip_up"),
        ("1.2", 12_346, "slip_down"),
        (125_000, 12_346, "slip_up"),
        (1_300, 12_346, "slip_down"),
        (370_000, 12_346, "times_up"),
        (400, 12_346, "times_down"),
        (0, 12_346, "nothing_left"),
        (24_000, 12_346, None),
        (12_346, 12_346, None),
        (5, 0, None),
        (0, 3, "nothing_left"),
        (1, 60, None),
        (60, 1, None),
    ],
)
def test_many_times_last_year_is_odd_unless_few_are_counted(number, before, found):
    assert code(number, before) == found


def test_a_slip_of_units_names_the_factor():
    found = slip(D("1.25"), D(12_346), unit="persons", kind="count")
    assert found == Slip("slip_down", D(10_000))


@pytest.mark.parametrize(
    ("number", "found"), [("0.55", "slip_down"), ("55", None), ("5.5", "slip_down")]
)
def test_a_share_typed_as_a_fraction_is_odd(number, found):
    assert code(number, "54.45", unit="percent", kind="share") == found


def test_growth_ranks_and_points_are_not_compared_by_times():
    for kind, unit in (("growth_rate", "percent"), ("rank", "rank"), ("percentage_points",) * 2):
        assert code(200, 1, unit=unit, kind=kind) is None


@given(NUMBERS, NUMBERS)
def test_any_two_numbers_can_be_compared(number, before):
    found = slip(number, before, unit="yuan", kind="amount")
    assert found is None or found.times is None or found.times >= 10


@given(NUMBERS, NUMBERS.filter(bool))
def test_growth_has_the_sign_of_the_change_and_is_points_between_shares(number, before):
    grown = growth(number, before, unit="persons")
    points = growth(number, before, unit="percent")
    assert points == number - before
    assert (grown > 0) <= (number > before)
    assert (grown < 0) <= (number < before)


def test_nothing_grows_from_nothing():
    assert growth(D(5), D(0), unit="persons") is None


def test_a_number_is_copied_where_a_coincidence_is_unlikely():
    assert is_copied(D(12_346), D(12_346), unit="persons")
    for number, before, unit in ((99, 99, "persons"), (100, 100, "percent"), (12_346, 1, "yuan")):
        assert not is_copied(D(number), D(before), unit=unit)


@given(NUMBERS, NUMBERS.filter(bool), st.integers(0, 100))
def test_two_numbers_are_off_by_more_than_the_tolerance_or_not(left, right, tolerance):
    apart = abs(left - right) / right * 100
    if abs(apart - tolerance) > D("0.000001"):
        assert is_off(left, right, D(tolerance)) == (apart > tolerance)


def test_too_few_others_and_others_that_are_nothing_make_no_score():
    assert score(D(1), [D(5)] * 4) is None
    assert score(D(1), [D(0)] * 9) is None


@given(st.lists(SHARES, min_size=2, max_size=2), SHARES)
def test_where_most_are_alike_nothing_is_told_of_the_rest(rest, number):
    """Their mean deviation bounded each one's distance: five of 95, 95, 95, 95, 94 were known to
    lie within 1.2 % by the numbers that stood out beside them."""
    alike = [D(95)] * 3

    assert score(number, [*alike, *rest]) == score(number, [D(95)] * 5)
    assert abs(score(D(59), [D(95)] * 5)) > D("3.5") > abs(score(D(80), [D(95)] * 5))


@given(st.lists(SHARES, min_size=5, max_size=50), SHARES)
def test_a_score_is_the_modified_z_score_to_half_a_deviation(others, number):
    found = score(number, others)
    if found is None:
        return
    middle = D(median(others))
    away = [abs(other - middle) for other in others]
    exact = (number - middle) * D("0.6745") / (D(median(away)) or middle / 20)
    assert abs(found - exact) <= D("0.5") + abs(exact) * D("0.06")


def test_what_stands_out_tells_no_other_figure():
    """Who tries numbers until one stands out finds the same bounds for others that differ."""

    def bounds(others):
        return [n for n in range(8500, 9900) if abs(score(D(n) / 100, others)) < D("3.5")]

    others = [D(n) for n in ("91.31", "92.40", "93.52", "94.63", "95.74")]
    assert bounds(others) == bounds([other + D("0.2") for other in others])


def test_a_figure_within_the_others_never_stands_out_by_the_usual_bound():
    others = [D(n) for n in range(50, 91)]
    assert all(abs(score(D(n), others)) < D("3.5") for n in range(50, 91))


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


def test_without_numbers_above_nought_or_enough_others_nothing_lies_apart():
    near = [(D(n), D(100)) for n in (900, 950, 1000, 1050, 1100)]
    assert apart(D(10_000), D(100), near)[1] == 10
    assert apart(D(0), D(100), near) is None
    assert apart(D(10_000), D(0), near) is None
    assert apart(D(10_000), D(100), near[:2]) is None
