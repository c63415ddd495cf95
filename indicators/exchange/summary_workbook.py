"""Writes wide tables as a workbook that prints as it is: a sheet for each duty area, A4 across;
more where its columns would be too small to read on one page.

Goes in: summaries. Comes out: the file's bytes. Numbers are numbers; their unit stands in the head,
and what they must not be read without (约, a part, a doubt) is in their number format, so that it
goes along wherever the cell is copied to. What a spreadsheet would cut off is written as text.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import xlsxwriter
from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from indicators.exchange.summary import YEARS, Summary, SummaryCell, SummaryRow
from indicators.measures.exact import plain
from indicators.spreadsheets.sheet_names import SheetNames

INK, SECOND_INK, PAPER, LINE = "#17212e", "#55606e", "#f5f6f8", "#8a94a0"
FONT = "Microsoft YaHei"
DIGITS_KEPT = 15  # of a number, by spreadsheets
WIDE_FROM = 0x2E7F  # from here on signs are as wide as two letters
NARROWEST, NAME_WIDEST = 9.0, 22.0
LINE_HEIGHT, ROW_HEIGHT = 15.0, 16.0
# What A4 across holds at 100 %, characters (as wide as in the widest of the usual fonts) and points
# of height; and the least size, in per cent, that is legible on paper.
PAGE_CHARACTERS, PAGE_POINTS, LEAST_SCALE = 100, 505.0, 55
# A little smaller is better than a last page with nothing but the line to sign on.
SMALLER = 0.8
HEAD_ROW = 2  # counted from 0: below the title and the facts
HEAD_ROWS = 4
FIRST_ROW = HEAD_ROW + HEAD_ROWS

Look = Callable[..., Format]


def write_summaries(summaries: Sequence[Summary], title: str) -> bytes:
    """The workbook (xlsx), a sheet a summary; at least one."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    names = SheetNames()
    look = _looks(book)
    for summary in summaries:
        for number, (first, last) in enumerate(_pages(_widths(summary)), start=1):
            page = book.add_worksheet(names.name(summary.area.name, number))
            _write(page, look, summary.of_indicators(first, last))
    book.set_properties({"title": title})
    book.close()
    return file.getvalue()


def _looks(book: xlsxwriter.Workbook) -> Look:
    """Makes each look of a cell once for the book."""
    base: dict[str, Any] = {
        "font_name": FONT,
        "font_size": 10,
        "font_color": INK,
        "valign": "vcenter",
    }
    kinds: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "align": "center"},
        "facts": {"font_color": SECOND_INK, "align": "left"},
        "head": {"bold": True, "bg_color": PAPER, "align": "center", "text_wrap": True},
        "measure": {"font_color": SECOND_INK, "bg_color": PAPER, "align": "center"},
        "name": {"text_wrap": True},
        "cell": {"align": "right"},
        "words": {"align": "center"},
        "shut": {"bg_color": "#d9dde3"},
        "note": {"font_color": SECOND_INK, "text_wrap": True, "valign": "top"},
        "source": {"font_size": 9, "font_color": SECOND_INK, "align": "center", "text_wrap": True},
        "signature": {"font_size": 11},
    }
    unruled = {"title", "facts", "note", "signature"}

    @cache
    def look(kind: str, number_format: str = "", *, total: bool = False) -> Format:
        more: dict[str, Any] = {} if kind in unruled else {"border": 1, "border_color": LINE}
        if total:
            more |= {"bold": True, "top": 2}
        if number_format:
            more["num_format"] = number_format
        return book.add_format(base | kinds[kind] | more)

    return look


def _write(page: Worksheet, look: Look, summary: Summary) -> None:
    widths = _widths(summary, filled=True)
    last = len(widths) - 1
    _merge(page, 0, 0, last, summary.title, look("title"))
    _merge(page, 1, 0, last, summary.facts, look("facts"))
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    heights = [30.0, 18.0, *_write_heads(page, look, summary, widths)]
    for row in summary.rows:
        _write_row(page, look, len(heights), row)
        heights.append(ROW_HEIGHT)
    _write_row(page, look, len(heights), summary.total, total=True)
    heights.append(ROW_HEIGHT)
    heights.append(_write_sources(page, look, len(heights), summary.sources, widths))
    heights += _write_feet(page, look, len(heights), summary.notes, widths)
    for number, height in enumerate(heights):
        page.set_row(number, height)
    page.freeze_panes(FIRST_ROW, 1)
    page.print_area(0, 0, len(heights) - 1, last)
    _set_up(page, widths, heights)


