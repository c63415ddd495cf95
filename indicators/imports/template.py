"""Writes the workbook that is handed out to be filled in: a sheet for each duty area.

Only the cells to fill in are unlocked; it prints on A4 landscape. Its head is one that `layout`
reads, so the file needs nothing that is hidden in it; what is hidden (`claims`) tells over which
versions it was filled in.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indicators.figures.formatting import unit_word
from indicators.imports.claims import SHEET, Claims
from indicators.imports.template_rows import TemplateRow, TemplateSheet
from indicators.models import Jurisdiction, State, Statement

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
LONGEST_MESSAGE = 250
HEAD_ROW = 2
LINE_HEIGHT = 13.5
WIDE_FROM = 0x2E7F  # from here on signs are as wide as two letters
INK, PAPER, LINE, OPEN = "#17212e", "#f5f6f8", "#c3cad3", "#fffbe6"
STATES = [str(state) for state in State if state != State.BLANK]
FONT = "Microsoft YaHei"


def write_template(
    units: Sequence[Jurisdiction], evaluation_year: int, sheets: Sequence[TemplateSheet]
) -> bytes:
    """The workbook (xlsx) for the units in the evaluation year."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    several = len(units) > 1
    claims = Claims("" if several else units[0].slug, evaluation_year)
    looks = _Looks(book)
    taken: set[str] = set()
    title = _("Figures for %(year)s") % {"year": evaluation_year}
    if not several:
        title = f"{units[0].name} {title}"
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.area.name, taken))
        _write_sheet(page, looks, sheet, title=f"{title} · {sheet.area.name}", several=several)
        for row in sheet.rows:
            figure = row.figure
            place = (figure.jurisdiction.slug if several else claims.unit, figure.code, figure.year)
            claims.versions[place] = row.value.version if row.value else 0
    _write_claims(book, claims)
    book.set_properties({"title": title, "comments": ""})
    book.close()
    return file.getvalue()


