"""The shelves of problems, of the figures that show them solved, and of measures.

What the seeds say is compared like every other row. How far a problem has come is no matter of the
seeds: a row that changes changes its words, not its state. A new row is raised, or added, by an
event without a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from indicators.catalogue.seeds_files import Row
from indicators.catalogue.seeds_stored import Prepared, Shelf, unit_in
from indicators.models import (
    Comparator,
    Criterion,
    Jurisdiction,
    Measure,
    Problem,
    ProblemSource,
)
from indicators.models.problem import COMPARATORS
from indicators.recording.catalogue_change import Touched
from indicators.recording.seeded_problems import add_seeded, raise_seeded


class OfUnit(Shelf):
    """A row names a unit by its code, in the year that `year_of` says."""

    column = "jurisdiction"

    def read(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        self.units = list(Jurisdiction.objects.all())
        return super().read(rows)

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return super().stored(rows).select_related(self.column)  # type: ignore[attr-defined]

    def value(self, thing: Any, name: str) -> Any:
        found = super().value(thing, name)
        return found.code if name == self.column else found

    def prepare(self, row: Row) -> Prepared:
        one = super().prepare(row)
        code, year = row.cells[self.column], self.year_of(one)
        unit = unit_in(self.units, code, year)
        if unit is None:
            raise row.fault(
                f"no unit has the code {code!r} in {year}; add it to jurisdictions.csv"
                " or correct the cell",
                self.column,
            )
        one.values[self.column] = unit
        return one

    def year_of(self, one: Prepared) -> int:
        raise NotImplementedError


class ProblemShelf(OfUnit):
    """One with a place in the report comes from it."""

    def year_of(self, one: Prepared) -> int:
        return int(one.values["year"])

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        for one in all_rows:
            placed = one.values["report_start"] is not None
            one.values["source"] = ProblemSource.REPORT if placed else ProblemSource.OTHER
        raise_seeded([Problem(**one.values) for one in all_rows if one.thing is None], reason())
        self.update([one for one in all_rows if one.thing is not None])


class CriterionShelf(OfUnit):
    """Figures that show a problem solved; users may choose others."""

    def year_of(self, one: Prepared) -> int:
        return int(one.values["from_year"])

    def prepare(self, row: Row) -> Prepared:
        """As for a supervisor who chooses one: a statement is met, a number is compared. One that
        went along to a unit of the same code stays with it."""
        one = super().prepare(row)
        self._refuse_other_kind(one)
        if one.thing is not None:
            one.values["jurisdiction"] = one.thing.jurisdiction
        return one

    def _refuse_other_kind(self, one: Prepared) -> None:
        statement = one.values["indicator"].is_statement
        if statement is (one.values["comparator"] == Comparator.ALL):
            return
        numbers = ", ".join(one for one in COMPARATORS if one != Comparator.ALL)
        code = one.row.cells["indicator"]
        raise one.row.fault(
            f"{code} is a statement; use all, without a value"
            if statement
            else f"{code} is compared with a number; use one of {numbers}, with a value",
            "comparator",
        )

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        Criterion.objects.bulk_create(
            Criterion(**one.values) for one in all_rows if one.thing is None
        )
        self.update([one for one in all_rows if one.thing is not None])


class MeasureShelf(OfUnit):
    """Measures, in the year of their problem."""

    column = "unit"

    def year_of(self, one: Prepared) -> int:
        return int(one.values["problem"].year)

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        add_seeded([Measure(**one.values) for one in all_rows if one.thing is None], reason())
        self.update([one for one in all_rows if one.thing is not None])


def reason() -> str:
    """Of the change by which they come."""
    with translation.override(settings.LANGUAGE_CODE):
        return translation.gettext("Loaded from the seeds")
