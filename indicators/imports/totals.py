"""Compares the totals of own tables with the rows that they sum up.

Goes in: tables. Comes out: sentences. A total stands below its rows or above them; 小计 sums the
rows as far as the next one, 合计 and 总计 the rows past all totals below their own level. That
totals agree is said only of what was compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.imports.crosstab import Crosstab, Figure
from indicators.imports.label_words import is_mean
from indicators.measures.exact import plain
from indicators.measures.quantities import DASHES
from indicators.spreadsheets import cell_address

FAULTS = NAMED = 5
_SUB, _GRAND = re.compile(r"小\s*计|subtotal", re.IGNORECASE), re.compile(r"总\s*计")


def totals_told(tables: Sequence[Crosstab]) -> list[str]:
    """What the rows of totals say beside the sum of what was read."""
    told: list[str] = []
    agree: list[str] = []
    not_compared: list[str] = []
    for table in tables:
        by_column: dict[int, list[Figure]] = defaultdict(list)
        for figure in table.figures:
            if not is_mean(figure.row_label):
                by_column[figure.column].append(figure)
        compared, off = 0, []
        for several in by_column.values():
            counted, faults = _compare(several)
            compared += counted
            off += faults
        sheet = {"sheet": table.sheet}
        if compared and not off:
            agree.append(table.sheet)
        elif not compared and any(one.is_total for one in table.figures):
            not_compared.append(table.sheet)
        told += [
            _("%(cell)s of “%(sheet)s” gives %(said)s in all, the rows give %(summed)s.")
            % (sheet | fault)
            for fault in off[:FAULTS]
        ]
    for sheets, said in (
        (agree, _("The totals of %(sheets)s agree with the rows and are not imported.")),
        (not_compared, _("The totals of %(sheets)s could not be compared and are not imported.")),
    ):
        if sheets:
            told.append(said % {"sheets": sheets_said(sheets)})
    return told


def sheets_said(sheets: Sequence[str]) -> str:
    """Their names as a sentence has them, the first of many."""
    names = [f"“{name}”" for name in dict.fromkeys(sheets)]
    more = _(" and %(n)s more") % {"n": len(names) - NAMED} if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _level(one: Figure) -> int:
    """0 for a row, and the more the more it sums up."""
    if not one.is_total:
        return 0
    if _SUB.search(one.row_label):
        return 1
    return 3 if _GRAND.search(one.row_label) else 2


def _compare(column: Sequence[Figure]) -> tuple[int, list[dict[str, str]]]:
    """How many totals of a column could be compared, and those that are not the sum."""
    said = [one for one in column if one.cell.text.strip() not in DASHES]
    levels = [_level(one) for one in said]
    spans = {at: _span(levels, at, -1) for at, level in enumerate(levels) if level}
    # Where the first of a level has nothing above it, all of the level stand above their rows.
    first = {level: levels.index(level) for level in set(levels) if level}
    above = {level for level, at in first.items() if not _plain(levels, spans[at])}
    for at in spans:
        if levels[at] in above:
            spans[at] = _span(levels, at, 1)
    compared, off = 0, []
    for at, span in spans.items():
        rows = _plain(levels, span)
        total = said[at].cell.number
        numbers = [said[one].cell.number for one in rows]
        if total is None or not rows or any(said[one].cell.percent for one in [at, *rows]):
            continue
        if any(number is None for number in numbers):
            continue
        summed = sum((number for number in numbers if number is not None), Decimal(0))
        compared += 1
        if total != summed:
            place = cell_address(said[at].row, said[at].column)
            off.append({"cell": place, "said": plain(total), "summed": plain(summed)})
    return compared, off


def _span(levels: Sequence[int], at: int, step: int) -> list[int]:
    """What lies between a total and the next of its level or above it, in one direction."""
    found = []
    at_level, one = levels[at], at + step
    while 0 <= one < len(levels) and levels[one] < at_level:
        found.append(one)
        one += step
    return found


def _plain(levels: Sequence[int], span: Sequence[int]) -> list[int]:
    return [at for at in span if not levels[at]]