def _set_up(page: Worksheet, widths: Sequence[float], heights: Sequence[float]) -> None:
    """A4 across, all columns on a page, the heads on each."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0, FIRST_ROW - 1)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C&P / &N")
    page.center_horizontally()
    scale = PAGE_CHARACTERS / sum(widths)
    page.fit_to_pages(1, _pages_below(sum(heights), sum(heights[:FIRST_ROW]), scale))


def _pages_below(height: float, head: float, scale: float) -> int:
    """How many pages below each other a table of so many points takes at most at the scale that its
    width needs, the head on each; one less where that makes it a little smaller only."""
    scale = min(1.0, scale)
    count = 1
    while (height + head * (count - 1)) * scale * SMALLER > PAGE_POINTS * count:
        count += 1
    return count


def _widths(summary: Summary, *, filled: bool = False) -> list[float]:
    """Of the column of names and of each other, in characters: no number may stand as ####.

    `filled`, a table of few columns is as wide as the page.
    """
    rows = (*summary.rows, summary.total)
    names = max(_width(row.name) for row in rows)
    columns = [max(_width(row.cells[at].text) for row in rows) for at in range(len(summary.years))]
    heads = [_width(year) for year in summary.years]
    found = [max(NARROWEST, cell + 2, head + 2) for cell, head in zip(columns, heads, strict=True)]
    first = min(max(NARROWEST, names + 2), NAME_WIDEST)
    spare = max(0.0, (PAGE_CHARACTERS - first - sum(found)) / len(found)) if filled else 0
    return [first, *(width + spare for width in found)]


def _pages(widths: Sequence[float]) -> list[tuple[int, int]]:
    """From which indicator to before which each page goes."""
    room = PAGE_CHARACTERS * 100 / LEAST_SCALE - widths[0]
    step = len(YEARS)
    of_each = [sum(widths[at : at + step]) for at in range(1, len(widths), step)]
    pages: list[tuple[int, int]] = []
    start, taken = 0, 0.0
    for at, width in enumerate(of_each):
        if taken and taken + width > room:
            pages.append((start, at))
            start, taken = at, 0.0
        taken += width
    return [*pages, (start, len(of_each))]


def _write_heads(
    page: Worksheet, look: Look, summary: Summary, widths: Sequence[float]
) -> list[float]:
    """Duty area, indicator, unit of measure, year; the rows' heights."""
    area, name, measure, years = range(HEAD_ROW, FIRST_ROW)
    page.merge_range(name, 0, years, 0, pgettext("head of the names", "Unit"), look("head"))
    # Over the names as well: alone in its row, it is a title to whoever reads it by its labels.
    _merge(page, area, 0, len(widths) - 1, summary.area.name, look("head"))
    lines = 1
    for number, figure in enumerate(summary.figures):
        start = 1 + number * len(YEARS)
        end = start + len(YEARS) - 1
        _merge(page, name, start, end, figure.name, look("head"))
        _merge(page, measure, start, end, summary.measures[number], look("measure"))
        lines = max(lines, math.ceil(_width(figure.name) / (sum(widths[start : end + 1]) - 2)))
    for at, year in enumerate(summary.years, start=1):
        page.write_string(years, at, year, look("head"))
    return [18.0, LINE_HEIGHT * lines + 4, LINE_HEIGHT if any(summary.measures) else 3, LINE_HEIGHT]


def _write_row(
    page: Worksheet, look: Look, number: int, row: SummaryRow, *, total: bool = False
) -> None:
    page.write_string(number, 0, row.name, look("name", total=total))
    for at, cell in enumerate(row.cells, start=1):
        if cell.number is not None and _fits(cell.number):
            style = look("cell", _number_format(cell), total=total)
            page.write_number(number, at, float(cell.number), style)
        elif cell.is_asked:
            kind = "words" if cell.number is None else "cell"
            page.write_string(number, at, _exact_text(cell), look(kind, total=total))
        else:
            page.write_blank(number, at, None, look("shut", total=total))


def _write_sources(
    page: Worksheet, look: Look, number: int, row: SummaryRow, widths: Sequence[float]
) -> float:
    """The row's height."""
    lines = 1
    page.write_string(number, 0, row.name, look("source"))
    for at, cell in enumerate(row.cells, start=1):
        page.write_string(number, at, cell.words, look("source"))
        lines = max(lines, math.ceil(_width(cell.words) / widths[at]))
    lines = max(lines, math.ceil(_width(row.name) / widths[0]))
    return 12.0 * lines + 4


def _write_feet(
    page: Worksheet, look: Look, number: int, notes: Sequence[str], widths: Sequence[float]
) -> list[float]:
    """Notes and the line to sign on, across the first page; the rows' heights."""
    edge = len(widths) - 1
    text = " ".join(notes)
    _merge(page, number, 0, edge, text, look("note"))
    lines = math.ceil(_width(text) / sum(widths))
    signatures = [
        pgettext("signature", "Entered by"),
        pgettext("signature", "Checked by"),
        pgettext("signature", "Seal of the unit"),
        pgettext("signature", "Date"),
    ]
    room = int(sum(widths) / len(signatures))
    line = "".join(what + " " * int(room - _width(what)) for what in signatures)
    _merge(page, number + 1, 0, edge, line.rstrip(), look("signature"))
    return [LINE_HEIGHT * lines + 6, 42.0]


def _merge(page: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    """Of one cell there is nothing to merge."""
    if first == last:
        page.write_string(row, first, text, style)
    else:
        page.merge_range(row, first, row, last, text, style)


def _number_format(cell: SummaryCell) -> str:
    digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
    before, after = (f'"{text}"' if text else "" for text in (cell.before, cell.after))
    return f"{before}{digits}{after}"


def _fits(number: Decimal) -> bool:
    return len(plain(abs(number)).replace(".", "").strip("0")) <= DIGITS_KEPT


def _exact_text(cell: SummaryCell) -> str:
    """Of a number with more digits than a spreadsheet keeps, all of them."""
    if cell.number is None:
        return cell.words
    return f"{cell.before}{plain(cell.number)}{cell.after}"


def _width(text: str) -> float:
    return sum(2 if ord(sign) > WIDE_FROM else 1 for sign in text)
