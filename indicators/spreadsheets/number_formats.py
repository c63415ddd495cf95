"""What a number format of a spreadsheet says of the number: plain, per cent, or a date.

Goes in: a format's code, `0.00%`, or the number of a built-in one; comes out: a NumberFormat. Only
the first section that shows digits counts; what is quoted or escaped is decoration.
"""

from __future__ import annotations

import re
from enum import Enum


class NumberFormat(Enum):
    """How a cell shows the number that it holds."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"


# ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in the East Asian lists.
BUILT_IN = {
    **dict.fromkeys((9, 10), NumberFormat.PERCENT),
    **dict.fromkeys(
        (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), NumberFormat.DATE
    ),
}
# "text", \x and !x show a character, _x leaves its width free, *x repeats it.
DECORATION = re.compile(r'"[^"]*"?|[\\!_*].', re.DOTALL)
BRACKETS = re.compile(r"\[[^\]]*\]?")
GENERAL = re.compile(r"g/通用格式|general", re.IGNORECASE)
EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
DIGITS = re.compile(r"[0#?]")
DATE_SIGN = re.compile(r"[ymdhsegb]", re.IGNORECASE)


def number_format(code: str) -> NumberFormat:
    """What a format of one's own says.

    >>> number_format("0.00%"), number_format('0.00"%"'), number_format("yyyy年m月d日")
    (<NumberFormat.PERCENT: 'percent'>, <NumberFormat.PLAIN: 'plain'>, <NumberFormat.DATE: 'date'>)
    >>> number_format("[Red]0.00E+00"), number_format("[h]:mm")
    (<NumberFormat.PLAIN: 'plain'>, <NumberFormat.PLAIN: 'plain'>)
    """
    bare = EXPONENT.sub("", GENERAL.sub("0", DECORATION.sub("", code)))
    if re.search(r"\[(?:h+|m+|s+)\]", bare, re.IGNORECASE):
        return NumberFormat.PLAIN  # a length of time, no point in it
    for section in BRACKETS.sub("", bare).split(";"):
        if DATE_SIGN.search(section):
            return NumberFormat.DATE
        if DIGITS.search(section):
            return NumberFormat.PERCENT if "%" in section else NumberFormat.PLAIN
    return NumberFormat.PLAIN


def number_format_at(number: int, codes: dict[int, str]) -> NumberFormat:
    """What the format of that number says, given the codes that the file defines itself.

    >>> number_format_at(10, {}), number_format_at(164, {164: "0%"})
    (<NumberFormat.PERCENT: 'percent'>, <NumberFormat.PERCENT: 'percent'>)
    """
    if number in codes:
        return number_format(codes[number])
    return BUILT_IN.get(number, NumberFormat.PLAIN)
