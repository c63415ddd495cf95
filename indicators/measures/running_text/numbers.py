"""Digits and Chinese numerals as exact numbers with the place of their last digit.

A number is told as it is written: 805亿 has its last digit at 8, 三千五百 at 2, 99.61 at -2.
"""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.measures.exact import CONTEXT
from indicators.measures.quantities import POWERS

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
NUMERALS = "".join(DIGITS) + "十百千万亿"
# In 3.62万人; not where the sign begins a word: 万州, 千米, 百分.
POWER = r"(?:百亿|千亿|万亿|百万|千万|亿|万(?![州盛源物众象一])|千(?![米克瓦])|百(?!分))"
# Beyond it nothing is a number that an office writes.
LONGEST = 24
_D = "一二两三四五六七八九"
_SECTION = re.compile(
    rf"(?:(?P<thousands>[{_D}]?)(?P<k>千))?[零〇]?(?:(?P<hundreds>[{_D}]?)(?P<h>百))?[零〇]?"
    rf"(?:(?P<tens>[{_D}]?)(?P<t>十))?[零〇]?(?P<ones>[{_D}])?"
)
_ONE = re.compile(f"[{_D}]")

Read = tuple[Decimal, int]


def digits(text: str, power: str = "") -> Read:
    """
    >>> digits("1,234.5", "万"), digits("99.61")
    ((Decimal('12345000'), 3), (Decimal('99.61'), -2))
    """
    bare = text.replace(",", "")
    place = POWERS[power] - len(bare.partition(".")[2])
    return _scaled(int(bare.replace(".", "")), place), place


def numerals(run: str) -> Read | None:
    """A run of numerals, perhaps with 点; None where it is no one number.

    >>> numerals("三千五百"), numerals("八点一"), numerals("二〇二一"), numerals("十二")
    ((Decimal('3500'), 2), (Decimal('8.1'), -1), (Decimal('2021'), 0), (Decimal('12'), 0))
    >>> numerals("三万五"), numerals("一亿二千万"), numerals("二三十")
    ((Decimal('35000'), 3), (Decimal('120000000'), 7), None)
    """
    if len(run) > LONGEST:
        return None
    whole, point, behind = run.partition("点")
    if point:
        left = numerals(whole)
        if left is None or not behind or any(c not in DIGITS for c in behind):
            return None
        decimals = "".join(str(DIGITS[c]) for c in behind)
        return left[0] + _scaled(int(decimals), -len(decimals)), -len(decimals)
    if len(run) > 1 and all(c in DIGITS for c in run):
        # 三五 is three to five.
        told = len(run) > 2 or "零" in run or "〇" in run
        return (Decimal(int("".join(str(DIGITS[c]) for c in run))), 0) if told else None
    return _powers(run, (("亿", 8), ("万", 4)))


def _powers(run: str, left: tuple[tuple[str, int], ...]) -> Read | None:
    if not left:
        return _section(run)
    (sign, power), *rest = left
    head, found, tail = run.rpartition(sign)
    if not found:
        return _powers(run, tuple(rest))
    high = _powers(head, left) if head else (Decimal(1), 0)
    if high is None:
        return None
    number = _scaled(int(high[0]), power)
    if not tail:
        return number, high[1] + power
    if _ONE.fullmatch(tail):  # 三万五
        return number + _scaled(DIGITS[tail], power - 1), power - 1
    low = _powers(tail, tuple(rest))
    return None if low is None else (number + low[0], low[1])


def _section(run: str) -> Read | None:
    """Below 万."""
    found = _SECTION.fullmatch(run)
    if not run or not found:
        return None
    number, place = 0, 0
    for name, sign, power in (("thousands", "k", 3), ("hundreds", "h", 2), ("tens", "t", 1)):
        if found[sign]:
            number += (DIGITS[found[name]] if found[name] else 1) * 10**power
            place = power
    if found["ones"]:
        # 三千五 is 3,500; behind 零 or 十 a digit stands for itself.
        spoken = place > 1 and run[-2] not in "零〇"
        place = place - 1 if spoken else 0
        number += DIGITS[found["ones"]] * 10**place
    elif run[-1] in "零〇" and len(run) > 1:
        return None
    return Decimal(number), 0 if place == 1 else place


def raised(read: Read, power: int) -> Read:
    """
    >>> raised((Decimal("12.3"), -1), 4)
    (Decimal('123000'), 3)
    """
    number = (read[0] * Decimal(10) ** power).normalize(CONTEXT)
    place = read[1] + power
    return (number.quantize(Decimal(1), context=CONTEXT) if place >= 0 else number), place


def _scaled(number: int, place: int) -> Decimal:
    with_place = Decimal(number).scaleb(place, CONTEXT)
    return with_place.quantize(Decimal(1), context=CONTEXT) if place > 0 else with_place
