"""Whether a year's figures can be believed: what is in, in time, odd, explained and corrected.

Where a round asked, reported and expected are what was submitted in it, as on its own page; else
what is there of what the unit gives or computes. Findings are what the rules find odd in what was
submitted for the year, per hundred figures of it; those to be verified are neither explained nor
approved. Corrections are approved figures of the year that became others since. What is odd or
corrected in a unit is counted for those only who may know of it, as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from indicators.figures.doubts import doubted_of
from indicators.figures.figure import Figure
from indicators.figures.progress import progress_of_round, punctual_words, rate
from indicators.figures.queries import figures_of
from indicators.figures.units import progress_of_units
from indicators.models import (
    LIT,
    Correction,
    Finding,
    Jurisdiction,
    Round,
    User,
    YearlyValue,
)
from indicators.models.prepared import prepared
from indicators.results import current_snapshot


@dataclass(frozen=True, kw_only=True)
class UnitReliability:
    """Where a round `was_asked`, `reported` are the figures that were submitted in it, of those
    `expected`; else those that are there. `punctual` is None while the unit may still be in time,
    and where no round was asked. The counts are None for those who may not know of them."""

    unit: Jurisdiction
    reported: int
    expected: int
    was_asked: bool
    punctual: bool | None
    findings: int | None
    explained: int | None
    to_verify: int | None
    corrections: int | None

    @property
    def punctual_words(self) -> str:
        return punctual_words(self.punctual) if self.was_asked else ""

    @property
    def completeness(self) -> Decimal | None:
        """Per cent."""
        return rate(self.reported, self.expected)

    @property
    def per_hundred(self) -> Decimal | None:
        """Findings per 100 reported figures."""
        return None if self.findings is None else rate(self.findings, self.reported)

    @property
    def lacking(self) -> int:
        """Figures that a round asked by a day that is past, and that did not come."""
        return self.expected - self.reported if self.punctual is False else 0

    @property
    def pressing(self) -> tuple[int, int, bool, Decimal, str]:
        """Sorts the units above first, then what is to be verified, late and incomplete."""
        complete = Decimal(0) if self.completeness is None else self.completeness
        in_time = self.punctual is not False
        return self.unit.depth, -(self.to_verify or 0), in_time, complete, self.unit.code


@dataclass(frozen=True)
class Reliability:
    """`compared` are the figures of the unit above that were stated and are worked out as well,
    those that differ first; `resting` its lights that rest on figures to be verified."""

    unit: Jurisdiction
    units: list[UnitReliability]
    compared: list[Figure]
    resting: list[Figure]

    @property
    def differing(self) -> list[Figure]:
        return [one for one in self.compared if not one.agrees]

    @property
    def below(self) -> list[UnitReliability]:
        """The units whose figures those above are made of; or the only one there is to see."""
        return [one for one in self.units if one.unit.depth == self._lowest]

    @property
    def above(self) -> list[UnitReliability]:
        return [one for one in self.units if one.unit.depth < self._lowest]

    @property
    def _lowest(self) -> int:
        return max((one.unit.depth for one in self.units), default=0)


def reliability_of(
    user: User, unit: Jurisdiction, evaluation_year: int, *, tier: str
) -> Reliability:
    """Of the units at hand, the most pressing first; `unit` is the one above them."""
    figures = figures_of(user, unit, evaluation_year, tier=tier)
    return Reliability(
        unit,
        units_reliability(user, evaluation_year, tier=tier),
        sorted(
            (one for one in figures if one.agrees is not None),
            key=lambda one: (one.agrees, one.order),
        ),
        [one for one in figures if one.doubt and one.status in LIT],
    )


def units_reliability(user: User, evaluation_year: int, *, tier: str) -> list[UnitReliability]:
    """Of the units at hand, the most pressing first; by the round of the topmost of them."""
    progress = progress_of_units(user, evaluation_year, tier=tier)
    top = min((one.unit.depth for one in progress), default=0)
    tops = [one.unit.pk for one in progress if one.unit.depth == top]
    rounds = _opened(evaluation_year=evaluation_year, cities=tops)
    asked = {row.unit.pk: row for one in rounds for row in progress_of_round(user, one).rows}
    explained, every = Counter[int](), Counter[int]()
    for unit, words in _findings(user, [row.submission.pk for row in asked.values()]):
        every[unit] += 1
        explained[unit] += words != ""
    units = [one.unit.pk for one in progress]
    to_verify = _to_verify(user, units, evaluation_year)
    corrections = _corrections(units, evaluation_year)
    found = []
    for one in progress:
        row, pk = asked.get(one.unit.pk), one.unit.pk
        counted = one if row is None else row
        found.append(
            UnitReliability(
                unit=one.unit,
                reported=counted.reported,
                expected=counted.expected,
                was_asked=row is not None,
                punctual=row.punctual if row else None,
                findings=every[pk] if row else None,
                explained=explained[pk] if row else None,
                **_counts(user, one.unit, to_verify, corrections),
            )
        )
    return sorted(found, key=lambda one: one.pressing)


def _counts(
    user: User, unit: Jurisdiction, to_verify: Mapping[int, int], corrections: Mapping[int, int]
) -> dict[str, int | None]:
    knows = unit.pk in user.scope.own or user.scope.reaches(unit)
    return {
        "to_verify": to_verify[unit.pk] if knows else None,
        "corrections": corrections[unit.pk] if knows else None,
    }


def _to_verify(user: User, units: Collection[int], evaluation_year: int) -> Counter[int]:
    """Figures in doubt of the units (ids)."""
    snapshot = current_snapshot()
    indicators = snapshot.indicators
    return Counter(
        key.unit_id
        for key in set(doubted_of(snapshot, user, units))
        if key.year == indicators[key.indicator_id].year_for(evaluation_year)
    )


@prepared
def _opened(evaluation_year: Any, cities: Any) -> QuerySet[Round]:
    return Round.objects.of_year(evaluation_year).filter(
        opened_at__isnull=False, city__id__in=cities
    )


def _findings(user: User, submissions: list[int]) -> Iterable[tuple[int, str]]:
    """The unit (id) of each of the submissions' findings, and how it was explained."""
    if not submissions:
        return []
    found = Finding.objects.for_user(user).current().filter(submission__in=submissions)
    return found.values_list("submission__jurisdiction", "explanation")


def _corrections(units: Collection[int], evaluation_year: int) -> Counter[int]:
    """Entered figures that were corrected after approval, by unit (id), each counted once. Not
    those that moved with them: the sums and shares."""
    found = _of_entered(units=units, evaluation_year=evaluation_year)
    places = {(one.jurisdiction_id, one.indicator_id) for one in found if one.moved_the_figure}
    return Counter(unit for unit, _indicator in places)


@prepared
def _of_entered(units: Any, evaluation_year: Any) -> QuerySet[Correction]:
    entered = YearlyValue.objects.filter(
        indicator=OuterRef("indicator"),
        jurisdiction=OuterRef("jurisdiction"),
        year=OuterRef("year"),
    )
    return Correction.objects.alias(evaluated=F("year") - F("indicator__lag")).filter(
        Exists(entered), jurisdiction__id__in=units, evaluated=evaluation_year
    )
