"""Data for Chart.js; the same numbers stand in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indicators.figures import Tally
from indicators.models import Status


def statuses_by_area(tallies: Sequence[Tally]) -> dict[str, Any]:
    """Stacked bars: a bar a duty area, a part a status."""
    return {
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
