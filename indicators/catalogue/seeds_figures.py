"""The figures of the seeds: compared like every other row, written through the door for values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from indicators import recording
from indicators.catalogue.seeds_files import Row, SeedFault
from indicators.catalogue.seeds_stored import AT_ONCE, Prepared, Shelf, unit_in
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.figures.findings import findings_as_reported
from indicators.measures.quantities import Unreadable, read_quantity
from indicators.models import UNITS, Indicator, Jurisdiction, Origin, Tier, YearlyValue
from indicators.recording.catalogue_change import Touched


class FigureShelf(Shelf):
    """The published report's figures stand at once as reported and as approved; an operator's own
    are backfilled (历史补录), run through the rules and stand as reported.
    """

    def read(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        self.units = list(Jurisdiction.objects.all())
        return super().read(rows)

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return YearlyValue.objects.select_related("indicator", "jurisdiction").filter(
            indicator__code__in={row.cells["indicator"] for row in rows},
            jurisdiction__code__in={row.cells["jurisdiction"] for row in rows},
            year__in={int(row.cells["year"]) for row in rows},
        )

    def value(self, thing: Any, name: str) -> Any:
        if name == "value":
            return thing.number
        if name == "jurisdiction":
            return thing.jurisdiction.code
        return super().value(thing, name)

    def prepare(self, row: Row) -> Prepared:
        one = super().prepare(row)
        code, year = row.cells["jurisdiction"], one.values["year"]
        unit = unit_in(self.units, code, year)
        if unit is None:
            raise row.fault(
                f"no unit has the code {code!r} in {year}; add it to jurisdictions.csv"
                " or correct the cell",
                "jurisdiction",
            )
        one.values["jurisdiction"] = unit
        _hold_against_indicator(row, one.values["indicator"])
        return one

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            reason = self.reason or translation.gettext("Loaded from the seeds")
        for start in range(0, len(all_rows), AT_ONCE):
            some = all_rows[start : start + AT_ONCE]
            try:
                recording.save_values(
                    [_entry(one) for one in some],
                    actor=None,
                    reason=reason,
                    origin=Origin.SEED if self.published else Origin.BACKFILLED,
                    tiers=Tier.values if self.published else (Tier.REPORTED,),
                    corrects=bool(self.reason),
                )
            except ApprovedWouldMove:
                raise
            except Refusal as refusal:
                raise _fault(some, refusal) from refusal
        if not self.published:
            self._run_through_rules(all_rows)

    def _run_through_rules(self, rows: Sequence[Prepared]) -> None:
        """Errors are faults of their row; warnings are told to the operator."""
        units = {one.values["jurisdiction"].pk: one.values["jurisdiction"] for one in rows}
        placed = {
            (one.values["jurisdiction"].pk, one.values["indicator"].code, one.values["year"]): one
            for one in rows
        }
        evaluated = {
            (one.values["jurisdiction"].pk, one.values["year"] - one.values["indicator"].lag)
            for one in rows
        }
        for unit, evaluation_year in sorted(evaluated):
            found = findings_as_reported(unit, evaluation_year)
            for (code, year), said in found.items():
                one = placed.get((unit, code, year))
                for finding in said:
                    if one is not None and finding.is_error:
                        raise one.row.fault(finding.sentence, "as_entered")
                    self.doubted.append(f"{units[unit]} {year} {code}: {finding.sentence}")


def _hold_against_indicator(row: Row, indicator: Indicator) -> None:
    """The unit and the period repeated in the row are the indicator's; the text means the value."""
    for column in ("unit", "period_kind"):
        ours = getattr(indicator, column)
        if row.cells[column] and row.cells[column] != ours:
            raise row.fault(f"of the indicator it is {ours or 'empty'}; write the same", column)
    if indicator.is_statement != bool(row.cells["statement"]):
        needed = "statement" if indicator.is_statement else "value"
        raise row.fault(f"this indicator takes a {needed}; give one", needed)
    if indicator.is_statement:
        return
    try:
        quantity = read_quantity(row.cells["as_entered"], UNITS[indicator.unit])
    except Unreadable as error:
        raise row.fault(
            f"{row.cells['as_entered']!r} cannot be read in {indicator.unit} ({error.code});"
            " write digits and unit",
            "as_entered",
        ) from error
    if quantity.number != row.table.values(row.cells)["value"]:
        raise row.fault(f"{row.cells['as_entered']!r} means another value; correct one", "value")


def _entry(one: Prepared) -> recording.Entry:
    fields = dict(one.values)
    fields.pop("value")
    return recording.Entry(
        text=fields.pop("as_entered"), version=one.thing.version if one.thing else 0, **fields
    )


def _fault(rows: Sequence[Prepared], refusal: Refusal) -> SeedFault:
    place = getattr(refusal, "place", None)
    if place is None:
        return SeedFault(rows[0].row.file, str(refusal.message))
    column = "as_entered" if refusal.field == "value" else refusal.field
    return rows[place].row.fault(str(refusal.message), column)
