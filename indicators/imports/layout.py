"""Finds the tables in a file by their heads, and a row for each figure that they say.

A table begins at the first row that names an indicator and a value, wherever it stands; what is
above it are titles. Each sheet may have its own. What was passed over is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from indicators.imports import columns
from indicators.imports.claims import SHEET, Claims, claims_in
from indicators.imports.totals import sheets_said
from indicators.measures.words import plain_word
from indicators.models import UNITS, CellKind, ImportRow
from indicators.models.bulk import maker
from indicators.spreadsheets import Cell, Row, Sheet, Workbook, cell_address

HEAD_WITHIN = 30  # rows from the top of a sheet
BLANK = Cell("blank", "")
# Filled down where cells are merged: the others say one figure each.
FILLED = (columns.INDICATOR, columns.NAME, columns.UNIT, columns.UNIT_NAME, columns.YEAR)
COMPUTED = {"summed", "computed", "汇总", "计算", "Summed", "Computed"}
NAMED = 5
PASSED = {
    "no_indicator": gettext_noop(
        "“%(sheet)s” has figures without an indicator, which were not read: %(cells)s."
    ),
    columns.AS_ENTERED: gettext_noop(
        "“%(sheet)s” has what was typed without a value, which was not read: %(cells)s."
    ),
    columns.NOTE: gettext_noop(
        "“%(sheet)s” has explanations without a figure, which were not read: %(cells)s."
    ),
    "beside_statement": gettext_noop(
        "“%(sheet)s” has values beside a statement, of which the statement is read: %(cells)s."
    ),
}
KINDS = {
    "number": CellKind.NUMBER,
    "date": CellKind.DATE,
    "error": CellKind.ERROR,
    "formula": CellKind.FORMULA,
}


Cells = Mapping[str, Cell]  # of one row, by column
_row = maker(ImportRow)


class NoTable(ValueError):
    """No sheet of the file has a head that names an indicator and a value. `sheets` are looked
    through; `found` is what the likeliest head has."""

    def __init__(self, sheets: Sequence[str], found: Sequence[str]) -> None:
        super().__init__("no table")
        self.sheets, self.found = list(sheets), list(found)


@dataclass
class Layout:
    """The rows of a file, what it says of itself, and what the user is to know of it."""

    claims: Claims
    rows: list[ImportRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def layout_of(workbook: Workbook) -> Layout:
    """The figures that the file says. Raises NoTable."""
    found = Layout(claims_in(workbook))
    looked = [sheet for sheet in workbook.sheets if sheet.name != SHEET]
    tables = 0
    best: list[str] = []
    for sheet in looked:
        if not sheet.rows:
            continue
        if sheet.hidden:
            found.remarks.append(
                _("Sheet “%(sheet)s” is hidden and was not read.") % {"sheet": sheet.name}
            )
            continue
        head = _head(sheet)
        if head is None:
            best = max(best, _likeliest(sheet), key=len)
            found.remarks.append(
                _("Sheet “%(sheet)s” has no head that names indicator and value; it was not read.")
                % {"sheet": sheet.name}
            )
            continue
        tables += 1
        _read_table(found, sheet, head, name=sheet.name if len(looked) > 1 else "")
    if not tables:
        raise NoTable([sheet.name for sheet in looked], best)
    return found


def _head(sheet: Sheet) -> Row | None:
    for row in sheet.rows[:HEAD_WITHIN]:
        named = set(_columns(row))
        names_figure = named & {columns.VALUE, columns.AS_ENTERED, columns.STATEMENT}
        if names_figure and named & {columns.INDICATOR, columns.NAME}:
            return row
    return None


def _likeliest(sheet: Sheet) -> list[str]:
    """The texts of the row that most looks like a head."""
    texts = [
        [cell.text for cell in row.cells if cell.kind == "text"] for row in sheet.rows[:HEAD_WITHIN]
    ]
    return max(texts, key=len, default=[])


def _columns(row: Row) -> list[str]:
    return columns.columns_of([cell.text if cell.kind == "text" else "" for cell in row.cells])


def _read_table(found: Layout, sheet: Sheet, head: Row, *, name: str) -> None:
    named = _columns(head)
    for column, times in Counter(named).items():
        if column and times > 1:
            heads = [head.cells[at].text for at, one in enumerate(named) if one == column]
            found.remarks.append(
                _("Several columns of %(sheet)s mean the same: %(heads)s. The first one is read.")
                % {"sheet": sheet.name, "heads": "、".join(heads)}
            )
    at = {column: named.index(column) for column in reversed(named) if column}
    if columns.MEASURE not in at and columns.UNIT_NAME in at and _measures(sheet, head, at):
        at[columns.MEASURE] = at.pop(columns.UNIT_NAME)
    behind = columns.behind_value(head.cells[at[columns.VALUE]].text if columns.VALUE in at else "")
    hidden = 0
    first = named.index(next(filter(None, named)))
    passed: dict[str, list[str]] = defaultdict(list)
    for row, cells in _filled(sheet, head, at):
        if _stands_at(row, first) == _stands_at(head, first) and _columns(row) == named:
            continue  # the head again, as tables of several pages have it
        said = _said(cells, at, row.number, behind)
        for reason, column in _passed_over(cells, said is not None):
            passed[reason].append(cell_address(row.number, at[column] + 1))
        if said is None:
            continue
        said.sheet = name[:100]
        said.claimed_version = _claimed(found.claims, said)
        found.rows.append(said)
        hidden += row.hidden
    if hidden:
        found.remarks.append(
            _("%(n)s hidden rows of %(sheets)s were read as well.")
            % {"n": hidden, "sheets": sheets_said([sheet.name])}
        )
    found.remarks += hidden_columns_told(sheet, (place + 1 for place in at.values()))
    found.remarks += [
        _(PASSED[reason]) % {"sheet": sheet.name, "cells": "、".join(cells_of[:NAMED])}
        for reason, cells_of in passed.items()
    ]


def hidden_columns_told(sheet: Sheet, read: Iterable[int]) -> list[str]:
    """That columns which nobody sees in the file were `read`; nothing where there is none."""
    if not (hidden := sheet.hides(read)):
        return []
    said = _("Hidden columns of sheet “%(sheet)s” were read as well: %(columns)s.")
    return [said % {"sheet": sheet.name, "columns": "、".join(hidden)}]


def _measures(sheet: Sheet, head: Row, at: Mapping[str, int]) -> bool:
    """Whether nothing but units of measure stands below 单位, as many tables call them too."""
    place = at[columns.UNIT_NAME]
    below = (_stands_at(row, place) for row in sheet.rows if row.number > head.number)
    said = (plain_word(text) for text in below if text and text != _stands_at(head, place))
    known = {plain_word(word) for unit in UNITS.values() for word in (unit.zh, unit.en)}
    first = next(said, "")
    return first in known and all(word in known for word in said)


def _stands_at(row: Row, column: int) -> str:
    return row.cells[column].text.strip() if len(row.cells) > column else ""


def _passed_over(cells: Cells, is_read: bool) -> Iterator[tuple[str, str]]:
    """What of a row does not become its figure: why, and in which column."""

    def filled(column: str) -> bool:
        return column in cells and bool(cells[column].text.strip())

    figures = [one for one in (columns.STATEMENT, columns.VALUE) if filled(one)]
    if is_read:
        if len(figures) > 1:
            yield "beside_statement", columns.VALUE
        return
    names = filled(columns.INDICATOR) or filled(columns.NAME)
    if figures and not names:
        yield "no_indicator", figures[0]
    elif names and not figures:
        for column in (columns.AS_ENTERED, columns.NOTE):
            if filled(column):
                yield column, column


def _filled(sheet: Sheet, head: Row, at: Mapping[str, int]) -> Iterator[tuple[Row, Cells]]:
    """Each row below the head with its cells by column; merged cells stand in each of their rows,
    in the columns that say of what a figure is."""
    covering = _covering(sheet, head, {at[column]: column for column in FILLED if column in at})
    for row in sheet.rows:
        if row.number <= head.number:
            continue
        found, width = row.cells, len(row.cells)
        cells = {column: found[i] if i < width else BLANK for column, i in at.items()}
        yield row, cells | covering.get(row.number, {})


def _covering(sheet: Sheet, head: Row, down: Mapping[int, str]) -> dict[int, dict[str, Cell]]:
    """What merged cells say in the columns `down`, by row and column."""
    found: dict[int, dict[str, Cell]] = defaultdict(dict)
    by_number = {row.number: row for row in sheet.rows} if sheet.merged else {}
    for first, left, last, right in sheet.merged:
        source = by_number.get(first)
        if source is None or len(source.cells) < left:
            continue
        for place in range(left - 1, right):
            if place in down:
                for number in range(max(first, head.number + 1), last + 1):
                    if number in by_number:
                        found[number][down[place]] = source.cells[left - 1]
    return found


def _said(
    cells: Cells, at: Mapping[str, int], number: int, behind: tuple[str, str]
) -> ImportRow | None:
    """The figure that a row says; None where it says none. `behind` are the unit of measure and
    the year that the head gives to those that name none."""

    def said(column: str) -> str:
        return cells[column].text if column in cells else ""

    if said(columns.BASIS) in COMPUTED:
        return None
    indicator = said(columns.INDICATOR) or said(columns.NAME)
    state = said(columns.STATE)
    column = _figure(cells)
    figure = cells[column]
    if not indicator.strip() or not (figure.text.strip() or state.strip()):
        return None
    measure, year = behind
    return _row(
        cell=cell_address(number, at[column] + 1),
        indicator_said=indicator[:200],
        unit_said=(said(columns.UNIT) or said(columns.UNIT_NAME))[:200],
        year_said=(said(columns.YEAR).strip() or year)[:20],
        text=figure.text,
        as_entered=said(columns.AS_ENTERED),
        cell_kind=KINDS.get(figure.kind, CellKind.TEXT),
        in_unit=(said(columns.MEASURE).strip() or measure)[:40],
        state_said=state[:100],
        note=cells[columns.NOTE].text if columns.NOTE in cells else None,
    )


def _figure(cells: Cells) -> str:
    """The column that says the figure."""
    for column in (columns.STATEMENT, columns.VALUE):
        if column in cells and cells[column].text.strip():
            return column
    return next(
        one for one in (columns.VALUE, columns.STATEMENT, columns.AS_ENTERED) if one in cells
    )


def _claimed(claims: Claims, said: ImportRow) -> int | None:
    year = said.year_said.strip()
    if not year.isascii() or not year.isdigit():
        return None
    unit = said.unit_said.strip() or claims.unit
    return claims.version((unit, said.indicator_said.strip(), int(year)))
