"""What numbers of a text may be about: indicators by their names and aliases, ready to be found.

A name is a set of pairs of neighbouring characters, each weighed by how few indicators have it; so
学 and 教育 say little and 押减 much. Names lose what only says that something is counted.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.measures.characters import as_ascii
from indicators.measures.running_text.quantity import Quantity
from indicators.measures.units import Unit

NOT_WORDS = re.compile(r"[\s“”\"'‘’《》「」·、()（）\-—]")
_COUNTED = re.compile(
    "(?:(?:人|次|条|场|件)数|场次|总数|数量|数|额|情况|(?:全国|全市|全省)?位次|比上年|比\\d{4}年|增长|变动|只增不减|达标)+$"
)


@dataclass(frozen=True)
class Subject:
    """An indicator as texts speak of it. `kind` is its quantity kind; `unit` None of a statement;
    `lag` the years from the evaluation year to that of its value."""

    code: str
    names: tuple[str, ...]
    kind: str
    unit: Unit | None = None
    lag: int = 0

    @property
    def words(self) -> frozenset[str]:
        """What may stand behind a number of it."""
        if self.unit is None:
            return frozenset()
        return frozenset((self.unit.zh, *self.unit.words))


def pairs(text: str) -> list[str]:
    """
    >>> pairs("巩固率")
    ['巩固', '固率']
    """
    return [text[at : at + 2] for at in range(len(text) - 1)]


def bare(name: str) -> str:
    """
    >>> bare("“公参民”学校数"), bare("国家社科基金项目数全国位次")
    ('公参民学校', '国家社科基金项目')
    """
    plain = NOT_WORDS.sub("", as_ascii(name))
    return _COUNTED.sub("", plain) or plain


def whole_name(text: str) -> str:
    """As two writings of one name are compared: without spaces, quotation marks, brackets."""
    return NOT_WORDS.sub("", as_ascii(text))


class Catalogue:
    """Of each pair of characters the names that have it, and its weight; and each whole name that
    only one subject has."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self.subjects = list(subjects)
        self.by_name: dict[str, int] = {}
        shared: set[str] = set()
        for at, subject in enumerate(self.subjects):
            for name in map(whole_name, subject.names):
                if name and self.by_name.setdefault(name, at) != at:
                    shared.add(name)
        for name in shared:
            del self.by_name[name]
        self.names: list[tuple[int, frozenset[str]]] = []
        having: dict[str, set[int]] = defaultdict(set)
        self.of_pair: dict[str, list[int]] = defaultdict(list)
        for at, subject in enumerate(self.subjects):
            for name in dict.fromkeys(bare(name) for name in subject.names if name):
                of_name = frozenset(pairs(name))
                for pair in of_name:
                    having[pair].add(at)
                    self.of_pair[pair].append(len(self.names))
                self.names.append((at, of_name))
        count = len(self.subjects)
        self.weight = {pair: math.log(1 + count / len(at)) for pair, at in having.items()}
        self.whole = [
            sum(self.weight[pair] for pair in of_name) or 1 for _at, of_name in self.names
        ]


def fit(quantity: Quantity, movement: str, subject: Subject) -> float:
    """How well the kinds go together: 0 not at all, 1 wholly.

    A change is never taken for a level, nor the other way.
    """
    unit, sort = subject.unit, quantity.sort
    if unit is None or sort == "statement":
        return float(unit is None and sort == "statement")
    changed = movement in ("up", "down")
    if sort == "share":
        if unit.code != quantity.unit:
            return 0
        return float(changed == (subject.kind == "growth_rate"))
    if sort == "points":
        return float(unit.code == "percentage_points" and changed)
    if sort in ("rank", "ratio"):
        return float(unit.code == "rank" if sort == "rank" else unit.is_ratio)
    if changed and not _counts_change(subject):
        return 0
    if unit.scale or unit.code == "rank" or unit.is_ratio:
        return 0
    if sort == "money":
        return float(unit.in_money and quantity.word in subject.words)
    if unit.in_money:
        return 0.6 if sort == "bare" else 0
    if sort == "bare":
        return 0.6
    return 1 if quantity.word in subject.words else 0.75


def _counts_change(subject: Subject) -> bool:
    return any(re.search("新增|增加|减少|压减", name) for name in subject.names)
