"""Quantities that stand together: the two ends of a range, and the members of a list.

Where only the last has a unit, it is that of the others too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from indicators.measures.quantities import POWERS
from indicators.measures.running_text.numbers import POWER, raised
from indicators.measures.running_text.quantity import Quantity

_LIST = re.compile("[、和与]")
_RANGE = re.compile(r" ?(?:-{1,2}|~|～|—{1,2}|–|至|到) ?")
_RANGED = ("share", "points", "money", "count", "time", "age")


def with_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """10%至15%, 300—500人: the first end takes the unit of the second where it has none.

    >>> from indicators.measures.running_text.check import read
    >>> [(str(one.value), one.unit, one.qualifier) for one in read("3至5万人").quantities]
    [('30000', '人', 'range_from'), ('50000', '人', 'range_to')]
    """
    for at, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.number]
        if first.value is None or second.value is None or not _RANGE.fullmatch(between):
            continue
        if second.sort not in _RANGED:
            continue
        if first.sort == "bare":
            first = _with_power(text, first, second)
        elif first.sort != second.sort:
            continue
        found[at] = replace(first, qualifier="range_from")
        found[at + 1] = replace(second, qualifier="range_to")
    return found


def with_lists(text: str, found: list[Quantity]) -> list[Quantity]:
    """1.2、0.3、0.9个百分点: each of a list has the unit that stands behind the last."""
    for at in range(len(found) - 2, -1, -1):
        one, then = found[at], found[at + 1]
        between = text[one.end : then.start]
        begins = text[max(0, one.start - 1) : one.start] in ("", "\n")  # 1、 is a heading
        listed = not begins and _LIST.fullmatch(between) and then.qualifier == "exact"
        if one.sort == "bare" and listed and then.sort in ("share", "points"):
            found[at] = replace(one, unit=then.unit, word=then.word, sort=then.sort)
    return found


def _with_power(text: str, first: Quantity, second: Quantity) -> Quantity:
    """3至5万人 is 3万 to 5万, and 3000至5万人 what it says."""
    power = re.search(rf"{POWER}(?=[^\d]*$)", text[second.number : second.end])
    value, place = first.value or Decimal(0), first.place
    if power and value < 1000:
        value, place = raised((value, place), POWERS[power[0]])
    return replace(
        first, value=value, place=place, unit=second.unit, word=second.word, sort=second.sort
    )
