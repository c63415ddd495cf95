"""Where no round asks for a year: a supervisor reopens its figures, and approves it in one act.

In a round both are acts on the submission (`submission`). What was reopened here is entered and
stands as reported at once, as all does where no round is; approved it stands when the year of the
unit is approved again, by somebody who entered none of it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from indicators import results
from indicators.collection import Refusal, entered_achievements, entered_any
from indicators.models import (
    AchievementVersion,
    Change,
    Indicator,
    Jurisdiction,
    Reopening,
    Standing,
    Submission,
    Tier,
    User,
    YearlyValue,
)
from indicators.recording.achievement import (
    achievements_to_approve,
    approve_achievements,
    hold_unit,
)
from indicators.recording.approved import approvals_of
from indicators.recording.change import record_change
from indicators.recording.standing import set_standing
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import Key, Lock, Snapshot


def reopen_figures(
    unit: Jurisdiction,
    evaluation_year: int,
    indicators: Collection[Indicator],
    *,
    actor: User,
    reason: str,
    until: datetime.date,
) -> list[Reopening]:
    """Let the unit change approved figures of an evaluation year that no round asks of it.

    Refuses: not_a_supervisor, year_has_round, act_reason_missing, day_passed, nothing_chosen,
    computed_not_returned, not_approved_yet.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")
    if until < timezone.localdate():
        raise Refusal("day_passed", field="until", day=until)
    if not indicators:
        raise Refusal("nothing_chosen", field="indicators")
    with transaction.atomic():
        snapshot = results.current_snapshot(lock=Lock.SHARED)
        _refuse_others(snapshot, unit, actor)
        values = _values(snapshot, unit, evaluation_year)
        keys = {_key(one) for one in values}
        stands = {key.indicator_id for key in approvals_of(keys)}
        in_rounds = reopened_in_rounds(unit, evaluation_year)
        for one in indicators:
            if one.pk in in_rounds:
                round = in_rounds[one.pk].round.title
                raise Refusal("year_has_round", round=round, unit=unit.name)
            if one.pk not in stands:
                year = one.year_for(evaluation_year)
                if snapshot.formula(one.pk, year) is not None:
                    raise Refusal("computed_not_returned", field="indicators", name=one.name)
                raise Refusal("not_approved_yet", field="indicators", name=one.name, year=year)
        change = record_change(actor=actor, reason=reason.strip())
        return Reopening.objects.bulk_create(
            Reopening(
                change=change,
                indicator=one,
                jurisdiction=unit,
                year=one.year_for(evaluation_year),
                until=until,
            )
            for one in indicators
        )


