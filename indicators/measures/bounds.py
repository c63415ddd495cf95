"""Between which bounds a number lies that is only said to lie below or above: 不足, 超过, 余.

A sum of 60 and 不足 40 lies between 60 and 100; what is worked out from such numbers is bounded by
interval arithmetic (Moore, Interval Analysis, 1966). Qualifiers are codes as stored: exact
more_than at_least remainder less_than about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from itertools import product
from typing import NamedTuple

from indicators.measures.exact import CONTEXT, fits, round_once
from indicators.measures.formula import Formula, Node, Number, Reference

EXACT, ABOUT = "exact", "about"
_END = Decimal("Infinity")


class Bounds(NamedTuple):
    """The least and the most that a number can be; without end infinite."""

    least: Decimal
    most: Decimal

    @property
    def kept(self) -> tuple[Decimal | None, Decimal | None]:
        """As they are stored: None without end, or with more digits than are kept."""
        ends = (end if end.is_finite() and fits(end) else None for end in self)
        least, most = (None if end is None else round_once(end) for end in ends)
        return least, most


def stored(least: Decimal | None, most: Decimal | None) -> Bounds:
    """Bounds that were kept."""
    return Bounds(-_END if least is None else least, _END if most is None else most)


def bounds_of(
    number: Decimal,
    qualifier: str,
    *,
    last_place: int | None = None,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
) -> Bounds:
    """Of a number as it was entered, within the natural limits of its indicator. 约 counts as its
    number; 余 is less than one of its last place beyond.

    >>> bounds_of(Decimal(40), "less_than", lower=Decimal(0))
    Bounds(least=Decimal('0'), most=Decimal('40'))
    """
    match qualifier:
        case "less_than":
            return Bounds(stored(lower, None).least, number)
        case "more_than" | "at_least":
            return Bounds(number, stored(None, upper).most)
        case "remainder":
            beyond = _END if last_place is None else Decimal(10) ** last_place
            return Bounds(number, number + beyond)
    return Bounds(number, number)


def of_aggregate(rule: str, parts: Iterable[Bounds]) -> Bounds:
    """Of the sum, the largest or the smallest of the parts.

    >>> of_aggregate("max", [Bounds(Decimal(90), Decimal(95)), Bounds(Decimal(80), Decimal(100))])
    Bounds(least=Decimal('90'), most=Decimal('100'))
    """
    least, most = zip(*parts, strict=True)
    if rule == "sum":
        return Bounds(sum(least, Decimal(0)), sum(most, Decimal(0)))
    return Bounds(max(least), max(most)) if rule == "max" else Bounds(min(least), min(most))


def of_formula(formula: Formula, inputs: Mapping[Reference, Bounds]) -> Bounds:
    """Of a formula's number. An input that stands in it twice counts as two.

    >>> from indicators.measures.formula import parse
    >>> share = parse("part / whole * 100")
    >>> part, whole = share.references
    >>> inputs = {part: Bounds(Decimal(30), Decimal(50)), whole: Bounds(Decimal(100), Decimal(100))}
    >>> of_formula(share, inputs)
    Bounds(least=Decimal('30.0'), most=Decimal('50.0'))
    """
    with localcontext(CONTEXT):
        return _of(formula.root, inputs)


def qualifier_of(number: Decimal, bounds: Bounds, *, about: bool) -> str:
    """What is said of a number that was worked out; `about`, that one of its inputs is.

    >>> qualifier_of(Decimal(100), Bounds(Decimal(60), Decimal(100)), about=False)
    'less_than'
    """
    below, above = bounds.least < number, bounds.most > number
    if below and above:
        return ABOUT
    if below:
        return "less_than"
    if above:
        return "at_least"
    return ABOUT if about else EXACT


def _of(node: Node, inputs: Mapping[Reference, Bounds]) -> Bounds:
    if isinstance(node, Number):
        return Bounds(node.value, node.value)
    if isinstance(node, Reference):
        return inputs[node]
    parts = [_of(part, inputs) for part in node.parts]
    match node.sign:
        case "+":
            return of_aggregate("sum", parts)
        case "-":
            return of_aggregate("sum", [parts[0], _negative(parts[1])])
        case "*":
            return _product(*parts)
        case "/":
            return _quotient(*parts)
        case "negative":
            return _negative(parts[0])
        case "min" | "max":
            return of_aggregate(node.sign, parts)
        case _:
            low, high = parts[0]
            if low < 0 < high:
                return Bounds(Decimal(0), max(-low, high))
            return parts[0] if low >= 0 else _negative(parts[0])


def _negative(one: Bounds) -> Bounds:
    return Bounds(-one.most, -one.least)


def _product(one: Bounds, other: Bounds) -> Bounds:
    # Nothing of however many is nothing.
    found = [x * y if x and y else Decimal(0) for x, y in product(one, other)]
    return Bounds(min(found), max(found))


def _quotient(one: Bounds, other: Bounds) -> Bounds:
    if other.least <= 0 <= other.most or not all(end.is_finite() for end in (*one, *other)):
        return _product(one, _inverse(other))
    # In one step, as the number itself is worked out: by an inverse it would be rounded twice.
    found = [x / y for x, y in product(one, other)]
    return Bounds(min(found), max(found))


def _inverse(one: Bounds) -> Bounds:
    low, high = one
    if low < 0 < high or not (low or high):
        return Bounds(-_END, _END)
    return Bounds(1 / high if high else -_END, 1 / low if low else _END)
