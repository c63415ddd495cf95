"""Data for Chart.js; the same numbers stand in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from indicators.figures import Figure, Tally
from indicators.figures.drawing import SHAPE_LETTERS
from indicators.figures.outlook import Outlook
from indicators.measures.attainment import gap
from indicators.models import Status


def statuses_by_area(tallies: Sequence[Tally]) -> dict[str, Any]:
    """Stacked bars: a bar a duty area, a part a status."""
    return {
        "kind": "stack",
        "labels": [str(tally.area) for tally in tallies],
        "series": [
            {
                "status": status.value,
                "label": str(status.label),
                "counts": [tally.counts[status] for tally in tallies],
            }
            for status in Status
        ],
    }


def trend(figures: Sequence[Figure], outlook: Outlook | None = None) -> dict[str, Any] | None:
    """A line through the years with the target's line, and the way that would have led to it in
    time up to its year; None where no two numbers make a line.

    A part is not drawn: it would look like a fall.
    """
    with_number = [f for f in figures if f.number is not None and not f.is_partial]
    if len(with_number) < 2:
        return None
    years = [f.year for f in figures]
    way = _way(outlook) if outlook else {}
    years += range(years[-1] + 1, max([years[-1], *way]) + 1)
    values = [None if f.is_partial else _shown(f, f.number) for f in figures]
    return {
        "kind": "trend",
        "labels": [str(year) for year in years],
        "values": values + [None] * (len(years) - len(values)),
        "way": [way.get(year) for year in years] if way else None,
        "way_name": _("The way to be on time"),
        "name": str(with_number[-1].indicator.name),
        "target": _target(with_number[-1]),
        "target_name": _("Target %(words)s") % {"words": with_number[-1].target_words},
        "unit": with_number[-1].display_unit,
    }


def _way(outlook: Outlook) -> dict[int, str | None]:
    """Its two ends by year: where it began, and the target in its year."""
    base, goal, year = outlook.way.base, outlook.figure.goal, outlook.target_year
    if base is None or goal is None or year is None or outlook.way.required is None:
        return {}
    reached = base.number - gap(base.number, goal)
    return {base.year: _shown(outlook.figure, base.number), year: _shown(outlook.figure, reached)}


def bars(figures: Sequence[Figure]) -> dict[str, Any] | None:
    """A bar a unit, the longest first, in the colour and shape of its status, with the target's
    line; None with fewer than two bars. Bars beyond `limit` are cut there and say their number."""
    with_number = [f for f in figures if f.number is not None]
    if len(with_number) < 2:
        return None
    return {
        "kind": "bars",
        "labels": [f"{SHAPE_LETTERS.get(f.status, '')} {f.unit_name}".strip() for f in with_number],
        "values": [_shown(f, f.number) for f in with_number],
        "words": [str(f.value) for f in with_number],
        "statuses": [f.status for f in with_number],
        "names": {f.status: f.status_label for f in with_number},
        "limit": _limit(with_number),
        "name": str(with_number[0].indicator.name),
        "target": _target(with_number[0]),
        "target_name": _("Target %(words)s") % {"words": with_number[0].target_words},
        "unit": with_number[0].display_unit,
    }


def _limit(figures: Sequence[Figure]) -> str | None:
    """How far the scale goes where an outlier would flatten all other bars; None without one."""
    numbers = [f.number for f in figures if f.number is not None]
    usual = [number for number in numbers if not _stands_out(number, numbers)]
    if len(usual) == len(numbers):
        return None
    target = figures[0].target_number
    highest = max([*usual, target] if target is not None else usual)
    return _shown(figures[0], highest * Decimal("1.15")) if highest > 0 else None


def _stands_out(number: Decimal, numbers: Sequence[Decimal]) -> bool:
    """Far above all that is usual, so that the others could not be told apart beside it."""
    ordered = sorted(numbers)
    middle, upper = ordered[len(ordered) // 2], ordered[len(ordered) * 3 // 4]
    return len(ordered) > 3 and number > upper + 3 * (upper - middle) and number > 3 * middle > 0


def _target(figure: Figure) -> str | None:
    return _shown(figure, figure.target_number)


def _shown(figure: Figure, number: Decimal | None) -> str | None:
    """As text, for a drawing alone turns it into a float."""
    return None if number is None else f"{figure.in_display_unit(number):f}"
