"""Rows of a table within a text: lines whose cells are parted by tabs, or by spaces as a PDF has
them, where there are several.

Where a cell is the whole name of an indicator, the first number of a later cell that can be of it
is its figure, of each year that the columns name, and no other number of the row is; words around
it do not vote. What stands within the name is a part of it; a statement behind the figure is what
was aimed at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from indicators.measures.running_text.catalogue import Catalogue, fit, whole_name
from indicators.measures.running_text.context import Context
from indicators.measures.running_text.matching import Match
from indicators.measures.running_text.plain import Plain
from indicators.measures.running_text.quantity import Quantity

FEWEST = 4  # words of a line, for it to be a row
_CELL, _WORD = re.compile(r"[^\t]+"), re.compile(r"\S+")


def of_rows(
    plain: Plain,
    found: Sequence[Quantity],
    told: Sequence[Context],
    reasons: Sequence[str],
    catalogue: Catalogue,
) -> tuple[dict[int, Match | None], set[int]]:
    """Of each quantity (by its place) in a row that names an indicator what it is about, and those
    that are none: part of the name, or what was aimed at. One with a reason to be no figure is not
    looked at.

    >>> from indicators.measures.running_text.catalogue import Subject
    >>> from indicators.measures.running_text.check import read
    >>> from indicators.measures.units import PERCENT
    >>> names = Catalogue([Subject("retention", ("巩固率",), "rate", PERCENT)])
    >>> found = read("巩固率\\t95%\\t96%\\t全覆盖")
    >>> of_rows(found.plain, found.quantities, found.contexts, found.reasons, names)
    ({0: Match(subjects=(0,), score=1.0), 1: None, 2: None}, {2})
    """
    starts = [0, *(newline.end() for newline in re.finditer("\n", plain.original))]
    by_line: dict[int, list[int]] = defaultdict(list)
    for at, quantity in enumerate(found):
        start, _end = plain.span(quantity.start, quantity.end)
        if not reasons[at]:
            by_line[bisect_right(starts, start) - 1].append(at)
    starts.append(len(plain.original) + 1)
    results: dict[int, Match | None] = {}
    none: set[int] = set()
    for number, members in by_line.items():
        line_start = starts[number]
        named = _named(plain.original[line_start : starts[number + 1] - 1], catalogue)
        if named is None:
            continue
        subject, name_starts, name_ends = named
        years: set[int | None] = set()
        for at in members:
            results[at] = None
            start, _end = plain.span(found[at].start, found[at].end)
            fits = fit(found[at], told[at].movement, catalogue.subjects[subject])
            year = told[at].year
            first = year not in years if year else not years
            if name_starts <= start - line_start < name_ends:
                none.add(at)
            elif first and start - line_start >= name_ends and fits:
                results[at] = Match((subject,), 1.0)
                years.add(year)
            elif years and found[at].sort == "statement":
                none.add(at)
    return results, none


def _named(line: str, catalogue: Catalogue) -> tuple[int, int, int] | None:
    """The first indicator that a cell names, and where in the line that cell begins and ends; None
    in a line that is no row."""
    cell = _CELL if "\t" in line else _WORD
    cells = list(cell.finditer(line))
    if len(cells) < (2 if cell is _CELL else FEWEST):
        return None
    for one in cells:
        subject = catalogue.by_name.get(whole_name(one[0]))
        if subject is not None:
            return subject, *one.span()
    return None
