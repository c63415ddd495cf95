"""Finds figures in tables of an office's own: labels at the left, heads of one or more rows above.

Goes in: a sheet. Comes out: its tables with their figures, each with the label of its row and of
its column; heads of several rows are named by their path (`2021 / 在园幼儿`). What the labels mean
is the matter of `labels`; here nothing is known but where numbers begin.

Decided: a head ends at the first row with a number below a text, or behind one; from there on every
cell right of the labels is a figure, also in rows without a label, until another head begins. A
year below a text is a figure where a name stands in front of it (北区 2020), else part of the head;
so are 不足4万, 无 and two lines of numbers, where that name labels the row (其中 56人以上 is none).
A figure that is merged over several rows or columns is of all of them. Numbers among the labels
that are neither codes nor years nor a numbering are told as `unread`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.imports.label_words import BETWEEN, SPACES, bare, is_total
from indicators.imports.own_cells import (
    CODE,
    are_codes,
    is_figure,
    is_in_words,
    is_no_figure,
    is_numbering,
    is_remark,
    is_year,
)
from indicators.measures.characters import as_ascii
from indicators.measures.quantities import NOTHING
from indicators.spreadsheets import Area, Cell, Row, Sheet, cell_address

LONGEST_LABEL = 300
# Heads of columns that count or name the rows, though they hold numbers.
NAMING = re.compile(r"序号|编号|编码|代码|行次|\bcode\b|\bno\b", re.IGNORECASE)
COUNTING = re.compile(r"序号|编号|行次|\bno\b", re.IGNORECASE)
YEARLY = re.compile(r"年份|年度|学年|年|year", re.IGNORECASE)
LABELLING = re.compile(
    "(?:填报|计量)?单位|区县|区|县|地区|学校|指标|项目|(?:指标|单位|区县|地区|项目|学校)?名称|类别|时间",
)
MEASURED_IN = re.compile(r"(?<!填报)(?<!报送)单位 *(?::|为) *([^\s,;、)。]+)")
Merged = Mapping[tuple[int, int], Cell]


@dataclass(frozen=True)
class Figure:
    """A cell with what stands beside and above it. `row` and `column` count from 1."""

    row: int
    column: int
    cell: Cell
    row_label: str
    column_label: str

    @property
    def is_total(self) -> bool:
        """Whether it sums up others: kept only where somebody says of which unit it is."""
        return is_total(self.row_label)


@dataclass(frozen=True)
class Crosstab:
    """The figures of a table, and what stands above its head, or below the last figure and names a
    unit of measure. `unread` are cells with numbers among
    its labels that say nothing; `hidden` is how many of its rows with figures are."""

    sheet: str
    titles: tuple[str, ...]
    figures: tuple[Figure, ...]
    unread: tuple[str, ...] = ()
    hidden: int = 0


@dataclass(frozen=True)
class _Labels:
    """How many columns from the left label the rows, and which of those do."""

    left: int
    used: Sequence[int]
    unread: Sequence[int]


def crosstabs_of(sheet: Sheet) -> list[Crosstab]:
    """The tables of the sheet, one below the other; none where no row has a number to read."""
    merged = _merged(sheet)
    rows = [row for row in sheet.rows if row.cells]
    found: list[Crosstab] = []
    titles: tuple[str, ...] = ()
    while (first := _first_data(rows, merged)) is not None:
        head = _head(rows[:first], merged)
        end = _next_head(rows, first, head, merged)
        above = [row for row in rows[:first] if row not in head]
        titles = tuple(cell.text for row in above for cell in row.cells if cell.text) or titles
        table = _table(sheet, titles, head, rows[first:end], merged)
        rows = rows[end:]
        if table.figures or table.unread:
            found.append(table)
    return found if any(table.figures for table in found) else []


def _first_data(rows: Sequence[Row], merged: Merged) -> int | None:
    """Where the first row of figures is; what stands before it is head and titles."""
    heads: dict[int, str] = {}
    for at, row in enumerate(rows):
        if _is_data(row, heads):
            return at
        if _is_head(row, merged):
            for column in range(len(row.cells)):
                cell = _at(row, column, merged)
                if cell.kind == "text" and not is_figure(cell):
                    heads[column] = cell.text
    return None


def _is_data(row: Row, heads: Mapping[int, str]) -> bool:
    """Whether the row holds a figure, below these heads."""
    label = next(
        (at for at, cell in enumerate(row.cells) if _is_label(cell, heads.get(at, ""), at)), None
    )
    named = label is not None and not _labels(row.cells[label].text)
    in_its_column = label == 0 or (label is not None and _labels(heads.get(label, "")))
    for at, cell in enumerate(row.cells):
        if label is not None and at <= label:
            continue
        if not is_figure(cell):
            told = is_in_words(cell) or is_no_figure(cell)
            if told and at in heads and named and in_its_column:
                return True
            continue
        if is_year(cell) or not any(map(str.isdigit, cell.text)):
            if at in heads and named:
                return True
        elif at in heads or label is not None:
            return True
    return False


def _is_label(cell: Cell, head: str, column: int) -> bool:
    if cell.kind == "text" and not is_figure(cell):
        if is_in_words(cell):  # at the left a size by which rows are called: 不足50人
            return column == 0
        return not is_no_figure(cell)
    return CODE.fullmatch(cell.text) is not None or (
        is_year(cell) and YEARLY.fullmatch(bare(head)) is not None
    )


def _labels(head: str) -> bool:
    """Whether the text is the head of a column of labels."""
    word = bare(head)
    return bool(LABELLING.fullmatch(word) or YEARLY.fullmatch(word) or NAMING.search(word))


def _head(rows: Sequence[Row], merged: Merged) -> list[Row]:
    """Rows with several texts; and those below them or at the end whose one text stands over a
    column only."""
    found: list[Row] = []
    for row in rows:
        below = bool(found) or row is rows[-1]
        if _is_head(row, merged) and (below or _width(row) > 1):
            found.append(row)
    return found


def _is_head(row: Row, merged: Merged) -> bool:
    """Whether the row may be one of a head: not a title, nor remarks (填报单位：…　单位：万元)."""
    if all(is_remark(cell.text) for cell in row.cells if cell.text.strip()):
        return False
    return _width(row) > 1 or _is_lone_head(row, merged)


def _is_lone_head(row: Row, merged: Merged) -> bool:
    """Whether the row's one text stands not at the left, where titles do."""
    said = [at for at, cell in enumerate(row.cells) if cell.text.strip()]
    return len(said) == 1 and said[0] > 0 and (row.number, 1) not in merged


