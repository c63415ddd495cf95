"""Reads the CSV files of the seeds, strictly: what is not as it should be is one clear sentence.

Goes in: a folder. Comes out: for each table its rows, every cell read and written again in one
way (`3.320` as `3.32`), so that a row can be compared with what is stored. No database here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators.catalogue.seeds_cells import BadCell
from indicators.catalogue.seeds_tables import TABLES, Table

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
        return SeedFault(self.table.file, said, line=self.line, column=column)


def read_folder(folder: Path, *, catalogue_only: bool = False) -> dict[str, list[Row]]:
    """The rows of every file that is there, by table. Raises SeedFault."""
    if not folder.is_dir():
        raise SeedFault(str(folder), "no such folder; give one that holds the seeds' CSV files")
    wanted = [table for table in TABLES if table.catalogue or not catalogue_only]
    files = {table: folder / table.file for table in wanted}
    if not any(path.is_file() for path in files.values()):
        names = ", ".join(table.file for table in wanted)
        raise SeedFault(str(folder), f"none of the seeds' files is here; there may be {names}")
    return {table.name: read_file(table, path) for table, path in files.items() if path.is_file()}


def read_file(table: Table, path: Path) -> list[Row]:
    """The rows of one file, each key once. Raises SeedFault."""
    lines = _lines(table.file, _text(table.file, path.read_bytes()))
    _, header = next(lines, (0, []))
    _check_header(table, header)
    rows: list[Row] = []
    first_lines: dict[str, int] = {}
    for line, cells in lines:
        row = _row(table, header, line, cells)
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
    return rows


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


def _check_header(table: Table, header: list[str]) -> None:
    names = [column.name for column in table.columns]
    for name in names:
        if name not in header:
            raise SeedFault(
                table.file, "the column is missing; add it to the header row", line=1, column=name
            )
    for name in header:
        if name not in names:
            raise SeedFault(
                table.file,
                f"no such column here; there are {', '.join(names)}",
                line=1,
                column=name or "(no name)",
            )
        if header.count(name) > 1:
            raise SeedFault(table.file, "the column is there twice; keep one", line=1, column=name)


def _row(table: Table, header: list[str], line: int, cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise SeedFault(
            table.file,
            f"{len(cells)} cells where the header has {len(header)};"
            " put quotes around a cell that holds a comma",
            line=line,
        )
    found = dict(zip(header, cells, strict=True))
    read: dict[str, str] = {}
    for column in table.columns:
        try:
            read[column.name] = column.cell.again(found[column.name])
        except BadCell as error:
            raise SeedFault(table.file, str(error), line=line, column=column.name) from error
    row = Row(table, line, read)
    if table.fill:
        table.fill(read)
    for field, said in table.faults(read):
        raise row.fault(said, field)
    return row
