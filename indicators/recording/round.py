"""What the supervisor does with a round: plan it, open it to its units, close it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from indicators.collection import Refusal, allows, next_state
from indicators.models import (
    Act,
    Indicator,
    Jurisdiction,
    Round,
    Submission,
    SubmissionEvent,
    SubmissionState,
    User,
)
from indicators.recording.change import record_change
from indicators.recording.notice import tell_of


def save_round(
    round: Round,
    *,
    actor: User,
    version: int,
    indicators: Collection[Indicator],
    jurisdictions: Collection[Jurisdiction],
) -> Round:
    """Plan a round, or change its plan; of an open one, title, days and instructions only.

    `version` is what the supervisor saw, 0 for a new one. Refuses: not_a_supervisor, round_exists,
    round_moved, round_closed, round_started, round_without_figures, days_out_of_order.
    """
    with transaction.atomic():
        _refuse_others(round, actor)
        if not round.opens_on <= round.due_on <= round.closes_on:
            raise Refusal("days_out_of_order", field="due_on")
        if not indicators or not jurisdictions:
            raise Refusal("round_without_figures")
        same = Round.objects.select_for_update().filter(
            city=round.city, evaluation_year=round.evaluation_year
        )
        now = same.first()
        if now is not None and now.pk != round.pk:
            raise Refusal(
                "round_exists",
                field="evaluation_year",
                city=round.city.name,
                year=round.evaluation_year,
            )
        if now is not None:
            _refuse_moved(now, version)
            if now.is_closed:
                raise Refusal("round_closed", round=now.title)
            if now.is_open and _asks_otherwise(now, indicators, jurisdictions):
                raise Refusal("round_started", field="indicators")
            round.opened_at, round.opened_by = now.opened_at, now.opened_by
        round.version = version + 1
        round.save()
        if round.is_planned:
            round.indicators.set(indicators)
            round.jurisdictions.set(jurisdictions)
        return round


def open_round(round: Round, *, actor: User, version: int) -> Round:
    """Open the round: each of its units has a submission from now on.

    Refuses: not_a_supervisor, round_moved, round_is_open, round_without_figures.
    """
    with transaction.atomic():
        now = _held(round, actor, version)
        if not now.is_planned:
            raise Refusal("round_is_open", round=now.title)
        units = list(now.jurisdictions.all())
        if not units or not now.indicators.exists():
            raise Refusal("round_without_figures")
        now.opened_at, now.opened_by = timezone.now(), actor
        now.version += 1
        now.save()
        made = Submission.objects.bulk_create(
            Submission(round=now, jurisdiction=unit) for unit in units
        )
        _record(made, Act.OPEN, ["" for _one in made], actor)
        return now


def close_round(round: Round, *, actor: User, version: int) -> Round:
    """Close the round: what is approved is frozen, and nothing more is entered or submitted.

    Refuses: not_a_supervisor, round_moved, round_closed, round_not_open, reviews_wait.
    """
    with transaction.atomic():
        # Before the round: an act holds its submission and then reads the round.
        held = list(round.submissions.select_for_update().order_by("pk"))
        now = _held(round, actor, version)
        if now.is_planned:
            raise Refusal("round_not_open", round=now.title, day=now.opens_on)
        if now.is_closed:
            raise Refusal("round_closed", round=now.title)
        waiting = sum(one.state == SubmissionState.SUBMITTED for one in held)
        if waiting:
            raise Refusal("reviews_wait", n=waiting)
        now.closed_at, now.closed_by = timezone.now(), actor
        now.version += 1
        now.save()
        frozen = [one for one in held if allows(one, Act.FREEZE)]
        before = [one.state for one in frozen]
        for one in frozen:
            one.round = now
            one.state = next_state(one, Act.FREEZE)
            one.version += 1
        Submission.objects.bulk_update(frozen, ["state", "version"])
        _record(frozen, Act.FREEZE, before, actor)
        return now


def _record(submissions: list[Submission], act: Act, before: list[str], actor: User) -> None:
    change = record_change(actor=actor)
    events = SubmissionEvent.objects.bulk_create(
        SubmissionEvent(
            submission=one,
            act=act,
            from_state=was,
            to_state=one.state,
            change=change,
        )
        for one, was in zip(submissions, before, strict=True)
    )
    tell_of(events)


def _held(round: Round, actor: User, version: int) -> Round:
    now = Round.objects.select_for_update().get(pk=round.pk)
    _refuse_others(now, actor)
    _refuse_moved(now, version)
    return now


def _refuse_others(round: Round, actor: User) -> None:
    if round.city_id not in actor.scope.supervises:
        raise Refusal("not_a_supervisor")


def _refuse_moved(now: Round, version: int) -> None:
    if now.version != version:
        raise Refusal("round_moved")


def _asks_otherwise(
    now: Round, indicators: Collection[Indicator], jurisdictions: Collection[Jurisdiction]
) -> bool:
    return set(now.indicators.all()) != set(indicators) or set(now.jurisdictions.all()) != set(
        jurisdictions
    )