def approve_year(
    unit: Jurisdiction,
    evaluation_year: int,
    *,
    actor: User,
    reason: str = "",
    seen: str = "",
    confirmed: str = "",
) -> int:
    """Let all that the unit has reported of an evaluation year stand as approved, its achievements
    as well; how many figures.

    Left out is what a round asks of the unit: its submission is approved there. `seen` is the
    digest of what the supervisor looked through, if any is given, `confirmed` that of the list of
    approved figures that it moves besides. Refuses: not_a_supervisor, nothing_to_approve,
    entered_it_yourself, year_moved, and what `set_standing` refuses.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    with transaction.atomic():
        snapshot = results.current_snapshot(lock=Lock.SHARED)
        _refuse_others(snapshot, unit, actor)
        # Held as a save holds them, so that what is looked at is what is approved.
        keys = {_key(one) for one in waiting_for_approval(unit, evaluation_year)}
        results.lock(snapshot, keys)
        values = [one for one in waiting_for_approval(unit, evaluation_year) if _key(one) in keys]
        hold_unit(unit)
        achievements = achievements_to_approve(unit, evaluation_year)
        if not values and not achievements:
            raise Refusal("nothing_to_approve", unit=unit.name, year=evaluation_year)
        asked = {one.indicator_id for one in values}
        if entered_any(unit.pk, evaluation_year, asked, actor) or (
            achievements and entered_achievements(unit.pk, evaluation_year, actor)
        ):
            raise Refusal("entered_it_yourself")
        if seen and seen != digest_of_versions(values, achievements):
            raise Refusal("year_moved", unit=unit.name)
        change: Change = record_change(actor=actor, reason=reason.strip())
        if achievements:
            approve_achievements(unit.pk, evaluation_year)
        return set_standing(
            snapshot,
            values,
            Tier.APPROVED,
            change=change,
            reopened=_reopened(unit),
            confirmed=confirmed,
        )


def _reopened(unit: Jurisdiction) -> set[Key]:
    """What of the unit was reopened since it was approved last; entered in time, it is approved
    after the day as well."""
    found = Reopening.objects.filter(jurisdiction=unit).order_by("change")
    latest = {
        Key(place[0], place[1], place[2]): change
        for *place, change in found.values_list("jurisdiction", "year", "indicator", "change")
    }
    approvals = approvals_of(latest.keys())
    return {key for key, change in latest.items() if change > approvals.get(key, 0)}


def digest_of_versions(
    values: Iterable[YearlyValue], achievements: Iterable[AchievementVersion] = ()
) -> str:
    """SHA-256 of which versions the values, and the achievements with them, are."""
    versions = sorted((value.pk, value.version) for value in values)
    told = sorted(one.pk for one in achievements)
    return hashlib.sha256(repr((versions, told)).encode()).hexdigest()


def waiting_for_approval(unit: Jurisdiction, evaluation_year: int) -> list[YearlyValue]:
    """Values of the year that stand as reported otherwise than as approved, and that no round asks
    of the unit."""
    snapshot = results.current_snapshot()
    asked = _asked(unit, evaluation_year)
    values = [
        value
        for value in _values(snapshot, unit, evaluation_year)
        if value.indicator_id not in asked
    ]
    stands: dict[str, dict[int, int]] = {tier: {} for tier in Tier.values}
    current = Standing.objects.current().filter(value__in=values)
    for value_id, tier, revision_id in current.values_list("value_id", "tier", "revision_id"):
        stands[tier][value_id] = revision_id
    reported, approved = stands[Tier.REPORTED], stands[Tier.APPROVED]
    return [
        value
        for value in values
        if value.pk in reported and reported[value.pk] != approved.get(value.pk)
    ]


def _key(value: YearlyValue) -> Key:
    return Key(value.jurisdiction_id, value.year, value.indicator_id)


def _values(snapshot: Snapshot, unit: Jurisdiction, evaluation_year: int) -> list[YearlyValue]:
    years = {pk: one.year_for(evaluation_year) for pk, one in snapshot.indicators.items()}
    found = YearlyValue.objects.filter(jurisdiction=unit, year__in=set(years.values()))
    return [value for value in found if value.year == years[value.indicator_id]]


def _asked(unit: Jurisdiction, evaluation_year: int) -> set[int]:
    """Indicators (ids) that a round asks of the unit in the evaluation year."""
    asked = Submission.objects.asked().filter(
        jurisdiction=unit, round__evaluation_year=evaluation_year
    )
    return set(asked.values_list("round__indicators", flat=True)) - {None}


def reopened_in_rounds(unit: Jurisdiction, evaluation_year: int) -> dict[int, Submission]:
    """Indicators (ids) of which a submission of the unit decides, and which submission that is."""
    sent = Submission.objects.asked().filter(
        jurisdiction=unit, round__evaluation_year=evaluation_year, times_submitted__gt=0
    )
    return {
        indicator: one
        for one in sent.select_related("round")
        for indicator in one.round.indicators.values_list("pk", flat=True)
    }


def _refuse_others(snapshot: Snapshot, unit: Jurisdiction, actor: User) -> None:
    if snapshot.city_of(unit.pk) not in actor.scope.supervises:
        raise Refusal("not_a_supervisor")
