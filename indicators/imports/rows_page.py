"""A page of an import's rows, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, When

from indicators.figures.formatting import version_words
from indicators.imports.label_words import BETWEEN
from indicators.models import (
    CellKind,
    Import,
    ImportChoice,
    ImportOutcome,
    ImportRow,
    User,
    ValueRevision,
)
from indicators.models.imports import SAVED
from indicators.recording.import_entries import STATES, offered

ROWS_A_PAGE = 50
ORDER = list(ImportOutcome)


@dataclass(frozen=True)
class Choice:
    """An answer that is offered for a row; `needs_reason` where a state has to be explained."""

    code: str
    label: str
    needs_reason: bool = False


@dataclass(frozen=True)
class ShownRow:
    """A row with what was stored before, and the answers that it may be given."""

    row: ImportRow
    before: str
    choices: list[Choice]

    @property
    def outcome(self) -> str:
        return str(ImportOutcome(self.row.outcome).label)

    @property
    def unit(self) -> str:
        """Which unit the row is of; while that is not known, as the file names it."""
        row = self.row
        if row.jurisdiction:
            return row.jurisdiction.name
        labels = (("rows", row.row_label), ("columns", row.column_label))
        meant = row.of_import.mapping
        named = (label for axis, label in labels if "unit" in meant.get(axis, {}).get(label, {}))
        return next(named, row.unit_said)

    @property
    def indicator(self) -> str:
        """Of which indicator the row is; while that is not known, what the file says beside and
        above it and is no unit."""
        row = self.row
        if row.indicator:
            return row.indicator.name
        labels = (label for label in (row.row_label, row.column_label) if label != self.unit)
        return row.indicator_said or BETWEEN.join(filter(None, labels))

    @property
    def needs_reason(self) -> bool:
        return any(choice.needs_reason for choice in self.choices)

    @property
    def is_told(self) -> bool:
        """Whether what it becomes was saved, or still may be."""
        return self.row.of_import.waits or self.row.outcome in SAVED

    @property
    def text(self) -> str:
        return self.row.text or self.row.state_said

    @property
    def measure(self) -> str:
        """The unit of measure beside a bare number."""
        return self.row.in_unit if self.row.cell_kind == CellKind.NUMBER else ""


def tallies(of_import: Import) -> list[tuple[str, str, int]]:
    """How many rows there are of each outcome: code, label, count; none of those without."""
    counted = of_import.rows.by_outcome()
    return [(one.value, str(one.label), counted[one]) for one in ORDER if one in counted]


def page_of(of_import: Import, outcome: str, number: str | int) -> Page[ImportRow]:
    """A page of the rows, or of those of an outcome: what needs a decision first."""
    rows = of_import.rows.select_related("indicator", "jurisdiction")
    if outcome in ImportOutcome.values:
        rows = rows.filter(outcome=outcome)
    weight = Case(*(When(outcome=one, then=at) for at, one in enumerate(ORDER)))
    return Paginator(rows.order_by(weight, "position"), ROWS_A_PAGE).get_page(number)


def rows_of_page(user: User, rows: Iterable[ImportRow]) -> list[ShownRow]:
    """The rows with what they found, as far as the user may still see that; one query."""
    rows = list(rows)
    before = _before(user, rows)
    return [
        ShownRow(
            row,
            version_words(version, row.indicator)
            if (version := before.get(_found_by(row))) and row.indicator
            else "",
            _choices(row),
        )
        for row in rows
    ]


Found = tuple[int | None, int | None, int | None, int]  # indicator, unit, year, version


def _before(user: User, rows: Sequence[ImportRow]) -> dict[Found, ValueRevision]:
    """What was there in the versions that the rows found."""
    wanted = {
        _found_by(row)
        for row in rows
        if row.version and row.jurisdiction and user.scope.works_on_drafts_of(row.jurisdiction)
    }
    if not wanted:
        return {}
    indicators, units, years, versions = zip(*wanted, strict=True)
    found = ValueRevision.objects.filter(
        value__indicator__in=indicators,
        value__jurisdiction__in=units,
        value__year__in=years,
        version__in=versions,
    ).select_related("value")
    by_place = {
        (one.value.indicator_id, one.value.jurisdiction_id, one.value.year, one.version): one
        for one in found
    }
    return {place: one for place, one in by_place.items() if place in wanted}


def _found_by(row: ImportRow) -> Found:
    return (row.indicator_id, row.jurisdiction_id, row.year, row.version)


def _choices(row: ImportRow) -> list[Choice]:
    """The answers offered; a reading is offered in its own words."""
    readings = dict(
        zip((ImportChoice.ONE.value, ImportChoice.OTHER.value), row.readings, strict=False)
    )
    return [
        Choice(code, readings.get(code) or str(ImportChoice(code).label), code in STATES)
        for code in offered(row)
    ]
