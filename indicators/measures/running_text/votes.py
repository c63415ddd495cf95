"""How near each pair of characters stands to a number: the votes for what it is about.

Neighbouring numbers look at the same words, so that what lies between two numbers is taken apart
once, and of its pairs only those kept that some indicator's name has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.measures.running_text.catalogue import NOT_WORDS, Catalogue, pairs
from indicators.measures.running_text.context import Context
from indicators.measures.running_text.quantity import Quantity

FAR = 160
CROSSED = 6  # so many numbers further, nothing is told of one any more
PIECE = re.compile(r"[，,；;：:。]")
_REACH_LEFT, _REACH_RIGHT = 45.0, 25.0
# A statement is made of all that its clause names, and a list of all that stands before it.
_REACH_STATEMENT, _REACH_LIST = 200.0, 1000.0
_ACROSS_NUMBER, _ACROSS_COMMA, _ACROSS_SEMICOLON = 0.75, 0.92, 0.6
_RIGHT_CLAUSE = 0.95
_BESIDE_NUMBER = 12
_CLAUSE = re.compile(r"[，,；;：:。、！？\n]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LAST_ITEM = re.compile("[、和及与]")
_SOFT = re.compile(
    "(?:达到?|[为是占有共计至到了]|实现|累计|分别|其中|超过|比例|增长|增加|提高|上升|下降|减少|降低|增幅|增)+$|^(?:[较比](?:上年|去年)?(?:同期)?|同比|其中|全[市省县区]|我[市省县区]|累计|共)+"
)
# Of each character of FAR, and of the sign behind each clause.
_LONGEST = 2 * FAR + 2
_NEARNESS = {
    reach: [math.exp(-far / reach) for far in range(_LONGEST)]
    for reach in (_REACH_LEFT, _REACH_RIGHT, _REACH_STATEMENT, _REACH_LIST)
}


@dataclass(frozen=True)
class Votes:
    """How near each pair of characters stands, and the words right beside the number: on its left,
    on its right."""

    near: dict[str, float]
    beside: tuple[list[str], ...]


@dataclass(frozen=True)
class _Piece:
    """A clause: its text, the sign before it, how many characters of words it has, and its pairs
    that are in names, each with how far it stands from the end."""

    text: str
    sign: str
    length: int
    known: list[tuple[int, str]]


class Voting:
    """The votes in one text.

    >>> from indicators.measures.running_text.catalogue import Subject
    >>> from indicators.measures.running_text.check import read
    >>> found = read("其中巩固率95%。")
    >>> voting = Voting(found.plain.text, Catalogue([Subject("retention", ("巩固率",), "rate")]))
    >>> votes = voting.votes(found.quantities[0], found.contexts[0], [], None)
    >>> {pair: round(vote, 2) for pair, vote in votes.near.items()}, votes.beside
    ({'巩固': 0.98, '固率': 1.0}, (['巩固', '固率'], []))
    """

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self._text, self._known = text, catalogue.weight
        self._gaps: dict[tuple[int, int, bool], list[_Piece]] = {}

    def votes(
        self,
        quantity: Quantity,
        context: Context,
        before: list[Quantity],
        behind: Quantity | None,
    ) -> Votes:
        """Each pair of characters near the quantity, and how near; `before` are the last
        CROSSED figures of its sentence before it, `behind` is the next."""
        near: dict[str, float] = {}
        left = self._left(quantity, context, before, near)
        return Votes(near, (left, self._right(quantity, context, behind, near)))

    def add(self, near: dict[str, float], text: str, factor: float) -> None:
        """Votes of a whole list, which stands near all of its numbers."""
        _vote(near, self._pairs_back(NOT_WORDS.sub("", text)), factor, 0, _REACH_LIST)

    def _left(
        self,
        quantity: Quantity,
        context: Context,
        before: list[Quantity],
        near: dict[str, float],
    ) -> list[str]:
        """Votes on what stands before the number, and gives back what stands right before it."""
        whole = quantity.sort == "statement"  # which may be told in brackets
        reach = _REACH_STATEMENT if whole else _REACH_LEFT
        beside: list[str] = []
        start = max(context.start, quantity.start - FAR)
        factor, distance = 1.0, 0
        for crossed, (first, last) in enumerate(_between_numbers(start, quantity, before)):
            if crossed > 1 or (crossed and not context.movement):
                factor *= _ACROSS_NUMBER  # but a change is told of what the number before it tells
            for piece in self._pieces_back(first, last, whole=whole):
                _vote(near, piece.known, factor, distance, reach)
                beside = beside or _own(piece.text)
                distance += piece.length + 1
                sign = piece.sign
                factor *= _ACROSS_SEMICOLON if sign == ";" else _ACROSS_COMMA if sign else 1
        return beside

    def _right(
        self,
        quantity: Quantity,
        context: Context,
        behind: Quantity | None,
        near: dict[str, float],
    ) -> list[str]:
        """The same of what stands behind it."""
        end = min(context.end, quantity.end + FAR // 2)
        clause = _CLAUSE.search(self._text, quantity.end, end)
        stop = clause.start() if clause else end
        if behind and behind.start < stop:
            stop = behind.start
        words = NOT_WORDS.sub("", self._text[quantity.end : stop])
        reach = _REACH_STATEMENT if quantity.sort == "statement" else _REACH_RIGHT
        known = [(at, pair) for at, pair in enumerate(pairs(words)) if pair in self._known]
        _vote(near, known, _RIGHT_CLAUSE, 0, reach)
        return pairs(words[:_BESIDE_NUMBER])

    def _pieces_back(self, first: int, last: int, *, whole: bool) -> list[_Piece]:
        """The clauses from the last to the first; unless the `whole` is asked, without what stands
        in brackets, which says what else is meant."""
        key = (first, last, whole)
        if key not in self._gaps:
            text = self._text[first:last]
            self._gaps[key] = list(self._taken_apart(text if whole else _BRACKETS.sub("", text)))
        return self._gaps[key]

    def _taken_apart(self, text: str) -> Iterator[_Piece]:
        end = len(text)
        for sign in reversed(list(PIECE.finditer(text))):
            yield self._piece(text[sign.end() : end], sign[0])
            end = sign.start()
        yield self._piece(text[:end], "")

    def _piece(self, text: str, sign: str) -> _Piece:
        words = NOT_WORDS.sub("", text)
        return _Piece(text, sign, len(words), self._pairs_back(words))

    def _pairs_back(self, words: str) -> list[tuple[int, str]]:
        last = len(words) - 2
        return [(last - at, pair) for at, pair in enumerate(pairs(words)) if pair in self._known]


def _own(clause: str) -> list[str]:
    """Of the last item of a clause, without what only leads over to its number."""
    own = NOT_WORDS.sub("", _SOFT.sub("", _LAST_ITEM.split(clause)[-1]))
    return pairs(own[-_BESIDE_NUMBER:])


def _vote(
    near: dict[str, float],
    known: list[tuple[int, str]],
    factor: float,
    distance: int,
    reach: float,
) -> None:
    nearness = _NEARNESS[reach]
    for at, pair in known:
        vote = factor * nearness[distance + at]
        if vote > near.get(pair, 0):
            near[pair] = vote


def _between_numbers(
    start: int, quantity: Quantity, before: list[Quantity]
) -> Iterator[tuple[int, int]]:
    """What lies between the numbers from this one back to `start`, the nearest first."""
    end = quantity.start
    for other in reversed(before):
        if other.end <= start:
            break
        yield other.end, end
        end = other.start
    else:
        if len(before) >= CROSSED:
            return
    if start < end:
        yield start, end
