"""The marks of bound figures and citations in a text, `{F7}` and `{C2}`; numbers of headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from indicators.measures.ordinals import in_numerals
from indicators.models.report import MARK, Level

Named = TypeVar("Named")


def split(text: str, named: Mapping[str, Named]) -> list[str | Named]:
    """The text in pieces: words, and what is named by the marks between them, by short id. A mark
    that names nothing stays in the words."""
    pieces: list[str | Named] = []
    words, at = "", 0
    for mark in MARK.finditer(text):
        words += text[at : mark.start()]
        at = mark.end()
        found = named.get(mark[1])
        if found is None:
            words += mark[0]
            continue
        if words:
            pieces.append(words)
        pieces.append(found)
        words = ""
    words += text[at:]
    return [*pieces, words] if words else pieces


def marked(text: str) -> set[str]:
    """The short ids of all marks of the text, whether they name anything or not."""
    return {mark[1] for mark in MARK.finditer(text)}


def unknown_marks(text: str, named: Iterable[str]) -> list[str]:
    """The marks that name nothing, as they stand: figures first, each in order."""
    unknown = marked(text) - set(named)
    return [f"{{{one}}}" for one in sorted(unknown, key=lambda one: (one[0] != "F", int(one[1:])))]


def in_line(heading: str, *, has_text: bool) -> str:
    """The heading as it stands before its text: as a sentence of its own.

    >>> in_line("党的领导", has_text=True), in_line("主要做法", has_text=False)
    ('党的领导。', '主要做法')
    """
    return f"{heading}。" if has_text and heading and heading[-1] not in "。！？：" else heading


def numbers(levels: Sequence[int]) -> list[str]:
    """The number of each heading by the levels in their order (GB/T 9704-2012, 7.3.3).

    >>> numbers([1, 2, 3, 3, 2, 3, 0, 1, 2])
    ['一、', '（一）', '1．', '2．', '（二）', '1．', '', '二、', '（一）']
    """
    counts, found = [0, 0, 0], []
    for level in levels:
        if level == Level.TEXT:
            found.append("")
            continue
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        found.append(_number(level, counts[level - 1]))
    return found


def _number(level: int, count: int) -> str:
    if level == Level.CHAPTER:
        return f"{in_numerals(count)}、"
    if level == Level.SECTION:
        return f"（{in_numerals(count)}）"
    return f"{count}．"
