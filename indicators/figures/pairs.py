"""Two figures of an indicator beside each other: of two units in a year, or of two years of a unit.

Of the years nothing in between is looked at; where the definition changed meanwhile there is no
change to tell. What is better follows the indicator's direction; of counts and amounts of two units
neither is, as the larger unit has more. By the boundaries of today the units are those of today, so
that a year before a merger can be held against one after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from indicators.figures.boundaries import Boundaries, FigureNow, figures_now
from indicators.figures.figure import Figure, course_of, qualifier_of
from indicators.figures.formatting import Words, change_words
from indicators.figures.indicator_value import difference
from indicators.figures.queries import figures_beside, figures_of
from indicators.measures.change import Difference
from indicators.models import Indicator, Jurisdiction, User
from indicators.results import current_snapshot


@dataclass(frozen=True)
class Pair:
    """`first` is what `second` is held against: the earlier year, or the other unit. `over` says of
    both whose figures they are over the boundaries of today."""

    first: Figure
    second: Figure
    over: tuple[FigureNow, FigureNow] | None = None

    @property
    def of_units(self) -> bool:
        if self.over:
            return self.over[0].unit != self.over[1].unit
        return self.first.jurisdiction != self.second.jurisdiction

    @property
    def refused(self) -> str:
        """Why one of both, or both, cannot be told over the boundaries of today."""
        return next((one.refused for one in self.over or () if one.refused), "")

    @property
    def how_both(self) -> str:
        """What is said of both boundaries in the same words. Where these name units, which lead to
        the figures of each year, they are said of each."""
        if self.over is None or any(one.parts and not one.is_unchanged for one in self.over):
            return ""
        first, second = self.over
        return first.how if first.how == second.how else ""

    @cached_property
    def definition_break(self) -> int | None:
        """The year between them from which the figure means something else."""
        years = (self.first.year, self.second.year)
        return self.second.snapshot.definition_break(self.second.indicator.pk, *years)

    @cached_property
    def difference(self) -> Difference | None:
        if self.definition_break:
            return None
        return difference(self.second.indicator, self.second.result, self.first.result)

    @property
    def words(self) -> Words | None:
        return change_words(self.difference) if self.difference else None

    @property
    def why_none(self) -> str:
        if self.definition_break and self.first.has_figure and self.second.has_figure:
            return _("definition changed in %(year)s") % {"year": self.definition_break}
        return ""

    @property
    def verdict(self) -> str:
        """The second is `better`, `worse` or the `same`; empty where that cannot be said."""
        if self.of_units and self.second.indicator.goes_by_size:
            return ""
        now, before = qualifier_of(self.second.result), qualifier_of(self.first.result)
        return course_of(self.second.indicator, self.difference, now=now, before=before)


def pairs_of_units(
    user: User,
    unit: Jurisdiction,
    other: Jurisdiction,
    evaluation_year: int,
    *,
    tier: str,
    boundaries: str = Boundaries.THEN,
) -> list[Pair]:
    """The unit's figures held against the other's, where one of both has one. Over the boundaries
    of now they are units of today."""
    if boundaries == Boundaries.NOW:
        return _pairs_now(user, (other, evaluation_year), (unit, evaluation_year), tier)
    figures = figures_of(user, unit, evaluation_year, tier=tier, years_shown=1)
    return _paired(figures_beside(user, figures, other), figures)


def pairs_of_years(
    user: User,
    unit: Jurisdiction,
    first: int,
    second: int,
    *,
    tier: str,
    boundaries: str = Boundaries.THEN,
) -> list[Pair]:
    """The unit's figures of the second evaluation year held against those of the first. Over the
    boundaries of now it is a unit of today."""
    if boundaries == Boundaries.NOW:
        return _pairs_now(user, (unit, first), (unit, second), tier)
    before, now = (
        figures_of(user, unit, year, tier=tier, years_shown=1) for year in (first, second)
    )
    return _paired(before, now)


def why_none_paired(pairs: Sequence[Pair]) -> str:
    """Why nothing at all can be compared over the boundaries of today, where that is one reason."""
    reasons = {one.refused for one in pairs}
    return reasons.pop() if len(reasons) == 1 else ""


def boundary_of_all(pairs: Sequence[Pair]) -> str:
    """What is said of the boundaries in all pairs alike; empty where they need a word each."""
    said = {one.how_both for one in pairs}
    return said.pop() if len(said) == 1 else ""


def _paired(first: Iterable[Figure], second: Sequence[Figure]) -> list[Pair]:
    by_indicator = {one.indicator.pk: one for one in first}
    pairs = (
        Pair(by_indicator[one.indicator.pk], one)
        for one in second
        if one.indicator.pk in by_indicator
    )
    return [one for one in pairs if one.first.has_figure or one.second.has_figure]


Side = tuple[Jurisdiction, int]  # a unit of today and an evaluation year


def _pairs_now(user: User, first: Side, second: Side, tier: str) -> list[Pair]:
    """Where one of both has a figure, or may have one that cannot be told; three queries of
    figures."""
    snapshot = current_snapshot()
    indicators = snapshot.indicators.values()

    def place(indicator: Indicator, side: Side) -> tuple[Indicator, Jurisdiction, int]:
        return indicator, side[0], indicator.year_for(side[1])

    places = [place(indicator, side) for side in (first, second) for indicator in indicators]
    found = {
        (one.figure.indicator, one.unit, one.figure.year): one
        for one in figures_now(user, places, tier=tier, snapshot=snapshot)
    }
    pairs = []
    for indicator in indicators:
        before, now = (found.get(place(indicator, side)) for side in (first, second))
        if before and now:
            pairs.append(Pair(before.figure, now.figure, (before, now)))
    return [one for one in pairs if one.first.has_figure or one.second.has_figure or one.refused]
