"""Small drawings inside rows, as whole numbers for inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.measures.dispersion import Quartiles

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
class BoxPlot:
    """Lowest, quartiles and highest on a scale of 0 to WIDTH; no wider than is drawn."""

    lowest: int
    lower: int
    median: int
    upper: int
    highest: int

    @property
    def box(self) -> int:
        """How wide the box is; at least as wide as its line."""
        return max(1, self.upper - self.lower)

    @property
    def whisker(self) -> int:
        return max(1, self.highest - self.lowest)


def box_plot(
    numbers: Sequence[Decimal], quartiles: Quartiles, scale: tuple[Decimal, Decimal]
) -> BoxPlot:
    """`scale` are the numbers at both ends of the drawing; all lie between them.

    >>> box_plot([Decimal(n) for n in (1, 2, 3, 4, 5)],
    ...          Quartiles(Decimal(2), Decimal(3), Decimal(4)), (Decimal(1), Decimal(5)))
    BoxPlot(lowest=0, lower=30, median=60, upper=90, highest=120)
    """
    first, width = scale[0], (scale[1] - scale[0]) or Decimal(1)
    at = (min(numbers), quartiles.lower, quartiles.median, quartiles.upper, max(numbers))
    return BoxPlot(*(round((number - first) / width * WIDTH) for number in at))


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
