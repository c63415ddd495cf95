"""Which indicators a label of an office's own table is likely to mean, by its characters.

Decided: nearness proposes and decides nothing. Two texts are the nearer, the more pairs of
neighbouring characters they share, each weighed by how few names have it (inverse document
frequency); 专任教师 / 小学 is near 小学专任教师数 whichever part comes first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from indicators.imports.label_words import BETWEEN
from indicators.measures.running_text.catalogue import pairs
from indicators.measures.words import plain_word

NEAREST = 3
LEAST = 0.3


class Likeness:
    """Of labels with the names of things, which are given by code."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._pairs = {code: _pairs(name) for code, name in names.items()}
        known = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        self._weights = {pair: math.log(1 + len(names) / times) for pair, times in known.items()}
        self._rare = math.log(1 + len(names))

    def nearest(self, label: str) -> list[str]:
        """Codes of at most NEAREST things, the likeliest first.

        >>> named = {"a": "小学专任教师数", "b": "初中专任教师数", "c": "校舍面积"}
        >>> Likeness(named).nearest("专任教师 / 小学")
        ['a', 'b']
        """
        own = _pairs(label)
        scores = {code: self._score(own, pairs) for code, pairs in self._pairs.items()}
        near = sorted((code for code in scores if scores[code] >= LEAST), key=lambda c: -scores[c])
        return near[:NEAREST]

    def _score(self, own: set[str], other: set[str]) -> float:
        """Of all that both say, the part that they share: from 0 to 1."""
        both = self._weight(own) + self._weight(other)
        return 2 * self._weight(own & other) / both if both else 0.0

    def _weight(self, pairs: set[str]) -> float:
        return sum(self._weights.get(pair, self._rare) for pair in pairs)


def _pairs(text: str) -> set[str]:
    return {pair for part in text.split(BETWEEN) for pair in pairs(plain_word(part))}
