"""Quartiles lie among the numbers, in order, and are told roughly where that is asked; how unequal
numbers are does not depend on their unit or order."""

from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.measures.dispersion import (
    Quartiles,
    inequality_of,
    quartiles_of,
    two_digits,
)

NUMBERS = st.lists(st.decimals(0, 10**12, places=4), min_size=2, max_size=50)


@given(NUMBERS)
def test_they_lie_in_order_among_the_numbers(numbers):
    found = quartiles_of(numbers)
    assert min(numbers) <= found.lower <= found.median <= found.upper <= max(numbers)


@given(NUMBERS)
def test_the_order_of_the_numbers_does_not_matter(numbers):
    assert quartiles_of(numbers) == quartiles_of(sorted(numbers))


def test_of_less_than_two_numbers_there_are_none():
    assert quartiles_of([]) is None
    assert quartiles_of([D(1)]) is None


@given(st.decimals(-(10**12), 10**12, places=4))
def test_two_digits_are_left_and_the_rest_is_off_by_a_twentieth_at_most(number):
    rounded = two_digits(number)
    assert len(rounded.normalize().as_tuple().digits) <= 2
    assert abs(rounded - number) <= abs(number) / 20


def test_rounded_quartiles_are_those_of_two_digits():
    found = Quartiles(D("1234"), D("45678"), D("0.0127"))
    assert found.rounded() == Quartiles(D("1200"), D("46000"), D("0.013"))


# --- How unequal --------------------------------------------------------------------------------

SOME = st.lists(st.decimals(0, 10**6, places=2), min_size=2, max_size=30)
PLACE = D("0.0001")


@given(SOME)
def test_it_lies_between_all_alike_and_one_having_all(numbers):
    assume(any(numbers))
    found, n = inequality_of(numbers), len(numbers)
    assert 0 <= found.gini <= D(n - 1) / n + PLACE
    assert 0 <= found.variation <= D(n - 1).sqrt() + PLACE
    assert (found.variation == 0) == (found.gini == 0) or found.variation < D("0.01")


@given(SOME, st.integers(1, 1000), st.randoms(use_true_random=False))
def test_neither_unit_nor_order_matters(numbers, factor, random):
    assume(any(numbers))
    other = [number * factor for number in numbers]
    random.shuffle(other)
    assert inequality_of(other) == inequality_of(numbers)


@given(SOME)
def test_equal_weights_are_no_weights(numbers):
    assume(any(numbers))
    found = inequality_of(numbers, [D(7)] * len(numbers))
    assert found.weighted == found.variation


@given(st.lists(st.tuples(st.decimals(0, 10**6, places=2), st.integers(1, 9)), min_size=2))
def test_a_weight_is_as_many_figures(pairs):
    numbers, weights = zip(*pairs, strict=True)
    assume(any(numbers))
    as_many = [number for number, weight in pairs for _each in range(weight)]
    found = inequality_of(numbers, [D(weight) for weight in weights])
    assert found.weighted == inequality_of(as_many).variation


def test_one_who_has_all_is_as_unequal_as_can_be():
    found = inequality_of([D(0), D(0), D(0), D(8)])
    assert (found.gini, found.variation, found.times) == (D("0.75"), D("1.7321"), None)


@pytest.mark.parametrize("numbers", [[], [D(5)], [D(0), D(0)], [D(-1), D(2)]])
def test_of_these_nothing_is_worked_out(numbers):
    assert inequality_of(numbers) is None


def test_without_weight_only_the_unweighted_is_told():
    assert inequality_of([D(1), D(3)], [D(0), D(0)]).weighted is None
    assert inequality_of([D(0), D(3)], [D(1), D(0)]).weighted is None
    assert inequality_of([D(1), D(3)], [D(2), D(-1)]).weighted is None
