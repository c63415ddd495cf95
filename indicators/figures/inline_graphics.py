"""Small drawings inside rows, as whole numbers for inline SVG."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

WIDTH = 120  # of the drawing in dashboards.rows


@dataclass(frozen=True)
class Bullet:
    """A bar from 0 to `bar`, and a line at `target`, on a scale of 0 to WIDTH."""

    bar: int
    target: int


def bullet(number: Decimal, target: Decimal, *, percent: bool) -> Bullet | None:
    """Per cent on 0 to 100, all else on 0 to a little more than the larger of both.

    None below zero, where a bar from 0 would mislead.

    >>> bullet(Decimal(50), Decimal(75), percent=True)
    Bullet(bar=60, target=90)
    """
    if number < 0 or target < 0:
        return None
    largest = max(number, target)
    scale = Decimal(100) if percent and largest <= 100 else largest * Decimal("1.1")
    if not scale:
        return None
    return Bullet(int(number / scale * WIDTH), int(target / scale * WIDTH))
