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
    largest, *others = sorted((abs(number) for number in numbers), reverse=True) or [Decimal(0)]
    hidden = list(accumulate(reversed(others), initial=Decimal(0)))  # by how many are not known
    enough = next((n for n, rest in enumerate(hidden) if rest > largest * NARROW), len(hidden))
    return max(0, len(others) - enough) if largest else 0


def safe_at_limit(pairs: Sequence[tuple[Decimal, Decimal]]) -> int:
    """The same of what is worked out for all as for each and cannot go beyond a limit, as a share
    cannot beyond 100 %: of each unit its figure times what it is a share of, and how far that is
    from the limit times the same, never below 0.

    Who knows what it is a share of knows each figure from the one side, to what all together lack.

    >>> safe_at_limit([(Decimal(90), Decimal(10))] * 8)
    6
    >>> safe_at_limit([(Decimal(999), Decimal(1))] * 8)
    0
    """
    lacks = [lack for _figure, lack in pairs]
    order = sorted(range(len(pairs)), key=lambda at: lacks[at], reverse=True)
    rank = {at: place for place, at in enumerate(order)}
    largest = [Decimal(0), *accumulate(lacks[at] for at in order)]

    def tells(known: int) -> bool:
        for at, (figure, lack) in enumerate(pairs):
            others = largest[known] if rank[at] >= known else largest[known + 1] - lack
            if largest[-1] - others <= abs(figure) * NARROW:
                return True
        return False

    return bisect_left(range(1, len(pairs) - 1), True, key=tells)


def quartiles_tell(numbers: Iterable[Decimal]) -> bool:
    """Whether quartiles of the numbers, beside their sum, tell the largest to who knows another.

    They bound the others from below: three quarters by the first one, half by the second. What is
    left open between must be more than a tenth of the largest.

    >>> quartiles_tell([*[Decimal(1000)] * 8, Decimal(30_000)])
    True
    >>> quartiles_tell([Decimal(1000)] * 9)
    False
    """
    *others, largest = sorted(numbers) or [Decimal(0)]
    if not others or others[0] < 0:
        return False
    starts = sorted((-(-len(others) * part // 4) for part in (1, 2, 3)), reverse=True)
    opened = []
    for at, number in enumerate(others):
        start = next((start for start in starts if start <= at), None)
        opened.append(number if start is None else number - others[start])
    return sum(opened) - max(opened) <= largest * NARROW
