"""How much of the way to a target is covered: none at the base, all at the target."""

from decimal import Decimal as D

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.measures.trajectory import distance_covered

NUMBERS = st.decimals(-(10**6), 10**6, places=2)


@given(NUMBERS, NUMBERS)
def test_none_at_the_base_and_all_at_the_target(base, target):
    assume(base != target)
    assert distance_covered(base, base, target) == 0
    assert distance_covered(base, target, target) == 100


@given(NUMBERS, NUMBERS, NUMBERS)
def test_seen_in_a_mirror_the_way_is_as_long(base, now, target):
    assert distance_covered(base, now, target) == distance_covered(-base, -now, -target)


def test_without_a_way_there_is_no_part_of_it():
    assert distance_covered(D(5), D(7), D(5)) is None


def test_a_part_with_more_digits_than_are_kept_is_not_told():
    assert distance_covered(D(0), D(10) ** 15, D("0.0001")) is None
