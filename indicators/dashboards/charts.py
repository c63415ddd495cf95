"""Data for Chart.js; the same numbers stand in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.figures import Figure, Tally
from indicators.figures.drawing import SHAPE_LETTERS
from indicators.figures.outlook import Outlook
from indicators.measures.attainment import gap
from indicators.models import QuantityKind, Status


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

    A part is not drawn: it would look like a fall. Nor is the line drawn across `breaks`, where
    the indicator came to mean something else.
    """
    with_number = [f for f in figures if f.number is not None and not f.is_partial]
    if len(with_number) < 2:
        return None
    years = [f.year for f in figures]
    way = _way(outlook) if outlook else {}
    years += range(years[-1] + 1, max([years[-1], *way]) + 1)
    values = [None if f.is_partial else shown(f, f.number) for f in figures]
    return {
        "kind": "trend",
        "labels": [str(year) for year in years],
        "values": values + [None] * (len(years) - len(values)),
        "way": [way.get(year) for year in years] if way else None,
        "way_name": _("The way to be on time"),
        "name": str(with_number[-1].indicator.name),
        "breaks": [
            {"at": at, "words": pgettext("on a chart", "definition changed")}
            for at, f in enumerate(figures)
            if at and f.definition_break
        ],
        **target(with_number[-1]),
        "most": most(with_number),
        "unit": with_number[-1].display_unit,
    }


def _way(outlook: Outlook) -> dict[int, str | None]:
    """Its two ends by year: where it began, and the target in its year."""
    base, goal, year = outlook.way.base, outlook.figure.goal, outlook.target_year
    if base is None or goal is None or year is None or outlook.way.required is None:
        return {}
    reached = base.number - gap(base.number, goal)
    return {base.year: shown(outlook.figure, base.number), year: shown(outlook.figure, reached)}


def bars(figures: Sequence[Figure]) -> dict[str, Any] | None:
    """A bar a unit, the longest first, in the colour and shape of its status, with the target's
    line; None with fewer than two bars. Bars beyond `limit` are cut there and say their number."""
    with_number = [f for f in figures if f.number is not None]
    if len(with_number) < 2:
        return None
    return {
        "kind": "bars",
        "labels": [f"{SHAPE_LETTERS.get(f.status, '')} {f.unit_name}".strip() for f in with_number],
        "values": [shown(f, f.number) for f in with_number],
        "words": [str(f.value) for f in with_number],
        "statuses": [f.status for f in with_number],
        "names": {f.status: f.status_label for f in with_number},
        "limit": _limit(with_number),
        "name": str(with_number[0].indicator.name),
        **target(with_number[0]),
        "unit": with_number[0].display_unit,
    }


def _limit(figures: Sequence[Figure]) -> str | None:
    """How far the scale goes where an outlier would flatten all other bars; None without one."""
    numbers = [f.number for f in figures if f.number is not None]
    usual = [number for number in numbers if not _stands_out(number, numbers)]
    if len(usual) == len(numbers):
        return None
    goal = figures[0].target_number
    highest = max([*usual, goal] if goal is not None else usual)
    return shown(figures[0], highest * Decimal("1.15")) if highest > 0 else None


def _stands_out(number: Decimal, numbers: Sequence[Decimal]) -> bool:
    """Far above all that is usual, so that the others could not be told apart beside it."""
    ordered = sorted(numbers)
    middle, upper = ordered[len(ordered) // 2], ordered[len(ordered) * 3 // 4]
    return len(ordered) > 3 and number > upper + 3 * (upper - middle) and number > 3 * middle > 0


def most(figures: Sequence[Figure]) -> str | None:
    """100 % where shares come so near to it that the scale would go on to what no share can be;
    of the last, the target is drawn beside them."""
    indicator, whole = figures[-1].indicator, Decimal(100)
    if indicator.quantity_kind != QuantityKind.SHARE or indicator.unit != "percent":
        return None
    drawn = [f.number for f in figures] + [figures[-1].target_number]
    known = [number for number in drawn if number is not None]
    room = (max(known) - min(known)) / 10
    return shown(figures[-1], whole) if max(known) <= whole < max(known) + room else None


def target(figure: Figure) -> dict[str, str | None]:
    """The line of the figure's target and its words; no line where it has no number."""
    return {
        "target": shown(figure, figure.target_number),
        "target_name": _("Target %(words)s") % {"words": figure.target_words},
    }


def shown(figure: Figure, number: Decimal | None) -> str | None:
    """As text, for a drawing alone turns it into a float."""
    return None if number is None else f"{figure.in_display_unit(number):f}"
