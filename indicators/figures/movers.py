"""What moved most against last year, for better and for worse, in terms that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.figures.figure import Figure
from indicators.models import QuantityKind

FIVE = 5
CHANGES = (QuantityKind.GROWTH_RATE, QuantityKind.PERCENTAGE_POINTS)


@dataclass(frozen=True)
class Movers:
    """The figures that moved most first; none is in both lists."""

    better: list[Figure]
    worse: list[Figure]


def movers(figures: Iterable[Figure]) -> Movers:
    """Up to FIVE each way, by the change as a part of last year's figure, which has no unit.

    Only of those that have a better and a worse, as the indicator says, and are no change
    themselves: of a growth rate a part means nothing.
    """
    compared = (one for one in figures if one.indicator.quantity_kind not in CHANGES)
    moved = sorted(compared, key=lambda one: (-_part(one), one.order))
    return Movers(
        *([one for one in moved if one.course == course][:FIVE] for course in ("better", "worse"))
    )


def _part(figure: Figure) -> Decimal:
    before = figure.before.whole_number if figure.before else None
    if before is None or figure.number is None or not before:
        return Decimal(0)
    return abs(figure.number - before) / abs(before)
