"""Which words are others: a paragraph against itself, and all paragraphs against those before.

Goes in: texts; comes out: what stood there and what stands there now. The time that difflib takes
is bounded: what is too long to be compared sign by sign is told as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number or a Latin word is one, any other sign is one by itself.
_TOKEN = re.compile(r"[0-9０-９]+(?:[.．,][0-9０-９]+)*|[A-Za-z]+|.", re.DOTALL)
_LONGEST = 1_000  # tokens that are compared one by one
_MOST_PAIRS = 40_000  # paragraphs, each against each
_ALIKE = 0.4


@dataclass(frozen=True)
class WordChange:
    """`old` became `new`; "" where words were put in or left out."""

    old: str
    new: str


def words_changed(before: str, after: str) -> tuple[WordChange, ...]:
    """In the order of the text; a single sign that stayed between two changes is told with them.

    >>> words_changed("比上年增加1.14个百分点", "比上年减少1.15个百分点")
    (WordChange(old='增加1.14', new='减少1.15'),)
    """
    return tuple(
        WordChange("".join(old), "".join(new))
        for old, new in _changes(_TOKEN.findall(before), _TOKEN.findall(after))
    )


def paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Places of what belongs together, in order; None where one was added or removed."""
    head, tail = _same_ends(before, after)
    yield from ((place, place) for place in range(head))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pairs: list[tuple[int | None, int | None]] = [
                (a + step, c + step) for step in range(b - a)
            ]
        else:
            pairs = [
                (None if x is None else a + x, None if y is None else c + y)
                for x, y in _most_alike(old[a:b], new[c:d])
            ]
        for x, y in pairs:
            yield (None if x is None else head + x, None if y is None else head + y)
    for step in range(tail):
        yield len(before) - tail + step, len(after) - tail + step


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    head, tail = _same_ends(old, new)
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    if not old and not new:
        return
    if max(len(old), len(new)) > _LONGEST:
        yield old, new
        return
    left: list[str] = []
    right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal" and b - a > 1:
            if left or right:
                yield left, right
            left, right = [], []
        else:
            left, right = left + old[a:b], right + new[c:d]
    if left or right:
        yield left, right


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many are the same from the start on, and how many of the others up to the end."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    rest = most - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return head, tail


def _most_alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Those of two blocks that have most in common, kept in order (longest common subsequence,
    weighed by likeness); too many for that one by one."""
    if len(old) * len(new) > _MOST_PAIRS:
        for place in range(max(len(old), len(new))):
            yield place if place < len(old) else None, place if place < len(new) else None
        return
    olds, news = list(map(_pairs_of_signs, old)), list(map(_pairs_of_signs, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = [[_likeness(x, y) for y in news] for x in olds]
    for x in reversed(range(len(old))):
        for y in reversed(range(len(new))):
            best[x][y] = max(best[x + 1][y], best[x][y + 1], like[x][y] + best[x + 1][y + 1])
    x = y = 0
    while x < len(old) or y < len(new):
        both = x < len(old) and y < len(new) and like[x][y] > 0
        if both and best[x][y] == like[x][y] + best[x + 1][y + 1]:
            yield x, y
            x, y = x + 1, y + 1
        elif x < len(old) and (y == len(new) or best[x][y] == best[x + 1][y]):
            yield x, None
            x += 1
        else:
            yield None, y
            y += 1


def _pairs_of_signs(text: str) -> Counter[str]:
    """Of the beginning, which is enough to know a paragraph by."""
    text = text[:_LONGEST]
    return Counter(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of the pairs that both have; 0 where they are not alike."""
    common = 2 * sum((old & new).values()) / (old.total() + new.total())
    return common if common >= _ALIKE else 0.0
