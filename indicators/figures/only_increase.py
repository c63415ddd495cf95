"""What the law forbids to fall (《教育法》第五十六条), unit by unit against the year before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from indicators.figures.figure import Figure
from indicators.figures.queries import figures_below, figures_of
from indicators.models import Indicator, Jurisdiction, User


@dataclass(frozen=True)
class UnitLine:
    """A unit with its figures, one for each indicator; None where it is not asked."""

    unit: Jurisdiction
    figures: list[Figure | None]

    @property
    def fallen(self) -> list[Figure]:
        return [one for one in self.figures if one is not None and has_fallen(one)]


def has_fallen(figure: Figure) -> bool:
    return figure.change_number is not None and figure.change_number < 0


def lines_of(
    user: User, unit: Jurisdiction, evaluation_year: int, *, tier: str
) -> tuple[list[Indicator], list[UnitLine]]:
    """The indicators that have such a target, and a line for the unit, then for those below it
    that the user sees by name, the one in which most has fallen first; two queries of figures."""
    own = [
        one
        for one in figures_of(user, unit, evaluation_year, tier=tier)
        if one.indicator.pk in one.snapshot.compared_with_last_year
    ]
    by_unit: dict[Jurisdiction, dict[int, Figure]] = defaultdict(dict)
    for one in (*own, *figures_below(user, own)):
        by_unit[one.jurisdiction][one.indicator.pk] = one
    indicators = [one.indicator for one in own]
    lines = [
        UnitLine(below, [known.get(one.pk) for one in indicators])
        for below, known in by_unit.items()
    ]
    lines.sort(key=lambda one: (one.unit.depth, -len(one.fallen), one.unit.code))
    return indicators, lines
