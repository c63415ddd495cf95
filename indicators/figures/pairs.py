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

from indicators.figures.figure import Figure
from indicators.figures.formatting import Words, decimals_that_tell_apart, signed, unit_word
from indicators.figures.queries import figures_beside, figures_of
from indicators.measures.change import Difference, change
from indicators.models import UNITS, Direction, Jurisdiction, QuantityKind, User

BY_SIZE = (QuantityKind.COUNT, QuantityKind.AMOUNT)


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
        now, before = self.second.result, self.first.result
        if now is None or before is None or now.part_of_year != before.part_of_year:
            return None
        if now.whole_number is None or before.whole_number is None or self.definition_break:
            return None
        return change(self.second.indicator.unit, now.whole_number, before.whole_number)

    @property
    def words(self) -> Words | None:
        if self.difference is None:
            return None
        unit = UNITS[self.difference.unit]
        decimals = decimals_that_tell_apart(self.difference.number, self.difference.number * 0, 2)
        digits = signed(self.difference.number, 0 if unit.code == "rank" else decimals)
        return Words(digits, unit_word(unit))

    @property
    def why_none(self) -> str:
        if self.definition_break and self.first.has_figure and self.second.has_figure:
            return _("definition changed in %(year)s") % {"year": self.definition_break}
        return ""

    @property
    def verdict(self) -> str:
        """The second is `better`, `worse` or the `same`; empty where that cannot be said."""
        indicator = self.second.indicator
        if self.difference is None or (self.of_units and indicator.quantity_kind in BY_SIZE):
            return ""
        if indicator.direction not in (Direction.HIGHER_BETTER, Direction.LOWER_BETTER):
            return ""
        number = self.difference.number
        if not number:
            return "same"
        rises = number > 0
        return "better" if rises == (indicator.direction == Direction.HIGHER_BETTER) else "worse"


def pairs_of_units(
    user: User, unit: Jurisdiction, other: Jurisdiction, evaluation_year: int, *, tier: str
) -> list[Pair]:
    """The unit's figures held against the other's, where one of both has one."""
    figures = figures_of(user, unit, evaluation_year, tier=tier)
    return _paired(figures_beside(user, figures, other), figures)


def pairs_of_years(
    user: User, unit: Jurisdiction, first: int, second: int, *, tier: str
) -> list[Pair]:
    """The unit's figures of the second evaluation year held against those of the first."""
    before, now = (figures_of(user, unit, year, tier=tier) for year in (first, second))
    return _paired(before, now)


def _paired(first: Iterable[Figure], second: Sequence[Figure]) -> list[Pair]:
    by_indicator = {one.indicator.pk: one for one in first}
    pairs = (
        Pair(by_indicator[one.indicator.pk], one)
        for one in second
        if one.indicator.pk in by_indicator
    )
    return [one for one in pairs if one.first.has_figure or one.second.has_figure]
