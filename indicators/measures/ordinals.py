"""Whole numbers in Chinese numerals, as headings and ranks are written: 一、 and 第十四."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
MOST = 9_999


def in_numerals(number: int) -> str:
    """The number in numerals, from 0 to 9,999. Raises ValueError for others.

    >>> in_numerals(4), in_numerals(10), in_numerals(14), in_numerals(20)
    ('四', '十', '十四', '二十')
    >>> in_numerals(105), in_numerals(110), in_numerals(2005)
    ('一百零五', '一百一十', '二千零五')
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} is not written in numerals here")
    if number < 10:
        return _DIGITS[number]
    written, skipped = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            skipped = True
            continue
        written += (_DIGITS[0] if skipped else "") + _DIGITS[digit] + _PLACES[place]
        skipped = False
    return written.removeprefix("一") if number < 20 else written
