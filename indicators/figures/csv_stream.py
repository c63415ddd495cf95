"""CSV as offices open it: UTF-8 with BOM, RFC 4180, written row by row, safe to open in Excel.

Goes in: rows of cells, the header first. A text is guarded, so that no spreadsheet takes it for a
formula; a number is written in plain decimals and never guarded, so that -5 stays a number; None is
an empty cell. `spreadsheets.formula_guard` has the guard and takes it off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from django.http import StreamingHttpResponse

from indicators.figures.downloads import streamed
from indicators.measures.exact import plain
from indicators.spreadsheets.formula_guard import guard

BOM = "\ufeff"
ROWS_AT_ONCE = 500

Cell = str | int | Decimal | None


def csv_chunks(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file in pieces of some hundred rows; takes from `rows` no more than the piece needs."""
    waiting = iter(rows)
    start = BOM
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        text = io.StringIO(newline="")
        text.write(start)
        csv.writer(text).writerows([_written(cell) for cell in row] for row in batch)
        yield text.getvalue().encode()
        start = ""


def csv_response(
    rows: Iterable[Sequence[Cell]], name: str, fallback: str = "figures"
) -> StreamingHttpResponse:
    """The rows as a download; they are made while the answer is sent."""
    return csv_download(csv_chunks(rows), name, fallback)


def csv_download(
    chunks: Iterator[bytes], name: str, fallback: str = "figures"
) -> StreamingHttpResponse:
    """The file in pieces as a download `name`.csv; `fallback` is a name in ASCII."""
    return streamed(chunks, name, "csv", content_type="text/csv; charset=utf-8", fallback=fallback)


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return plain(cell)
        case int():
            return str(cell)
        case _:
            return guard(str(cell))
