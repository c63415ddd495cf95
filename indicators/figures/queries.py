"""Asks for figures: a bounded number of queries, whatever the number of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from indicators.figures.corrections import Corrections
from indicators.figures.doubts import Doubts
from indicators.figures.figure import Figure
from indicators.figures.result_rows import result_rows, row_of_past
from indicators.measures.dispersion import Quartiles, quartiles_of
from indicators.models import (
    DutyArea,
    Indicator,
    Jurisdiction,
    Status,
    Tier,
    User,
    YearlyResult,
)
from indicators.results import (
    AskedIndicator,
    Key,
    Snapshot,
    before_it_began,
    current_snapshot,
    figures_of_past,
    released_numbers,
)

YEARS_SHOWN = 3  # a figure's own and the two before
YEARS_BACK = 6  # of a course through the years, before the figure's own


FigureKey = tuple[Indicator, Jurisdiction, int]


def figures_of(
    user: User,
    jurisdiction: Jurisdiction,
    evaluation_year: int,
    *,
    tier: str = Tier.REPORTED,
    years_shown: int = YEARS_SHOWN,
    snapshot: Snapshot | None = None,
    wanted: Set[int] | None = None,
) -> list[Figure]:
    """Every indicator of the unit in the evaluation year, in the catalogue's order; or those
    `wanted` (ids).

    `years_shown` are the figure's own and those before that are read with it. The value's year is
    the evaluation year plus the indicator's lag. Figures that the user may not see are left empty,
    as if nobody had reported them. `snapshot` spares who has just read the catalogue another look.
    """
    snapshot = snapshot or current_snapshot()
    places = [
        (indicator, jurisdiction, indicator.year_for(evaluation_year))
        for indicator in snapshot.indicators.values()
        if wanted is None or indicator.pk in wanted
    ]
    return _figures(user, snapshot, places, tier, years_shown)


def figures_unread(
    unit: Jurisdiction, evaluation_year: int, *, codes: Set[str] | None = None
) -> list[Figure]:
    """As `figures_of`, but nothing was read of them: not a query where the catalogue is at hand.

    Of all indicators, or those of the `codes`.
    """
    snapshot, corrections = current_snapshot(), Corrections({unit.pk})
    return [
        Figure(snapshot, one.indicator, unit, one.year, Tier.REPORTED, {}, corrections)
        for one in snapshot.asked_of(unit.pk, evaluation_year)
        if codes is None or one.code in codes
    ]


def asked_indicators(unit: Jurisdiction, evaluation_year: int) -> tuple[AskedIndicator, ...]:
    """What `figures_unread` would be figures of."""
    return current_snapshot().asked_of(unit.pk, evaluation_year)


def figures_across(user: User, figure: Figure) -> list[Figure]:
    """The figure of every unit below its own that the user may see by name, by code.

    The year before is read with it.
    """
    return figures_below(user, [figure])


def figures_below(user: User, figures: Sequence[Figure]) -> list[Figure]:
    """The same of several figures of one unit, unit by unit; those that are not asked of the units
    below are left out."""
    if not figures:
        return []
    first = figures[0]
    snapshot, above = first.snapshot, first.jurisdiction.pk
    places = [
        (figure.indicator, unit, figure.year)
        for figure in figures
        for unit in (snapshot.units[pk] for pk in snapshot.children(above, figure.year))
        if user.scope.sees_unit(unit)
    ]
    places.sort(key=lambda place: (place[1].code, place[1].valid_from))
    return _figures(user, snapshot, places, first.tier, years_shown=2, beside=first)


def figures_beside(user: User, figures: Sequence[Figure], unit: Jurisdiction) -> list[Figure]:
    """The same indicators and years of another unit, where they exist for it.

    No year before is read with them.
    """
    if not figures:
        return []
    places = [(figure.indicator, unit, figure.year) for figure in figures]
    first = figures[0]
    return _figures(user, first.snapshot, places, first.tier, 1, beside=first)


def figures_through(
    user: User, indicator: Indicator, unit: Jurisdiction, years: Iterable[int], *, tier: str
) -> list[Figure]:
    """One indicator in one unit through the years; each knows those of the others before it."""
    snapshot = current_snapshot()
    places = [(indicator, unit, year) for year in years]
    return _figures(user, snapshot, places, tier, years_shown=1)


def figures_at(
    user: User,
    places: Iterable[FigureKey],
    *,
    tier: str,
    snapshot: Snapshot | None = None,
    years_shown: int = 1,
    beside: Figure | None = None,
) -> list[Figure]:
    """The figures of some places; those where the indicator does not exist are left out.

    No year before is read with them unless more `years_shown` than their own are asked for. Who has
    the catalogue at hand gives it as `snapshot`; who shows them with another figure gives that.
    """
    return _figures(user, snapshot or current_snapshot(), places, tier, years_shown, beside)


def _figures(
    user: User,
    snapshot: Snapshot,
    places: Iterable[FigureKey],
    tier: str,
    years_shown: int,
    beside: Figure | None = None,
) -> list[Figure]:
    """The figures at the places where the indicator exists for the unit, in one query, or two.

    What is asked of all when the first is drawn is asked once with that `beside` which they are.
    """
    listed = [
        (indicator, unit, year)
        for indicator, unit, year in places
        if snapshot.reports(indicator.pk, unit.pk, year)
    ]
    units = {unit.pk: snapshot.units[unit.pk] for _indicator, unit, _year in listed}
    pairs = {
        (year - back, indicator.pk)
        for indicator, _unit, year in listed
        for back in range(years_shown)
    }
    indicators = {indicator.pk for indicator, _unit, _year in listed}
    found = result_rows(
        user,
        among=units.values(),
        years={year - back for _indicator, _unit, year in listed for back in range(years_shown)},
        tier=tier,
        indicators=indicators if len(indicators) < len(snapshot.indicators) else None,
        about=len(listed) * years_shown,
    )
    earlier = [
        Key(unit.pk, year - back, indicator.pk)
        for indicator, unit, year in listed
        for back in range(1, years_shown)
        if before_it_began(snapshot, unit.pk, year - back)
    ]
    if earlier:
        seen = YearlyResult.objects.for_user(user)
        for key, content in figures_of_past(snapshot, earlier, tier=tier, rows=seen).items():
            found[key.indicator_id, key.unit_id][key.year] = row_of_past(content)
    reached = {pk for pk, unit in units.items() if user.scope.reaches(unit)}
    corrections = beside.corrections.also_of(units) if beside else Corrections(units)
    doubts = None
    if tier == Tier.REPORTED:
        doubts = (beside and beside.doubts) or Doubts(snapshot, user, about=())
        doubts = doubts.also_of(units, pairs)
    return [
        Figure(
            snapshot=snapshot,
            indicator=indicator,
            jurisdiction=unit,
            year=year,
            tier=tier,
            results=found[indicator.pk, unit.pk],
            corrections=corrections,
            sees_units=unit.pk in reached,
            doubts=doubts,
        )
        for indicator, unit, year in listed
    ]


@dataclass(frozen=True)
class OtherUnits:
    """Units other than the user's own, without names: how many reported, and how far they lie."""

    reported: int
    expected: int
    quartiles: Quartiles | None


