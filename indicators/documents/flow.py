"""The lines of a document in their order, which every form of it writes and a reader reads back.

Goes in: a Document; comes out: Lines of plain text, figures among it. GB/T 9704-2012, 7.3: title,
text, the names of the annexes (7.3.4), issuer and date without a seal (7.3.5.2), then each annex
from a new page on (7.3.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indicators.documents.chart import Chart
from indicators.documents.document import Document, Figure, Paragraph, Table

Kind = Literal[
    "title",
    "heading",  # on a line of its own
    "text",  # with a heading run in, or none
    "annex_name",
    "issuer",
    "date",
    "annex_mark",
    "annex_title",
    "row",
    "note",
]

# One line is one line: what would break it, or stop somewhere else in each program, is a space.
_AS_SPACE = map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Marks that turn the direction show nothing by themselves, but 51 where 15 is stored.
_DIRECTION = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
# What XML cannot hold, what Unicode gives to nobody, and the anchors of notes and objects.
_NOT_HELD = (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0))
_PLAIN: dict[int, str] = dict.fromkeys((*_NOT_HELD, *range(0xFFF9, 0xFFFD)), "\ufffd")
_PLAIN |= {plane << 16 | end: "\ufffd" for plane in range(17) for end in (0xFFFE, 0xFFFF)}
_PLAIN |= dict.fromkeys(_DIRECTION, "") | dict.fromkeys(_AS_SPACE, " ")


def plain(text: str) -> str:
    """The text as it stands in every form of the document.

    Line breaks and tabs become spaces; marks of direction are taken off; of other control
    characters, which no Word file can hold, each becomes the replacement character.

    >>> plain("a\\tb\\r\\nc"), plain("15\\u202e"), plain("a\\0")
    ('a b c', '15', 'a\ufffd')
    """
    return text.replace("\r\n", "\n").translate(_PLAIN)


@dataclass(frozen=True)
class Run:
    """A stretch of a line; `figure` where it is bound."""

    text: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Line:
    """A line as it is written before it is broken into those of a page.

    `heading` is number and heading, `level` theirs; `runs` follow them. `paragraph` is the place in
    Document.paragraphs, None for what stands around them. A row of a table has one run a cell.
    """

    kind: Kind
    runs: tuple[Run, ...]
    heading: str = ""
    level: int = 0
    paragraph: int | None = None

    @property
    def text(self) -> str:
        """As a reader reads it; between the cells of a row stands a tab."""
        between = "\t" if self.kind == "row" else ""
        return self.heading + between.join(run.text for run in self.runs)


@dataclass(frozen=True)
class Annex:
    """What an annex writes: its mark, 附件1, and title; a head, rows and a note, if it has one.

    `charts` stand above the table, two beside each other: `panels` are a row of what stands above
    both and one of what stands below. The charts themselves say nothing that the table does not.
    """

    mark: Line
    title: Line
    charts: tuple[Chart, ...]
    panels: tuple[Line, ...]
    head: Line
    rows: tuple[Line, ...]
    note: Line | None
    narrow: int

    def __iter__(self) -> Iterator[Line]:
        yield from (self.mark, self.title, *self.panels, self.head, *self.rows)
        if self.note:
            yield self.note


def body(document: Document) -> Iterator[Line]:
    """From the title to the date."""
    yield _line("title", document.title)
    for place, paragraph in enumerate(document.paragraphs):
        yield _of(paragraph, place)
    for place, table in enumerate(document.annexes, 1):
        # 7.3.4: numbered only where there are several.
        number = f"{place}．" if len(document.annexes) > 1 else ""
        yield _line("annex_name", ("附件：" if place == 1 else "") + number + table.title)
    if document.issuer:
        yield _line("issuer", document.issuer)
    if document.date:
        yield _line("date", document.date)


def annexes(document: Document) -> Iterator[Annex]:
    """Each with its lines."""
    several = len(document.annexes) > 1
    for place, table in enumerate(document.annexes, 1):
        yield _annex(table, f"附件{place}" if several else "附件")


def lines(document: Document) -> Iterator[Line]:
    """All of them."""
    yield from body(document)
    for annex in annexes(document):
        yield from annex


def side_by_side(charts: Sequence[Chart]) -> list[Sequence[Chart]]:
    """Two by two; the last may stand alone."""
    return [charts[at : at + 2] for at in range(0, len(charts), 2)]


def as_text(document: Document) -> str:
    """The document as plain text, a line each; cells of a row are parted by tabs."""
    return "".join(f"{line.text}\n" for line in lines(document))


def _of(paragraph: Paragraph, place: int) -> Line:
    runs = tuple(
        Run(plain(piece.text), piece) if isinstance(piece, Figure) else Run(plain(piece))
        for piece in paragraph.pieces
    )
    heading = plain(paragraph.number + paragraph.heading)
    kind: Kind = "heading" if heading and not runs else "text"
    return Line(kind, runs, heading, paragraph.level, place)


def _annex(table: Table, mark: str) -> Annex:
    return Annex(
        mark=_line("annex_mark", mark),
        title=_line("annex_title", table.title),
        charts=table.charts,
        panels=tuple(
            _line("row", *texts)
            for two in side_by_side(table.charts)
            for texts in ([one.title for one in two], [one.caption for one in two])
        ),
        head=_line("row", *table.head),
        rows=tuple(_line("row", *row) for row in table.rows),
        note=_line("note", table.note) if table.note else None,
        narrow=table.narrow,
    )


def _line(kind: Kind, *texts: str) -> Line:
    return Line(kind, tuple(Run(plain(text)) for text in texts))