def _next_head(rows: Sequence[Row], first: int, head: Sequence[Row], merged: Merged) -> int:
    """Where another table begins: at its titles, or its head; the end where none does."""
    begins = {bare(cell.text) for row in head[:1] for cell in row.cells[:1]} - {""}
    for at in range(first + 1, len(rows)):
        row = rows[at]
        texts = [cell for cell in row.cells if cell.text.strip()]
        if len(texts) < 2 or any(is_figure(cell) and not is_year(cell) for cell in texts):
            continue
        opens = bare(texts[0].text) in begins or _labels(texts[0].text)
        apart = row.number - rows[at - 1].number > 1 or _is_title(rows[at - 1])
        all_texts = not any(
            is_figure(cell) or is_in_words(cell) or is_no_figure(cell) for cell in texts
        )
        if not (opens or (apart and all_texts)):
            continue
        follows = _first_data(rows[at:], merged)
        if follows is None or any(map(_is_data_alone, rows[at : at + follows])):
            continue
        while at - 1 > first and _is_title(rows[at - 1]):
            at -= 1
        return at
    return len(rows)


def _is_title(row: Row) -> bool:
    """Whether nothing but one text stands in the row."""
    said = [cell for cell in row.cells if cell.text.strip()]
    return len(said) == 1 and said[0].kind == "text" and not is_figure(said[0])


def _is_data_alone(row: Row) -> bool:
    return any(is_figure(cell) and not is_year(cell) for cell in row.cells)


def _table(
    sheet: Sheet, titles: tuple[str, ...], head: Sequence[Row], data: Sequence[Row], merged: Merged
) -> Crosstab:
    widest = max(len(row.cells) for row in data)
    heads = [_path([_at(row, at, merged).text for row in head]) for at in range(widest)]
    labels = _label_columns(heads, data)
    figures = tuple(_figures(heads, data, labels, merged, sheet.merged))
    with_figures = {one.row for one in figures}
    return Crosstab(
        sheet.name,
        (*titles, *_feet(data, with_figures)),
        figures,
        unread=tuple(
            cell_address(row.number, at + 1)
            for row in data
            for at in labels.unread
            if at < len(row.cells) and row.cells[at].kind == "number"
            if not CODE.fullmatch(row.cells[at].text)
            and not (is_year(row.cells[at]) and _is_of_years(heads[at]))
        ),
        hidden=sum(row.hidden and row.number in with_figures for row in data),
    )


