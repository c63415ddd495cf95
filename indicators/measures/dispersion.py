"""How far figures lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from indicators.measures.exact import round_once


@dataclass(frozen=True)
class Spread:
    """Lowest, median and highest of some figures, in their unit."""

    lowest: Decimal
    median: Decimal
    highest: Decimal


def spread_of(numbers: Sequence[Decimal]) -> Spread | None:
    """The spread of the numbers; None of none. Of an even count the median is the middle of two.

    >>> spread_of([Decimal(4), Decimal(1), Decimal(2), Decimal(3)]).median
    Decimal('2.5000')
    """
    if not numbers:
        return None
    return Spread(min(numbers), round_once(median(numbers)), max(numbers))
