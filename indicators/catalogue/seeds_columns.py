"""What a file of the seeds is: its columns, what an absent one means, how a row is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from indicators.catalogue.row_validation import Fault, formula_faults, row_faults
from indicators.catalogue.seeds_cells import Cell
from indicators.catalogue.seeds_validation import Across, Cells
from indicators.models import Jurisdiction


@dataclass(frozen=True)
class Column:
    """`USUAL` says what its cells are where a file does without the column."""

    name: str
    cell: Cell
    stored: bool = True

    @property
    def absent(self) -> str | None:
        """The cell of each row where the file has no such column; None if it must have it."""
        must = self.stored and self.cell.needed
        return USUAL.get(self.name, None if must else "")


@dataclass(frozen=True)
class Table:
    """A file. `catalogue` marks what another city loads as well; `key` finds a row again.

    What a row must be is the model's to say, but for references, which the database knows; `across`
    looks at all rows together, `fill` writes what the door would fill in.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    catalogue: bool = True
    fill: Callable[[Cells], None] | None = None
    own_faults: Callable[[Cells], Iterable[Fault]] | None = None
    across: tuple[Across, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def stored(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.stored)

    def faults(self, cells: Cells) -> Iterator[Fault]:
        """What is wrong with a row by itself; of figures the rest is asked by the door."""
        if self.own_faults is not None:
            yield from self.own_faults(cells)
            return
        values = self.values(cells)
        named = {f.name for f in self.model._meta.get_fields() if f.is_relation}
        thing = self.model(**{name: it for name, it in values.items() if name not in named})
        if isinstance(thing, Jurisdiction) and values["parent"]:
            thing.parent = Jurisdiction(code=str(values["parent"]))
        yield from row_faults(thing, without=named)
        yield from formula_faults(thing)

    def values(self, cells: Cells) -> dict[str, object]:
        """The Python values of a row's stored cells."""
        return {c.name: c.cell.read(cells[c.name]) for c in self.columns if c.stored}


def columns(**cells: Cell) -> tuple[Column, ...]:
    return tuple(Column(name, cell) for name, cell in cells.items())


def shown(**cells: Cell) -> tuple[Column, ...]:
    return tuple(Column(name, cell, stored=False) for name, cell in cells.items())


# What a row means that says nothing of it: a base unit, measured; a whole city's figure, exact, of
# a full year, and as yet looked up by nobody.
USUAL = {
    "code_scheme": "gb2260",
    "confirmed": "no",
    "decimals": "0",
    "evidence_required": "no",
    "factor": "1",
    "lag": "0",
    "part_of_year": "no",
    "period_basis": "stated",
    "principal": "yes",
    "qualifier": "exact",
    "whole": "no",
}
