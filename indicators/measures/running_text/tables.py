"""Cells of a table that was pasted into a text: their unit stands at the head of the column, in the
row, or above the table.

A table is two or more lines below each other whose cells are parted by tabs, bars or wide gaps, and
that begin with a line of words. Goes in: the text and its quantities; comes out: the same, with the
units, and the year that stands at the head of their column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.measures.characters import as_ascii
from indicators.measures.quantities import POWERS
from indicators.measures.running_text.numbers import raised
from indicators.measures.running_text.plain import Plain, is_row
from indicators.measures.running_text.quantity import Quantity
from indicators.measures.running_text.units import CLASSES, WORD, code_of
from indicators.measures.words import year_of

FEWEST = 3  # cells of a line
_ABOVE = 3  # so many lines above the head may name the unit of all
_BARS = re.compile("[|｜│]")
_WIDE = re.compile(r"[ \u3000]{2,}")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_POWERED = rf"(?P<power>[百千]?[万亿]|[百千])?(?P<unit>{WORD})"
_UNIT = re.compile(rf"(?:{_POWERED}|(?P<only>[万亿]))")
_IN_BRACKETS = re.compile(r"[(\[/]\s*([^()\[\]/]{1,8}?)\s*[)\]]?$")
_OF_ALL = re.compile(r"单位[:：]\s*([^\s()（）]{1,6})")
# What numbers a line, or names it, counts nothing.
_NAMES = re.compile(
    "序号|编号|代码|号码|电话|邮编|年份|年度|日期|时间|备注|学号|文号|名次|排名|位次"
)
_RATIO = re.compile("比$")
_SHARE = re.compile("率$|占比$|比例$|比重$")
_CHANGE = re.compile("增减|增长|增幅|变化|同比|比上年|较上年|升降")

Unit = tuple[int, str]
"""The power of ten and the word."""


@dataclass(frozen=True)
class Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Column:
    """`year` and `change` are what the head of a column says of its numbers."""

    year: int | None = None
    change: bool = False


def in_columns(plain: Plain, found: list[Quantity]) -> tuple[list[Quantity], dict[int, Column]]:
    """The quantities with their units, and by their places what the heads say.

    >>> from indicators.measures.running_text.plain import plain
    >>> from indicators.measures.running_text.reading import quantities
    >>> text = plain("学段\\t学校（所）\\t在校生（万人）\\n小学\\t73\\t3.36")
    >>> [(str(one.value), one.unit) for one in in_columns(text, quantities(text))[0][1:]]
    [('73', '所'), ('33600', '人')]
    """
    starts = [plain.at[one.start] for one in found]
    columns: dict[int, Column] = {}
    for head, rows, unit_of_all in _tables(plain.original):
        names = [as_ascii(cell.text) for cell in head]
        in_row = next((at for at, name in enumerate(names) if name.endswith("单位")), None)
        for row in rows:
            # Where a cell is missing, the last ones are most surely in their places.
            shift = len(names) - len(row)
            beside = (
                _unit_in_row(row, in_row, shift)
                or _unit_in_brackets(as_ascii(row[0].text))
                or unit_of_all
            )
            for number, cell in enumerate(row):
                name = names[number + shift] if number + shift >= 0 else ""
                at = bisect_right(starts, cell.end - 1) - 1
                if (
                    not number
                    or not name
                    or _NAMES.search(name)
                    or not _is_number(cell, at, starts)
                ):
                    continue
                columns[at] = Column(year_of(name), bool(_CHANGE.search(name)))
                value = found[at].value
                if found[at].sort == "bare" and value is not None:
                    found[at] = _with_unit(found[at], value, name, beside)
    return found, columns


def _tables(text: str) -> Iterator[tuple[list[Cell], list[list[Cell]], Unit | None]]:
    """The head, the rows, and the unit above, of each table of the text."""
    block: list[list[Cell]] = []
    above: list[str] = []
    for start, line in _lines(text):
        cells = _cells(start, line)
        if len(cells) >= FEWEST:
            block.append(cells)
            continue
        if len(block) > 1 and _is_head(block[0]):
            yield block[0], block[1:], _of_all(above)
        above = [*(above if not block else []), line][-_ABOVE:]
        block = []


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """With where they begin; the last is empty, so that a table at the end has an end."""
    at = 0
    for line in text.split("\n"):
        yield at, line.rstrip("\r")
        at += len(line) + 1
    yield at, ""


def _cells(start: int, line: str) -> list[Cell]:
    """Of a line that is no row, at most one."""
    if "\t" in line:
        sign = re.compile("\t")
    else:
        if not is_row(line) and not _BARS.search(line):
            return []
        bars = len(_BARS.findall(line)) >= FEWEST - 1
        sign = _BARS if bars else _WIDE
        line, start = line.strip(" \u3000|｜│"), start + len(line) - len(line.lstrip(" \u3000|｜│"))
    cells, at = [], 0
    for gap in [*(match.span() for match in sign.finditer(line)), (len(line), len(line))]:
        text = line[at : gap[0]]
        left = start + at + len(text) - len(text.lstrip())
        cells.append(Cell(left, left + len(text.strip()), text.strip()))
        at = gap[1]
    return cells


def _is_head(cells: list[Cell]) -> bool:
    """All words, or years."""
    return not any(
        _NUMBER.fullmatch(as_ascii(cell.text)) and year_of(cell.text) is None for cell in cells
    )


def _of_all(above: list[str]) -> Unit | None:
    for line in reversed(above):
        if said := _OF_ALL.search(line):
            return _unit(said[1])
    return None


def _unit_in_row(row: list[Cell], column: int | None, shift: int) -> Unit | None:
    """What stands in the column of units."""
    if column is None or not 0 <= column - shift < len(row):
        return None
    return _unit(row[column - shift].text)


def _is_number(cell: Cell, at: int, starts: list[int]) -> bool:
    return at >= 0 and cell.start <= starts[at] < cell.end


def _unit(text: str) -> Unit | None:
    found = _UNIT.fullmatch(as_ascii(text).strip())
    if not found:
        return None
    return POWERS[found["power"] or found["only"] or ""], found["unit"] or ""


def _unit_in_brackets(name: str) -> Unit | None:
    found = _IN_BRACKETS.search(name)
    return _unit(found[1]) if found else None


def _with_unit(quantity: Quantity, told: Decimal, name: str, beside: Unit | None) -> Quantity:
    """The unit of the column goes before that of the row."""
    own = _unit_in_brackets(name)
    if own is None and _RATIO.search(name):
        return replace(quantity, unit="ratio", sort="ratio")
    if own is None and _SHARE.search(name):
        own = (0, "%")
    power, word = own or beside or (0, "")
    value, place = raised((told, quantity.place), power)
    sort = CLASSES.get(word, "count")
    return replace(quantity, value=value, place=place, unit=code_of(word), word=word, sort=sort)
