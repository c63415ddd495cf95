"""Files that a browser is to keep: their names in any script, and workbooks made of rows of cells.

Goes in: the rows of a table, the header first, as `csv_stream` takes them. Comes out: an answer
with the file; it is made before the answer begins, so that what fails has a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.text import get_valid_filename

from indicators.spreadsheets.writing import Value, write_rows

IN_MEMORY = 4 << 20  # bytes; what is longer goes to a file
PIECE = 1 << 16
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(name: str, kind: str, fallback: str) -> dict[str, str]:
    """The headers of a file `name`.`kind`; `fallback` is its name in ASCII, for old programs and
    for a name that has no sign that a file's may have.

    >>> attachment("渝中区", "csv", "unit")["Content-Disposition"]
    'attachment; filename="unit.csv"; filename*=UTF-8\\'\\'%E6%B8%9D%E4%B8%AD%E5%8C%BA.csv'
    >>> attachment("\u202e", "csv", "unit")["Content-Disposition"]
    'attachment; filename="unit.csv"; filename*=UTF-8\\'\\'unit.csv'
    """
    valid = get_valid_filename(f"{name}.{kind}").lstrip(".")
    any_script = quote(valid if valid != kind else f"{fallback}.{kind}", safe="")
    return {
        "Content-Disposition": (
            f"attachment; filename=\"{fallback}.{kind}\"; filename*=UTF-8''{any_script}"
        ),
        "Cache-Control": "private, no-store",
    }


def streamed(
    pieces: Iterator[bytes], name: str, kind: str, *, content_type: str, fallback: str
) -> StreamingHttpResponse:
    """A file in pieces as a download `name`.`kind`; `fallback` is a name in ASCII.

    The first piece is made before the answer begins, so that what fails there has a page of its
    own; the others while it is sent, in the language of the request. What fails then ends the
    answer before its end, which tells the browser that the file is not whole.
    """
    first = list(islice(pieces, 1))
    return StreamingHttpResponse(
        _in_language(first, pieces, translation.get_language()),
        content_type=content_type,
        headers=attachment(name, kind, fallback),
    )


def xlsx_response(
    rows: Iterable[Sequence[Value]], name: str, fallback: str = "figures"
) -> StreamingHttpResponse:
    """The rows as a workbook of one sheet: numbers are numbers, and no text is a formula."""
    return streamed(_workbook(rows, name), name, "xlsx", content_type=XLSX, fallback=fallback)


def _in_language(
    first: list[bytes], pieces: Iterator[bytes], language: str | None
) -> Iterator[bytes]:
    """The middleware has put the language back by the time the pieces are made."""
    yield from first
    while True:
        with translation.override(language):
            piece = next(pieces, b"")
        if not piece:
            return
        yield piece


def _workbook(rows: Iterable[Sequence[Value]], title: str) -> Iterator[bytes]:
    """The file in pieces; it is closed with them, however many are taken."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        write_rows(file, [(title, rows)])
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
