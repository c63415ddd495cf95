"""Small drawings inside rows, as whole numbers for inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 120  # of the drawing in dashboards.rows
HEIGHT = 24  # of a course


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


@dataclass(frozen=True)
class Sparkline:
    """A line through the years, as `points` of an SVG, and the end of it: `x`, `y`."""

    points: str
    x: int
    y: int


def sparkline(course: Sequence[tuple[int, Decimal]]) -> Sparkline | None:
    """Years and numbers, earliest first, on WIDTH by HEIGHT; years without a number leave a longer
    way. None of fewer than two, which are no course.

    >>> sparkline([(2019, Decimal(10)), (2020, Decimal(20)), (2021, Decimal(15))])
    Sparkline(points='0,24 60,0 120,12', x=120, y=12)
    """
    if len(course) < 2:
        return None
    first, last = course[0][0], course[-1][0]
    numbers = [number for _year, number in course]
    low, high = min(numbers), max(numbers)
    span = high - low
    at = [
        (
            round(Decimal(year - first) / (last - first) * WIDTH),
            round((high - number) / span * HEIGHT) if span else HEIGHT // 2,
        )
        for year, number in course
    ]
    return Sparkline(" ".join(f"{x},{y}" for x, y in at), *at[-1])
