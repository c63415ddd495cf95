"""Where in a paragraph the words stand that a figure is to take the place of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.figures import Figure
from indicators.figures.in_text import says_change
from indicators.models import BoundFigure, FigureForm
from indicators.models.report import LONGEST_WORD, MOST_DECIMALS

_DIGITS = re.compile(r"[0-9０-９](?:.*[0-9０-９])?", re.DOTALL)
_COUNTED = re.compile(
    r"[0-9]+(?:\.(?P<decimals>[0-9]+))?余?(?P<word>[^0-9.余\s]*?)(?:以上)?$", re.DOTALL
)
_STATED = (FigureForm.COVERAGE, FigureForm.STANDARD, FigureForm.RISING)


@dataclass(frozen=True)
class Stretch:
    """Words between bound figures: `at` in the text that is checked, `start` in that which is
    stored."""

    at: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.at + len(self.text)


def place_of(text: str, start: int, end: int, words: str) -> int | None:
    """Where the words stand in the text, over all digits of the number that stands from `start` to
    `end`: they may take in 增长 before it, or leave 近 where it is.

    >>> place_of("增长6.1%，", 2, 6, "增长6.1%"), place_of("近805亿元", 0, 6, "805亿元")
    (0, 1)
    >>> place_of("1805亿元", 0, 6, "805亿元") is None, place_of("8.5%", 0, 4, "5%") is None
    (True, True)
    """
    digits = _DIGITS.search(text, start, end)
    first, last = digits.span() if digits else (start, end)
    for at in range(max(0, last - len(words)), first + 1):
        if text.startswith(words, at):
            return at
    return None


def forms_of(figure: Figure, raw: str) -> Iterator[BoundFigure]:
    """The ways in which the figure may read as the number of a text does, the plainest first: with
    as many decimals, and counted in the same word."""
    yield _bound(figure)
    if figure.indicator.is_statement:
        yield from (_bound(figure, form=form) for form in _STATED)
        return
    counted = _COUNTED.search(raw)
    decimals = len(counted["decimals"] or "") if counted else 0
    word = counted["word"] if counted else ""
    forms = [FigureForm.VALUE]
    if says_change(figure.indicator):
        forms.append(FigureForm.CHANGE)
        yield _bound(figure, form=FigureForm.CHANGE)
    if decimals <= MOST_DECIMALS:
        yield from (_bound(figure, form=form, decimals=decimals) for form in forms)
        if 0 < len(word) <= LONGEST_WORD:
            yield _bound(figure, decimals=decimals, unit_word=word)


def _bound(figure: Figure, **said: object) -> BoundFigure:
    given = {"form": FigureForm.VALUE, **said}
    return BoundFigure(
        indicator=figure.indicator, jurisdiction=figure.jurisdiction, year=figure.year, **given
    )
