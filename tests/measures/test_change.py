"""Change against the year before, as each kind of figure is spoken of."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given

from indicators.measures.change import Difference, change
from indicators.measures.exact import LIMIT
from tests.measures.numbers import EXACT
from tests.measures.shipped import UNITS


@pytest.mark.parametrize(
    ("unit", "now", "before", "number", "told_in"),
    [
        ("percent", "54.45", "53.31", "1.14", "percentage_points"),
        ("percent", "0", "100", "-100", "percentage_points"),
        ("percentage_points", "1", "1.5", "-0.5", "percentage_points"),
        ("rank", "4", "9", "-5", "rank"),
        ("yuan", "80500000000", "75871819038", "6.1", "percent"),
        ("persons", "3", "2", "50", "percent"),
        ("persons", "2", "3", "-33.3333", "percent"),
        ("persons", "0", "3", "-100", "percent"),
        ("yuan_per_pupil", "1", "3", "-66.6667", "percent"),
    ],
)
def test_shares_differ_in_points_ranks_in_places_all_else_grows(unit, now, before, number, told_in):
    assert change(unit, D(now), D(before)) == Difference(D(number), told_in)


@pytest.mark.parametrize("before", ["0", "-5"])
def test_growth_from_nothing_is_not_told(before):
    assert change("persons", D(5), D(before)) is None


def test_growth_too_large_to_keep_is_not_told():
    assert change("yuan", LIMIT - 1, D("0.0001")) is None


@given(EXACT, EXACT)
def test_a_change_is_exact_to_the_last_place_in_every_unit(now, before):
    for unit in UNITS.values():
        found = change(unit.base, now, before)
        if found is None:
            assert before <= 0 or abs(now / before * 100 - 100) >= LIMIT / 2
        elif unit.base in ("percent", "percentage_points", "rank"):
            assert found.number == now - before
        else:
            exactly = Fraction(now) / Fraction(before) * 100 - 100
            assert abs(Fraction(found.number) - exactly) <= Fraction(1, 20_000)
