"""What figures are made of: results as far as they are shown, with what was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from indicators.models import Completeness, Status, User, ValueRevision, YearlyResult
from indicators.models.prepared import Prepared, prepared
from indicators.models.result import ALL_TOLD, YearlyResultQuerySet, sees_as_they_run
from indicators.models.scope import Unit
from indicators.results import ResultContent


class RowFields(NamedTuple):
    """The fields are explained at YearlyResult, those after `revision_id` at its version.

    A plain tuple: a page has hundreds of them, and models take twice as long to make.
    """

    number: Decimal | None
    statement: str
    state: str
    reason: dict[str, Any]
    basis: str
    origin: str
    qualifier: str
    last_place: int | None
    part_of_year: bool
    computed: Decimal | None
    computed_statement: str
    computed_origin: str
    agrees: bool | None
    reported: int | None
    counted: int | None
    expected: int | None
    missing_units: list[int]
    status: str
    status_reason: dict[str, Any]
    revision_id: int | None
    as_entered: str | None
    state_reason: str | None
    period_from: int | None
    period_basis: str | None
    note: str | None


class ResultRow(Completeness, RowFields):
    """A result as pages read it."""

    __slots__ = ()


TYPED = ResultRow._fields.index("revision_id") + 1
STORED, ENTERED = ResultRow._fields[:TYPED], ResultRow._fields[TYPED:]
JOINED = tuple(f"revision__{name}" for name in ENTERED)
NOT_ENTERED = (None,) * len(ENTERED)
MANY = 200


PLACE = ("indicator_id", "jurisdiction_id", "year")


def result_rows(
    user: User,
    *,
    among: Collection[Unit],
    years: Collection[int],
    tier: str,
    indicators: Collection[int] | None = None,
    about: int,
) -> dict[tuple[int, int], dict[int, ResultRow]]:
    """The rows of the units, years and indicators (ids; None, all), by indicator and unit, and then
    by year; the second figure and the light where the user may see them.

    One query; where there are `about` so many that PostgreSQL, to join what was entered, would read
    the whole history, two.
    """
    apart = about >= MANY
    read = _read(user, among, years, tier, indicators, apart=apart)
    entered = _entered([row[-1] for row in read if row[-1] is not None]) if apart else {}
    found: dict[tuple[int, int], dict[int, ResultRow]] = defaultdict(dict)
    for indicator, unit, year, tells_second, tells_status, *content in read:
        if apart:
            content += entered.get(content[-1], NOT_ENTERED)
        row = ResultRow._make(content)
        if not tells_second:
            row = row._replace(**NO_SECOND)
        if not tells_status:
            row = row._replace(**NO_STATUS)
        found[indicator, unit][year] = row
    return found


def _read(
    user: User,
    among: Collection[Unit],
    years: Collection[int],
    tier: str,
    indicators: Collection[int] | None,
    *,
    apart: bool,
) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {"years": years, "tier": tier}
    if indicators is not None:
        asked["indicators"] = indicators
    if sees_as_they_run(user, among):
        units = [unit.pk for unit in among if user.scope.sees_unit(unit)]
        return _AS_THEY_RUN[apart](units=units, **asked)
    rows = YearlyResult.objects.for_user(user, among=among).with_told(user, among=among)
    return list(_columns(_of(rows, **asked), apart=apart))


def _of(
    rows: YearlyResultQuerySet, *, years: Any, tier: Any, indicators: Any = None
) -> YearlyResultQuerySet:
    if indicators is not None:
        rows = rows.filter(indicator__id__in=indicators)
    return rows.filter(year__in=years, tier=tier)


def _columns(rows: YearlyResultQuerySet, *, apart: bool) -> QuerySet[YearlyResult, Any]:
    fields = STORED if apart else (*STORED, *JOINED)
    return rows.values_list(*PLACE, "tells_second", "tells_status", *fields)


def _as_they_run(apart: bool) -> Prepared[Any]:
    """Of units whose results are seen while they run: what is asked most often."""

    def of_units(units: Any, **asked: Any) -> QuerySet[YearlyResult, Any]:
        told = YearlyResult.objects.filter(jurisdiction__id__in=units).annotate(**ALL_TOLD)
        return _columns(_of(told, **asked), apart=apart)

    return prepared(of_units)


_AS_THEY_RUN = {apart: _as_they_run(apart) for apart in (True, False)}


def _entered(revisions: list[int]) -> dict[int, list[Any]]:
    """Of each version (id) what pages show besides the figure itself."""
    if not revisions:
        return {}
    read = ValueRevision.objects.filter(pk__in=revisions).order_by()
    return {pk: content for pk, *content in read.values_list("pk", *ENTERED)}


NO_SECOND: dict[str, Any] = {
    "computed": None,
    "computed_statement": "",
    "computed_origin": "",
    "agrees": None,
}


NO_STATUS: dict[str, Any] = {"status": Status.NO_DATA, "status_reason": {"code": "no_last_year"}}


def result_row(row: YearlyResult) -> ResultRow:
    """A row at hand, saved or not, in the same form."""
    stored = (getattr(row, name) for name in STORED)
    entered = (getattr(row.revision, name, None) for name in ENTERED)
    return ResultRow(*stored, *entered)


def row_of_past(content: ResultContent) -> ResultRow:
    """What a unit's predecessors' figures make of a year before it began; nothing was entered."""
    return ResultRow(*(getattr(content, name) for name in STORED), *NOT_ENTERED)
