"""Exact numbers: 14 integer digits and 4 decimals, rounded once, half up. Never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

INTEGER_DIGITS = 14
DECIMALS = 4
PLACE = Decimal(1).scaleb(-DECIMALS)
ZERO = Decimal(0).quantize(PLACE)
LIMIT = Decimal(10) ** INTEGER_DIGITS
KINDS = (Decimal, int, str)
CONTEXT = Context(prec=50, rounding=ROUND_HALF_UP)


class TooLong(ValueError):
    """The number has more digits than are kept, before or after the point."""


def exact(value: Any) -> Decimal:
    """`value` (Decimal, int or decimal text) with four decimals, unchanged in worth.

    Raises TooLong when a digit would be lost, TypeError for a float, ValueError for no number.

    >>> exact("95.67")
    Decimal('95.6700')
    >>> exact(Decimal("0.00001"))
    Traceback (most recent call last):
    indicators.measures.exact.TooLong: 0.00001
    """
    if isinstance(value, bool) or not isinstance(value, KINDS):
        raise TypeError(f"an exact number is a Decimal, an int or text, not {type(value).__name__}")
    try:
        number = Decimal(value)
    except ArithmeticError as error:
        raise ValueError(f"not a number: {value!r}") from error
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    # The magnitude first: quantizing 1e400 would need 400 digits.
    if number and number.adjusted() >= INTEGER_DIGITS:
        raise TooLong(str(value))
    rounded = CONTEXT.quantize(number, PLACE)
    if rounded != number:
        raise TooLong(str(value))
    return rounded or ZERO  # no negative zero


def fits(number: Decimal) -> bool:
    """Whether the number, once rounded, is within what can be kept."""
    return abs(number) < LIMIT and abs(round_once(number)) < LIMIT


def round_once(number: Decimal) -> Decimal:
    """To four places, half up: the last step of every computation, and its only rounding.

    >>> round_once(Decimal("2.00005"))
    Decimal('2.0001')
    """
    return CONTEXT.plus(number.quantize(PLACE, context=CONTEXT))  # no negative zero


def plain(number: Decimal) -> str:
    """Plain decimals without exponent or trailing zeros.

    >>> plain(Decimal("80500000000.0000"))
    '80500000000'
    >>> plain(Decimal("3.3200"))
    '3.32'
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
