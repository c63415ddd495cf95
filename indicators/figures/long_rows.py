"""The one SELECT behind the full long format, its rows in their fixed order; and what they were."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import BooleanField, Case, CharField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, F
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from indicators.figures.corrections import before_of_all
from indicators.figures.doubts import marks
from indicators.figures.formatting import correction_words
from indicators.measures.exact import plain
from indicators.models import (
    Correction,
    DutyArea,
    Indicator,
    Jurisdiction,
    Status,
    Target,
    Tier,
    User,
    ValueRevision,
    YearlyResult,
)
from indicators.results import current_snapshot

ORDER = (
    "jurisdiction__code",
    "year",
    "indicator__duty_area__position",
    "indicator__position",
    "indicator__code",
    "pk",
)
# As pages of figures and of values go on: by what is unique, and never moves.
PLACES = ("jurisdiction_id", "year", "indicator_id")
ROWS_AT_ONCE = 2000


class Asked(NamedTuple):
    """What is asked for; None, or no code of an indicator, means all. `units` are those that a code
    means."""

    tier: str = Tier.REPORTED
    year: int | None = None
    units: tuple[Jurisdiction, ...] | None = None
    area: DutyArea | None = None
    indicator: str = ""


class Row(NamedTuple):
    """A row as the database gives it."""

    indicator: str
    name: str
    jurisdiction: str
    jurisdiction_name: str
    year: int
    number: Decimal | None
    computed: Decimal | None
    statement: str
    computed_statement: str
    state: str
    qualifier: str
    unit: str
    as_entered: str | None
    tier: str
    basis: str
    origin: str
    comparator: str | None
    target: Decimal | None
    target_to: Decimal | None
    target_is_made_up: bool
    status: str
    definition: int | None
    revision: int | None
    reported: int | None
    expected: int | None


COMPUTED = 0


class Before(NamedTuple):
    """What was approved before a correction: the version, COMPUTED where none is behind it, and
    what it says, in the base unit; for people `in_words`, where the unit or the period was
    another."""

    revision: int
    says: str
    in_words: str = ""


def standing_figures(user: User | None, asked: Asked) -> QuerySet[YearlyResult, tuple]:
    """Every figure that stands, in the order of `Row`; a user of None, the operator, gets all."""
    return _standing(user, asked).order_by(*ORDER).values_list(*_columns())


def _standing(user: User | None, asked: Asked) -> QuerySet[YearlyResult]:
    found = YearlyResult.objects.with_figure().in_tier(asked.tier)
    if user is not None:
        found = found.for_user(user)
    if asked.year is not None:
        found = found.filter(year=asked.year)
    if asked.units is not None:
        found = found.filter(jurisdiction__in=[unit.pk for unit in asked.units])
    if asked.area is not None:
        found = found.filter(indicator__duty_area=asked.area)
    if asked.indicator:
        found = found.filter(indicator__code=asked.indicator)
    computed: Combinable = F("computed")
    computed_statement: Combinable = F("computed_statement")
    status: Combinable = F("status")
    if user is not None and not user.scope.reaches_all:
        found = found.with_told(user)
        computed = Case(When(tells_second=False, then=None), default=computed)
        computed_statement = Case(
            When(tells_second=False, then=Value("")), default=computed_statement
        )
        dark = Value(Status.NO_DATA, output_field=CharField())
        status = Case(When(tells_status=False, then=dark), default=status)
    return found.annotate(
        second=computed,
        second_statement=computed_statement,
        told_status=status,
        # Gathered once: the target of a row is not joined for it.
        made_up=Case(
            When(target__in=Target.objects.made_up().order_by().values("pk"), then=True),
            default=False,
            output_field=BooleanField(),
        ),
    )


def _columns() -> tuple[str | Combinable, ...]:
    """In the order of `Row`; the annotations are those of `_standing`."""
    return (
        "indicator__code",
        _name_of("indicator"),
        "jurisdiction__code",
        _name_of("jurisdiction"),
        "year",
        "number",
        "second",
        "statement",
        "second_statement",
        "state",
        "qualifier",
        "indicator__unit",
        "revision__as_entered",
        "tier",
        "basis",
        "origin",
        "target__comparator",
        "target__value",
        "target__value_to",
        "made_up",
        "told_status",
        "definition__version",
        "revision_id",
        "reported",
        "expected",
    )


class Place(NamedTuple):
    """Where a figure is, in the order of pages: ids of unit and indicator, which never move."""

    unit: int
    year: int
    indicator: int


def rows_after(
    user: User, asked: Asked, place: Place | None, limit: int
) -> tuple[list[Row], Place | None]:
    """So many rows behind a place, and the place of the last where more may follow."""
    found = _standing(user, asked).filter(behind(place)).order_by(*PLACES)
    told = list(found.values_list(*_columns(), *PLACES)[:limit])
    last = Place._make(told[-1][-len(PLACES) :]) if len(told) == limit else None
    return [Row._make(row[: -len(PLACES)]) for row in told], last


def behind(place: Place | None) -> Q:
    """A filter on what has unit, year and indicator: those behind the place."""
    if place is None:
        return Q()
    unit, year, indicator = place
    in_year = Q(year=year, indicator__gt=indicator) | Q(year__gt=year)
    return Q(jurisdiction__gt=unit) | Q(in_year, jurisdiction=unit)


def rows(user: User | None, asked: Asked) -> Iterator[Row]:
    """The rows one by one, from a cursor: memory does not grow with their number."""
    figures = standing_figures(user, asked)
    return (Row._make(found) for found in figures.iterator(ROWS_AT_ONCE))


def before_corrections(user: User | None) -> dict[str, Before]:
    """What figures were, by `place_of` a row; of all units, as nobody is given a row not theirs."""
    found = before_of_all(user)
    if not found:
        return {}
    snapshot = current_snapshot()
    return {
        place_of(*place): Before(
            COMPUTED if isinstance(before, Correction) else before.pk,
            before.statement or before.state if before.number is None else plain(before.number),
            _otherwise(before, snapshot.indicators[snapshot.by_code[place[0]]]),
        )
        for place, before in found.items()
    }


def _otherwise(before: Correction | ValueRevision, indicator: Indicator) -> str:
    if isinstance(before, Correction) and before.is_otherwise:
        return correction_words(before, indicator)
    return ""


def doubts(user: User | None) -> dict[str, str]:
    """Codes of DoubtMark by `place_of` a row; of all units, as a mark names none behind it."""
    return {place_of(*place): mark for place, mark in marks(user).items()}


def place_of(indicator: str, jurisdiction: str, year: int) -> str:
    """A code means one unit in a year."""
    return f"{indicator} {jurisdiction} {year}"


def _name_of(thing: str) -> Combinable:
    """The name in the reader's language, as `Named.name` gives it."""
    if (get_language() or "").startswith("en"):
        return Coalesce(NullIf(f"{thing}__name_en", Value("")), f"{thing}__name_zh")
    return F(f"{thing}__name_zh")
