"""How the rows of the seeds lie in the database: read back as cells, written in bulk.

A shelf is a table of the database beside its file. It reads in a bounded number of queries,
prepares each row (codes become what they name), and writes all rows together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import models

from indicators.catalogue.seeds_cells import Measure
from indicators.catalogue.seeds_files import Row
from indicators.catalogue.seeds_tables import Table
from indicators.collection import Refusal
from indicators.measures.units import NEEDED
from indicators.models import (
    UNITS,
    DutyArea,
    Framework,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Problem,
    Target,
    UnitOfMeasure,
    YearlyResult,
)
from indicators.models.path import ids_in
from indicators.recording.asked_years import refuse_asked_otherwise, refuse_unit_in_round
from indicators.recording.catalogue_change import Touched
from indicators.recording.unit_of_measure import holders, moved_field

REFERENCES: dict[str, tuple[str, type[models.Model]]] = {
    "duty_area": ("duty_areas", DutyArea),
    "indicator": ("indicators", Indicator),
    "framework": ("frameworks", Framework),
    "problem": ("problems", Problem),
}
SIDES = ("from_units", "to_units")
AT_ONCE = 500


class Gone(LookupError):
    """The row builds on one that users have removed or hold otherwise."""


@dataclass
class Prepared:
    """A row ready to be written: its values, and what is to be changed, None for a new one."""

    row: Row
    values: dict[str, Any]
    thing: Any


class Shelf:
    """`gone` holds, by table, the keys of rows that users have removed or hold otherwise.

    `reason` is the operator's for moving approved figures, `published` whether the folder is the
    one that ships; `doubted` is what the rules warn of in what was written, in words.
    """

    reason: str
    published: bool

    def __init__(self, table: Table, gone: dict[str, set[str]]) -> None:
        self.table = table
        self.doubted: list[str] = []
        self.gone = gone
        self.reason = ""
        self.things: dict[str, Any] = {}
        self.named: dict[str, dict[str, Any]] = {}

    def read(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        """The cells as they are stored, by key; at least those of `rows`."""
        self.named = {
            column: model._default_manager.in_bulk(field_name="code")
            for column, (_, model) in REFERENCES.items()
            if column in self.table.stored
        }
        kept = {}
        for thing in self.stored(rows):
            cells = self.cells(thing)
            key = "|".join(cells[name] for name in self.table.key)
            self.things[key] = thing
            kept[key] = cells
        return kept

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return self.table.model._default_manager.select_related(*self.named)

    def cells(self, thing: Any) -> dict[str, str]:
        return {
            column.name: column.cell.write(self.value(thing, column.name))
            for column in self.table.columns
            if column.stored
        }

    def value(self, thing: Any, name: str) -> Any:
        found = getattr(thing, name)
        return found.code if name in REFERENCES else found

    def prepare(self, row: Row) -> Prepared:
        """Raises SeedFault for a code that there is not, Gone for one that is with the users."""
        for column in self.table.columns:
            unit = row.cells[column.name] if isinstance(column.cell, Measure) else ""
            if unit and unit not in UNITS:
                raise Gone(unit)  # a file brings it, which users have removed
        values = self.table.values(row.cells)
        for name, things in self.named.items():
            code = row.cells[name]
            table = REFERENCES[name][0]
            if code not in things and code in self.gone.get(table, ()):
                raise Gone(code)
            if code not in things:
                raise row.fault(
                    f"there is no {code!r}; add it to {table}.csv or correct the cell", name
                )
            values[name] = things[code]
        return Prepared(row, values, self.things.get(row.key))

    def why_not(self, one: Prepared) -> str:
        """Why a row that the seeds changed is not taken over; empty when it is."""
        return ""

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        self.table.model._default_manager.bulk_create(
            self.table.model(**one.values) for one in all_rows if one.thing is None
        )
        self.update([one for one in all_rows if one.thing is not None])
        self.touch(all_rows, change)

    def update(self, changed: Sequence[Prepared]) -> None:
        for one in changed:
            for name, value in one.values.items():
                setattr(one.thing, name, value)
        names = [name for name in self.table.stored if name not in self.table.key]
        things = [one.thing for one in changed]
        self.table.model._default_manager.bulk_update(things, names, batch_size=AT_ONCE)

    def touch(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        """Say which results the rows touch."""


class UnitOfMeasureShelf(Shelf):
    """Units of measure touch no results."""

    def why_not(self, one: Prepared) -> str:
        """As for editors: what figures are kept by stays while it is in use."""
        after = UnitOfMeasure(**one.values)
        if moved_field(one.thing, after) and (one.row.key in NEEDED or holders(one.thing)):
            return "it is in use, so its base, factor, dimension and whole stay"
        return ""

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        super().write(all_rows, change)
        UNITS.forget()


class DutyAreaShelf(Shelf):
    """Duty areas touch no results."""


class IndicatorShelf(Shelf):
    def why_not(self, one: Prepared) -> str:
        kinds = [(one.thing.unit, one.thing.quantity_kind)]
        kinds.append((one.values["unit"], one.values["quantity_kind"]))
        if kinds[0] != kinds[1] and one.thing.values.exists():
            return "its unit is new, but it has figures in the old one"
        after = _changed(one, but=())
        if (one.thing.lag, one.thing.asked_from) == (after.lag, after.asked_from):
            return ""
        return _why_held(refuse_asked_otherwise, one.thing, after)

    def touch(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        change.indicators |= {one.thing.pk for one in all_rows if one.thing is not None}


class DefinitionShelf(Shelf):
    def why_not(self, one: Prepared) -> str:
        """As for editors: what figures are computed by keeps its formula and its first year."""
        before = (one.thing.formula, one.thing.valid_from)
        if before == (one.values["formula"], one.values["valid_from"]):
            return ""
        if YearlyResult.objects.filter(definition=one.thing).exclude(basis="").exists():
            return "it has figures; the seeds must bring a new version from a later year"
        return ""

    def touch(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        change.indicators |= {one.values["indicator"].pk for one in all_rows}


class FrameworkShelf(Shelf):
    def touch(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        """Its basis decides which target lights."""
        change.everything |= any(one.thing is not None for one in all_rows)


class TargetShelf(Shelf):
    """Targets by level; those of one jurisdiction are the users' own."""

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return Target.objects.filter(jurisdiction=None).select_related(*self.named)

    def touch(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        change.indicators |= {one.values["indicator"].pk for one in all_rows}

    def update(self, changed: Sequence[Prepared]) -> None:
        """What stops being principal first: at no moment are there two."""
        for principal in (False, True):
            super().update([one for one in changed if one.values["principal"] == principal])


class JurisdictionShelf(Shelf):
    """Units; the code of a parent means the unit that had it when the child began."""

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return Jurisdiction.objects.select_related("parent")

    def value(self, thing: Any, name: str) -> Any:
        found = super().value(thing, name)
        return found.code if name == "parent" and found else found

    def why_not(self, one: Prepared) -> str:
        """As for editors: what a round asks a unit goes on."""
        after = _changed(one, but=("parent",))
        code = one.row.cells["parent"]
        if code != (self.value(one.thing, "parent") or ""):
            after.parent = unit_in(self.things.values(), code, after.valid_from)
            if after.parent is not None and one.thing.pk in ids_in(after.parent.path):
                return ""  # a circle, which is found where the tree is written
        return _why_held(refuse_unit_in_round, one.thing, after)

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        """New units first, then the tree among them."""
        for one in all_rows:
            one.values.pop("parent")
            if one.thing is None:
                one.thing = self.things[one.row.key] = Jurisdiction(**one.values)
        Jurisdiction.objects.bulk_create(one.thing for one in all_rows if one.thing.pk is None)
        for one in all_rows:
            one.values["parent"] = self._parent(one.row)
        self.update(all_rows)
        change.everything |= bool(all_rows)

    def _parent(self, row: Row) -> Jurisdiction | None:
        code, year = row.cells["parent"], int(row.cells["valid_from"])
        if not code:
            return None
        parent = unit_in(self.things.values(), code, year)
        if parent is None or code == row.cells["code"]:
            raise row.fault(
                f"no unit {code!r} exists in {year} that could hold this one;"
                " add it, or correct the cell",
                "parent",
            )
        return parent


class ChangeShelf(Shelf):
    """Changes of jurisdictions. The units on both sides are their key, so they never change."""

    def read(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        self.units = {_at(unit): unit for unit in Jurisdiction.objects.all()}
        return super().read(rows)

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        return JurisdictionChange.objects.prefetch_related(*SIDES)

    def value(self, thing: Any, name: str) -> Any:
        found = super().value(thing, name)
        return ";".join(sorted(map(_at, found.all()))) if name in SIDES else found

    def prepare(self, row: Row) -> Prepared:
        one = super().prepare(row)
        for side in SIDES:
            one.values[side] = [self._unit(row, side, at) for at in one.values[side].split(";")]
        return one

    def _unit(self, row: Row, side: str, at: str) -> Jurisdiction:
        if at not in self.units and at.replace("@", "|") in self.gone.get("jurisdictions", ()):
            raise Gone(at)
        if at not in self.units:
            raise row.fault(
                f"there is no {at}; add it to jurisdictions.csv or correct the cell", side
            )
        return self.units[at]

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        sides = [{side: one.values.pop(side) for side in SIDES} for one in all_rows]
        made = []
        for one, units in zip(all_rows, sides, strict=True):
            if one.thing is None:
                thing = JurisdictionChange(**one.values)
                if thing.kind != JurisdictionChange.Kind.TRANSFER and len(units["to_units"]) == 1:
                    thing.answered_by = units["to_units"][0]
                made.append((thing, units))
        JurisdictionChange.objects.bulk_create(thing for thing, _ in made)
        for side in SIDES:
            through = getattr(JurisdictionChange, side).through
            through.objects.bulk_create(
                through(jurisdictionchange=thing, jurisdiction=unit)
                for thing, units in made
                for unit in units[side]
            )
        named = {unit.pk for _thing, units in made for side in SIDES for unit in units[side]}
        change.of_units(named)
        self.update([one for one in all_rows if one.thing is not None])


def _changed(one: Prepared, *, but: Collection[str]) -> Any:
    """What is stored as it would be by the row, `but` for some of its columns; not stored."""
    after = copy(one.thing)
    for name, value in one.values.items():
        if name not in but:
            setattr(after, name, value)
    return after


def _why_held(refuse: Callable[[Any, Any], None], before: Any, after: Any) -> str:
    """What holds an editor holds the seeds as well: what they are refused, in words."""
    try:
        refuse(before, after)
    except Refusal as refusal:
        return refusal.message
    return ""


def unit_in(units: Iterable[Jurisdiction], code: str, year: int) -> Jurisdiction | None:
    """The unit that the code means in the year."""
    return next((unit for unit in units if unit.code == code and unit.valid_in(year)), None)


def _at(unit: Jurisdiction) -> str:
    return f"{unit.code}@{unit.valid_from}"
