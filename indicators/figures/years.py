"""Which years there are figures of, and which of them a page opens on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from indicators.models import Indicator, Jurisdiction, Round, User, YearlyResult
from indicators.models.prepared import prepared
from indicators.models.result import YearlyResultQuerySet, sees_as_they_run, years_by_steps
from indicators.results import current_snapshot


def evaluation_years(user: User) -> list[int]:
    """Evaluation years in which the user may see figures, latest first, strays last.

    Asked are the units at hand: what lies deeper shows in them. The unit with figures over most
    years tells of nearly all; every row of the others is looked at for those years only that are
    left between the first and the last of any unit.
    """
    ends = _first_and_last_years(user)
    if not ends:
        return []
    first = min(first for first, _last in ends.values())
    last = max(last for _first, last in ends.values())
    snapshot = current_snapshot()
    lags = {indicator.lag for indicator in snapshot.indicators.values()}
    # Of an own unit all is seen; of the city above it perhaps little.
    widest = max(ends, key=lambda unit: (unit in user.scope.own, ends[unit][1] - ends[unit][0]))
    among = [snapshot.units[widest]]
    if sees_as_they_run(user, among):
        found = _evaluated(_years_and_lags(unit=widest))
    else:
        figures = YearlyResult.objects.with_figure().for_user(user, among=among)
        found = _evaluated(_with_lags(figures))
    left = {year - lag for year in range(first, last + 1) for lag in lags} - found
    if left:
        years = {year + lag for year in left for lag in lags}
        at_hand = YearlyResult.objects.with_figure().for_user(user).filter(_at_hand(user))
        found |= _evaluated(_with_lags(at_hand.filter(year__in=years)))
    return _strays_last(found)


def _strays_last(years: Collection[int]) -> list[int]:
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
    units, above = _units_at_hand(user)
    ends = _ends(units=units, above=above)
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


def _evaluated(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {year - lag for year, lag in pairs}


def _with_lags(figures: YearlyResultQuerySet) -> QuerySet[YearlyResult, Any]:
    return figures.order_by().values_list("year", "indicator__lag").distinct()


@prepared
def _years_and_lags(unit: Any) -> QuerySet[YearlyResult, Any]:
    return _with_lags(YearlyResult.objects.with_figure().filter(jurisdiction__id=unit))


def years_of(user: User, indicator: Indicator) -> list[int]:
    """Years of values in which the user may see figures of the indicator, latest first, strays
    last; of the units at hand, in whose sums those further down show."""
    units, parents = _units_at_hand(user)
    if user.scope.reaches_all:
        later = _next_year.as_sql(indicator=indicator.pk, units=units, parents=parents)
    else:
        seen = YearlyResult.objects.for_user(user).filter(_at_hand(user))
        later = _next_year_of(seen, indicator.pk).query.sql_with_params()
    evaluated = [year - indicator.lag for year in years_by_steps(*later)]
    return [year + indicator.lag for year in _strays_last(evaluated)]


def _next_year_of(figures: YearlyResultQuerySet, indicator: Any) -> QuerySet[YearlyResult, Any]:
    found = figures.with_figure().filter(indicator__id=indicator)
    return found.of_next_year().values_list("year")


@prepared
def _next_year(indicator: Any, units: Any, parents: Any) -> QuerySet[YearlyResult, Any]:
    return _next_year_of(YearlyResult.objects.filter(_of_units(units, parents)), indicator)
