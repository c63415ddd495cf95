"""Two figures of an indicator beside each other: of two units in a year, or of two years of a unit.

Of the years nothing in between is looked at; where the definition changed meanwhile there is no
change to tell. What is better follows the indicator's direction; of counts and amounts of two units
neither is, as the larger unit has more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from indicators.figures.figure import Figure, course_of, qualifier_of
from indicators.figures.formatting import Words, change_words
from indicators.figures.indicator_value import difference
from indicators.figures.queries import figures_beside, figures_of
from indicators.measures.change import Difference
from indicators.models import Jurisdiction, User


@dataclass(frozen=True)
class Pair:
    """`first` is what `second` is held against: the earlier year, or the other unit."""

    first: Figure
    second: Figure

    @property
    def of_units(self) -> bool:
        return self.first.jurisdiction != self.second.jurisdiction

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
    user: User, unit: Jurisdiction, other: Jurisdiction, evaluation_year: int, *, tier: str
) -> list[Pair]:
    """The unit's figures held against the other's, where one of both has one."""
    figures = figures_of(user, unit, evaluation_year, tier=tier, years_shown=1)
    return _paired(figures_beside(user, figures, other), figures)


def pairs_of_years(
    user: User, unit: Jurisdiction, first: int, second: int, *, tier: str
) -> list[Pair]:
    """The unit's figures of the second evaluation year held against those of the first."""
    before, now = (
        figures_of(user, unit, year, tier=tier, years_shown=1) for year in (first, second)
    )
    return _paired(before, now)


def _paired(first: Iterable[Figure], second: Sequence[Figure]) -> list[Pair]:
    by_indicator = {one.indicator.pk: one for one in first}
    pairs = (
        Pair(by_indicator[one.indicator.pk], one)
        for one in second
        if one.indicator.pk in by_indicator
    )
    return [one for one in pairs if one.first.has_figure or one.second.has_figure]
