"""Cells from the numbers that a spreadsheet file stores: what a person sees of a binary double.

Goes in: the digits in the file and how they are shown; comes out: a Cell. A double is read at 15
significant digits, as Excel shows it, so that 1803.5999999999999 is 1803.6 again. Everything after
that is Decimal.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Context, Decimal

from indicators.spreadsheets.cells import Cell
from indicators.spreadsheets.number_formats import NumberFormat

DIGITS = 15
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
EXACT = Context(prec=400)
DAYS = 2_958_466  # the last is 9999-12-31
START_1900 = datetime(1899, 12, 30)
START_1904 = datetime(1904, 1, 1)
# Excel counts a 29 February 1900, as Lotus did; days before it lie one further on.
NEVER_WAS = 60
SECONDS_A_DAY = 86_400


def number_cell(raw: str, shown: NumberFormat, *, since_1904: bool = False) -> Cell:
    """The cell for digits as they stand in the file.

    >>> number_cell("1803.5999999999999", NumberFormat.PLAIN).text
    '1803.6'
    >>> number_cell("0.9561", NumberFormat.PERCENT)
    Cell(kind='number', text='95.61%', number=Decimal('95.61'), percent=True, has_formula=False)
    >>> number_cell("44927", NumberFormat.DATE).text
    '2023-01-01'
    """
    number = stored_number(raw)
    if number is None:
        return Cell("text", raw)
    if shown is NumberFormat.DATE and (moment := date_text(number, since_1904=since_1904)):
        return Cell("date", moment)
    if shown is NumberFormat.PERCENT:
        text = plain_text(EXACT.scaleb(number, 2))
        return Cell("number", f"{text}%", Decimal(text), True)
    text = plain_text(number)
    return Cell("number", text, number if text == raw else Decimal(text))


def stored_number(raw: str) -> Decimal | None:
    """The number that a person sees; None for what is none, or is beyond a double.

    >>> stored_number("1.0E5"), stored_number("0.30000000000000004"), stored_number("nan")
    (Decimal('100000'), Decimal('0.3'), None)
    """
    if not NUMBER.fullmatch(raw):
        return None
    if len(raw) <= DIGITS and "e" not in raw and "E" not in raw:
        return Decimal(raw)
    double = float(raw)
    if double in (float("inf"), float("-inf")):
        return None
    return Decimal(format(double, f".{DIGITS}g"))


def plain_text(number: Decimal) -> str:
    """In plain decimals, without what a person would not type.

    >>> plain_text(Decimal("1.0E+5")), plain_text(Decimal("-0.50")), plain_text(Decimal("-0.0"))
    ('100000', '-0.5', '0')
    """
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(number: Decimal, *, since_1904: bool) -> str | None:
    """A day, a time of day, or both, to the second; None for what no calendar has.

    >>> date_text(Decimal("44927.5"), since_1904=False)
    '2023-01-01T12:00:00'
    >>> date_text(Decimal(60), since_1904=False) is None
    True
    """
    if not 0 <= number < DAYS:
        return None
    days = int(number)
    seconds = int(EXACT.to_integral_value(EXACT.multiply(number - days, Decimal(SECONDS_A_DAY))))
    if not days and not since_1904:
        return (START_1900 + timedelta(seconds=seconds)).time().isoformat() if seconds else None
    if days == NEVER_WAS and not since_1904:
        return None
    start = START_1904 if since_1904 else START_1900
    if days < NEVER_WAS and not since_1904:
        days += 1
    try:
        moment = start + timedelta(days, seconds)
    except OverflowError:
        return None
    return moment.isoformat() if seconds else moment.date().isoformat()
