"""The way from a base year to a target: how much of it is covered, and whether it will be in time.

Not the same as attainment, which looks at one figure only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from indicators.measures.attainment import Goal, attainment, gap
from indicators.measures.exact import CONTEXT, fits, round_once

# Of the yearly change that is required, in per cent: from here on it is on track, or short of it.
ON_TRACK, ACCELERATE = Decimal(95), Decimal(60)
OUTLOOKS = (
    "achieved",
    "on_track",
    "accelerate",
    "limited",
    "moving_away",
    "not_in_time",
    "too_few_figures",
    "no_target_year",
)


class Point(NamedTuple):
    """The figure of a year, in the indicator's unit."""

    year: int
    number: Decimal


@dataclass(frozen=True)
class Trajectory:
    """`outlook` is one of OUTLOOKS. `actual` and `required` are yearly changes in the indicator's
    unit, signed as the figure moves; `ratio` is the first in per cent of the second. They are None
    where there are none."""

    outlook: str
    base: Point | None = None
    now: Point | None = None
    actual: Decimal | None = None
    required: Decimal | None = None
    ratio: Decimal | None = None


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


def trajectory(points: Sequence[Point], goal: Goal, target_year: int | None) -> Trajectory:
    """Whether the goal will be reached by its year if all goes on as since the first point.

    `points` are comparable figures in the order of years. Compared is the yearly change from the
    first of them to the last with the one that would have led from the first to the goal in its
    year: the ratio is R = (now − base) ÷ (years since) over (goal − base) ÷ (years in all). Whoever
    meets the goal has achieved it, whatever the year; whoever does not and whose year has come is
    not in time; who met it at the base moves away. Works for more, for less and for a range, whose
    nearer end is the goal. A goal that is last year's figure has no year. Source: the linear form
    of the measure of progress in the monitoring of the sustainable development goals (United
    Nations, Eurostat).

    >>> trajectory([Point(2020, Decimal(90)), Point(2022, Decimal(93))], Goal("ge", Decimal(96)),
    ...            2024).outlook
    'on_track'
    >>> trajectory([Point(2020, Decimal(5))], Goal("le", Decimal(3)), 2025).outlook
    'too_few_figures'
    """
    if not points:
        return Trajectory("too_few_figures")
    base, now = points[0], points[-1]
    if attainment(now.number, goal) == "met":
        return Trajectory("achieved", base, now)
    if target_year is None:
        return Trajectory("no_target_year", base, now)
    if now.year <= base.year:
        return Trajectory("too_few_figures", base, now)
    with localcontext(CONTEXT):
        years = now.year - base.year
        way, left = abs(gap(base.number, goal)), abs(gap(now.number, goal))
        actual = (now.number - base.number) / years
        if attainment(base.number, goal) == "met" or not way:
            return Trajectory("moving_away", base, now, _kept(actual))
        if target_year <= base.year:
            return Trajectory("not_in_time", base, now, _kept(actual))
        required = -gap(base.number, goal) / (target_year - base.year)
        ratio = (way - left) / years / abs(required) * 100
    if ratio < 0:
        outlook = "moving_away"
    elif target_year <= now.year:
        outlook = "not_in_time"
    elif ratio >= ON_TRACK:
        outlook = "on_track"
    else:
        outlook = "accelerate" if ratio >= ACCELERATE else "limited"
    return Trajectory(outlook, base, now, _kept(actual), _kept(required), _kept(ratio))


def _kept(number: Decimal) -> Decimal | None:
    """With the digits that are kept; what has more of them is not told."""
    return round_once(number) if fits(number) else None
