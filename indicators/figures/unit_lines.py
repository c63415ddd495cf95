"""Several indicators of a unit and of those below it, as a table has them: a line a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.figures.figure import Figure
from indicators.figures.queries import figures_below
from indicators.models import Jurisdiction, User


@dataclass(frozen=True)
class UnitLine:
    """A unit with its figures, one for each indicator; None where it is not asked."""

    unit: Jurisdiction
    figures: list[Figure | None]


def unit_lines(user: User, figures: Sequence[Figure]) -> list[UnitLine]:
    """A line for the unit whose figures they are, then by code for those below it that the user
    sees by name; one query."""
    by_unit: dict[Jurisdiction, dict[int, Figure]] = defaultdict(dict)
    for one in (*figures, *figures_below(user, figures)):
        by_unit[one.jurisdiction][one.indicator.pk] = one
    lines = [
        UnitLine(unit, [known.get(one.indicator.pk) for one in figures])
        for unit, known in by_unit.items()
    ]
    return sorted(lines, key=lambda one: (one.unit.depth, one.unit.code))
