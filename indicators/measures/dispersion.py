"""How far figures lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles

from indicators.measures.exact import CONTEXT, round_once


@dataclass(frozen=True)
class Quartiles:
    """A quarter of the figures lie below `lower`, half below `median`, a quarter above `upper`."""

    lower: Decimal
    median: Decimal
    upper: Decimal

    def rounded(self) -> Quartiles:
        """To two significant digits, so that none of them is the figure of one unit."""
        return Quartiles(*map(two_digits, (self.lower, self.median, self.upper)))


def quartiles_of(numbers: Sequence[Decimal]) -> Quartiles | None:
    """The quartiles of two numbers or more; between two of them where they fall between two.

    >>> quartiles_of([Decimal(n) for n in (1, 2, 3, 4, 5)])
    Quartiles(lower=Decimal('2.0000'), median=Decimal('3.0000'), upper=Decimal('4.0000'))
    """
    if len(numbers) < 2:
        return None
    return Quartiles(*map(round_once, quantiles(numbers, n=4, method="inclusive")))


def two_digits(number: Decimal) -> Decimal:
    """
    >>> two_digits(Decimal("1349.5")), two_digits(Decimal("0.0127")), two_digits(Decimal(0))
    (Decimal('1300'), Decimal('0.013'), Decimal('0'))
    """
    place = number.adjusted() - 1 if number else 0
    rounded = number.quantize(Decimal(1).scaleb(place), context=CONTEXT)
    return Decimal(f"{rounded:f}")
