"""Whether a year's figures can be believed: what is in, in time, odd, explained and corrected.

Findings are what the rules find odd in what was submitted for the year, per hundred reported
figures; those to be verified are neither explained nor approved. Corrections are approved figures
of the year that became others since. What is odd or corrected in a unit is counted for those only
who may know of it, as everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef

from indicators.figures.doubts import Doubts
from indicators.figures.figure import Figure
from indicators.figures.progress import punctual, punctual_words, rate
from indicators.figures.queries import figures_of
from indicators.figures.units import UnitProgress, progress_of_units
from indicators.models import (
    Correction,
    Finding,
    Jurisdiction,
    Status,
    Submission,
    User,
    YearlyValue,
)
from indicators.results import Snapshot, current_snapshot

LIT = (Status.MET, Status.NEAR, Status.MISSED)


@dataclass(frozen=True, kw_only=True)
class UnitReliability:
    """`punctual` is None while the unit may still be in time, and where no round `was_asked`. The
    counts are None for those who may not know of them."""

    progress: UnitProgress
    was_asked: bool
    punctual: bool | None
    findings: int | None
    explained: int | None
    to_verify: int | None
    corrections: int | None

    @property
    def unit(self) -> Jurisdiction:
        return self.progress.unit

    @property
    def punctual_words(self) -> str:
        return punctual_words(self.punctual) if self.was_asked else ""

    @property
    def completeness(self) -> Decimal | None:
        """Per cent."""
        return rate(self.progress.reported, self.progress.expected)

    @property
    def per_hundred(self) -> Decimal | None:
        """Findings per 100 reported figures."""
        return None if self.findings is None else rate(self.findings, self.progress.reported)

    @property
    def pressing(self) -> tuple[int, int, int, Decimal, str]:
        """Sorts the units above first, then what is to be verified, late and incomplete."""
        complete = Decimal(0) if self.completeness is None else self.completeness
        late = self.punctual is not False
        return self.unit.depth, -(self.to_verify or 0), late, complete, self.unit.code


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
        lowest = max((one.unit.depth for one in self.units), default=0)
        return [one for one in self.units if one.unit.depth == lowest]


def reliability_of(
    user: User, unit: Jurisdiction, evaluation_year: int, *, tier: str
) -> Reliability:
    """Of the units at hand, the most pressing first; `unit` is the one above them."""
    snapshot = current_snapshot()
    progress = progress_of_units(user, evaluation_year, tier=tier)
    units = _units(user, snapshot, progress, evaluation_year)
    figures = figures_of(user, unit, evaluation_year, tier=tier)
    return Reliability(
        unit,
        sorted(units, key=lambda one: one.pressing),
        sorted(
            (one for one in figures if one.agrees is not None),
            key=lambda one: (one.agrees, one.order),
        ),
        [one for one in figures if one.doubt and one.status in LIT],
    )


def _units(
    user: User, snapshot: Snapshot, progress: Iterable[UnitProgress], evaluation_year: int
) -> list[UnitReliability]:
    submissions = Submission.objects.for_user(user).filter(round__evaluation_year=evaluation_year)
    asked = {one.jurisdiction_id: one for one in submissions.select_related("round")}
    explained, every = Counter[int](), Counter[int]()
    findings = Finding.objects.for_user(user).current()
    for unit, words in findings.filter(submission__in=asked.values()).values_list(
        "submission__jurisdiction", "explanation"
    ):
        every[unit] += 1
        explained[unit] += words != ""
    to_verify = _to_verify(user, snapshot, evaluation_year)
    corrections = _corrections(evaluation_year)
    return [
        UnitReliability(
            progress=one,
            was_asked=(pk := one.unit.pk) in asked,
            punctual=punctual(asked[pk]) if pk in asked else None,
            findings=every[pk] if pk in asked else None,
            explained=explained[pk] if pk in asked else None,
            **_counts(user, one.unit, to_verify, corrections),
        )
        for one in progress
    ]


def _counts(
    user: User, unit: Jurisdiction, to_verify: Mapping[int, int], corrections: Mapping[int, int]
) -> dict[str, int | None]:
    knows = unit.pk in user.scope.own or user.scope.reaches(unit)
    return {
        "to_verify": to_verify[unit.pk] if knows else None,
        "corrections": corrections[unit.pk] if knows else None,
    }


def _to_verify(user: User, snapshot: Snapshot, evaluation_year: int) -> Counter[int]:
    """Figures in doubt by unit (id)."""
    indicators = snapshot.indicators
    return Counter(
        key.unit_id
        for key in Doubts(snapshot, user).own
        if key.year == indicators[key.indicator_id].year_for(evaluation_year)
    )


def _corrections(evaluation_year: int) -> Counter[int]:
    """Entered figures that were corrected after approval, by unit (id), each counted once. Not
    those that moved with them: the sums and shares."""
    entered = YearlyValue.objects.filter(
        indicator=OuterRef("indicator"),
        jurisdiction=OuterRef("jurisdiction"),
        year=OuterRef("year"),
    )
    found = Correction.objects.filter(Exists(entered), year=F("indicator__lag") + evaluation_year)
    places = {(one.jurisdiction_id, one.indicator_id) for one in found if one.moved_the_figure}
    return Counter(unit for unit, _indicator in places)
