"""Whether the units in a formula fit: persons ÷ persons × 100 is per cent, a difference of two
shares is percentage points, persons + yuan is nothing.

A unit is worked out as a product of base dimensions, of hundreds (0 for a ratio or a count, 1 for
per cent) and of thousands: persons × per cent ÷ 100 is persons, without ÷ 100 a hundred times too
many. A bare number that comes from no division keeps which unit it was given in: per cent and
persons per hundred persons are not compared, though teachers ÷ pupils × 100 may be either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from indicators.measures.formula import Formula, Node, Number, Operation, Reference
from indicators.measures.units import PERCENT, PERCENTAGE_POINTS, Dimension, Unit

_SHARES = ("", PERCENT.code, PERCENTAGE_POINTS.code)
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
    """What a part of a formula measures. `constant` marks a bare number, which takes any unit; `of`
    is the unit of a share or ratio that was given in one, empty where it was worked out."""

    dimension: Dimension = ()
    hundreds: int = 0
    thousands: int = 0
    constant: Decimal | None = None
    of: str = ""

    @property
    def name(self) -> str:
        if self.of:
            return self.of
        scales = [("percent", self.hundreds), ("permille", self.thousands)]
        factors = [*((name, power) for name, power in scales if power), *self.dimension]
        named = [f"{name}^{power}" if power != 1 else name for name, power in factors]
        return "·".join(named) or "ratio"

    @property
    def product(self) -> tuple[Dimension, int, int]:
        return self.dimension, self.hundreds, self.thousands

    @property
    def is_share(self) -> bool:
        return self.product == ((), 1, 0) and self.of in _SHARES

    @property
    def points(self) -> bool:
        return self.of == PERCENTAGE_POINTS.code


def measure_of_unit(unit: Unit) -> Measure:
    """The measure that numbers in this unit have."""
    hundreds, thousands = int(unit.scale == 2), int(unit.scale == 3)
    of = "" if unit.dimension else unit.base
    return Measure(tuple(sorted(unit.dimension)), hundreds, thousands, of=of)


def check_units(formula: Formula, result: Unit, unit_of: Callable[[str], Unit]) -> None:
    """Raises UnitsDoNotFit unless the formula, over units by code, gives the unit `result`.

    >>> from indicators.measures.formula import parse
    >>> from indicators.measures.units import PERCENT, YUAN
    >>> check_units(parse("salaries / expenditure * 100"), PERCENT, lambda code: YUAN)
    >>> check_units(parse("salaries / expenditure"), PERCENT, lambda code: YUAN)
    Traceback (most recent call last):
    indicators.measures.formula_units.UnitsDoNotFit: gives_another_unit: ratio / percent
    """
    found = _measure(formula.root, unit_of)
    wanted = measure_of_unit(result)
    fits = found.product == wanted.product and (
        found.of == wanted.of if wanted.points else found.of in ("", wanted.of)
    )
    if found.constant is None and not fits:
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
    if left.product != right.product:
        raise UnitsDoNotFit("different_units", left.name, right.name)
    if left.is_share and right.is_share and node.sign in "+-":
        if node.sign == "-" and left.points == right.points:
            return Measure(hundreds=1, of=PERCENTAGE_POINTS.code)
        # A share moved by points is a share; points added to points stay points.
        points = left.points and right.points
        return Measure(hundreds=1, of=PERCENTAGE_POINTS.code if points else PERCENT.code)
    if left.points != right.points or (left.of and right.of and left.of != right.of):
        raise UnitsDoNotFit("different_units", left.name, right.name)
    return left if left.of else right


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
    return Measure(
        tuple(sorted((unit, power) for unit, power in powers.items() if power)),
        left.hundreds + sign * right.hundreds,
        left.thousands + sign * right.thousands,
    )


def _scaled(measure: Measure, factor: Decimal, sign: int) -> Measure:
    """× 100 makes a ratio per cent and ÷ 100 undoes it, as × 1000 and ÷ 1000 per mille; other
    numbers keep the unit."""
    hundreds, thousands = sign * (factor == 100), sign * (factor == 1000)
    if not hundreds and not thousands:
        return measure
    return Measure(measure.dimension, measure.hundreds + hundreds, measure.thousands + thousands)
