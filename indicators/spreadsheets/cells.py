"""What a spreadsheet file holds once it is read: workbook, sheets, rows and cells, and their names.

Plain values that never change; nothing here reads or writes. Rows and columns count from 1, as
people see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

CellKind = Literal["blank", "text", "number", "date", "bool", "error", "formula"]
WorkbookKind = Literal["xlsx", "xls", "ods", "csv", "tsv"]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a person reads it.

    `text` is what somebody would have typed: a text as it stands; a number in its shortest plain
    decimals, with % where the cell shows per cent; a date in ISO; an error as "#REF!". `number` is
    in the scale in which it is shown, 95.61 for 0.9561 shown as 95.61%. `formula` is a formula that
    the file holds no value of; where there is one, the cell is what the value is and `has_formula`.
    """

    kind: CellKind
    text: str
    number: Decimal | None = None
    percent: bool = False
    has_formula: bool = False


BLANK = Cell("blank", "")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from column A on; blank ones at the end are dropped."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows in their order, without those that are wholly blank. `hidden_columns` are spans."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    def hides(self, columns: Iterable[int]) -> list[str]:
        """The letters of those of the columns that are hidden, from the left."""
        spans = self.hidden_columns
        if not spans:
            return []
        hidden = (at for at in set(columns) if any(first <= at <= last for first, last in spans))
        return [column_letter(at) for at in sorted(hidden)]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file. `encoding` is that of a text file, `properties` are an xlsx file's own ones."""

    kind: WorkbookKind
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    encoding: str = ""


def column_letter(index: int) -> str:
    """The name of a column that counts from 1.

    >>> column_letter(3), column_letter(27), column_letter(16384)
    ('C', 'AA', 'XFD')
    """
    if index < 1:
        raise ValueError(f"columns count from 1: {index}")
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """
    >>> cell_address(7, 3)
    'C7'
    """
    return f"{column_letter(column)}{row}"
