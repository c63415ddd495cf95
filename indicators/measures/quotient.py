"""A formula as one sum divided by another, where it is that: however it is written.

`a / (a + b) * 100`, `100 * a / b` and `a / prev(a) * 100 - 100` are; `a / b + c / d`, `a * b` and
`min(a / b, 1)` are not, but hold such. Exact, by fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Generic, TypeVar

from indicators.measures.exact import CONTEXT
from indicators.measures.formula import Formula, Node, Number, Operation, Reference

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[K]):
    """Inputs, each times a factor, and a constant."""

    factors: Mapping[K, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)

    def plus(self, other: Sum[K], times: Fraction = Fraction(1)) -> Sum[K]:
        both = dict(self.factors)
        for one, factor in other.factors.items():
            both[one] = both.get(one, Fraction(0)) + factor * times
        left = {one: factor for one, factor in both.items() if factor}
        return Sum(left, self.constant + other.constant * times)

    def scaled(self, times: Fraction) -> Sum[K]:
        return Sum[K]().plus(self, times)

    def at(self, number: Callable[[K], Decimal | None]) -> Decimal:
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
class Quotient(Generic[K]):
    over: Sum[K]
    under: Sum[K]

    @property
    def is_sum(self) -> bool:
        return not self.under.factors

    @property
    def as_constant(self) -> Fraction | None:
        if self.under.factors or self.over.factors:
            return None
        return self.over.constant / self.under.constant


def input_of(one: K) -> Quotient[K]:
    """An input by itself."""
    return Quotient(Sum({one: Fraction(1)}), _one())


def quotients_in(
    formula: Formula, resolve: Callable[[Reference], Quotient[K]]
) -> list[Quotient[K]]:
    """The formula, where it is one sum by another; else the largest parts of it that are. Constants
    are left out. `resolve` says what an input is.

    >>> from indicators.measures.formula import parse
    >>> (found,) = quotients_in(parse("a / (a + b) * 100"), lambda one: input_of(one.code))
    >>> {name: int(n) for name, n in found.over.factors.items()}, [*found.under.factors]
    ({'a': 100}, ['a', 'b'])
    >>> len(quotients_in(parse("max(a - b, 0) * a"), lambda one: input_of(one.code)))
    2
    """
    return list(_parts(formula.root, resolve))


def _parts(node: Node, resolve: Callable[[Reference], Quotient[K]]) -> Iterator[Quotient[K]]:
    found = _quotient(node, resolve)
    if found is None:
        for part in node.parts if isinstance(node, Operation) else ():
            yield from _parts(part, resolve)
    elif found.as_constant is None:
        yield found


def _one() -> Sum[K]:
    return Sum(constant=Fraction(1))


def _quotient(node: Node, resolve: Callable[[Reference], Quotient[K]]) -> Quotient[K] | None:
    if isinstance(node, Number):
        return Quotient(Sum(constant=Fraction(node.value)), _one())
    if isinstance(node, Reference):
        return resolve(node)
    if node.sign not in {"+", "-", "*", "/", "negative"}:
        return None
    parts = [_quotient(part, resolve) for part in node.parts]
    one, other = parts[0], parts[-1]
    if one is None or other is None:
        return None
    match node.sign:
        case "+":
            return _added(one, other)
        case "-":
            return _added(one, _negative(other))
        case "*":
            return _times(one, other)
        case "/":
            return _divided(one, other)
        case _:
            return _negative(one)


def _negative(one: Quotient[K]) -> Quotient[K]:
    return Quotient(one.over.scaled(Fraction(-1)), one.under)


def _added(one: Quotient[K], other: Quotient[K]) -> Quotient[K] | None:
    if one.under == other.under:
        return Quotient(one.over.plus(other.over), one.under)
    if (constant := other.as_constant) is not None:  # as in `a / b * 100 - 100`
        return Quotient(one.over.plus(one.under, constant), one.under)
    return None if one.as_constant is None else _added(other, one)


def _times(one: Quotient[K], other: Quotient[K]) -> Quotient[K] | None:
    if (constant := other.as_constant) is not None:
        return Quotient(one.over.scaled(constant), one.under)
    return None if one.as_constant is None else _times(other, one)


def _divided(one: Quotient[K], other: Quotient[K]) -> Quotient[K] | None:
    if (constant := other.as_constant) is not None:
        return Quotient(one.over.scaled(1 / constant), one.under) if constant else None
    if not (one.is_sum and other.is_sum):
        return None
    over = one.over.scaled(other.under.constant / one.under.constant)
    return Quotient(over, other.over)
