"""Reads the CSV files of the seeds, strictly: what is not as it should be is one clear sentence.

Goes in: a folder. Comes out: for each table its rows, every cell read and written again in one
way (`3.320` as `3.32`), so that a row can be compared with what is stored. The database is asked
for units of measure only, beside which those of the folder are known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators.catalogue.seeds_cells import BadCell
from indicators.catalogue.seeds_tables import TABLES, Table
from indicators.catalogue.seeds_validation import units_in
from indicators.measures.units import Unit
from indicators.models import UNITS, UnitOfMeasure

LONGEST_KEY = 300


class SeedFault(Exception):
    """A file of the seeds cannot be loaded: where, what is wrong, and how to mend it."""

    def __init__(self, file: str, said: str, *, line: int = 0, column: str = "") -> None:
        place = file + (f", line {line}" if line else "") + (f", column {column}" if column else "")
        super().__init__(f"{place}: {said}" if said.endswith((".", "。")) else f"{place}: {said}.")


@dataclass(frozen=True)
class Row:
    """A row of a file: its cells by column, its key, and the line on which it begins."""

    table: Table
    file: str
    line: int
    cells: dict[str, str]

    @property
    def key(self) -> str:
        return "|".join(self.cells[name] for name in self.table.key)

    @property
    def stored(self) -> dict[str, str]:
        """The cells that are kept in the database; the others are for readers of the file."""
        return {name: self.cells[name] for name in self.table.stored}

    def fault(self, said: str, column: str = "") -> SeedFault:
        return SeedFault(self.file, said, line=self.line, column=column)


@dataclass(frozen=True)
class SeedFile:
    """A file of the seeds: its name as it is said to people, its table, its rows."""

    file: str
    table: Table
    rows: list[Row]


def read_folder(folder: Path, *, catalogue_only: bool = False) -> list[SeedFile]:
    """Every file that is there, in the order in which they are loaded. Raises SeedFault.

    What a folder within holds is a city's own, and builds on what the folder itself holds.
    """
    if not folder.is_dir():
        raise SeedFault(str(folder), "no such folder; give one that holds the seeds' CSV files")
    within = [] if catalogue_only else sorted(one for one in folder.iterdir() if one.is_dir())
    found: list[SeedFile] = []
    units: dict[str, Unit] = {}
    with UNITS.beside(units):
        for table in TABLES:
            for path in (place / table.file for place in (folder, *within)):
                if path.is_file() and (table.catalogue or not catalogue_only):
                    found.append(read_file(table, path, str(path.relative_to(folder))))
                    if table.model is UnitOfMeasure:
                        units.update(units_in([row.cells for row in found[-1].rows]))
    if not found:
        names = ", ".join(table.file for table in TABLES if table.catalogue or not catalogue_only)
        raise SeedFault(str(folder), f"none of the seeds' files is here; there may be {names}")
    return found


def read_file(table: Table, path: Path, name: str = "") -> SeedFile:
    """One file, each key once; `name` is said to people. Raises SeedFault."""
    file = name or table.file
    lines = _lines(file, _text(file, path.read_bytes()))
    return read_rows(table, lines, file)


def read_rows(table: Table, lines: Iterator[tuple[int, list[str]]], file: str) -> SeedFile:
    """The rows of a table, whose first line is its header. Raises SeedFault."""
    _, header = next(lines, (0, []))
    _check_header(table, header, file)
    rows: list[Row] = []
    first_lines: dict[str, int] = {}
    for line, cells in lines:
        row = _row(table, header, file, line, cells)
        if len(row.key) > LONGEST_KEY:
            raise row.fault(f"{' and '.join(table.key)} are too long to tell the row by them")
        if row.key in first_lines:
            key = ", ".join(table.key)
            raise row.fault(
                f"the same {key} as in line {first_lines[row.key]}; keep one of the two rows"
            )
        first_lines[row.key] = line
        rows.append(row)
    for rule in table.across:
        for at, column, said in rule([row.cells for row in rows]):
            raise rows[at].fault(said, column)
    return SeedFile(file, table, rows)


def _text(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SeedFault(file, "not UTF-8; save the file as CSV UTF-8", line=line) from error


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SeedFault(
                file, f"not CSV ({error}); close every quote, double those inside a cell", line=line
            ) from error
        if cells:
            yield line, cells


def _check_header(table: Table, header: list[str], file: str) -> None:
    names = [column.name for column in table.columns]
    for column in table.columns:
        if column.name not in header and column.absent is None:
            raise SeedFault(
                file, "the column is missing; add it to the header row", line=1, column=column.name
            )
    for name in header:
        if name not in names:
            raise SeedFault(
                file,
                f"no such column here; there are {', '.join(names)}",
                line=1,
                column=name or "(no name)",
            )
        if header.count(name) > 1:
            raise SeedFault(file, "the column is there twice; keep one", line=1, column=name)


def _row(table: Table, header: list[str], file: str, line: int, cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise SeedFault(
            file,
            f"{len(cells)} cells where the header has {len(header)};"
            " put quotes around a cell that holds a comma",
            line=line,
        )
    found = dict(zip(header, cells, strict=True))
    read: dict[str, str] = {}
    for column in table.columns:
        if column.name not in found:
            read[column.name] = column.absent or ""
            continue
        try:
            read[column.name] = column.cell.again(found[column.name])
        except BadCell as error:
            raise SeedFault(file, str(error), line=line, column=column.name) from error
    row = Row(table, file, line, read)
    if table.fill:
        table.fill(read)
    for field, said in table.faults(read):
        raise row.fault(said, field)
    return row
