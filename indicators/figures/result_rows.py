"""What figures are made of: results as far as they are shown, with what was typed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

from indicators.models import Completeness, User, YearlyResult
from indicators.models.result import YearlyResultQuerySet


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
FIELDS = (*ResultRow._fields[:TYPED], *(f"revision__{name}" for name in ResultRow._fields[TYPED:]))


def result_rows(
    rows: YearlyResultQuerySet, user: User
) -> dict[tuple[int, int], dict[int, ResultRow]]:
    """The rows by indicator and unit, and then by year; the second figure where the user may see
    it."""
    found: dict[tuple[int, int], dict[int, ResultRow]] = defaultdict(dict)
    place = ("indicator_id", "jurisdiction_id", "year")
    if user.scope.whole:
        for indicator, unit, year, *content in rows.values_list(*place, *FIELDS):
            found[indicator, unit][year] = ResultRow(*content)
        return found
    told = rows.with_second(user).values_list(*place, "tells_second", *FIELDS)
    for indicator, unit, year, tells_second, *content in told:
        row = ResultRow(*content)
        found[indicator, unit][year] = row if tells_second else row._replace(**NO_SECOND)
    return found


NO_SECOND: dict[str, Any] = {
    "computed": None,
    "computed_statement": "",
    "computed_origin": "",
    "agrees": None,
}


def result_row(row: YearlyResult) -> ResultRow:
    """A row at hand, saved or not, in the same form."""
    content = (getattr(row, name) for name in ResultRow._fields[:TYPED])
    typed = (getattr(row.revision, name, None) for name in ResultRow._fields[TYPED:])
    return ResultRow(*content, *typed)
