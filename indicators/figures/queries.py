"""Asks for figures: a bounded number of queries, whatever the number of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.figures.figure import Figure
from indicators.models import DutyArea, Jurisdiction, Status, Tier, User, YearlyResult
from indicators.results import current_snapshot
from indicators.results.standard import standards


def figures_of(
    user: User, jurisdiction: Jurisdiction, evaluation_year: int, *, tier: str = Tier.REPORTED
) -> list[Figure]:
    """Every indicator of the unit in the evaluation year, in the catalogue's order.

    The value's year is the evaluation year plus the indicator's lag. Figures that the user may not
    see are left empty, as if nobody had reported them.
    """
    snapshot = current_snapshot()
    order = sorted(
        snapshot.indicators.values(),
        key=lambda i: (i.duty_area.position, i.position, i.code),
    )
    listed = [
        (indicator, year)
        for indicator in order
        for year in [indicator.year_for(evaluation_year)]
        if snapshot.reports(indicator.pk, jurisdiction.pk, year)
    ]
    years = {year - back for _indicator, year in listed for back in range(3)}
    rows = (
        YearlyResult.objects.for_user(user)
        .in_tier(tier)
        .filter(jurisdiction=jurisdiction, year__in=years)
        .select_related("revision")
    )
    found: dict[int, dict[int, YearlyResult]] = defaultdict(dict)
    for row in rows:
        found[row.indicator_id][row.year] = row
    return [
        Figure(
            snapshot=snapshot,
            indicator=indicator,
            jurisdiction=jurisdiction,
            year=year,
            tier=tier,
            result=found[indicator.pk].get(year),
            earlier=found[indicator.pk],
            standards=standards(
                snapshot.targets.get(indicator.pk, []), indicator, jurisdiction, year
            ),
        )
        for indicator, year in listed
    ]


@dataclass(frozen=True)
class Tally:
    """How many figures of a duty area have each status; None is the total of all areas."""

    area: DutyArea | None
    counts: Counter[str]

    @property
    def met(self) -> int:
        return self.counts[Status.MET]

    @property
    def near(self) -> int:
        return self.counts[Status.NEAR]

    @property
    def missed(self) -> int:
        return self.counts[Status.MISSED]

    @property
    def no_data(self) -> int:
        return self.counts[Status.NO_DATA]

    @property
    def no_target(self) -> int:
        return self.counts[Status.NO_TARGET]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def with_target(self) -> int:
        return self.met + self.near + self.missed


def tallies(figures: Iterable[Figure]) -> list[Tally]:
    """A tally for each duty area that has figures, in order, and the total last."""
    counts: dict[DutyArea, Counter[str]] = {}
    total: Counter[str] = Counter()
    for figure in figures:
        counts.setdefault(figure.indicator.duty_area, Counter())[figure.status] += 1
        total[figure.status] += 1
    return [*(Tally(area, counted) for area, counted in counts.items()), Tally(None, total)]


def evaluation_years(user: User) -> list[int]:
    """Evaluation years in which the user may see figures, latest first."""
    pairs = (
        YearlyResult.objects.for_user(user)
        .with_figure()
        .values_list("year", "indicator__lag")
        .distinct()
    )
    return sorted({year - lag for year, lag in pairs}, reverse=True)


def units_for(user: User, year: int) -> list[Jurisdiction]:
    """Units that report in the year and whose figures the user may see by name; the city first."""
    units = Jurisdiction.objects.for_user(user).valid_in(year)
    return sorted(units, key=lambda unit: (unit.level != Jurisdiction.Level.CITY, unit.code))


def unit_for(user: User, code: str, year: int) -> Jurisdiction | None:
    """The unit that the code means in the year, if the user may see it by name."""
    return Jurisdiction.objects.for_user(user).valid_in(year).filter(code=code).first()
