"""What the shelves have in common whose rows are of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from indicators.catalogue.seeds_files import Row
from indicators.catalogue.seeds_stored import Prepared, Shelf, unit_in
from indicators.models import Jurisdiction


class UnitShelf(Shelf):
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


def reason_of_seeds() -> str:
    """Of the change by which they come."""
    with translation.override(settings.LANGUAGE_CODE):
        return translation.gettext("Loaded from the seeds")
