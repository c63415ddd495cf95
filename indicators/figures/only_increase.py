"""What the law forbids to fall (《教育法》第五十六条), unit by unit against the year before."""

from __future__ import annotations

from indicators.figures.figure import Figure
from indicators.figures.unit_lines import UnitLine, unit_lines
from indicators.models import Indicator, Jurisdiction, User
from indicators.results import current_snapshot


def fallen(line: UnitLine) -> list[Figure]:
    """The figures of the line that are below last year's."""
    return [one for one in line.figures if one and one.change_number and one.change_number < 0]


def lines_of(
    user: User, unit: Jurisdiction, evaluation_year: int, *, tier: str
) -> tuple[list[Indicator], list[UnitLine]]:
    """The indicators that have such a target, and a line for each unit, of those of one level the
    one in which most has fallen first."""
    forbidden = current_snapshot().compared_with_last_year
    indicators, lines = unit_lines(
        user, unit, evaluation_year, tier=tier, years_shown=2, wanted=forbidden
    )
    lines.sort(key=lambda one: (one.unit.depth, -len(fallen(one))))
    return indicators, lines
