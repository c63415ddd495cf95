"""CSV as offices open it: UTF-8 with BOM, RFC 4180, written row by row, safe to open in Excel.

Goes in: rows of cells, the header first. A text is guarded, so that no spreadsheet takes it for a
formula; a number is written in plain decimals and never guarded, so that -5 stays a number; None is
an empty cell. `unguard` gives back what a text was, whatever it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.text import get_valid_filename

from indicators.measures.exact import plain

BOM = "\ufeff"
GUARD = "'"
# With the full-width forms, which spreadsheets set to Chinese or Japanese take for formulas too.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
ROWS_AT_ONCE = 500

Cell = str | int | Decimal | None


def guard(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would compute it.

    >>> guard("=1+1"), guard("'quoted'"), guard("a = b")
    ("'=1+1", "''quoted'", 'a = b')
    """
    return GUARD + text if text.startswith((*FORMULA_STARTS, GUARD)) else text


def unguard(text: str) -> str:
    """What the text was before `guard`; an apostrophe that guards nothing is the text's own.

    >>> unguard("'=1+1"), unguard("''quoted'"), unguard("'tis")
    ('=1+1', "'quoted'", "'tis")
    """
    guarded = text.startswith(GUARD) and text[1:].startswith((*FORMULA_STARTS, GUARD))
    return text[1:] if guarded else text


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
    """A file in pieces as a download `name`.csv; `fallback` is a name in ASCII.

    The pieces are made while the answer is sent, in the language of the request.
    """
    any_script = quote(get_valid_filename(f"{name}.csv"), safe="")
    return StreamingHttpResponse(
        _in_language(chunks, translation.get_language()),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"{fallback}.csv\"; filename*=UTF-8''{any_script}"
            ),
            "Cache-Control": "private, no-store",
        },
    )


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


def _in_language(chunks: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    """The middleware has put the language back by the time the rows are made."""
    while True:
        with translation.override(language):
            chunk = next(chunks, b"")
        if not chunk:
            return
        yield chunk
