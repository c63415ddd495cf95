"""Units as lists and choices show them: those at hand first, and how far each has reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from indicators.figures.queries import Tally
from indicators.figures.years import evaluation_years
from indicators.models import Jurisdiction, Round, State, Submission, User, YearlyResult
from indicators.models.path import ids_in
from indicators.models.prepared import prepared
from indicators.models.result import YearlyResultQuerySet, sees_as_they_run
from indicators.results import Snapshot, current_snapshot

FURTHEST_LAG = 5  # as the catalogue keeps it


@dataclass(frozen=True)
class UnitProgress:
    """How a unit's figures of an evaluation year stand: of `expected`, how many were reported.

    What does not apply counts as reported; what is not available does not.
    """

    unit: Jurisdiction
    reported: int
    expected: int
    tally: Tally
    has_units: bool = False


def progress_of_units(
    user: User, evaluation_year: int, *, tier: str, under: str = ""
) -> list[UnitProgress]:
    """The progress of each unit at hand, the city first; or of the unit of the code and those right
    below it. In three queries."""
    snapshot = current_snapshot()
    units = units_near(user, evaluation_year, under)
    if under:
        units = [u for u in units if under in (u.code, _code_above(snapshot, u))]
    asked: dict[str, Any] = {
        "units": [unit.pk for unit in units],
        "years": {one.year_for(evaluation_year) for one in snapshot.indicators.values()},
        "evaluation_year": evaluation_year,
        "tier": tier,
    }
    if sees_as_they_run(user, units):
        rows = _counts_as_they_run(**asked)
    else:
        rows = list(_counts(YearlyResult.objects.for_user(user), **asked))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    reported: Counter[int] = Counter()
    for unit_id, status, count, count_answered in rows:
        counts[unit_id][status] = count
        reported[unit_id] += count_answered
    found = []
    for unit in units:
        expected = len(snapshot.asked_of(unit.pk, evaluation_year))
        tally = Tally(None, counts[unit.pk])
        below = bool(snapshot.children(unit.pk, evaluation_year))
        found.append(UnitProgress(unit, reported[unit.pk], expected, tally, below))
    return found


def _counts(
    results: YearlyResultQuerySet, units: Any, years: Any, evaluation_year: Any, tier: Any
) -> QuerySet[YearlyResult, Any]:
    """Of each unit (id) and light how many figures there are, and how many of them are answers."""
    answered = Q(number__isnull=False) | ~Q(statement="") | Q(state=State.NOT_APPLICABLE)
    return (
        results.filter(tier=tier, jurisdiction__id__in=units, year__in=years)
        .with_figure()
        .alias(evaluated=F("year") - F("indicator__lag"))
        .filter(evaluated=evaluation_year)
        .order_by()
        .values_list("jurisdiction_id", "status")
        .annotate(rows=Count("pk"), answered=Count("pk", filter=answered))
    )


@prepared
def _counts_as_they_run(**asked: Any) -> QuerySet[YearlyResult, Any]:
    return _counts(YearlyResult.objects.all(), **asked)


def top_unit(user: User) -> Jurisdiction | None:
    """The city, or what else collects, that the user's units are at or below, the topmost."""
    snapshot, scope = current_snapshot(), user.scope
    nearest = {snapshot.city_of(pk) for pk in scope.own | scope.whole | scope.named}
    found = [snapshot.units[pk] for pk in nearest if pk is not None]
    return min(found, key=lambda unit: (unit.depth, unit.code, -unit.valid_from), default=None)


def units_near(user: User, year: int, code: str = "") -> list[Jurisdiction]:
    """Units of the year that a list begins with: of the user's memberships, those above, and those
    right below where a role reaches down; and around the unit of the `code` those above it, beside
    it and right below it. As far as the user sees them by name; those above first.

    So a list is no longer in a nation than in a city.
    """
    snapshot, scope = current_snapshot(), user.scope
    near = set(scope.by_name | scope.whole)
    near.update(pk for root in scope.whole for pk in snapshot.children(root, year))
    for unit in snapshot.units.values() if code else ():
        if unit.code == code and unit.valid_in(year) and scope.sees_unit(unit):
            near.update(ids_in(unit.path), snapshot.children(unit.pk, year))
            near.update(snapshot.children(unit.parent_id or 0, year))
    units = (snapshot.units[pk] for pk in near)
    seen = (unit for unit in units if unit.valid_in(year) and scope.sees_unit(unit))
    return sorted(seen, key=_above_first)


def _above_first(unit: Jurisdiction) -> tuple[bool, int, str]:
    return (not unit.collects, unit.depth if unit.collects else 0, unit.code)


def with_units_below(units: list[Jurisdiction], year: int) -> list[Jurisdiction]:
    """Those of the units that others lie below in the year."""
    snapshot = current_snapshot()
    return [unit for unit in units if snapshot.children(unit.pk, year)]


def _code_above(snapshot: Snapshot, unit: Jurisdiction) -> str:
    return snapshot.units[unit.parent_id].code if unit.parent_id else ""


def units_to_enter_for(user: User, year: int) -> list[Jurisdiction]:
    """Units valid in the year that the user enters for or reads as one of its people, by code: the
    own ones, then those below a city that the user may enter on behalf of; and those that ended
    while a round still asks them what is of years before."""
    snapshot, scope = current_snapshot(), user.scope
    back = range(year - FURTHEST_LAG, year + 1)
    below = {pk for city in scope.enters_below for of in back for pk in snapshot.children(city, of)}
    units = [snapshot.units[pk] for pk in scope.own | below]
    found = [unit for unit in units if unit.valid_in(year)]
    ended = {one.pk: one for one in units if one.valid_to is not None and one.valid_to in back}
    if ended:
        asked = Submission.objects.asked().filter(round__evaluation_year=year)
        still = asked.filter(jurisdiction__in=ended).values_list("jurisdiction", flat=True)
        found += [ended[pk] for pk in still]
    return sorted(found, key=lambda unit: (unit.pk not in scope.own, unit.code))


def unit_for(user: User, code: str, year: int) -> Jurisdiction | None:
    """The unit that the code means in the year, if the user may see it by name."""
    scope = user.scope
    for unit in current_snapshot().units.values():
        if unit.code == code and unit.valid_in(year) and scope.sees_unit(unit):
            return unit
    return None


def year_to_enter(user: User) -> int:
    """The evaluation year of the latest round that is open for a unit of the user; without one the
    latest with figures."""
    asked = Round.objects.filter(
        submissions__jurisdiction__in=user.scope.own, closed_at__isnull=True
    )
    latest = asked.order_by("-evaluation_year").values_list("evaluation_year", flat=True).first()
    return latest or next(iter(evaluation_years(user)), timezone.localdate().year)
