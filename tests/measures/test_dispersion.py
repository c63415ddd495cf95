"""Quartiles lie among the numbers, in order, and are told roughly where that is asked."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.dispersion import Quartiles, quartiles_of, two_digits

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
