"""Whether the figure an office stated agrees with the one computed from below."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from indicators.measures.exact import DECIMALS


def agrees(
    stated: Decimal,
    computed: Decimal,
    *,
    stated_place: int | None,
    computed_place: int | None,
    qualifier: str = "exact",
) -> bool:
    """Both compared at the coarser of their last significant places (powers of ten).

    余 (`remainder`) agrees when the computed figure, cut at that place, equals the stated one;
    超过 (`more_than`) when the computed one is greater, 以上 (`at_least`) also when it is equal,
    不足 (`less_than`) when it is less.

    >>> agrees(Decimal("54.45"), Decimal("54.4512"), stated_place=-2, computed_place=-4)
    True
    >>> agrees(Decimal(420000), Decimal(429999), stated_place=4, computed_place=0,
    ...        qualifier="remainder")
    True
    >>> agrees(Decimal(93), Decimal(93), stated_place=0, computed_place=-4, qualifier="more_than")
    False
    """
    if qualifier == "more_than":
        return computed > stated
    if qualifier == "at_least":
        return computed >= stated
    if qualifier == "less_than":
        return computed < stated
    remainder = qualifier == "remainder"
    places = [place for place in (stated_place, computed_place) if place is not None]
    place = max([-DECIMALS, *places])
    how = ROUND_DOWN if remainder else ROUND_HALF_UP
    return _at(computed, place, how) == _at(stated, place, how)


def _at(number: Decimal, place: int, rounding: str) -> Decimal:
    return number.quantize(Decimal(1).scaleb(place), context=Context(prec=50, rounding=rounding))
