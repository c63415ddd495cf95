"""The cells of one xlsx sheet, read while its XML is unpacked.

Goes in: the pieces of the part and what its cells refer to; comes out: rows, merged areas and
hidden columns.
Written for long lists: one pass, one state, cells that repeat are made once, and rows that are
plain do not go through the parser. What is blank costs nothing, so neither a formatted row below
the last one nor a cell at XFD1048576 is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indicators.spreadsheets.cells import BLANK, Area, Cell, Row
from indicators.spreadsheets.limits import Budget, UnreadableFile
from indicators.spreadsheets.markup import DEPTH, Attributes, make_parser, parse
from indicators.spreadsheets.plain_markup import (
    CELLS_OF_ROW,
    HIDDEN,
    ROW,
    ROW_END,
    without_plain,
)
from indicators.spreadsheets.xlsx_cells import (
    DIGITS,
    KNOWN_CELL_BYTES,
    CellMaker,
    References,
    area_of,
    column_index,
)
from indicators.spreadsheets.xlsx_parts import TRUE, whole

LAST_ROW = 1_048_576


def read_sheet(
    pieces: Iterable[bytes], part: str, name: str, references: References, budget: Budget
) -> tuple[tuple[Row, ...], tuple[Area, ...], tuple[tuple[int, int], ...]]:
    """The rows that hold anything, in order, the merged areas, and spans of hidden columns.

    One function with handlers inside, as variables of a closure are the fastest there are: it is
    called some five times a cell.
    """
    rows: list[Row] = []
    merged: list[Area] = []
    hidden_columns: list[tuple[int, int]] = []
    make = CellMaker(part, references, budget)
    texts = references.texts
    known_texts = make.known_texts
    columns: dict[str, int] = {}
    numbers: dict[str | None, dict[str, Cell]] = {}

    cell_tag, value_tag, row_tag, formula_tag = "c", "v", "row", "f"
    text_tag, phonetic_tag, merge_tag = "t", "rPh", "mergeCell"
    deep = 0
    number = column = 0
    hidden = in_row = spoken = False
    cells: list[Cell] = []
    cell: Attributes | None = None
    keeping = ""
    kept: list[str] = []
    value: str | None = None
    formula: str | None = None
    inline: list[str] = []
    parser = make_parser()
    boundary = -1  # where the parser has last closed a row

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal cell, keeping, deep, number, column, hidden, in_row, spoken
        nonlocal cell_tag, value_tag, row_tag, formula_tag, text_tag, phonetic_tag, merge_tag
        if tag == cell_tag:
            if cell is not None or not in_row:
                raise UnreadableFile("damaged", part=part)
            cell = attributes
        elif tag in (value_tag, text_tag, formula_tag):
            if keeping:
                raise UnreadableFile("damaged", part=part)
            keeping = tag
        elif tag == row_tag:
            above = number
            number = whole(attributes["r"], part) if "r" in attributes else number + 1
            if in_row or not above < number <= LAST_ROW:
                raise UnreadableFile("damaged", part=part)
            in_row = True
            column = 0
            hidden = attributes.get("hidden") in TRUE
        elif tag == phonetic_tag and not spoken:
            spoken = True
        elif tag == merge_tag:
            budget.charge_memory(KNOWN_CELL_BYTES)
            merged.append(area_of(attributes.get("ref", ""), part))
            deep += 1
        else:
            if not deep and ":" in tag:
                prefix = tag[: tag.index(":") + 1]
                cell_tag, value_tag, row_tag = f"{prefix}c", f"{prefix}v", f"{prefix}row"
                formula_tag, text_tag = f"{prefix}f", f"{prefix}t"
                phonetic_tag, merge_tag = f"{prefix}rPh", f"{prefix}mergeCell"
            if not in_row and attributes.get("hidden") in TRUE and tag.endswith("col"):
                budget.charge_memory(KNOWN_CELL_BYTES)
                first, last = (whole(attributes.get(name, "0"), part) for name in ("min", "max"))
                hidden_columns.append((first, last))
            deep += 1
            if deep > DEPTH:
                raise UnreadableFile("damaged", part=part)

    def end(tag: str) -> None:
        nonlocal cell, value, formula, keeping, deep, column, in_row, spoken, boundary
        if tag == value_tag:
            value = "".join(kept)
            kept.clear()
            keeping = ""
        elif tag == cell_tag:
            attributes, cell = cell, None
            assert attributes is not None
            reference = attributes.get("r")
            if reference is None:
                column += 1
            else:
                letters = reference.rstrip(DIGITS)
                column = columns.get(letters) or column_index(letters, columns, part)
            if value is None and formula is None and not inline:
                return
            kind = attributes.get("t")
            style = attributes.get("s")
            made: Cell | None = None
            if formula is None and value is not None:
                if kind == "s":
                    index = int(value)
                    made = texts[index] if index >= 0 else None
                elif (kind is None or kind == "n") and style in numbers:
                    made = numbers[style].get(value)
            if made is None:
                made = make.cell(kind, style, value, formula, inline)
                if formula is None and value is not None and kind in (None, "n"):
                    numbers.setdefault(style, make.numbers(style))
            value = formula = None
            if inline:
                inline.clear()
            if made is not BLANK:
                place(made, column)
        elif tag == row_tag:
            in_row = False
            boundary = parser.CurrentByteIndex + len(ROW_END)
            finish_row(number, hidden)
        elif tag == text_tag:
            if not spoken and cell is not None:
                inline.append("".join(kept))
            kept.clear()
            keeping = ""
        elif tag == formula_tag:
            formula = "".join(kept) if cell is not None else None
            kept.clear()
            keeping = ""
        elif tag == phonetic_tag and spoken:
            spoken = False
        else:
            deep -= 1

    def text(piece: str) -> None:
        if keeping:
            kept.append(piece)

    def place(made: Cell, column: int) -> None:
        if (gap := column - len(cells) - 1) > 0:
            budget.check_columns(name, column)
            cells.extend([BLANK] * gap)
        elif gap:
            raise UnreadableFile("damaged", part=part)
        cells.append(made)

    def finish_row(number: int, hidden: bool) -> None:
        if cells:
            budget.check_row(name, number)
            budget.check_columns(name, len(cells))
            budget.charge_cells(len(cells))
            rows.append(Row(number, tuple(cells), hidden))
            cells.clear()

    def take(row: re.Match[bytes]) -> None:
        nonlocal number
        above, number = number, int(row[1])
        if not above < number <= LAST_ROW:
            raise UnreadableFile("damaged", part=part)
        for letters, style, kind, stored in CELLS_OF_ROW.findall(row[3].decode()):
            column = columns.get(letters) or column_index(letters, columns, part)
            made = None
            if kind == "s":
                index = int(stored)
                made = texts[index] if index >= 0 else None
            elif kind == "inlineStr":
                made = known_texts.get(stored) or make.text(stored)
            elif not kind:
                if style not in numbers:
                    numbers[style] = make.numbers(style)
                made = numbers[style].get(stored)
            if made is None:
                made = make.cell(kind or None, style or None, stored, None, [])
            if column == len(cells) + 1 and made is not BLANK:
                cells.append(made)
            elif made is not BLANK:
                place(made, column)
        finish_row(number, HIDDEN.search(row[2]) is not None)

    rest = without_plain(pieces, ROW, ROW_END, lambda: boundary, take)
    parse(rest, part, start=start, end=end, text=text, parser=parser)
    return tuple(rows), tuple(merged), tuple(hidden_columns)
