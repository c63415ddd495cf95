"""Whether a quantity of a text agrees with the figure that it is about.

The figure is right and the text is judged. Exactly meant, a number agrees when it is the figure's,
and agrees rounded when the figure, rounded to the digits that the text states, is the number. 余
and 超过 agree as the figure was stored; where it was stored exactly they must be the figure cut at
the last digit stated: they are no licence to say less.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from indicators.measures.running_text.quantity import Quantity

ROUNDS = Context(prec=50, rounding=ROUND_HALF_UP)
CUTS = Context(prec=50, rounding=ROUND_DOWN)
BEYOND = ("more_than", "at_least", "remainder")


@dataclass(frozen=True)
class ComparableFigure:
    """A figure: its number, None of a statement, which is met or not. Its value is of `year`, and
    its period begins in `since`."""

    year: int
    number: Decimal | None = None
    qualifier: str = "exact"
    statement: str = ""
    since: int | None = None

    def is_of(self, year: int) -> bool:
        return (self.since or self.year) <= year <= self.year


def verdict(quantity: Quantity, known: ComparableFigure) -> str:
    """agrees, agrees_rounded or differs.

    >>> from indicators.measures.running_text.check import read
    >>> def of(text, number):
    ...     return verdict(read(text).quantities[0], ComparableFigure(2021, Decimal(number)))
    >>> of("54.45%", "54.45"), of("54.5%", "54.45"), of("54.4%", "54.45"), of("超过40%", "54.45")
    ('agrees', 'agrees_rounded', 'differs', 'differs')
    """
    if quantity.sort == "statement":
        return "agrees" if known.statement == "met" else "differs"
    if quantity.value is None or known.number is None:
        return "differs"
    said, stored = quantity.qualifier, known.qualifier
    if quantity.value == known.number:
        if said == stored or _as_good(said, stored):
            return "agrees"
        if stored != "exact":
            return "agrees_rounded"
        return "differs" if said in ("more_than", "less_than") else "agrees_rounded"
    if stored in BEYOND and said in BEYOND:
        return "differs"
    return "agrees_rounded" if _stands_for(quantity, known.number) else "differs"


def _as_good(said: str, stored: str) -> bool:
    """余 and 超过 say the same of the same number; the end of a range says its number."""
    return (said in BEYOND and stored in BEYOND) or (
        said in ("range_from", "range_to") and stored == "exact"
    )


def _stands_for(quantity: Quantity, number: Decimal) -> bool:
    value, said = quantity.value or Decimal(0), quantity.qualifier
    if said in BEYOND:
        return number > value and _at(number, _last_digit(value, quantity.place), CUTS) == value
    if said == "less_than":
        step = Decimal(1).scaleb(_last_digit(value, quantity.place))
        return value - step <= number < value
    place = _last_digit(value, quantity.place) if said == "about" else quantity.place
    return _at(number, place, ROUNDS) == _at(value, place, ROUNDS)


def _last_digit(value: Decimal, place: int) -> int:
    """Of a round number the place of its last digit that is not 0: 80 is told to the ten."""
    exponent = value.normalize().as_tuple().exponent
    return max(place, int(exponent)) if value else place


def _at(number: Decimal, place: int, context: Context) -> Decimal:
    return number.quantize(Decimal(1).scaleb(place), context=context)
