"""Lets the rules look at what came to stand as reported, by whichever door, and keeps their doubts.

Decided: a trigger notes where a figure came to stand; the rules look after the save is committed,
at the end of the request or command, so that they can neither slow nor undo it. What was not looked
at stays noted for the next time. A figure that the office approved is not doubted; one that a note,
or words to a finding of its version, explain is not either. A sum is never doubted itself: it rests
on figures that are.

Where the catalogue says otherwise what is odd (a rule, a definition, a target), what is not
approved is looked at again, a bounded number at a time. When a figure changes, doubted figures that
were compared with it are looked at the next time; all others when their own unit saves or submits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from contextvars import ContextVar
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from indicators.models import (
    Basis,
    Doubt,
    DueExamination,
    Finding,
    Jurisdiction,
    RuleKind,
    Tier,
    YearlyResult,
)
from indicators.models.bulk import MANY
from indicators.results import (
    Broken,
    Explanation,
    Snapshot,
    check,
    current_snapshot,
    inherited,
    inputs_with_drafts,
    last_year,
    notes_and_versions,
    successors,
    version_of,
    worked_out_from,
)

log = logging.getLogger(__name__)

IndicatorYear = tuple[int, int]
# Rules that hold a unit's figures against those of the units beside or below it.
COMPARE_UNITS = (RuleKind.OUTLIER, RuleKind.CITY_TOTAL)
AT_ONCE = 12  # units and years, at the end of a request that let fewer stand itself
_stood: ContextVar[int] = ContextVar("_stood", default=0)  # at how many units and years


class ExaminationMiddleware:
    """Looks at what a request let stand, once it is committed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _stood.set(0)
        try:
            response = self.get_response(request)
            if _stood.get():
                examine_or_leave(at_most=max(AT_ONCE, _stood.get()))
            return response
        finally:
            _stood.reset(before)


def examine_at_the_end(places: int = 1) -> None:
    """Let the request look at what it lets stand now, at so many units and years, if this
    transaction is committed: before its answer tells anybody of sums that rest on it."""
    transaction.on_commit(partial(_something_stood, places))


def examine_otherwise(places: Collection[tuple[int, int]] | None = None) -> None:
    """Look again at what stands as reported and not as approved, as other things are odd now: at
    the places (unit and year), or at all."""
    found = _reported_not_approved().order_by().values_list("jurisdiction_id", "year").distinct()
    DueExamination.objects.bulk_create(
        (
            DueExamination(jurisdiction_id=unit, year=year)
            for unit, year in found
            if places is None or (unit, year) in places
        ),
        batch_size=MANY,
    )
    examine_at_the_end()


def examine_anew(unit: int, years: Collection[int]) -> None:
    """Look at the unit's figures of the years though none came to stand: other words explain it."""
    DueExamination.objects.bulk_create(
        DueExamination(jurisdiction_id=unit, year=year) for year in sorted(years)
    )
    examine_at_the_end()


def _something_stood(places: int) -> None:
    _stood.set(_stood.get() + places)


def examine_or_leave(*, at_most: int | None = None) -> None:
    """The save is done, whatever happens here; what could not be looked at stays due."""
    try:
        examine_due(at_most=at_most)
    except Exception:
        log.exception("figures that came to stand were not examined")


def examine_due(*, at_most: int | None = None) -> int:
    """Look wherever a figure came to stand since the last time; how many units were looked at.

    The latest first, where there are more units and years than `at_most`.
    """
    rows = DueExamination.objects.order_by("follows", "-pk")
    due: dict[tuple[int, int], list[int]] = {}
    changed: dict[int, set[int]] = {}
    for pk, unit, year, follows in rows.values_list(
        "pk", "jurisdiction_id", "year", "follows"
    ).iterator():
        if (unit, year) not in due and len(due) == at_most:
            break
        due.setdefault((unit, year), []).append(pk)
        if not follows:
            changed.setdefault(unit, set()).add(year)
    if not due:
        return 0
    snapshot = current_snapshot()
    units = sorted({unit for unit, _year in due})
    followed = 0
    for unit in units:
        mine = {year: pks for (of, year), pks in due.items() if of == unit}
        with transaction.atomic():
            # One at a time: what was read earlier must not be written later.
            Jurisdiction.objects.select_for_update(no_key=True).filter(pk=unit).first()
            _examine(snapshot, unit, set(mine))
            done = [pk for pks in mine.values() for pk in pks]
            DueExamination.objects.filter(pk__in=done).delete()
            if unit in changed:
                followed += _others_follow(snapshot, unit, changed[unit])
                followed += _later_follow(snapshot, unit, changed[unit])
    if followed and at_most is None:
        return len(units) + examine_due()
    return len(units)


def _others_follow(snapshot: Snapshot, unit: int, years: Collection[int]) -> int:
    """Doubted figures of other units that were compared with the unit's are due; how many units and
    years. One query, and one more where there are some."""
    above = snapshot.units[unit].parent_id
    compared = Doubt.objects.filter(
        Q(jurisdiction__parent=above) | Q(jurisdiction=above),
        rule__kind__in=COMPARE_UNITS,
        year__in=years,
    ).exclude(jurisdiction=unit)
    places = compared.order_by().values_list("jurisdiction_id", "year").distinct()
    rows = [DueExamination(jurisdiction_id=pk, year=year, follows=True) for pk, year in places]
    DueExamination.objects.bulk_create(rows)
    return len(rows)


