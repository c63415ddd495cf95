"""A course through the years, as an annex shows it: numbers and words, no layout.

Plain values that never change, like those of `document`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Point:
    """What stood in a year. `number` is drawn, in the unit that the chart names, and `label` says
    it; `breaks` where it means something else than the one before, so that no line joins them."""

    year: int
    number: Decimal
    label: str
    breaks: bool = False


@dataclass(frozen=True)
class Goal:
    """A target: a line at each of `numbers`, one or the two ends of a range, and what it says."""

    numbers: tuple[Decimal, ...]
    words: str


@dataclass(frozen=True)
class Chart:
    """`title` says what is to be seen, `caption` of what it is, `description` all of it to those
    who do not see it; `first_on_top` is of ranks, where 1 is the highest. Raises ValueError without
    a point, and for years not in order."""

    title: str
    caption: str
    description: str
    points: tuple[Point, ...]
    goal: Goal | None = None
    first_on_top: bool = False

    def __post_init__(self) -> None:
        years = [point.year for point in self.points]
        if not years or sorted(set(years)) != years:
            raise ValueError(f"no years in their order: {self.title}")
