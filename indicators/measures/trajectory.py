"""The way from a base year to a target: how much of it is covered. Not the same as attainment."""

from __future__ import annotations

from decimal import Decimal, localcontext

from indicators.measures.exact import CONTEXT, fits, round_once


def distance_covered(base: Decimal, now: Decimal, target: Decimal) -> Decimal | None:
    """Share of the way from base to target, per cent; above 100 when passed, below 0 when behind.

    All three in the indicator's unit. None if base equals target, where there is no way to go.

    >>> distance_covered(Decimal("90.4"), Decimal("92.2"), Decimal("94.0"))
    Decimal('50.0000')
    """
    if base == target:
        return None
    with localcontext(CONTEXT):
        covered = (now - base) / (target - base) * 100
    return round_once(covered) if fits(covered) else None
