"""Places of figures among each other, and which of them one case more or less would change."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, product

HUNDRED = Decimal(100)


def places_of(numbers: Sequence[Decimal], *, lowest_first: bool = False) -> list[int]:
    """The place of each number, the highest in place 1; equal ones share a place, and as many are
    left out behind them (standard competition ranking).

    >>> places_of([Decimal(7), Decimal(9), Decimal(9), Decimal(5)])
    [3, 1, 1, 4]
    """
    ordered = sorted(numbers, reverse=not lowest_first)
    first: dict[Decimal, int] = {}
    for place, number in enumerate(ordered, start=1):
        first.setdefault(number, place)
    return [first[number] for number in numbers]


def turn_on_one_case(
    shares: Sequence[Decimal], wholes: Sequence[Decimal | None], *, per: Decimal = HUNDRED
) -> list[bool]:
    """Of shares of so many (`per`, such as 100 for per cent), by place in the sequence: whether one
    case more or less in the share, or in one of those next to it above or below, would make them
    change places. Where a whole is not known, or 0, none is told of it.

    >>> turn_on_one_case([Decimal(50), Decimal(51), Decimal(90)], [Decimal(20)] * 3)
    [True, True, False]
    """
    equals: dict[Decimal, list[int]] = {}
    for at, share in enumerate(shares):
        equals.setdefault(share, []).append(at)
    one_case = [per / whole if whole else Decimal(0) for whole in wholes]
    turns = [False] * len(shares)
    for low, high in pairwise(sorted(equals)):
        for below, above in product(equals[low], equals[high]):
            if high - low < max(one_case[below], one_case[above]):
                turns[below] = turns[above] = True
    return turns
