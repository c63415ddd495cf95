"""Reads CSV and TSV: finds the encoding and the delimiter, and undoes our own formula guard.

Goes in: the bytes of a text file; comes out: a workbook of one sheet. Such a file knows no types,
so every cell is text, or blank; a double in all its digits (1803.5999999999999) is as in workbooks
the number that a person saw. Rows count as a spreadsheet shows them: a cell with line breaks is
one row, and a first line `sep=;` is none.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath

from indicators.spreadsheets.cells import BLANK, Cell, Row, Sheet, Workbook
from indicators.spreadsheets.formula_guard import unguard
from indicators.spreadsheets.limits import CELL_BYTES, CHARACTER_BYTES, Budget, UnreadableFile
from indicators.spreadsheets.stored_numbers import DIGITS, plain_text, stored_number

DELIMITERS = ",\t;"
SAMPLE_CHARACTERS = 64_000
SAMPLE_ROWS = 50
ROWS_BETWEEN_CHECKS = 1_000
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
# Of Chinese, and whole; two bytes that could be one of UTF-8 are a character of GB18030 too often.
UTF8_CHARACTER = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
LAST_CHARACTER = re.compile(rb"[\xe2-\xef][\x80-\xbf]?\Z")
# More decimals than any figure is kept with, of which at least so many say nothing.
DOUBLE = re.compile(r"-?[0-9]+\.[0-9]{8,20}")
DROPPED = 4
NOT_ASCII = re.compile(rb"[\x80-\xff]")


def read_delimited(content: bytes, name: str, budget: Budget) -> Workbook:
    """The file as a workbook with one sheet, named as the file is."""
    text, encoding = decode(content)
    if "\0" in text:
        raise UnreadableFile("unknown_type", found="binary")
    said = SEPARATOR_LINE.match(text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else find_delimiter(text)
    budget.charge_memory(len(text) * CHARACTER_BYTES)
    rows = tuple(_rows(text, delimiter, budget))
    return Workbook(
        "tsv" if delimiter == "\t" else "csv",
        (Sheet(PurePath(name).stem, False, rows),),
        encoding=encoding,
    )


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    GB18030 takes almost any bytes, so UTF-8 comes first; and what is UTF-8 but for a few broken
    bytes is not read as Chinese characters that nobody has written.

    >>> decode("指标".encode("gb18030"))
    ('指标', 'gb18030')
    """
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            text = _strict(content[len(mark) :], encoding)
            if text is None:
                raise UnreadableFile("damaged")
            return text, encoding.removesuffix("-le").removesuffix("-be")
    if (text := _strict(content, "utf-8")) is not None:
        return text, "utf-8"
    if _is_broken_utf8(content):
        raise UnreadableFile("damaged")
    if (text := _strict(content, "gb18030")) is None:
        raise UnreadableFile("unknown_encoding")
    return text, "gb18030"


def find_delimiter(text: str) -> str:
    """The one that cuts most of the first rows into equally many cells; a comma if none does.

    >>> find_delimiter("年度;数值\\n2022;1,5\\n2023;1,6\\n")
    ';'
    """
    sample = text[:SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_broken_utf8(content: bytes) -> bool:
    """Whole but for its last character, or nine in ten bytes beyond ASCII are of whole ones."""
    whole = sum(len(found) for found in UTF8_CHARACTER.findall(content))
    if not whole:
        return False
    beyond = len(NOT_ASCII.findall(content))
    cut = LAST_CHARACTER.search(content)
    return whole * 10 >= beyond * 9 or bool(cut and _strict(content[: cut.start()], "utf-8"))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for row in islice(_reader(sample, delimiter), SAMPLE_ROWS):
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        pass  # the sample may end inside a quoted cell
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count, width


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _rows(text: str, delimiter: str, budget: Budget) -> Iterator[Row]:
    reader = _reader(text, delimiter)
    number = 0
    known: dict[str, Cell] = {"": BLANK}
    try:
        for number, found in enumerate(reader, 1):
            while found and not found[-1]:
                found.pop()
            if not number % ROWS_BETWEEN_CHECKS:
                budget.check_time()
            if not found:
                continue
            budget.check_row("", number)
            budget.check_columns("", len(found))
            budget.charge_cells(len(found))
            cells = [known.get(text) or _cell(text, known, budget) for text in found]
            yield Row(number, tuple(cells))
    except csv.Error as error:
        raise UnreadableFile("damaged", row=number + 1) from error


def _cell(text: str, known: dict[str, Cell], budget: Budget) -> Cell:
    budget.charge_memory(CELL_BYTES + len(text) * CHARACTER_BYTES)
    cell = known[text] = Cell("text", _as_seen(unguard(text)))
    return cell


def _as_seen(text: str) -> str:
    """A program's double without the digits that only binary numbers have.

    >>> _as_seen("1803.5999999999999"), _as_seen("12345678901234.5678"), _as_seen("0.123456789")
    ('1803.6', '12345678901234.5678', '0.123456789')
    """
    if len(text) <= DIGITS or not DOUBLE.fullmatch(text):
        return text
    number = stored_number(text)
    seen = text if number is None else plain_text(number)
    return seen if len(seen) + DROPPED <= len(text) else text
