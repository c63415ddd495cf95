"""Asks for figures: a bounded number of queries, whatever the number of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from indicators.figures.corrections import Corrections
from indicators.figures.doubts import Doubts
from indicators.figures.figure import Figure
from indicators.figures.result_rows import result_rows, row_of_past
from indicators.measures.dispersion import Quartiles, quartiles_of
from indicators.models import (
    DutyArea,
    Indicator,
    Jurisdiction,
    Round,
    Status,
    Tier,
    User,
    YearlyResult,
)
from indicators.models.prepared import prepared
from indicators.models.result import YearlyResultQuerySet, years_by_steps
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
    user: User, places: Iterable[FigureKey], *, tier: str, snapshot: Snapshot | None = None
) -> list[Figure]:
    """The figures of some places; those where the indicator does not exist are left out.

    No year before is read with them. Who has the catalogue at hand gives it as `snapshot`.
    """
    return _figures(user, snapshot or current_snapshot(), places, tier, years_shown=1)


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
    corrections = beside.corrections.also_of(units) if beside else Corrections(units)
    doubts = beside.doubts if beside else Doubts(snapshot, user) if tier == Tier.REPORTED else None
    return [
        Figure(
            snapshot=snapshot,
            indicator=indicator,
            jurisdiction=unit,
            year=year,
            tier=tier,
            results=found[indicator.pk, unit.pk],
            corrections=corrections,
            sees_units=user.scope.reaches(snapshot.units[unit.pk]),
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


def evaluation_years(user: User) -> list[int]:
    """Evaluation years in which the user may see figures, latest first, strays last.

    Asked are the units at hand: what lies deeper shows in them. The unit with figures over most
    years tells of nearly all; every row of the others is looked at for those years only that are
    left between the first and the last of any unit.
    """
    figures = YearlyResult.objects.with_figure()
    ends = _first_and_last_years(user)
    if not ends:
        return []
    first = min(first for first, _last in ends.values())
    last = max(last for _first, last in ends.values())
    snapshot = current_snapshot()
    lags = {indicator.lag for indicator in snapshot.indicators.values()}
    # Of an own unit all is seen; of the city above it perhaps little.
    widest = max(ends, key=lambda unit: (unit in user.scope.own, ends[unit][1] - ends[unit][0]))
    found = _evaluation_years(figures.for_user(user, among=[snapshot.units[widest]]))
    left = {year - lag for year in range(first, last + 1) for lag in lags} - found
    if left:
        years = {year + lag for year in left for lag in lags}
        at_hand = figures.for_user(user).filter(_at_hand(user))
        found |= _evaluation_years(at_hand.filter(year__in=years))
    return _strays_last(found)


def _strays_last(years: Iterable[int]) -> list[int]:
    """The latest first; a year to come for which no round is open stands last, so that no page
    opens on it."""
    this_year = timezone.localdate().year
    ahead = {year for year in years if year > this_year}
    if ahead:
        running = Round.objects.running().filter(evaluation_year__in=ahead)
        ahead -= set(running.values_list("evaluation_year", flat=True))
    return sorted(years, key=lambda year: (year in ahead, -year))


def _first_and_last_years(user: User) -> dict[int, tuple[int, int]]:
    """Of each unit at hand that has figures, by its id."""
    scope = user.scope
    ends = _ends(units=scope.by_name | scope.whole, above=scope.whole)
    return {unit: (first, last) for unit, first, last in ends if first is not None}


@prepared
def _ends(units: Any, above: Any) -> QuerySet[Jurisdiction, Any]:
    of_unit = YearlyResult.objects.with_figure().filter(jurisdiction=OuterRef("pk"))
    first = Subquery(of_unit.order_by("year").values("year")[:1])
    last = Subquery(of_unit.order_by("-year").values("year")[:1])
    at_hand = Jurisdiction.objects.filter(Q(pk__in=units) | Q(parent__id__in=above))
    return at_hand.order_by().values_list("pk", first, last)


def _at_hand(user: User) -> Q:
    """A filter on results, by unit: of the user's memberships, those above, and those right below
    where a role reaches down."""
    return _of_units(*_units_at_hand(user))


def _units_at_hand(user: User) -> tuple[list[int], list[int]]:
    """The units themselves, and those right below which they are; ids."""
    scope = user.scope
    return sorted(scope.by_name | scope.whole), sorted(scope.whole)


def _of_units(units: Any, parents: Any) -> Q:
    return Q(jurisdiction__id__in=units) | Q(jurisdiction__parent__id__in=parents)


def _evaluation_years(figures: QuerySet[YearlyResult]) -> set[int]:
    pairs = figures.values_list("year", "indicator__lag").distinct()
    return {year - lag for year, lag in pairs}


def years_of(user: User, indicator: Indicator) -> list[int]:
    """Years of values in which the user may see figures of the indicator, latest first; of the
    units at hand, in whose sums those further down show."""
    units, parents = _units_at_hand(user)
    if user.scope.reaches_all:
        later = _next_year.as_sql(indicator=indicator.pk, units=units, parents=parents)
    else:
        seen = YearlyResult.objects.for_user(user).filter(_at_hand(user))
        later = _next_year_of(seen, indicator.pk).query.sql_with_params()
    return years_by_steps(*later)[::-1]


def _next_year_of(figures: YearlyResultQuerySet, indicator: Any) -> QuerySet[YearlyResult, Any]:
    found = figures.with_figure().filter(indicator__id=indicator)
    return found.of_next_year().values_list("year")


@prepared
def _next_year(indicator: Any, units: Any, parents: Any) -> QuerySet[YearlyResult, Any]:
    return _next_year_of(YearlyResult.objects.filter(_of_units(units, parents)), indicator)


def indicators_for(user: User) -> list[Indicator]:
    """Every indicator in the catalogue's order, if the user reads the catalogue."""
    return [*current_snapshot().indicators.values()] if user.scope.reads_catalogue else []


def indicator_for(user: User, code: str) -> Indicator | None:
    """The indicator of the code, if the user reads the catalogue."""
    snapshot = current_snapshot()
    found = snapshot.by_code.get(code)
    return snapshot.indicators[found] if found and user.scope.reads_catalogue else None
