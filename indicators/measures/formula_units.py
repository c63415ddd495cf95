"""Whether the units in a formula fit: persons ÷ persons × 100 is per cent, a difference of two
shares is percentage points, persons + yuan is nothing.

A unit is worked out as a product of base dimensions and of hundreds (0 for a ratio or a count, 1
for per cent): persons × per cent ÷ 100 is persons, without ÷ 100 a hundred times too many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from indicators.measures.formula import Formula, Node, Number, Operation, Reference
from indicators.measures.units import Unit

Dimension = tuple[tuple[str, int], ...]
# Worth of a constant that is worked out: what counts is only whether it is the 100 of per cent.
_NO_HUNDRED = Decimal(1)


class UnitsDoNotFit(ValueError):
    """The formula combines units that do not go together. `code` is stable."""

    def __init__(self, code: str, left: str = "", right: str = "") -> None:
        super().__init__(f"{code}: {left} / {right}")
        self.code = code
        self.left = left
        self.right = right


@dataclass(frozen=True)
class Measure:
    """What a part of a formula measures. `constant` marks a bare number, which takes any unit."""

    dimension: Dimension = ()
    hundreds: int = 0
    constant: Decimal | None = None
    points: bool = False

    @property
    def name(self) -> str:
        if self.points:
            return "percentage_points"
        factors = [("percent", self.hundreds)] if self.hundreds else []
        named = [f"{n}^{power}" if power != 1 else n for n, power in [*factors, *self.dimension]]
        return "·".join(named) or "ratio"


def measure_of_unit(unit: Unit) -> Measure:
    """The measure that numbers in this unit have."""
    if unit.base == "percent":
        return Measure(hundreds=1)
    if unit.base == "percentage_points":
        return Measure(hundreds=1, points=True)
    return Measure(dimension=tuple(sorted(unit.dimension)))


def check_units(formula: Formula, result: Unit, unit_of: Callable[[str], Unit]) -> None:
    """Raises UnitsDoNotFit unless the formula, over units by code, gives the unit `result`.

    >>> from indicators.measures.formula import parse
    >>> from indicators.measures.units import UNITS
    >>> check_units(parse("persons / pupils * 100"), UNITS["percent"], UNITS.__getitem__)
    >>> check_units(parse("persons / pupils"), UNITS["percent"], UNITS.__getitem__)
    Traceback (most recent call last):
    indicators.measures.formula_units.UnitsDoNotFit: gives_another_unit: ratio / percent
    """
    found = _measure(formula.root, unit_of)
    wanted = measure_of_unit(result)
    if found.constant is None and found != wanted:
        raise UnitsDoNotFit("gives_another_unit", found.name, wanted.name)


def _measure(node: Node, unit_of: Callable[[str], Unit]) -> Measure:
    if isinstance(node, Number):
        return Measure(constant=node.value)
    if isinstance(node, Reference):
        return measure_of_unit(unit_of(node.code))
    parts: list[Measure] = []
    for inner in node.parts:  # no comprehension: its frames would double the depth of recursion
        parts.append(_measure(inner, unit_of))
    if node.sign in ("negative", "abs"):
        return parts[0]
    if node.sign in ("*", "/"):
        return _product(node, parts[0], parts[1])
    whole = parts[0]
    for part in parts[1:]:
        whole = _alike(node, whole, part)
    return whole


def _alike(node: Operation, left: Measure, right: Measure) -> Measure:
    """Both sides of + - min max measure the same; per cent less per cent is percentage points."""
    if left.constant is not None and right.constant is not None:
        return Measure(constant=_NO_HUNDRED)
    if right.constant is not None:
        return left
    if left.constant is not None:
        return right
    if (left.dimension, left.hundreds) != (right.dimension, right.hundreds):
        raise UnitsDoNotFit("different_units", left.name, right.name)
    shares = left.hundreds == 1 and not left.dimension
    if shares and node.sign == "-" and left.points == right.points:
        return Measure(hundreds=1, points=True)
    if shares and node.sign in "+-":
        # A share moved by points is a share; points added to points stay points.
        return Measure(hundreds=1, points=left.points and right.points)
    if left.points != right.points:
        raise UnitsDoNotFit("different_units", left.name, right.name)
    return left


def _product(node: Operation, left: Measure, right: Measure) -> Measure:
    sign = 1 if node.sign == "*" else -1
    if left.constant is not None and right.constant is not None:
        worth = left.constant * right.constant if sign == 1 else _NO_HUNDRED
        return Measure(constant=worth)
    if right.constant is not None:
        return _scaled(left, right.constant, sign)
    if left.constant is not None and sign == 1:
        return _scaled(right, left.constant, 1)
    powers = dict(left.dimension)
    for unit, power in right.dimension:
        powers[unit] = powers.get(unit, 0) + sign * power
    dimension = tuple(sorted((unit, power) for unit, power in powers.items() if power))
    return Measure(dimension, left.hundreds + sign * right.hundreds)


def _scaled(measure: Measure, factor: Decimal, sign: int) -> Measure:
    """× 100 makes a ratio per cent and ÷ 100 undoes it; other numbers keep the unit."""
    if factor == 100:
        return Measure(measure.dimension, measure.hundreds + sign)
    return measure