class _Looks:
    """How cells look; each is made once for the book."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
        ruled = base | {"border": 1, "border_color": LINE}
        self.title: Format = book.add_format(base | {"bold": True, "font_size": 14})
        self.hint: Format = book.add_format(base | {"font_color": "#55606e"})
        self.head: Format = book.add_format(
            ruled | {"bold": True, "bg_color": PAPER, "text_wrap": True, "align": "center"}
        )
        self.text: Format = book.add_format(ruled | {"text_wrap": True})
        self.small: Format = book.add_format(
            ruled | {"text_wrap": True, "font_size": 9, "font_color": "#55606e"}
        )
        number = {"num_format": "#,##0.####", "align": "right"}
        self.number: Format = book.add_format(ruled | number)
        opened = {"locked": False, "bg_color": OPEN}
        self.box: Format = book.add_format(
            ruled | opened | {"align": "right", "num_format": "General"}
        )
        self.words: Format = book.add_format(ruled | opened | {"text_wrap": True})
        self.shut: Format = book.add_format(ruled | {"bg_color": PAPER, "align": "right"})


def _write_sheet(
    page: Worksheet, looks: _Looks, sheet: TemplateSheet, *, title: str, several: bool
) -> None:
    heads = [
        *([(_("Unit code"), 10), (_("Unit"), 14)] if several else []),
        (_("Indicator code"), 20),
        (_("Indicator"), 30),
        (_("Unit of measure"), 9),
        (_("Year"), 7),
        (_("Definition"), 44),
        (_("Two years before"), 13),
        (_("Year before"), 13),
        (_("Target"), 12),
        (_("Value"), 16),
        (_("State"), 11),
        (_("Explanation"), 28),
    ]
    page.write_string(0, 0, title, looks.title)
    page.write_string(1, 0, _hint(), looks.hint)
    page.set_row(0, 24)
    for at, (head, width) in enumerate(heads):
        page.set_column(at, at, width)
        page.write_string(HEAD_ROW, at, head, looks.head)
    page.set_row(HEAD_ROW, 30)
    first_box = len(heads) - 3
    for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
        cells = [*(_unit_cells(row) if several else []), *_cells(row)]
        page.set_row(number, _height([cell for cell, _look in cells], [w for _head, w in heads]))
        for at, (cell, look) in enumerate(cells):
            _write(page, number, at, cell, look or _look_of(cell, looks), looks)
        _write_boxes(page, looks, number, first_box, row)
    last = HEAD_ROW + len(sheet.rows)
    page.freeze_panes(HEAD_ROW + 1, first_box - 7)
    page.autofilter(HEAD_ROW, 0, last, len(heads) - 1)
    page.protect(
        "", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
    )
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 0, last, len(heads) - 1)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&L&A&R&P / &N")


def _height(cells: Sequence[Any], widths: Sequence[int]) -> float:
    """Of a row whose texts wrap: programs that open the file do not work it out themselves."""
    lines = [
        math.ceil(sum(2 if ord(sign) > WIDE_FROM else 1 for sign in cell) / width)
        for cell, width in zip(cells, widths, strict=False)
        if isinstance(cell, str)
    ]
    return LINE_HEIGHT * max(lines, default=1) + 6


def _hint() -> str:
    return _(
        "Fill in the yellow cells only. 0 is zero; a cell left blank leaves the figure as it is. "
        "Where there is no figure, choose under “State” why and explain it."
    )


def _unit_cells(row: TemplateRow) -> list[tuple[str, Any]]:
    unit = row.figure.jurisdiction
    return [(unit.slug, None), (unit.name, None)]


def _cells(row: TemplateRow) -> list[tuple[Any, Any]]:
    """What a row tells before the cells to fill in, each with a look if it is not the usual one."""
    figure = row.figure
    meaning = figure.definition.meaning if figure.definition else ""
    return [
        (figure.code, "small"),
        (figure.name, None),
        (unit_word(row.measure) if row.measure else "", None),
        (figure.year, None),
        (meaning, "small"),
        (row.past(2), None),
        (row.past(1), None),
        (figure.target_words, None),
    ]


def _write_boxes(page: Worksheet, looks: _Looks, number: int, first: int, row: TemplateRow) -> None:
    """The cells to fill in; those of a locked figure are shut and say why when they are chosen."""
    shut = row.lock is not None
    for at, (cell, look) in enumerate(
        [(row.filled, looks.box), (row.state, looks.words), (row.note, looks.words)], start=first
    ):
        _write(page, number, at, cell, looks.shut if shut else look, looks)
    if row.lock is not None:
        page.data_validation(
            number, first, number, first + 2, {"validate": "any"} | _message(row.lock.message)
        )
        return
    if row.measure is None:
        words = [str(one.label) for one in Statement]
        page.data_validation(number, first, number, first, {"validate": "list", "source": words})
    else:
        said = _("In %(unit)s. A number, or as it is written: 3.62万, 约120.") % {
            "unit": unit_word(row.measure)
        }
        page.data_validation(number, first, number, first, {"validate": "any"} | _message(said))
    states = [str(State(code).label) for code in STATES]
    page.data_validation(
        number, first + 1, number, first + 1, {"validate": "list", "source": states}
    )


def _message(text: str) -> dict[str, str]:
    return {"input_message": text[:LONGEST_MESSAGE]}


def _look_of(cell: Any, looks: _Looks) -> Format:
    return looks.number if isinstance(cell, Decimal) else looks.text


def _write(page: Worksheet, number: int, at: int, cell: Any, look: Any, looks: _Looks) -> None:
    look = getattr(looks, look) if isinstance(look, str) else look
    if isinstance(cell, Decimal | int):
        page.write_number(number, at, float(cell), look)
    elif cell:
        page.write_string(number, at, str(cell), look)
    else:
        page.write_blank(number, at, None, look)


def _write_claims(book: xlsxwriter.Workbook, claims: Claims) -> None:
    page = book.add_worksheet(SHEET)
    for number, line in enumerate(claims.lines()):
        for at, text in enumerate(line):
            page.write_string(number, at, text)
    page.very_hidden()
    for name, text in claims.properties().items():
        book.set_custom_property(name, text, "text")


def _sheet_name(name: str, taken: set[str]) -> str:
    """The name as sheets may be called: at most 31 characters, none of []:*?/\\', each once."""
    plain = NOT_IN_NAMES.sub(" ", name).strip()[:LONGEST_NAME] or "1"
    number, found = 1, plain
    while found.casefold() in taken:
        number += 1
        found = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(found.casefold())
    return found
