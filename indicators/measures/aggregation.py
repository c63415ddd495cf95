"""How the figures of units add up to the figure of the unit above: sum, max, min, all.

A sum counts the units that reported; not applicable counts as reported. What the rest would add is
not guessed: the units still missing are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from indicators.measures.exact import TooLong, fits, round_once


class Part(NamedTuple):
    """What one unit reported: a number, a statement, or that the matter does not apply to it.

    `missing` are the units that this part itself still waits for, if it is a sum.
    """

    number: Decimal | None = None
    statement: str = ""
    not_applicable: bool = False
    last_place: int | None = None
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Whole:
    """`reported` of `expected` units gave a part; `missing` are the others, in order."""

    number: Decimal | None
    statement: str
    not_applicable: bool
    last_place: int | None
    reported: int
    expected: int
    missing: tuple[int, ...]


def aggregate(rule: str, units: Iterable[int], parts: Mapping[int, Part]) -> Whole:
    """The whole over `units` (ids) by `rule`: sum, max, min or all.

    Raises TooLong when a sum has more digits than are kept.

    >>> whole = aggregate("sum", [1, 2, 3], {1: Part(Decimal(5)), 3: Part(not_applicable=True)})
    >>> whole.number, whole.reported, whole.expected, whole.missing
    (Decimal('5.0000'), 2, 3, (2,))
    """
    expected = list(units)
    reported = [unit for unit in expected if unit in parts]
    missing = [unit for unit in expected if unit not in parts]
    for unit in reported:
        missing.extend(parts[unit].missing)
    applicable = [parts[unit] for unit in reported if not parts[unit].not_applicable]
    numbers = [part.number for part in applicable if part.number is not None]
    statements = [part.statement for part in applicable if part.statement]
    number = _number(rule, numbers)
    places = [part.last_place for part in applicable if part.last_place is not None]
    return Whole(
        number=number,
        statement=_statement(statements) if rule == "all" else "",
        not_applicable=bool(reported) and not applicable,
        last_place=max(places, default=None),
        reported=len(reported),
        expected=len(expected),
        missing=tuple(sorted(set(missing))),
    )


def _number(rule: str, numbers: list[Decimal]) -> Decimal | None:
    if not numbers or rule == "all":
        return None
    if rule != "sum":
        return max(numbers) if rule == "max" else min(numbers)
    total = sum(numbers, Decimal(0))
    if not fits(total):
        raise TooLong(str(total))
    return round_once(total)


def _statement(statements: list[str]) -> str:
    """Met when all meet it, not met when none does, else partly."""
    if not statements:
        return ""
    return statements[0] if len(set(statements)) == 1 else "partly"
