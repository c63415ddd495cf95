"""The progress as rows of a file. A spreadsheet would take 3/5 for a day: two columns instead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from indicators.figures.csv_stream import Cell
from indicators.figures.progress import RoundProgress


def rows_of(progress: RoundProgress) -> Iterator[list[Cell]]:
    """The heading, then a row a unit; rates beside what they are made of."""
    yield [
        _("Unit"),
        _("Code"),
        _("State"),
        _("On time"),
        _("Reported"),
        _("Expected"),
        _("Reporting rate, %"),
        *chain.from_iterable(
            (
                _("%(area)s: reported") % {"area": area.name},
                _("%(area)s: expected") % {"area": area.name},
            )
            for area in progress.areas
        ),
        _("Returns"),
        _("Open questions"),
        _("Contact"),
    ]
    for row in progress.rows:
        yield [
            row.submission.unit_name,
            row.unit.code,
            row.submission.get_state_display(),
            row.punctual_words,
            row.reported,
            row.expected,
            row.rate,
            *chain.from_iterable((cell.reported, cell.expected) for cell in row.cells),
            row.submission.times_returned,
            row.questions,
            "；".join(f"{one.name} {one.telephone}".strip() for one in row.contacts),
        ]
