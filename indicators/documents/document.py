"""An official document with bound figures, as it is written out: text, no layout.

Plain values that never change. Levels and numbers are those of GB/T 9704-2012, 7.3.3: 一、 then
（一） then 1． under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.documents.chart import Chart

LEVELS = (0, 1, 2, 3)
_ID = re.compile("[A-Za-z0-9]{1,30}")


@dataclass(frozen=True)
class Figure:
    """A number in a sentence that is bound to a value.

    `id` is letters and digits (F7), one a place; `text` is how the sentence says it (805亿元,
    增加1.14个百分点); `value` is plain decimals in `unit`, a code, or "" where it is a statement;
    `name` is the indicator's. Raises ValueError for another id, or a figure without text.
    """

    id: str
    text: str
    value: str
    unit: str
    name: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"no id of a figure: {self.id!r}")
        if not self.text:
            raise ValueError(f"a figure without text: {self.id}")


Piece = str | Figure


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: level 1 一、 2 （一） 3 1． and 0 text without heading and number.

    A heading of level 2 or 3 with pieces is run in: they follow it on the same line. Raises
    ValueError for another level, pieces at level 1, and a number or heading at level 0.
    """

    level: int
    number: str
    heading: str
    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"no level of a paragraph: {self.level}")
        if self.level == 1 and self.pieces:
            raise ValueError(f"text behind a heading of level 1: {self.heading}")
        if self.level == 0 and (self.number or self.heading):
            raise ValueError(f"text has no heading: {self.number}{self.heading}")

    @property
    def figures(self) -> Iterator[Figure]:
        return (piece for piece in self.pieces if isinstance(piece, Figure))


@dataclass(frozen=True)
class Table:
    """An annex: every row has as many cells as the head, and charts stand above it where it has
    some, the numbers of which it tells. A column of no more than `narrow` characters keeps to one
    line; the others share what is left. Raises ValueError where a row has another length."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    charts: tuple[Chart, ...] = ()
    narrow: int = 0

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"rows of another length than the head: {self.title}")


@dataclass(frozen=True)
class Document:
    """The whole of it; `digest` is the edition's, by which a file that comes back is known.

    Raises ValueError where two figures have one id; Word knows no capital letters in it.
    """

    title: str
    issuer: str
    date: str
    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[Table, ...]
    digest: str

    def __post_init__(self) -> None:
        ids = [figure.id.casefold() for figure in self.figures]
        if len(set(ids)) < len(ids):
            twice = sorted({one for one in ids if ids.count(one) > 1})
            raise ValueError(f"two figures with one id: {', '.join(twice)}")

    @property
    def figures(self) -> Iterator[Figure]:
        """In the order of the text."""
        return (figure for paragraph in self.paragraphs for figure in paragraph.figures)