def _later_follow(snapshot: Snapshot, unit: int, years: Collection[int]) -> int:
    """Due is what is compared with the unit's figures further on than its own next year: the next
    year of a unit that goes on with them, and all years that are reckoned from one of these; how
    many units and years. At most one query."""
    bases = {
        (dependent.reference.year, dependent.definition.valid_from)
        for several in snapshot.dependents.values()
        for dependent in several
        if dependent.reference.year in years
    }
    reckoned = {
        year
        for base, valid_from in bases
        if base is not None
        for year in range(max(base, valid_from) + 1, last_year() + 1)
    }
    rows = [
        DueExamination(jurisdiction_id=one, year=year, follows=True)
        for one in successors(snapshot, unit)
        for year in sorted(reckoned if one == unit else reckoned | set(years))
    ]
    DueExamination.objects.bulk_create(rows)
    return len(rows)


def _examine(snapshot: Snapshot, unit: int, years: set[int]) -> None:
    """Replace the unit's doubts in all years whose figures are compared with those of `years`."""
    lags = {indicator.lag for indicator in snapshot.indicators.values()}
    evaluated = {year - lag for of in years for year in (of, of + 1) for lag in lags}
    open_places = _not_approved(unit, {year + lag for year in evaluated for lag in lags})
    wanted: dict[tuple[int, int, int], Doubt] = {}
    for evaluation_year in sorted(evaluated):
        places = {
            (pk, year)
            for pk, year in open_places
            if snapshot.indicators[pk].year_for(evaluation_year) == year
        }
        if places:
            for one in _unexplained(snapshot, unit, evaluation_year, places):
                wanted[one.indicator_id, one.year, one.rule.pk] = _doubt(snapshot, unit, one)
    kept = Doubt.objects.filter(jurisdiction=unit).annotate(
        evaluation_year=F("year") - F("indicator__lag")
    )
    stored = {
        (one.indicator_id, one.year, one.rule_id): one
        for one in kept.filter(evaluation_year__in=evaluated)
    }
    gone = [
        one.pk
        for place, one in stored.items()
        if place not in wanted or wanted[place].details != one.details
    ]
    Doubt.objects.filter(pk__in=gone).delete()
    Doubt.objects.bulk_create(
        one
        for place, one in wanted.items()
        if place not in stored or stored[place].details != one.details
    )


def _not_approved(unit: int, years: Collection[int]) -> set[IndicatorYear]:
    """The unit's figures that stand as reported and, as they are, not as approved; sums are none of
    its own."""
    reported = _reported_not_approved().filter(jurisdiction=unit, year__in=years)
    rows = reported.values_list("indicator_id", "year", "basis", "expected")
    return {
        (pk, year)
        for pk, year, basis, expected in rows
        if expected is None or basis == Basis.STATED
    }


def _reported_not_approved() -> QuerySet[YearlyResult]:
    place = {name: OuterRef(name) for name in ("jurisdiction", "indicator", "year")}
    same = Q(number=OuterRef("number")) | Q(number__isnull=True)
    approved = YearlyResult.objects.in_tier(Tier.APPROVED).with_figure()
    stands = approved.filter(
        same, statement=OuterRef("statement"), state=OuterRef("state"), **place
    )
    return YearlyResult.objects.in_tier(Tier.REPORTED).with_figure().filter(~Exists(stands))


def _unexplained(
    snapshot: Snapshot, unit: int, evaluation_year: int, places: Collection[IndicatorYear]
) -> list[Broken]:
    """What the rules find at the places as they were reported, and nothing explains."""
    rule_inputs = inputs_with_drafts(snapshot, unit, evaluation_year, [])
    broken = check(snapshot, unit, evaluation_year, rule_inputs)
    if not any((one.indicator_id, one.year) in places for one in broken):
        return []
    years = {indicator.year_for(evaluation_year) for indicator in snapshot.indicators.values()}
    notes, versions = notes_and_versions(unit, years, reported=True)
    said = _said(snapshot, unit, versions)
    explained: dict[IndicatorYear, Explanation | None] = {}
    for one in broken:
        place = (one.indicator_id, one.year)
        found = said.get((one.rule.pk, *place)) or notes.get(place)
        # A figure is explained once all that is odd about it is.
        explained[place] = found if explained.get(place, found) is not None else None
    return [
        one
        for one in broken
        if (place := (one.indicator_id, one.year)) in places
        and explained[place] is None
        and _from_below(snapshot, unit, place, explained, notes) is None
    ]


def _from_below(
    snapshot: Snapshot,
    unit: int,
    place: IndicatorYear,
    explained: Mapping[IndicatorYear, Explanation | None],
    notes: Mapping[IndicatorYear, Explanation],
) -> Explanation | None:
    """What explains a figure that is worked out: what does all that is odd below it, or, where
    nothing is, a note there. Outside a round there is no other place to write to it."""
    below = worked_out_from(snapshot, unit, place)
    if below.isdisjoint(explained):
        return next((notes[one] for one in sorted(below) if one in notes), None)
    return inherited(snapshot, unit, place, explained)


def _said(
    snapshot: Snapshot, unit: int, versions: Mapping[IndicatorYear, int]
) -> dict[tuple[int, int, int], Explanation]:
    """What the unit said to findings of its figures as they stand, by rule, indicator and year."""
    found = Finding.objects.current().filter(submission__jurisdiction=unit).exclude(explanation="")
    return {
        (one.rule_id, one.indicator_id, one.year): Explanation(
            one.explanation, one.explained_by_id, one.explained_at
        )
        for one in found
        if one.value_version == version_of(snapshot, unit, (one.indicator_id, one.year), versions)
    }


def _doubt(snapshot: Snapshot, unit: int, broken: Broken) -> Doubt:
    return Doubt(
        jurisdiction_id=unit,
        indicator_id=broken.indicator_id,
        year=broken.year,
        rule=broken.rule,
        details=broken.details(snapshot),
    )
