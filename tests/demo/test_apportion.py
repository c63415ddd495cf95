"""A whole number is shared out exactly, near to the weights, and never above a ceiling."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.demo.apportion import apportion

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=50).filter(any)


@given(st.integers(0, 10**12), WEIGHTS)
def test_the_parts_add_up_and_lie_next_to_their_quota(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=50),
    st.data(),
)
def test_no_part_is_negative_or_above_its_ceiling(
    rows: list[tuple[int, int]], data: st.DataObject
) -> None:
    weights, ceilings = [weight for weight, _ in rows], [ceiling for _, ceiling in rows]
    room = sum(ceiling for weight, ceiling in rows if weight)
    total = data.draw(st.integers(0, room))

    parts = apportion(total, weights, ceilings)

    assert sum(parts) == total
    for part, weight, ceiling in zip(parts, weights, ceilings, strict=True):
        assert 0 <= part <= (ceiling if weight else 0)


@given(st.integers(0, 10**6), WEIGHTS)
def test_ceilings_that_nobody_reaches_change_nothing(total: int, weights: list[int]) -> None:
    assert apportion(total, weights, [total] * len(weights)) == apportion(total, weights)


def test_the_first_of_equals_gets_what_is_left() -> None:
    assert apportion(5, [1, 1, 1]) == [2, 2, 1]


def test_nothing_among_nobody_is_nothing() -> None:
    assert apportion(0, []) == []
    assert apportion(0, [0, 0]) == [0, 0]


@pytest.mark.parametrize(
    ("total", "weights", "ceilings"),
    [(-1, [1], None), (1, [], None), (1, [0, 0], None), (5, [1, 1], [2, 2]), (1, [0, 1], [9, 0])],
)
def test_what_nobody_can_take_is_refused(
    total: int, weights: list[int], ceilings: list[int] | None
) -> None:
    with pytest.raises(ValueError, match=r"shared out|nobody is left"):
        apportion(total, weights, ceilings)