def _feet(data: Sequence[Row], with_figures: Collection[int]) -> Iterator[str]:
    """What stands below the last figure and names a unit of measure, as 单位：万元 does."""
    last = max(with_figures, default=0)
    for row in data:
        if row.number > last:
            yield from (cell.text for cell in row.cells if MEASURED_IN.search(as_ascii(cell.text)))


def _figures(
    heads: Sequence[str],
    data: Sequence[Row],
    labels: _Labels,
    merged: Merged,
    areas: Sequence[Area],
) -> Iterator[Figure]:
    named = {row.number: _path([_at(row, at, merged).text for at in labels.used]) for row in data}
    wide = {(top, left): (bottom, right) for top, left, bottom, right in areas}
    for row in data:
        for at in range(labels.left, len(row.cells)):
            cell = row.cells[at]
            if cell.kind == "blank" or not cell.text.strip():
                continue
            bottom, right = wide.get((row.number, at + 1), (row.number, at + 1))
            below = [named[number] for number in named if row.number <= number <= bottom]
            yield Figure(
                row.number, at + 1, cell, _path(below), _path(heads[at : max(right, at + 1)])
            )


def _label_columns(heads: Sequence[str], data: Sequence[Row]) -> _Labels:
    """Columns that label the rows: up to the first one of figures."""
    used: list[int] = []
    unread: list[int] = []
    codes: list[int] = []
    mixed: list[int] = []
    left = len(heads)
    texts_begin = min(
        (at for row in data if (at := _first_text(row)) is not None), default=len(heads)
    )
    for at, head in enumerate(heads):
        cells = [row.cells[at] for row in data if at < len(row.cells)]
        cells = [cell for cell in cells if cell.text.strip()]
        numbers = sum(
            is_figure(cell) or is_in_words(cell) or cell.text.strip() in NOTHING for cell in cells
        )
        counts = is_numbering(cells) and at < texts_begin
        words = head.split(BETWEEN)
        if COUNTING.search(head) or (not head and counts):
            continue
        if NAMING.search(head) or (at == 0 and are_codes(cells)):
            codes.append(at)
        elif _is_of_years(head) and all(map(is_year, cells)):
            used.append(at)
        elif numbers and numbers * 2 >= len(cells) and not _names(at, words, cells):
            left = at
            break
        else:
            used.append(at)
            unread.append(at)
            if numbers and not _names(at, words, cells):
                mixed.append(at)
    if left == len(heads) and mixed:
        left = mixed[-1]
    used, unread = [at for at in used if at < left], [at for at in unread if at < left]
    # Codes of an office's own say nothing here, where the names stand beside them.
    used += [
        at
        for at in codes
        if at < left and (not used or are_codes([c for r in data for c in r.cells[at : at + 1]]))
    ]
    return _Labels(left, sorted(used), unread)


def _is_of_years(head: str) -> bool:
    return any(YEARLY.fullmatch(bare(word)) for word in head.split(BETWEEN))


def _names(at: int, words: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Whether a column with numbers in it labels rows all the same: by its head, or at the left
    where others of its cells are texts."""
    if any(LABELLING.fullmatch(bare(word)) for word in words):
        return True
    return at == 0 and any(cell.kind == "text" and not is_figure(cell) for cell in cells)


def _first_text(row: Row) -> int | None:
    return next((at for at, cell in enumerate(row.cells) if cell.kind == "text"), None)


def _path(parts: Sequence[str]) -> str:
    """The parts that say something, each once."""
    said = [SPACES.sub(" ", part).strip() for part in parts]
    return BETWEEN.join(dict.fromkeys(part for part in said if part))[:LONGEST_LABEL]


def _at(row: Row, at: int, merged: Merged) -> Cell:
    found = merged.get((row.number, at + 1))
    if found is not None:
        return found
    return row.cells[at] if at < len(row.cells) else Cell("blank", "")


def _merged(sheet: Sheet) -> Merged:
    """What stands in each cell that is merged with others."""
    by_number = {row.number: row for row in sheet.rows}
    found: dict[tuple[int, int], Cell] = {}
    for first, left, last, right in sheet.merged:
        source = by_number.get(first)
        if source is None or len(source.cells) < left:
            continue
        rows = [number for number in by_number if first <= number <= last]
        widest = max((len(by_number[number].cells) for number in by_number), default=0)
        for number in rows:
            for column in range(left, min(right, widest) + 1):
                found[number, column] = source.cells[left - 1]
    return found


def _width(row: Row) -> int:
    """How many different things stand in the row: a title is one, however wide it is merged."""
    return len({cell.text for cell in row.cells if cell.text.strip()})
