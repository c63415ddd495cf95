"""A formula as one sum divided by another, where it is that: however it is written.

`a / (a + b) * 100`, `100 * a / b` and `a / prev(a) * 100 - 100` are; `a / b + c / d`, `a * b` and
`min(a, b)` are not. Exact, by fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction

from indicators.measures.exact import CONTEXT
from indicators.measures.formula import Formula, Node, Number, Reference


@dataclass(frozen=True)
class Sum:
    """Inputs, each times a factor, and a constant."""

    factors: Mapping[Reference, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)

    def plus(self, other: Sum, times: Fraction = Fraction(1)) -> Sum:
        both = dict(self.factors)
        for reference, factor in other.factors.items():
            both[reference] = both.get(reference, Fraction(0)) + factor * times
        left = {reference: factor for reference, factor in both.items() if factor}
        return Sum(left, self.constant + other.constant * times)

    def scaled(self, times: Fraction) -> Sum:
        return Sum().plus(self, times)

    def at(self, number: Callable[[Reference], Decimal | None]) -> Decimal:
        """What the inputs make without the constant; those without a number make nothing."""
        with localcontext(CONTEXT):
            parts = ((number(one), factor) for one, factor in self.factors.items())
            return sum(
                (
                    value * factor.numerator / factor.denominator
                    for value, factor in parts
                    if value is not None
                ),
                Decimal(0),
            )


@dataclass(frozen=True)
class Quotient:
    over: Sum
    under: Sum

    @property
    def is_sum(self) -> bool:
        return not self.under.factors


ONE = Sum(constant=Fraction(1))


def as_quotient(formula: Formula) -> Quotient | None:
    """None where it is not one sum by another.

    >>> from indicators.measures.formula import parse
    >>> found = as_quotient(parse("a / (a + b) * 100"))
    >>> {one.code: int(n) for one, n in found.over.factors.items()}, len(found.under.factors)
    ({'a': 100}, 2)
    >>> as_quotient(parse("a * b"))
    """
    return _quotient(formula.root)


def _quotient(node: Node) -> Quotient | None:
    if isinstance(node, Number):
        return Quotient(Sum(constant=Fraction(node.value)), ONE)
    if isinstance(node, Reference):
        return Quotient(Sum({node: Fraction(1)}), ONE)
    parts = [_quotient(part) for part in node.parts]
    if None in parts or node.sign not in _OPERATIONS:
        return None
    return _OPERATIONS[node.sign](*parts)


def _negative(one: Quotient) -> Quotient:
    return Quotient(one.over.scaled(Fraction(-1)), one.under)


def _added(one: Quotient, other: Quotient) -> Quotient | None:
    if one.under == other.under:
        return Quotient(one.over.plus(other.over), one.under)
    if other.is_sum and not other.over.factors:  # a constant, as in `a / b * 100 - 100`
        times = other.over.constant / other.under.constant
        return Quotient(one.over.plus(one.under, times), one.under)
    if one.is_sum and not one.over.factors:
        return _added(other, one)
    return None


def _times(one: Quotient, other: Quotient) -> Quotient | None:
    if not other.is_sum or other.over.factors:
        one, other = other, one
    if not other.is_sum or other.over.factors:
        return None
    times = other.over.constant / other.under.constant
    return Quotient(one.over.scaled(times), one.under)


def _divided(one: Quotient, other: Quotient) -> Quotient | None:
    if not (one.is_sum and other.is_sum) or other.over == Sum():
        return None
    if not other.over.factors:
        return Quotient(
            one.over.scaled(1 / (other.over.constant / other.under.constant)), one.under
        )
    over = one.over.scaled(other.under.constant / one.under.constant)
    return Quotient(over, other.over)


_OPERATIONS: Mapping[str, Callable[..., Quotient | None]] = {
    "+": _added,
    "-": lambda one, other: _added(one, _negative(other)),
    "*": _times,
    "/": _divided,
    "negative": _negative,
}
