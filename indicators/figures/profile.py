"""A unit's profile: its own course through the years, beside the units of its comparison group.

Rates and statements, as in the heat map: of counts and amounts large units have more. The course
begins after the last change of the definition. The group's median is told to those only who see
the units above and beside by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import Any

from indicators.figures.boundaries import Boundaries, FigureNow, figures_now, this_year_or
from indicators.figures.figure import Figure, course_of
from indicators.figures.formatting import Words, number_words
from indicators.figures.heat import SHOWN
from indicators.figures.inequality import FEWEST
from indicators.figures.inline_graphics import Sparkline, sparkline
from indicators.figures.queries import YEARS_BACK, figures_at, figures_of
from indicators.measures.change import change
from indicators.models import Jurisdiction, Qualifier, User
from indicators.results import Snapshot, current_snapshot


@dataclass(frozen=True)
class ProfileLine:
    """`through` are the comparable years up to the figure's; `peers` the numbers of the group.
    `now` says whose figure it is over the boundary of today, `not_told` why years are left out."""

    figure: Figure
    through: Sequence[Figure]
    peers: Sequence[Decimal]
    now: FigureNow | None = None
    not_told: str = ""

    @property
    def course(self) -> Sparkline | None:
        told = [(one.year, one.number) for one in self.through if one.number is not None]
        return sparkline(told)

    @property
    def course_words(self) -> str:
        """The same for those who do not see the drawing."""
        return " → ".join(f"{one.year}: {one.value}" for one in self.through if one.value)

    @property
    def group_median(self) -> Decimal | None:
        return median(self.peers) if len(self.peers) >= FEWEST else None

    @property
    def median_words(self) -> Words | None:
        if self.group_median is None:
            return None
        return number_words(self.group_median, self.figure.indicator)

    @property
    def verdict(self) -> str:
        """Against the group's median: `better`, `worse` or the `same`; empty where none is told."""
        indicator, result = self.figure.indicator, self.figure.result
        if result is None or result.whole_number is None or self.group_median is None:
            return ""
        difference = change(indicator.unit, result.whole_number, self.group_median)
        return course_of(indicator, difference, now=result.qualifier, before=Qualifier.EXACT)


@dataclass(frozen=True)
class Profile:
    """`peers` are the other units of the comparison group, as far as they are seen by name."""

    unit: Jurisdiction
    lines: list[ProfileLine]
    peers: list[Jurisdiction]

    @property
    def refused(self) -> str:
        """Why nothing at all is told over the boundary of today, where that is one reason."""
        reasons = {one.now.refused if one.now else "" for one in self.lines}
        return reasons.pop() if len(reasons) == 1 else ""


def profile_of(
    user: User,
    unit: Jurisdiction,
    evaluation_year: int,
    *,
    tier: str,
    boundaries: str = Boundaries.THEN,
) -> Profile:
    """Rates and statements that the unit is asked or computes; two queries of figures, over the
    boundaries of now three. There it is a unit of today."""
    if boundaries == Boundaries.NOW:
        return _profile_now(user, unit, evaluation_year, tier)
    snapshot = current_snapshot()
    shown = {pk for pk, one in snapshot.indicators.items() if one.quantity_kind in SHOWN}
    asking: dict[str, Any] = {"tier": tier, "snapshot": snapshot, "wanted": shown}
    figures = figures_of(user, unit, evaluation_year, years_shown=YEARS_BACK + 1, **asking)
    if not figures:
        return Profile(unit, [], [])
    peers = _peers(user, snapshot, unit, evaluation_year)
    beside = _beside(user, figures, peers, tier)
    lines = [ProfileLine(one, _through(one), beside[one.code]) for one in figures]
    return Profile(unit, lines, peers)


def _profile_now(user: User, unit: Jurisdiction, evaluation_year: int, tier: str) -> Profile:
    """The same over the boundary that the unit has today, and that its group has; three queries of
    figures."""
    snapshot = current_snapshot()
    peers = _peers(user, snapshot, unit, this_year_or(evaluation_year))
    asked = [
        (indicator, indicator.year_for(evaluation_year))
        for indicator in snapshot.indicators.values()
        if indicator.quantity_kind in SHOWN
    ]
    places = [
        *((one, unit, year - back) for one, year in asked for back in range(YEARS_BACK + 1)),
        *((one, peer, year) for one, year in asked for peer in peers),
    ]
    through: dict[str, list[FigureNow]] = defaultdict(list)
    beside: dict[str, list[Decimal]] = defaultdict(list)
    for now in figures_now(user, places, tier=tier, snapshot=snapshot):
        figure = now.figure
        if now.unit == unit:
            through[figure.code].append(now)
        elif figure.number is not None and not figure.is_partial:
            beside[figure.code].append(figure.number)
    lines = []
    for indicator, year in asked:
        by_year = {one.figure.year: one for one in through[indicator.code]}
        if year in by_year:
            lines.append(_line_now(by_year, year, beside[indicator.code]))
    return Profile(unit, lines, peers)


def _line_now(by_year: Mapping[int, FigureNow], year: int, peers: Sequence[Decimal]) -> ProfileLine:
    now = by_year[year]
    figure = now.figure
    comparable = [
        one
        for at, one in sorted(by_year.items())
        if figure.snapshot.definition_break(figure.indicator.pk, at, year) is None
    ]
    told = [one.figure for one in comparable if one.figure.has_figure and not one.figure.is_partial]
    why = next((one.refused for one in reversed(comparable) if one.refused), "")
    return ProfileLine(figure, told, peers, now, "" if why == now.refused else why)


def _peers(user: User, snapshot: Snapshot, unit: Jurisdiction, year: int) -> list[Jurisdiction]:
    above = snapshot.units.get(unit.parent_id or 0)
    if above is None or not unit.group or not user.scope.reaches(above):
        return []
    beside = (snapshot.units[pk] for pk in snapshot.children(above.pk, year))
    return [one for one in beside if one.group_zh == unit.group_zh and one != unit]


def _through(figure: Figure) -> list[Figure]:
    """The figure and those of the comparable years before, earliest first, where there are some."""
    snapshot, indicator, unit = figure.snapshot, figure.indicator.pk, figure.jurisdiction.pk
    earlier = (
        replace(figure, year=year)
        for year in range(figure.year - YEARS_BACK, figure.year)
        if snapshot.reports(indicator, unit, year)
        and snapshot.definition_break(indicator, year, figure.year) is None
    )
    return [one for one in (*earlier, figure) if one.has_figure and not one.is_partial]


def _beside(
    user: User, figures: Sequence[Figure], peers: Sequence[Jurisdiction], tier: str
) -> dict[str, list[Decimal]]:
    places = [(one.indicator, peer, one.year) for one in figures for peer in peers]
    found: dict[str, list[Decimal]] = defaultdict(list)
    if not places:
        return found
    for one in figures_at(user, places, tier=tier, snapshot=figures[0].snapshot):
        if one.number is not None and not one.is_partial:
            found[one.code].append(one.number)
    return found
