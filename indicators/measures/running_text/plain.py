"""A text without its typesetting, and where each of its characters came from.

Full-width forms become plain ones; unseen characters, spaces between Chinese characters, and line
breaks inside a sentence go, as do the spaces that a scanner leaves inside a number (9 9 . 6 1 %).
What tells paragraphs or columns apart stays: one line break, one space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.measures.characters import as_ascii

UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_GAP = re.compile(rf"[\s{UNSEEN}]+")
_ONLY_UNSEEN = re.compile(rf"[{UNSEEN}]+")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Shorter lines are headings or rows of a table, which no sentence goes on behind.
LINE = 18
_NUMBER_OF_HEADING = 5
_ENDS = "。！？；：!?;:|"
_HEADING = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、）)]|[.．](?!\d))|第[一二三四五六七八九十]+[章节]|附"
    "|[▲△▼●○◎★☆◆◇■□▪•※➤►→√✓]"
)
# 1．5+2 and 1.2021年 at the head of a line: the point ends the number of the paragraph.
# 1.3 校外培训 behind the end of a paragraph: its number and its title.
_TITLE = re.compile(
    r"(?:\A|(?<=[。；：！？\n]\n))([ \t\u3000]{0,4}[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}) "
    r"(?=[^\W\d_][^\W\d_])(?![A-Za-z万亿千百个元人名所多余])"
)
_PARAGRAPH = re.compile(
    r"(?m)^([ \t\u3000]{0,4}[0-9０-９]{1,2})(?:．(?=[0-9０-９])|\.(?=(?:19|20)[0-9]{2} ?年))"
)
_WIDE = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_NARROW = re.compile(r"(?<=\S) (?=\S)")
_FEWEST_GAPS = 2
_ROW = 200
_LATIN = re.compile(r"[0-9A-Za-z]")
_GROUP = re.compile(r"\d{3}(?!\d)")
_POINT = re.compile(r"[.,]\s*\d")


@dataclass(frozen=True)
class Plain:
    """`at[i]` is where character `i` of `text` stands in the original."""

    text: str
    at: list[int]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the original of a piece that is not empty."""
        return self.at[start], self.at[end - 1] + 1


def plain(original: str) -> Plain:
    """
    >>> plain("教 育 经 费 ８ ０ ５ 亿 元").text
    '教育经费805亿元'
    >>> plain("小学  120  初中").text
    '小学 120 初中'
    """
    text = as_ascii(_TITLE.sub(r"\1、", _PARAGRAPH.sub(r"\1、", original)))
    pieces: list[str] = []
    at: list[int] = []
    last = line_start = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        pieces.append(text[last:start])
        at.extend(range(last, start))
        breaks = _BREAKS.search(gap[0])
        kept = _kept(text, start, end, line_start)
        if kept:
            pieces.append(kept)
            at.append(start)
        if breaks:
            line_start = end
        last = end
    pieces.append(text[last:])
    at.extend(range(last, len(text)))
    return Plain("".join(pieces), at, original)


def _kept(text: str, start: int, end: int, line_start: int) -> str:
    """What stays of the gap: nothing, a space, or a line break."""
    gap = text[start:end]
    if _ONLY_UNSEEN.fullmatch(gap):
        return ""
    if start == 0 or end == len(text):
        return ""
    before, behind = text[start - 1], text[end]
    breaks = len(_BREAKS.findall(gap))
    latin = bool(_LATIN.match(before)) and bool(_LATIN.match(behind))
    if breaks:
        if breaks > 1 or before in _ENDS or start - line_start < LINE or _HEADING.match(text, end):
            return "\n"
        if is_row(text[line_start:start]) or is_row(text[end : end + _ROW].partition("\n")[0]):
            return "\n"
        return " " if latin and not (before.isdigit() and behind.isdigit()) else ""
    if latin:
        return _between_latin(text, start, end)
    wide = len(_ONLY_UNSEEN.sub("", gap)) > 1 or "\t" in gap
    if wide:
        return " "
    # 9 9. 6: the point belongs to both; but 1. 2022 at the head of a line begins a paragraph.
    heading = before in ".," and start - line_start < _NUMBER_OF_HEADING
    return " " if heading and behind.isdigit() else ""


def is_row(line: str) -> bool:
    """A row of a table, which no sentence goes on behind. In a scan most gaps are narrow.

    >>> is_row("小学  73所  3.36"), is_row("全 县 现  有 学  校")
    (True, False)
    """
    if "\t" in line:
        return True
    wide = len(_WIDE.findall(line))
    return wide >= _FEWEST_GAPS and len(_NARROW.findall(line)) <= wide


def _between_latin(text: str, start: int, end: int) -> str:
    """Of digits spaced one by one, and of groups of three, the space goes; a tab parts cells."""
    before, behind = text[start - 1], text[end]
    parted = end - start > 1 or text[start] == "\t"
    if parted or not (before.isdigit() and behind.isdigit()):
        return " "
    further = text[max(0, start - 2) : start - 1]
    alone = not (further.isdigit() or further in (".", ","))
    alone = alone and text[end + 1 : end + 2] in _NOT_JOINED
    return "" if alone or _groups(text, start, end) else " "


_NOT_JOINED = ("", " ", "\u3000", "\n", ".", "%", "亿", "万")


def _groups(text: str, start: int, end: int) -> bool:
    head = start
    while head and start - head < 4 and text[head - 1].isdigit():
        head -= 1
    return 1 <= start - head <= 3 and bool(_GROUP.match(text, end))
