"""What a text says of its own numbers: parts and their sum, shares, growth, differences.

Goes in: a text that was read. Comes out: each relation that its words claim, with the places of all
numbers in it, and whether they fit each other at the digits stated. Only what the words claim is
looked at: 其中 alone names some parts, which are no more than the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.measures.exact import CONTEXT, round_once
from indicators.measures.running_text.check import Reading
from indicators.measures.running_text.context import Context
from indicators.measures.running_text.quantity import Quantity

_OF_WHICH = re.compile("其中")
_TOGETHER = re.compile("[共合总]计|总共")
_SHARE = re.compile("(?:占|比[例重]|占比)[^，,。;；]{0,16}$")
_FROM_TO = re.compile(
    "(?:提高|增加|上升|增长|增|扩大|提升|下降|减少|降低|降|减|压减|压缩)(?:到|至)"
)
_COUNTED = ("count", "money")
MOST_PARTS = 12


@dataclass(frozen=True)
class Relation:
    """`kind` is sum, part, share, growth or difference; `stated` is the last of the `places`."""

    kind: str
    places: tuple[tuple[int, int], ...]
    stated: Decimal
    computed: Decimal
    agrees: bool


def relations(reading: Reading) -> list[Relation]:
    """Those of each sentence, in the order of the text.

    >>> from indicators.measures.running_text.check import read
    >>> [(one.kind, str(one.computed), one.agrees)
    ...  for one in relations(read("学校100所，其中小学60所、初中41所。"))]
    [('part', '101.0000', False)]
    """
    sentences: dict[int, list[int]] = defaultdict(list)
    for at, context in enumerate(reading.contexts):
        if not reading.reasons[at] and reading.quantities[at].value is not None:
            sentences[context.sentence].append(at)
    found: list[Relation] = []
    for members in sentences.values():
        sentence = _Sentence(reading, members)
        found += [*sentence.parts(), *sentence.shares(), *sentence.changes()]
    return sorted(found, key=lambda one: one.places[-1])


class _Sentence:
    def __init__(self, reading: Reading, members: list[int]) -> None:
        self.text, self.plain = reading.plain.text, reading.plain
        self.found: list[Quantity] = [reading.quantities[at] for at in members]
        self.told: list[Context] = [reading.contexts[at] for at in members]

    def parts(self) -> Iterator[Relation]:
        """甲 100 所，其中小学 60 所、初中 40 所: more than the whole they cannot be."""
        for at, whole in enumerate(self.found[:-1]):
            if whole.sort not in _COUNTED or not self._is_level(at):
                continue
            between = self.text[whole.end : self.found[at + 1].start]
            if not _OF_WHICH.search(between):
                continue
            parts = self._alike(at + 1, whole)
            if not parts:
                continue
            total = sum((part.value or Decimal(0) for part in parts), Decimal(0))
            # Rounded parts may pass their whole by half a last digit each.
            slack = sum((_half(part) for part in parts), _half(whole))
            value = whole.value or Decimal(0)
            exact = abs(total - value) <= slack
            if exact and len(parts) > 1:
                yield self._relation("sum", [*parts, whole], value, total, True)
            elif len(parts) > 1 or not exact:
                yield self._relation("part", [*parts, whole], value, total, total <= value + slack)

    def _alike(self, first: int, whole: Quantity) -> list[Quantity]:
        """The numbers from `first` on that count the same, up to the next that does not."""
        parts: list[Quantity] = []
        for at in range(first, min(len(self.found), first + MOST_PARTS)):
            part = self.found[at]
            gap = self.text[self.found[at - 1].end : part.start]
            same = (part.sort, part.word) == (whole.sort, whole.word)
            if not same or not self._is_level(at) or re.search("[;；]", gap):
                break
            parts.append(part)
        return parts

    def shares(self) -> Iterator[Relation]:
        """在园 100 人，其中公办 54 人，占 54%."""
        for at, share in enumerate(self.found):
            if share.sort != "share" or share.unit != "percent" or at < 2:
                continue
            part, whole = self.found[at - 1], self.found[at - 2]
            between = self.text[part.end : share.start]
            said = _OF_WHICH.search(self.text[whole.end : part.start])
            if not said or not _SHARE.search(between) or re.search("[;；]", between):
                continue
            same = part.sort == whole.sort and part.word == whole.word
            if same and part.sort in _COUNTED and whole.value:
                computed = CONTEXT.divide((part.value or Decimal(0)) * 100, whole.value)
                low, high = _bounds(part, whole, 0)
                yield self._fitting("share", [whole, part, share], computed, low, high)

    def changes(self) -> Iterator[Relation]:
        """由 40% 提高到 50%，提高 10 个百分点; 比上年的 100 增长 5%."""
        for at, change in enumerate(self.found):
            if at < 2 or self.told[at].movement not in ("up", "down"):
                continue
            before, now = self._ends(at)
            if before is None or now is None or not before.value:
                continue
            if change.sort == "share" and before.sort in _COUNTED:
                low, high = _bounds(now, before, 100)
                computed = CONTEXT.divide((now.value or Decimal(0)) * 100, before.value) - 100
            elif change.sort == "points" and before.sort == "share":
                computed = (now.value or Decimal(0)) - before.value
                slack = _half(now) + _half(before)
                low, high = computed - slack, computed + slack
            else:
                continue
            if self.told[at].movement == "down":
                computed, low, high = -computed, -high, -low
            kind = "growth" if change.sort == "share" else "difference"
            yield self._fitting(kind, [before, now, change], computed, low, high)

    def _ends(self, at: int) -> tuple[Quantity | None, Quantity | None]:
        """What the change is from, and to: 由 x 增至 y, or y 比上年的 x."""
        first, second = self.found[at - 2], self.found[at - 1]
        if (first.sort, first.word) != (second.sort, second.word):
            return None, None
        if re.search("[;；]", self.text[first.end : self.found[at].start]):
            return None, None
        if self.told[at - 2].movement == "from" and self.told[at - 1].movement == "to":
            return first, second
        if self.told[at - 1].movement == "earlier":
            return second, first
        return None, None

    def _is_level(self, at: int) -> bool:
        return not self.told[at].movement

    def _fitting(
        self, kind: str, found: list[Quantity], computed: Decimal, low: Decimal, high: Decimal
    ) -> Relation:
        """Whether the number stated, rounded as it is, lies where those of the others let it."""
        stated = found[-1].value or Decimal(0)
        half = _half(found[-1])
        agrees = low - half <= stated <= high + half
        return self._relation(kind, found, stated, computed, agrees)

    def _relation(
        self, kind: str, found: list[Quantity], stated: Decimal, computed: Decimal, agrees: bool
    ) -> Relation:
        places = tuple(self.plain.span(one.start, one.end) for one in found)
        return Relation(kind, places, stated, round_once(computed), agrees)


def _half(quantity: Quantity) -> Decimal:
    """How far the number may be from what it was rounded from; a count below 万 is exact."""
    if quantity.sort == "count" and quantity.place == 0 and quantity.qualifier == "exact":
        return Decimal(0)
    return Decimal(5).scaleb(quantity.place - 1)


def _bounds(above: Quantity, below: Quantity, less: int) -> tuple[Decimal, Decimal]:
    """Between what the share of two rounded numbers lies."""
    over, under = above.value or Decimal(0), below.value or Decimal(1)
    least = max(under - _half(below), Decimal("0.0001"))
    low = CONTEXT.divide((over - _half(above)) * 100, under + _half(below)) - less
    high = CONTEXT.divide((over + _half(above)) * 100, least) - less
    return low, high
