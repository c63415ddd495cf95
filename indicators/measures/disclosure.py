"""To how many of those who make a total it may be told without telling what one of the others is.

The p % rule of official statistics (Hundepool et al., Statistical Disclosure Control, 2012, 4.2):
whoever takes the own figure from a total has an upper bound of every other, and where all the rest
is next to nothing the bound is the figure. Here the bound must lie more than a tenth above it, so
that nothing is told to within ±5 %. Of a share that cannot go beyond 100 % the same holds of what
is lacking: where all lack next to nothing, each does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate

# ±5 % about a figure is an interval of a tenth of it.
NARROW = Decimal("0.1")


def safe_for_sum(numbers: Iterable[Decimal]) -> int:
    """The most of the numbers that somebody may know and not tell another from the sum of all.

    The largest is the one that is told first; the rest, less the largest ones that are known, must
    be more than a tenth of it. 0 where even who knows one tells another.

    >>> safe_for_sum([Decimal(n) for n in (5, 4, 3, 2)])
    2
    >>> safe_for_sum([Decimal(1_000_000), *[Decimal(9)] * 9])
    0
    """
    sizes = sorted((abs(number) for number in numbers), reverse=True)
    if not sizes or not sizes[0]:
        return 0
    hidden = sum(sizes[1:], Decimal(0))
    for known, size in enumerate(sizes[1:]):
        hidden -= size
        if hidden <= sizes[0] * NARROW:
            return known
    return 0


def safe_for_share(pairs: Sequence[tuple[Decimal, Decimal]]) -> int:
    """The same of a share, 100 % at most, of (part, whole) of each: part is at most whole.

    Who knows the wholes knows each part from below, to what all together lack.

    >>> safe_for_share([(Decimal(90), Decimal(100))] * 8)
    6
    >>> safe_for_share([(Decimal(999), Decimal(1000))] * 8)
    0
    """
    parts = [part for part, _whole in pairs]
    lacks = [whole - part for part, whole in pairs]
    order = sorted(range(len(pairs)), key=lambda at: lacks[at], reverse=True)
    rank = {at: place for place, at in enumerate(order)}
    largest = [Decimal(0), *accumulate(lacks[at] for at in order)]

    def tells(known: int) -> bool:
        for at, part in enumerate(parts):
            others = largest[known] if rank[at] >= known else largest[known + 1] - lacks[at]
            if largest[-1] - others <= part * NARROW:
                return True
        return False

    return bisect_left(range(1, len(pairs) - 1), True, key=tells)
