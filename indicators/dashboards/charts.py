"""Data for Chart.js; the same numbers stand in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from indicators.figures import Figure, Tally
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


def trend(figures: Sequence[Figure]) -> dict[str, Any] | None:
    """A line through the years with the target's line; None where one point makes no line.

    A part is not drawn: it would look like a fall.
    """
    with_number = [f for f in figures if f.number is not None and not f.is_partial]
    if len(with_number) < 2:
        return None
    return {
        "kind": "trend",
        "labels": [str(f.year) for f in figures],
        "values": [None if f.is_partial else _shown(f, f.number) for f in figures],
        "name": str(with_number[-1].indicator.name),
        "target": _target(with_number[-1]),
        "target_name": _("Target %(words)s") % {"words": with_number[-1].target_words},
        "unit": with_number[-1].display_unit,
    }


def bars(figures: Sequence[Figure]) -> dict[str, Any] | None:
    """A bar a unit, the longest first, with the target's line; None with fewer than two bars."""
    with_number = [f for f in figures if f.number is not None]
    if len(with_number) < 2:
        return None
    return {
        "kind": "bars",
        "labels": [str(f.jurisdiction) for f in with_number],
        "values": [_shown(f, f.number) for f in with_number],
        "short": [f.status in (Status.MISSED, Status.NEAR) for f in with_number],
        "name": str(with_number[0].indicator.name),
        "target": _target(with_number[0]),
        "target_name": _("Target %(words)s") % {"words": with_number[0].target_words},
        "unit": with_number[0].display_unit,
    }


def _target(figure: Figure) -> str | None:
    return _shown(figure, figure.target_number)


def _shown(figure: Figure, number: Decimal | None) -> str | None:
    """As text, for a drawing alone turns it into a float."""
    return None if number is None else f"{figure.in_display_unit(number):f}"
