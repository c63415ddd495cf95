"""Several indicators of a unit and of those below it, as a table has them: a line a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from indicators.figures.figure import Figure
from indicators.figures.queries import figures_at
from indicators.models import Indicator, Jurisdiction, User
from indicators.results import current_snapshot


@dataclass(frozen=True)
class UnitLine:
    """A unit with its figures, one for each indicator; None where it is not asked."""

    unit: Jurisdiction
    figures: list[Figure | None]


def unit_lines(
    user: User,
    unit: Jurisdiction,
    evaluation_year: int,
    *,
    tier: str,
    years_shown: int,
    wanted: Set[int],
) -> tuple[list[Indicator], list[UnitLine]]:
    """Those of the `wanted` indicators (ids) that the unit is asked, in the catalogue's order; and
    a line for the unit, then by code for those right below it that the user sees by name. One
    query.

    `years_shown` are the figures' own and those before that are read with them.
    """
    snapshot = current_snapshot()
    asked = [
        (one, one.year_for(evaluation_year))
        for pk, one in snapshot.indicators.items()
        if pk in wanted and snapshot.reports(pk, unit.pk, one.year_for(evaluation_year))
    ]
    below = {pk for _one, year in asked for pk in snapshot.children(unit.pk, year)}
    seen = {pk for pk in below if user.scope.sees_unit(snapshot.units[pk])}
    places = [(one, unit, year) for one, year in asked]
    places += [
        (one, snapshot.units[pk], year)
        for one, year in asked
        for pk in snapshot.children(unit.pk, year)
        if pk in seen
    ]
    by_unit: dict[int, dict[int, Figure]] = defaultdict(dict)
    for figure in figures_at(user, places, tier=tier, snapshot=snapshot, years_shown=years_shown):
        by_unit[figure.jurisdiction.pk][figure.indicator.pk] = figure
    units = sorted((snapshot.units[pk] for pk in by_unit), key=lambda one: (one.depth, one.code))
    return [one for one, _year in asked], [
        UnitLine(each, [by_unit[each.pk].get(one.pk) for one, _year in asked]) for each in units
    ]
