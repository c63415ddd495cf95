"""What the supervisor does with a round: plan it, open it to its units, change it, close it.

Decided: a round that was withdrawn and a unit that is no longer asked keep their submissions and
events, which are history, and count nowhere; their drafts stay the unit's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators import results
from indicators.collection import Refusal, allows, next_state
from indicators.models import (
    Act,
    Indicator,
    Jurisdiction,
    Round,
    Submission,
    SubmissionState,
    User,
)
from indicators.recording.asking import (
    ask_no_longer,
    ask_otherwise,
    record_events,
    refuse_to_let_go,
)
from indicators.recording.findings import listed
from indicators.recording.notice import notify_of_letting_go
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text


def save_round(
    round: Round,
    *,
    actor: User,
    version: int,
    indicators: Collection[Indicator],
    jurisdictions: Collection[Jurisdiction],
) -> Round:
    """Plan a round, or change it.

    Of one that is open, units and figures may be asked besides or no longer: units that are in
    already are told of what is new and have just that open; a unit that has submitted stays.
    `version` is what the supervisor saw, 0 for a new one. Refuses: not_a_supervisor, round_exists,
    round_moved, round_withdrawn, round_closed, round_without_figures, days_out_of_order,
    not_in_that_year, unit_has_submitted.
    """
    with transaction.atomic():
        held: list[Submission] = []
        if round.pk:
            # Before the round: an act holds its submission and then reads the round.
            held = list(round.submissions.select_for_update().order_by("pk"))
            _stored(round)
        _refuse_others(round, actor)
        if not round.opens_on <= round.due_on <= round.closes_on:
            raise Refusal("days_out_of_order", field="due_on")
        if not indicators or not jurisdictions:
            raise Refusal("round_without_figures")
        _refuse_what_is_not_valid(round, indicators, jurisdictions)
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
            round.opened_at, round.opened_by = now.opened_at, now.opened_by
        asked = set(round.indicators.all()) if round.pk else set()
        round.version = version + 1
        round.save()
        round.indicators.set(indicators)
        round.jurisdictions.set(jurisdictions)
        if round.is_open:
            refuse_to_let_go(held, jurisdictions)
            added = set(indicators) - asked
            notify_of_letting_go(ask_otherwise(round, held, added, set(jurisdictions), actor))
            if asked - set(indicators):
                ask_no_longer(round, held, {one.pk for one in indicators}, actor)
        return round


def open_round(round: Round, *, actor: User, version: int) -> Round:
    """Open the round: each of its units has a submission from now on.

    Refuses: not_a_supervisor, round_moved, round_is_open, round_without_figures,
    indicators_not_asked, not_in_that_year.
    """
    with transaction.atomic():
        now = _held(round, actor, version)
        if not now.is_planned:
            raise Refusal("round_is_open", round=now.title)
        units, indicators = list(now.jurisdictions.all()), list(now.indicators.all())
        if not units or not indicators:
            raise Refusal("round_without_figures")
        _refuse_what_is_not_valid(now, indicators, units)
        now.opened_at, now.opened_by = timezone.now(), actor
        now.version += 1
        now.save()
        made = Submission.objects.bulk_create(
            Submission(round=now, jurisdiction=unit) for unit in units
        )
        record_events(made, Act.OPEN, ["" for _one in made], actor)
        return now


def delete_round(round: Round, *, actor: User, version: int) -> None:
    """Delete a plan. Refuses: not_a_supervisor, round_moved, round_not_planned."""
    with transaction.atomic():
        now = _held(round, actor, version)
        if not now.is_planned:
            raise Refusal("round_not_planned", round=now.title)
        now.delete()
        _release(now)


def withdraw_round(round: Round, *, actor: User, version: int, reason: str) -> Round:
    """Withdraw a round to which nobody has submitted: it asks nothing of anybody any more.

    Drafts are kept; saved once more they stand, as where no round is. The units that it asked are
    told. Refuses: not_a_supervisor, round_moved, act_reason_missing, round_not_open, round_closed,
    round_has_submissions.
    """
    _refuse_without_reason(reason)
    with transaction.atomic():
        held = list(round.submissions.select_for_update().order_by("pk"))
        now = _held(round, actor, version)
        _refuse_unless_open(now)
        submitted = round.submissions.ever_submitted().count()
        if submitted:
            raise Refusal("round_has_submissions", n=submitted, round=now.title)
        now.withdrawn_at = timezone.now()
        now.version += 1
        now.save()
        events = record_events(held, Act.DROP, [one.state for one in held], actor, reason=reason)
        notify_of_letting_go([one for one in events if one.submission.dropped_at is None])
        _release(now)
        return now


@dataclass(frozen=True)
class LeftOut:
    """What closing now would leave out, by unit; `extended` are those with time left. Nothing is
    closed while some are `waiting` for review."""

    not_begun: list[Submission]
    drafts: list[Submission]
    reopened: list[Submission]
    extended: list[Submission]
    waiting: list[Submission]

    @property
    def not_approved(self) -> list[Submission]:
        return [*self.waiting, *self.not_begun, *self.drafts, *self.reopened]

    @property
    def digest(self) -> str:
        """SHA-256 of which units are listed as what."""
        lists = (self.not_begun, self.drafts, self.reopened, self.extended, self.waiting)
        listed_as = [sorted(one.pk for one in some) for some in lists]
        return hashlib.sha256(repr(listed_as).encode()).hexdigest()


def left_out(round: Round) -> LeftOut:
    """Who has not begun, whose drafts and reopened figures stay behind, whose extensions run on."""
    found = list(
        round.submissions.asked().select_related("jurisdiction").order_by("jurisdiction__code")
    )
    return _left_out(found)


def _left_out(found: list[Submission]) -> LeftOut:
    today = timezone.localdate()
    states = SubmissionState
    return LeftOut(
        not_begun=[one for one in found if one.state == states.NOT_STARTED],
        drafts=[
            one for one in found if one.state in (states.DRAFT, states.CHECKED, states.RETURNED)
        ],
        reopened=[one for one in found if one.state == states.REOPENED],
        extended=[one for one in found if one.extended_until and one.extended_until >= today],
        waiting=[one for one in found if one.state == states.SUBMITTED],
    )


def close_round(
    round: Round, *, actor: User, version: int, reason: str = "", seen: str = ""
) -> Round:
    """Close the round: what is approved is frozen; entering goes on only where it was extended.

    With units that are not approved it wants a reason. `seen` is the digest of what the supervisor
    saw that it leaves out, if any is given: acts on submissions leave the round's version as it is.
    Refuses: not_a_supervisor, round_moved, round_closed, round_not_open, reviews_wait,
    left_out_moved, close_reason_missing.
    """
    with transaction.atomic():
        # Before the round: an act holds its submission and then reads the round.
        held = list(round.submissions.asked().select_for_update(of=("self",)).order_by("pk"))
        now = _held(round, actor, version)
        _refuse_unless_open(now)
        left = _left_out(held)
        if left.waiting:
            raise Refusal("reviews_wait", n=len(left.waiting))
        if seen and seen != left.digest:
            raise Refusal("left_out_moved")
        missing = len(left.not_approved)
        if missing and not reason.strip():
            raise Refusal("close_reason_missing", field="reason", n=missing)
        now.closed_at, now.closed_by = timezone.now(), actor
        now.version += 1
        now.save()
        _turn(now, [one for one in held if allows(one, Act.FREEZE)], Act.FREEZE, actor, reason)
        _release(now)
        return now


def _release(round: Round) -> None:
    """What the round does not collect any more."""
    results.release_settled(results.current_snapshot(), round.city_id, round.evaluation_year)


def reopen_round(round: Round, *, actor: User, version: int, reason: str) -> Round:
    """Open a closed round again: what was frozen is approved as before, the others go on.

    Refuses: not_a_supervisor, round_moved, act_reason_missing, round_not_closed.
    """
    _refuse_without_reason(reason)
    with transaction.atomic():
        held = list(round.submissions.asked().select_for_update(of=("self",)).order_by("pk"))
        now = _held(round, actor, version)
        if not now.is_closed:
            raise Refusal("round_not_closed", round=now.title)
        now.closed_at, now.closed_by = None, None
        now.version += 1
        now.save()
        _turn(now, [one for one in held if allows(one, Act.UNFREEZE)], Act.UNFREEZE, actor, reason)
        return now


def _turn(now: Round, held: list[Submission], act: Act, actor: User, reason: str) -> None:
    before = [one.state for one in held]
    for one in held:
        one.round = now
        one.state = next_state(one, act)
        one.version += 1
    Submission.objects.bulk_update(held, ["state", "version"])
    record_events(held, act, before, actor, reason=reason)


def _held(round: Round, actor: User, version: int) -> Round:
    now = _stored(round)
    _refuse_others(now, actor)
    _refuse_moved(now, version)
    return now


def _stored(round: Round) -> Round:
    """As it is now, held. Refuses: round_moved for a plan that was deleted, round_withdrawn."""
    now = Round.with_withdrawn.select_for_update().filter(pk=round.pk).first()
    if now is None:
        raise Refusal("round_moved")
    if now.withdrawn_at is not None:
        raise Refusal("round_withdrawn", round=now.title)
    return now


def _refuse_others(round: Round, actor: User) -> None:
    if round.city_id not in actor.scope.supervises:
        raise Refusal("not_a_supervisor")


def _refuse_moved(now: Round, version: int) -> None:
    if now.version != version:
        raise Refusal("round_moved")


def _refuse_unless_open(now: Round) -> None:
    if now.is_planned:
        raise Refusal("round_not_open", round=now.title, day=now.opens_on)
    if now.is_closed:
        raise Refusal("round_closed", round=now.title)


def _refuse_without_reason(reason: str) -> None:
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")


def _refuse_what_is_not_valid(
    round: Round, indicators: Collection[Indicator], jurisdictions: Collection[Jurisdiction]
) -> None:
    """Indicators are asked in the year; units are there in a year that one of the figures is of."""
    unasked = [one.name for one in indicators if not one.is_asked_in(round.evaluation_year)]
    if unasked:
        raise Refusal(
            "indicators_not_asked",
            field="indicators",
            year=round.evaluation_year,
            names=listed(unasked),
        )
    years = {one.year_for(round.evaluation_year) for one in indicators}
    ended = [unit.name for unit in jurisdictions if not any(unit.valid_in(year) for year in years)]
    if ended:
        raise Refusal(
            "not_in_that_year",
            field="jurisdictions",
            year=round.evaluation_year,
            names=listed(ended),
        )
