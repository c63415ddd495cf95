"""What a DOCX that came back holds: paragraphs, and in them the marks of figures. Plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """Where the bookmark of a figure stands in the text of a paragraph: from `start` up to `end`.
    One that ends in another paragraph is read up to the end of this one."""

    id: str
    start: int
    end: int


@dataclass(frozen=True)
class ReturnedParagraph:
    """A paragraph, or a row of a table, whose cells are parted by tabs."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Returned:
    """What the file holds, without blank paragraphs that no mark is in; `digest` is "" where it
    names no edition."""

    digest: str
    paragraphs: tuple[ReturnedParagraph, ...]