def other_units(user: User, figure: Figure, across: Iterable[Figure]) -> OtherUnits:
    """Quartiles of the units below the figure's that are not the user's own; `across` are those
    that the user sees by name.

    The one question that looks past the user's scope: it gives away no name. Who does not see the
    units by name is told what `models.scope` allows, to two significant digits.
    """
    place = Key(figure.jurisdiction.pk, figure.year, figure.indicator.pk)
    others = set(figure.snapshot.children(place.unit_id, place.year)) - user.scope.own
    if user.scope.reaches(figure.snapshot.units[place.unit_id]):
        seen = [f.number for f in across if f.number is not None and f.jurisdiction.pk in others]
        return OtherUnits(len(seen), len(others), quartiles_of(seen))
    reported = (
        YearlyResult.objects.in_tier(figure.tier)
        .filter(indicator=place.indicator_id, year=place.year)
        .filter(jurisdiction__in=others, number__isnull=False)
        .count()
    )
    numbers = released_numbers(figure.snapshot, place, others) if reported else []
    quartiles = quartiles_of(numbers)
    return OtherUnits(reported, len(others), quartiles and quartiles.rounded())


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
    counts: dict[DutyArea, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for figure in figures:
        counts[figure.indicator.duty_area][figure.status] += 1
        total[figure.status] += 1
    return [*(Tally(area, counted) for area, counted in counts.items()), Tally(None, total)]


def by_kind(tallied: Iterable[Tally]) -> list[tuple[str, list[Tally], Tally]]:
    """The tallies of duty areas apart from those of groups of results: what the kind is called,
    its tallies and their sum."""
    kinds: dict[str, list[Tally]] = {}
    for tally in tallied:
        if tally.area is not None:
            kinds.setdefault(tally.area.kind, []).append(tally)
    return [
        (
            str(DutyArea.Kind(kind).label),
            some,
            Tally(None, sum((tally.counts for tally in some), Counter())),
        )
        for kind, some in kinds.items()
    ]


def indicators_for(user: User) -> list[Indicator]:
    """Every indicator in the catalogue's order, if the user reads the catalogue."""
    return [*current_snapshot().indicators.values()] if user.scope.reads_catalogue else []


def indicator_for(user: User, code: str) -> Indicator | None:
    """The indicator of the code, if the user reads the catalogue."""
    snapshot = current_snapshot()
    found = snapshot.by_code.get(code)
    return snapshot.indicators[found] if found and user.scope.reads_catalogue else None
