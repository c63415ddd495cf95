"""The XML of a sheet that is written row by row, and how wide its columns are.

Goes in: rows; comes out: text for the part. Texts stand in their cells (inline), so nothing has to
be remembered until the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width
from xml.sax.saxutils import escape as escape_markup

from indicators.spreadsheets.cells import column_letter
from indicators.spreadsheets.escapes import escape
from indicators.spreadsheets.stored_numbers import DIGITS, START_1900
from indicators.spreadsheets.workbook_markup import HEAD, MAIN, Style

ROWS = 1_048_576
COLUMNS = 16_384
TEXT_CHARACTERS = 32_767
CUT = "…"
# General shows longer numbers as 1.2E+11.
GENERAL_CHARACTERS = 11
KNOWN_TEXTS = 10_000
KNOWN_CHARACTERS = 200
FIRST_DATE = date(1900, 3, 1)
NARROWEST, WIDEST = 6, 48
WIDE = "WF"
PLAIN = re.compile(r"[^&<>\x00-\x1f_\ud800-\udfff\ufffe\uffff]*")
SIGNIFICANT = re.compile(r"-?0*(.*?)0*\Z")


class RowWriter:
    """Turns rows into XML, one list after another; counts rows and columns."""

    def __init__(self, header_rows: int) -> None:
        self.header_rows = header_rows
        self.rows = 0
        self.columns = 0
        self._letters: list[str] = []
        self._texts: dict[str, str] = {}

    def markup(self, rows: Sequence[Sequence[Any]]) -> str:
        """The rows that come next."""
        out: list[str] = []
        for values in rows:
            self.rows += 1
            if len(values) > self.columns:
                self._widen(len(values))
            number = self.rows
            head = number <= self.header_rows
            out.append(f'<row r="{number}">')
            for letter, value in zip(self._letters, values, strict=False):
                if value is None or value == "":
                    continue
                if type(value) is str and not head:
                    inside = self._texts.get(value) or self._text(value)
                else:
                    inside = self._inside(value, head)
                out.append(f'<c r="{letter}{number}"{inside}</c>')
            out.append("</row>")
        return "".join(out)

    def _widen(self, columns: int) -> None:
        if columns > COLUMNS:
            raise ValueError(f"a sheet has {COLUMNS} columns at most, not {columns}")
        self._letters = [column_letter(index) for index in range(1, columns + 1)]
        self.columns = columns

    def _inside(self, value: Any, head: bool) -> str:
        """What follows the address; a header is bold whatever stands in it."""
        if isinstance(value, str):
            return text_markup(value, Style.HEAD if head else None)
        if head:
            return text_markup(_shown(value), Style.HEAD)
        return value_markup(value)

    def _text(self, text: str) -> str:
        inside = text_markup(text)
        if len(text) <= KNOWN_CHARACTERS:
            if len(self._texts) >= KNOWN_TEXTS:
                self._texts.clear()
            self._texts[text] = inside
        return inside


def text_markup(text: str, style: Style | None = None) -> str:
    """
    >>> text_markup("=1+1")
    ' t="inlineStr"><is><t xml:space="preserve">=1+1</t></is>'
    """
    if len(text) > TEXT_CHARACTERS // 2:
        text = _cut(text)
    if style is None and "\n" in text:
        style = Style.LINES
    if not PLAIN.fullmatch(text):
        text = escape_markup(escape(text))
    said = "" if style is None else f' s="{style}"'
    return f'{said} t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def value_markup(value: Any) -> str:
    """
    >>> value_markup(Decimal("3.3200")), value_markup(date(2023, 1, 1))
    ('><v>3.3200</v>', ' s="4"><v>44927</v>')
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, date)):
        raise TypeError(f"a cell holds text, an exact number or a date, not {value!r}")
    if isinstance(value, date):
        if isinstance(value, datetime):
            raise TypeError(f"a date has no time of day: {value!r}")
        if value < FIRST_DATE:  # before it Excel's calendar is another
            return text_markup(value.isoformat())
        return f' s="{Style.DATE}"><v>{(value - START_1900.date()).days}</v>'
    text = _shown(value)
    if len(text) <= GENERAL_CHARACTERS:
        return f"><v>{text}</v>"
    if _significant(text) > DIGITS:
        return text_markup(text)
    style = Style.DECIMALS if "." in text else Style.WHOLE
    return f' s="{style}"><v>{text}</v>'


def sheet_start(header_rows: int, widths: Sequence[float]) -> str:
    """Everything before the first row."""
    pane = ""
    if header_rows:
        top = f'topLeftCell="A{header_rows + 1}"'
        pane = (
            f'<pane ySplit="{header_rows}" {top} activePane="bottomLeft" state="frozen"/>'
            '<selection pane="bottomLeft"/>'
        )
    columns = "".join(
        f'<col min="{index}" max="{index}" width="{width:g}" customWidth="1"/>'
        for index, width in enumerate(widths, 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/>{f"<cols>{columns}</cols>" if columns else ""}'
        "<sheetData>"
    )


def sheet_end() -> str:
    """Everything after the last row: A4 across, as wide as the page, pages numbered."""
    return (
        '</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" '
        'footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" '
        'fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter>'
        "</headerFooter></worksheet>"
    )


def fitting_widths(rows: Sequence[Sequence[Any]]) -> list[float]:
    """As wide as the widest of these rows, within reason; a Chinese character is two."""
    widths: list[float] = []
    for values in rows:
        widths += [NARROWEST] * (len(values) - len(widths))
        for index, value in enumerate(values):
            if value is not None:
                widths[index] = max(widths[index], min(_width(_shown(value)) + 2, WIDEST))
    return widths[:COLUMNS]


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"not a finite number: {value!r}")
        return f"{value:f}"
    return str(value)


def _significant(text: str) -> int:
    """
    >>> _significant("80500000000.0000"), _significant("-0.0012345")
    (3, 5)
    """
    found = SIGNIFICANT.fullmatch(text.replace(".", ""))
    return len(found[1]) if found else 0


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in WIDE else 1 for letter in text[: WIDEST * 2])


def _cut(text: str) -> str:
    """Excel counts in UTF-16, escapes as one character."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= TEXT_CHARACTERS * 2:
        return text
    return units[: (TEXT_CHARACTERS - 1) * 2].decode("utf-16-le", "ignore") + CUT
