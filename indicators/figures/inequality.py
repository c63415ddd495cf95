"""How unequal the units below one are in an indicator, year by year (城乡、区域差距).

Only for those who see all of these units by name: from the measures a hidden figure could be worked
out. Only of shares, rates and averages: of counts large units have more, which is no inequality.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.functional import cached_property

from indicators.figures.figure import Figure
from indicators.figures.formatting import Words, digits, number_words
from indicators.figures.queries import YEARS_BACK, figures_at
from indicators.measures.dispersion import (
    Inequality,
    Quartiles,
    Whiskers,
    inequality_of,
    quartiles_of,
    whiskers_of,
)
from indicators.measures.plausibility import part_and_whole
from indicators.models import QuantityKind, User

COMPARED = (QuantityKind.SHARE, QuantityKind.RATE, QuantityKind.AVERAGE)
FEWEST = 3  # units; the spread of two is their two figures


@dataclass(frozen=True)
class GroupMedian:
    """The median of the units of a comparison group."""

    name: str
    units: int
    median: Words


@dataclass(frozen=True)
class YearInequality:
    """Of one year: the figures of the units, and how many units there are."""

    year: int
    figures: list[Figure]
    expected: int
    weights: dict[int, Decimal]

    @cached_property
    def numbers(self) -> list[Decimal]:
        return [one.number for one in self.figures if one.number is not None]

    @cached_property
    def quartiles(self) -> Quartiles | None:
        return quartiles_of(self.numbers)

    @cached_property
    def measures(self) -> Inequality | None:
        """Weighted only where the weight of every unit is known."""
        weights = [self.weights.get(one.jurisdiction.pk) for one in self.figures]
        known = [weight for weight in weights if weight is not None]
        return inequality_of(self.numbers, known if len(known) == len(weights) else None)

    @cached_property
    def whiskers(self) -> Whiskers | None:
        return whiskers_of(self.numbers, self.quartiles) if self.quartiles else None

    @property
    def outliers(self) -> list[Figure]:
        """The figures that stand out, the highest first."""
        ends = self.whiskers
        if ends is None:
            return []
        beyond = [
            one
            for one in self.figures
            if one.number is not None and not ends.lowest <= one.number <= ends.highest
        ]
        return sorted(beyond, key=lambda one: -(one.number or Decimal(0)))

    @property
    def lowest(self) -> Figure:
        return min(self.figures, key=lambda one: one.number or Decimal(0))

    @property
    def highest(self) -> Figure:
        return max(self.figures, key=lambda one: one.number or Decimal(0))

    @property
    def median_words(self) -> Words | None:
        return self._words(self.quartiles.median) if self.quartiles else None

    @property
    def lower_words(self) -> Words | None:
        return self._words(self.quartiles.lower) if self.quartiles else None

    @property
    def upper_words(self) -> Words | None:
        return self._words(self.quartiles.upper) if self.quartiles else None

    @property
    def variation(self) -> str:
        return digits(self.measures.variation, 3) if self.measures else ""

    @property
    def weighted(self) -> str:
        found = self.measures.weighted if self.measures else None
        return "" if found is None else digits(found, 3)

    @property
    def gini(self) -> str:
        return digits(self.measures.gini, 3) if self.measures else ""

    @property
    def times(self) -> str:
        found = self.measures.times if self.measures else None
        return "" if found is None else digits(found, 2)

    @property
    def groups(self) -> list[GroupMedian]:
        """The comparison groups, the highest first; none where there is only one."""
        by_group: dict[str, list[Decimal]] = defaultdict(list)
        for one in self.figures:
            if one.number is not None and one.jurisdiction.group:
                by_group[one.jurisdiction.group].append(one.number)
        if len(by_group) < 2:
            return []
        indicator = self.figures[0].indicator
        ordered = sorted(by_group.items(), key=lambda pair: -median(pair[1]))
        return [
            GroupMedian(name, len(numbers), number_words(median(numbers), indicator))
            for name, numbers in ordered
        ]

    def _words(self, number: Decimal) -> Words:
        return number_words(number, self.figures[0].indicator)


def inequality_through(user: User, figure: Figure) -> list[YearInequality]:
    """Year by year up to the figure's, of those years that are comparable with it and in which
    FEWEST units or more have a figure; two queries, the second for weights."""
    if figure.indicator.quantity_kind not in COMPARED:
        return []
    if not user.scope.reaches(figure.jurisdiction):
        return []
    snapshot, indicator = figure.snapshot, figure.indicator
    years = [
        year
        for year in range(figure.year - YEARS_BACK, figure.year + 1)
        if snapshot.definition_break(indicator.pk, year, figure.year) is None
    ]
    below = {year: snapshot.children(figure.jurisdiction.pk, year) for year in years}
    places = [(indicator, snapshot.units[pk], year) for year in years for pk in below[year]]
    by_year = defaultdict(list)
    for one in figures_at(user, places, tier=figure.tier, snapshot=snapshot):
        if one.number is not None and not one.is_partial:
            by_year[one.year].append(one)
    weights = _weights(user, figure, [one for some in by_year.values() for one in some])
    return [
        YearInequality(year, by_year[year], len(below[year]), weights[year])
        for year in years
        if len(by_year[year]) >= FEWEST
    ]


def definition_changed(years: Sequence[YearInequality]) -> int | None:
    """The year before which nothing is told, as the indicator meant something else."""
    if not years:
        return None
    latest = years[-1].figures[0]
    return latest.snapshot.definition_break(
        latest.indicator.pk, latest.year - YEARS_BACK, latest.year
    )


def _weights(user: User, figure: Figure, figures: list[Figure]) -> dict[int, dict[int, Decimal]]:
    """By year and unit what a share is a share of; empty where it is none of two figures."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    formula = figure.snapshot.formula(figure.indicator.pk, figure.year)
    pair = part_and_whole(formula) if formula else None
    whole = figure.snapshot.by_code.get(pair[1].code) if pair else None
    if whole is None or pair is None:
        return found
    indicator = figure.snapshot.indicators[whole]
    shown_in = {(one.jurisdiction.pk, pair[1].year_at(one.year)): one.year for one in figures}
    places = [(indicator, one.jurisdiction, pair[1].year_at(one.year)) for one in figures]
    for one in figures_at(user, places, tier=figure.tier, snapshot=figure.snapshot):
        if one.number is not None and not one.is_partial:
            year = shown_in[one.jurisdiction.pk, one.year]
            found[year][one.jurisdiction.pk] = one.number
    return found
