"""What is said of a number goes along with what is worked out from it: 不足, 超过, 余, 约.

A number that is only said to lie below or above makes sums and shares that do. Codes as stored:
exact more_than at_least remainder less_than about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from indicators.measures.formula import Formula, Node, Number, Reference, value_of

EXACT, MORE_THAN, AT_LEAST, REMAINDER, LESS_THAN, ABOUT = (
    "exact",
    "more_than",
    "at_least",
    "remainder",
    "less_than",
    "about",
)


class _Side(NamedTuple):
    """Whether the true number may lie `below` or `above` the one kept, and if it surely does."""

    below: bool = False
    above: bool = False
    surely: bool = False

    @property
    def turned(self) -> _Side:
        return _Side(self.above, self.below, self.surely)

    def beside(self, other: _Side) -> _Side:
        return _Side(
            self.below or other.below, self.above or other.above, self.surely or other.surely
        )

    def times(self, sign: Decimal) -> _Side:
        """As it is after multiplying by a number of that sign; by 0 it may lie on either side."""
        if not sign:
            either = self.below or self.above
            return _Side(either, either)
        return self if sign > 0 else self.turned


_SIDES = {
    EXACT: _Side(),
    MORE_THAN: _Side(above=True, surely=True),
    REMAINDER: _Side(above=True, surely=True),
    AT_LEAST: _Side(above=True),
    LESS_THAN: _Side(below=True, surely=True),
    ABOUT: _Side(below=True, above=True),
}


def of_sum(qualifiers: Iterable[str]) -> str:
    """What is said of a sum, by what is said of its parts.

    >>> of_sum(["exact", "less_than"]), of_sum(["less_than", "remainder"]), of_sum(["exact"])
    ('less_than', 'about', 'exact')
    """
    side = _Side()
    for qualifier in set(qualifiers):
        side = side.beside(_SIDES[qualifier])
    return _word(side)


def of_formula(
    formula: Formula, qualifiers: Mapping[Reference, str], numbers: Mapping[Reference, Decimal]
) -> str:
    """What is said of a formula's number, by what is said of its inputs.

    >>> from indicators.measures.formula import parse
    >>> share = parse("part / whole * 100")
    >>> part, whole = share.references
    >>> numbers = {part: Decimal(1), whole: Decimal(2)}
    >>> of_formula(share, {part: "exact", whole: "less_than"}, numbers)
    'more_than'
    """
    if set(qualifiers.values()) <= {EXACT}:
        return EXACT
    return _word(_side(formula.root, qualifiers, numbers))


def _word(side: _Side) -> str:
    if side.below and side.above:
        return ABOUT
    if side.below:
        return LESS_THAN
    if side.above:
        return MORE_THAN if side.surely else AT_LEAST
    return EXACT


def _side(
    node: Node, qualifiers: Mapping[Reference, str], numbers: Mapping[Reference, Decimal]
) -> _Side:
    if isinstance(node, Number):
        return _Side()
    if isinstance(node, Reference):
        return _SIDES[qualifiers[node]]
    sides = [_side(part, qualifiers, numbers) for part in node.parts]
    values = [value_of(part, numbers) for part in node.parts]
    match node.sign:
        case "-":
            return sides[0].beside(sides[1].turned)
        case "*":
            return sides[0].times(values[1]).beside(sides[1].times(values[0]))
        case "/":
            return sides[0].times(values[1]).beside(sides[1].turned.times(values[0]))
        case "negative":
            return sides[0].turned
        case "abs":
            return sides[0].times(values[0])
    side = sides[0]  # of a sum, the least or the largest
    for other in sides[1:]:
        side = side.beside(other)
    return side
