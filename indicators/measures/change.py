"""How a figure changed against the year before, in the way its kind is spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from indicators.measures.exact import CONTEXT, fits, round_once


@dataclass(frozen=True)
class Difference:
    """`unit` is percent for growth, percentage_points between shares, else the figures' own."""

    number: Decimal
    unit: str


def change(unit: str, now: Decimal, before: Decimal) -> Difference | None:
    """Shares differ by percentage points, ranks by places, all else grows by per cent.

    None where growth from nothing, or a number too large, would have to be told.

    >>> change("percent", Decimal("91.01"), Decimal("89.80"))
    Difference(number=Decimal('1.2100'), unit='percentage_points')
    >>> change("yuan", Decimal(106), Decimal(100))
    Difference(number=Decimal('6.0000'), unit='percent')
    """
    if unit == "percent":
        return Difference(round_once(now - before), "percentage_points")
    if unit in ("percentage_points", "rank"):
        return Difference(round_once(now - before), unit)
    if before <= 0:
        return None
    with localcontext(CONTEXT):
        growth = now / before * 100 - 100
    return Difference(round_once(growth), "percent") if fits(growth) else None
