"""The measures of an official document: GB/T 9704-2012, in millimetres and points.

Numbers only; `docx` and `pdf` draw by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import east_asian_width

from indicators.documents.flow import Annex

POINTS_PER_MM = 72 / 25.4

# 5.1 and 5.2.1: A4; the margins above (天头) and at the binding (订口), and the type area (版心).
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, LEFT = 37, 28
TYPE_WIDTH, TYPE_HEIGHT = 156, 225
RIGHT = PAGE_WIDTH - LEFT - TYPE_WIDTH
# 5.2.2: a page has 22 lines of 28 characters, which fill the type area. In whole points a line is
# 29, and 22 of them are 0.07 mm more than the 225: the margin below gives those.
LINES, CHARACTERS = 22, 28
LINE = 29
BOTTOM = PAGE_HEIGHT - TOP - LINES * LINE / POINTS_PER_MM
CHARACTER = TYPE_WIDTH * POINTS_PER_MM / CHARACTERS  # 15.79 points from one to the next

# 5.2.2, 7.3: 二号 for the title, 三号 for the text; 7.5: 四号 for the number of the page, whose
# dashes stand 7 mm below the type area.
TITLE_SIZE, TEXT_SIZE, PAGE_NUMBER_SIZE = 22, 16, 14
PAGE_NUMBER_BELOW = 7
# The standard has nothing on tables: 五号, so that five columns of names and numbers have room.
CELL_SIZE, CELL_LINE = 10.5, 16
CELL_INSET = (3, 2)  # points at the sides, and above and below

_SCRIPTS = re.compile(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
_NUMBER = re.compile(r"[-−+]?[0-9][0-9,. \u2009]*[%％]?")


@dataclass(frozen=True)
class Indents:
    """From the right edge of the type area, in characters of the text."""

    issuer: float
    date: float


def width(text: str) -> float:
    """In characters of the text: a digit or a Latin letter takes half of one.

    >>> width("2023年3月")
    4.5
    """
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def signature(issuer: str, date: str) -> Indents:
    """7.3.5.2: the issuer two characters from the right; the date below, its first two to the right
    of the issuer's first. A longer date stands two from the right, and the issuer moves.

    >>> signature("重庆市人民政府教育督导委员会", "2023年3月20日")
    Indents(issuer=2.0, date=7.5)
    >>> signature("某县", "2023年3月20日")
    Indents(issuer=8.5, date=2.0)
    """
    long, short = width(issuer), width(date)
    if short > long:
        return Indents(short + 4 - long, 2.0)
    return Indents(2.0, min(long, CHARACTERS) - short)


@dataclass(frozen=True)
class AnnexName:
    """How far the lines of a name stand from the left, and its first line to the left of them, in
    characters."""

    left: float
    hanging: float
    is_first: bool


def annex_name(text: str, several: bool) -> AnnexName:
    """7.3.4: two characters free on the left; a name that takes more lines stays under itself, and
    the numbers under each other.

    >>> annex_name("附件：1．指标表", True)
    AnnexName(left=6.5, hanging=4.5, is_first=True)
    >>> annex_name("2．来源表", True)
    AnnexName(left=6.5, hanging=1.5, is_first=False)
    """
    first, number = width("附件："), width("1．") if several else 0.0
    begins = text.startswith("附件：")
    return AnnexName(2 + first + number, first + number if begins else number, begins)


def is_number(text: str) -> bool:
    """Whether a cell stands on the right, its digits under those of the others.

    >>> is_number("1,234.5"), is_number("62.5％"), is_number("2021年")
    (True, True, False)
    """
    return bool(_NUMBER.fullmatch(text))


def shares(annex: Annex, *, between: float = 0.0) -> list[int]:
    """How wide the columns are, in parts of 1,000: by the longest of a cell, with an end to it;
    where the table has narrow ones, those first, as long as they leave enough to the others.
    `between` is what a program puts between Chinese and Latin letters, in characters."""
    rows = [[run.text for run in row.runs] for row in (annex.head, *annex.rows)]
    columns = list(zip(*rows, strict=True))
    longest = [max(2.0, *map(width, column)) for column in columns]
    wanted = [1 + min(one, 24.0) for one in longest]
    # A cell has its edges, and letters are not all as wide as they are counted.
    all_of_it = TYPE_WIDTH * POINTS_PER_MM / CELL_SIZE
    edge = 2 * CELL_INSET[0] / CELL_SIZE + 0.1
    gaps = [max(between * len(_SCRIPTS.findall(text)) for text in column) for column in columns]
    kept = [
        one + gap + edge if one <= annex.narrow else 0.0
        for one, gap in zip(longest, gaps, strict=True)
    ]
    left = sum(one for one, own in zip(wanted, kept, strict=True) if not own)
    if left and 0 < sum(kept) < 0.7 * all_of_it:
        room = (all_of_it - sum(kept)) / left
        wanted = [own or one * room for one, own in zip(wanted, kept, strict=True)]
    parts = [int(1000 * one / sum(wanted)) for one in wanted]
    return [*parts[:-1], 1000 - sum(parts[:-1])]
