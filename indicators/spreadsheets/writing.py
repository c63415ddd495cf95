"""Writes long lists as xlsx, row by row, in as much memory as a few hundred rows take.

Goes in: a file open for writing, and sheets as (name, rows); a row holds texts, numbers, dates and
None. Comes out: one sheet a list, more where a list is longer than a sheet can be, each with the
header frozen and bold, and set up to print on A4 across. A text is never a formula.

A number stands in the file with the digits that it has. A spreadsheet keeps 15 of them, so a number
with more is written as text, which nothing cuts off. A text longer than a cell can hold is cut.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import IO

from indicators.spreadsheets.sheet_markup import (
    ROWS,
    RowWriter,
    fitting_widths,
    sheet_end,
    sheet_start,
)
from indicators.spreadsheets.sheet_names import SheetNames
from indicators.spreadsheets.workbook_markup import WrittenSheet, first_parts, last_parts

Value = str | int | Decimal | date | None
Values = Sequence[Value]

ROWS_AT_ONCE = 500
# Twice as fast as zlib's usual level, and a twentieth larger.
COMPRESSION = 3
# From 2 GiB on a part wants Zip64, which Excel takes for damage.
PART_BYTES = 1_900_000_000


def write_rows(
    file: IO[bytes],
    sheets: Iterable[tuple[str, Iterable[Values]]],
    *,
    header_rows: int = 1,
    widths: Sequence[float] | None = None,
    rows_a_sheet: int = ROWS,
) -> None:
    """Writes the workbook; takes from the rows no more than is written next.

    `widths` are those of the columns in characters; left out, the first rows say. On a further
    sheet of the same list the header is repeated.
    """
    names = SheetNames()
    written: list[WrittenSheet] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as package:
        for part, text in first_parts().items():
            _write(package, part, text)
        for title, rows in sheets:
            for number, some in enumerate(_cut(rows, header_rows, rows_a_sheet), 1):
                sheet = WrittenSheet(names.name(title, number), f"sheet{len(written) + 1}")
                _write_sheet(package, sheet.part, some, header_rows, widths)
                written.append(sheet)
        if not written:
            raise ValueError("a workbook has one sheet at least")
        for part, text in last_parts(written, header_rows).items():
            _write(package, part, text)


def _cut(rows: Iterable[Values], header_rows: int, most: int) -> Iterator[Iterator[Values]]:
    """The rows of each sheet in turn; each is used up before the next is asked for."""
    waiting = iter(rows)
    header = list(islice(waiting, header_rows))
    yield chain(header, islice(waiting, most - len(header)))
    for following in waiting:
        yield chain(header, [following], islice(waiting, most - len(header) - 1))


def _write_sheet(
    package: zipfile.ZipFile,
    part: str,
    rows: Iterator[Values],
    header_rows: int,
    widths: Sequence[float] | None,
) -> None:
    """Stops before the part is too large, and leaves the rows for a further sheet."""
    some = list(islice(rows, ROWS_AT_ONCE))
    writer = RowWriter(header_rows)
    with package.open(f"xl/worksheets/{part}.xml", "w") as out:
        size = out.write(sheet_start(header_rows, widths or fitting_widths(some)).encode())
        while some:
            size += out.write(writer.markup(some).encode())
            some = list(islice(rows, ROWS_AT_ONCE)) if size < PART_BYTES else []
        out.write(sheet_end().encode())


def _write(package: zipfile.ZipFile, part: str, text: str) -> None:
    """A ZipInfo of its own has no clock in it: the same rows are the same bytes."""
    package.writestr(zipfile.ZipInfo(part), text, zipfile.ZIP_DEFLATED)
