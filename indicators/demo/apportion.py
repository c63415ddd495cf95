"""Shares a whole number out to many, exactly: the method of the largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def apportion(
    total: int, weights: Sequence[int], ceilings: Sequence[int] | None = None
) -> list[int]:
    """`total` in whole parts, as near to the weights as whole numbers and the ceilings allow.

    Each gets its quota without the fraction; what is left goes to the largest fractions, the first
    of equals before the others. Who would pass the ceiling gets that, and the others the rest. Who
    weighs nothing gets nothing.

    Raises ValueError where the total cannot be shared out: below nothing, above all ceilings.

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    >>> apportion(10, [8, 1, 1], [5, 9, 9])
    [5, 3, 2]
    """
    if total < 0:
        raise ValueError(f"less than nothing cannot be shared out: {total}")
    shares = [0] * len(weights)
    open_places = [place for place, weight in enumerate(weights) if weight > 0]
    while True:
        whole = sum(weights[place] for place in open_places)
        if not whole and total:
            raise ValueError(f"nobody is left to take {total}")
        quotas = {place: Fraction(total * weights[place], whole) for place in open_places}
        full = [
            place
            for place in open_places
            if ceilings is not None and quotas[place] > ceilings[place]
        ]
        if not full:
            break
        for place in full:
            shares[place] = ceilings[place] if ceilings else 0
            total -= shares[place]
        open_places = [place for place in open_places if place not in full]
    for place, quota in quotas.items():
        shares[place] = int(quota)
    # A whole quota has no fraction and gets no more, so nobody is lifted over a ceiling.
    left = total - sum(shares[place] for place in open_places)
    by_fraction = sorted(open_places, key=lambda place: (shares[place] - quotas[place], place))
    for place in by_fraction[:left]:
        shares[place] += 1
    return shares
