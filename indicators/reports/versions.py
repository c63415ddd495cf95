"""The versions of a paragraph, each with what it took out and put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from indicators.models import Paragraph, ParagraphVersion

SHOWN = 20
LONGEST = 4_000  # characters that are compared sign by sign; what is longer, as a whole


@dataclass(frozen=True)
class Piece:
    """Words of a version: `kind` is same, out or in."""

    kind: str
    text: str


@dataclass(frozen=True)
class Differing:
    version: ParagraphVersion
    pieces: list[Piece]


def versions_of(paragraph: Paragraph) -> list[Differing]:
    """The latest versions, the latest first."""
    latest = list(
        paragraph.versions.select_related("change__actor").order_by("-version")[: SHOWN + 1]
    )
    before = [*latest[1:], None]
    pairs = list(zip(latest, before, strict=True))[:SHOWN]
    return [
        Differing(one, list(differing(_line(other) if other else "", _line(one))))
        for one, other in pairs
    ]


def differing(old: str, new: str) -> Iterator[Piece]:
    """
    >>> [(piece.kind, piece.text) for piece in differing("增长3%。", "下降3%。")]
    [('out', '增长'), ('in', '下降'), ('same', '3%。')]
    """
    if max(len(old), len(new)) > LONGEST:
        if old == new:
            yield Piece("same", new)
            return
        yield from (Piece(kind, text) for kind, text in (("out", old), ("in", new)) if text)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", old[i1:i2])
            continue
        if i2 > i1:
            yield Piece("out", old[i1:i2])
        if j2 > j1:
            yield Piece("in", new[j1:j2])


def _line(version: ParagraphVersion) -> str:
    return version.heading + version.text
