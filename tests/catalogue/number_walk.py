"""Finds every number of a Chinese text and says which of them nothing accounts for.

A number is a run of digits (half or full width, with decimals), a run of Chinese numerals, an
ordinal such as 第四, or one of the words by which a report states a full figure without digits. Of
`42余万` the whole is one number. A number is accounted for when an offset of a seed lies inside it,
or when an entry of the list of non-figures covers it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS = ("全覆盖", "全面达标", "只增不减")
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(
    "|".join(WORDS)
    + r"|第?[0-9０-９]+(?:[.．,，][0-9０-９]+)*(?:[余多]?[十百千万亿]+)*[余多]?[%％‰]?"
    + rf"|第?[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?"
)


@dataclass(frozen=True)
class Found:
    """A number of the text: characters `start` to `end`, the latter excluded."""

    start: int
    end: int
    text: str

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end


@dataclass(frozen=True)
class NonFigure:
    """Numbers that are no figures: those within a match of `pattern`, or the one at `offset`."""

    pattern: str
    offset: int | None
    reason: str

    def covers(self, text: str, number: Found) -> bool:
        if self.offset is not None:
            return number.holds(self.offset)
        return any(
            match.start() <= number.start and number.end <= match.end()
            for match in re.finditer(self.pattern, text, re.MULTILINE)
        )


def numbers(text: str) -> list[Found]:
    """All numbers in the order of the text.

    >>> [found.text for found in numbers("前3年共42余万人，居第四，占９９.６％")]
    ['3', '42余万', '第四', '９９.６％']
    """
    return [Found(m.start(), m.end(), m.group()) for m in _NUMBER.finditer(text)]


def unaccounted(text: str, offsets: set[int], non_figures: list[NonFigure]) -> list[Found]:
    """Numbers that are neither a figure of the seeds nor on the list."""
    return [
        number
        for number in numbers(text)
        if not any(number.holds(offset) for offset in offsets)
        and not any(entry.covers(text, number) for entry in non_figures)
    ]
