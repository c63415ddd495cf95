"""What is done to a submission, from the lead's check to a reopening, and its threads.

Each act is one transaction: the submission is locked, role, version and state are asked of
`collection`, the event is written, and what now stands is set and its results refreshed. Two people
at once: the second is told what the first did (submission_moved). Each refuses besides what `hold`
does: nothing is done to what is asked no longer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators import results
from indicators.collection import (
    Refusal,
    had_a_hand_in,
    next_state,
    openings_of,
    refuse_unless_role,
    refuse_unless_taken_back_in_time,
    window_of,
)
from indicators.models import (
    Act,
    Change,
    EventFigure,
    Indicator,
    Membership,
    Remark,
    State,
    Submission,
    SubmissionEvent,
    SubmissionState,
    Tier,
    User,
    YearlyValue,
)
from indicators.recording.achievement import (
    approve_achievements,
    moved_since,
    report_achievements,
)
from indicators.recording.approved import locked_by_approval
from indicators.recording.change import record_change
from indicators.recording.examination import examine_anew
from indicators.recording.findings import find, listed, refuse_open_findings
from indicators.recording.held import hold
from indicators.recording.notice import notify_of, notify_of_remark
from indicators.recording.standing import fall_back, set_standing
from indicators.recording.unanswered import refuse_unanswered
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import Key, Lock, Snapshot

REMARK_LENGTH = 1000


@dataclass
class Acting:
    """A submission held for an act, with the catalogue and the round as they are now."""

    submission: Submission
    snapshot: Snapshot
    actor: User
    change: Change
    until: datetime.date | None = None
    figures: Mapping[Indicator, str] | None = None

    @property
    def indicators(self) -> dict[int, Indicator]:
        """What the round asks, by id."""
        asked = self.submission.round.indicators.values_list("pk", flat=True)
        return {pk: self.snapshot.indicators[pk] for pk in asked}

    def values(self) -> list[YearlyValue]:
        """The unit's values that belong to the submission."""
        year = self.submission.round.evaluation_year
        years = {pk: one.year_for(year) for pk, one in self.indicators.items()}
        found = YearlyValue.objects.filter(
            jurisdiction=self.submission.jurisdiction_id,
            indicator__in=years,
            year__in=set(years.values()),
        )
        return [value for value in found if value.year == years[value.indicator_id]]


def hand_over(submission: Submission, *, actor: User, version: int, reason: str = "") -> Submission:
    """The unit's officer tells its leads that the figures are ready to be checked.

    Nothing is locked by it. Refuses as `submit` does for role, version and days, and: no_lead.
    """
    with _acting(submission, Act.HAND_OVER, actor=actor, version=version, reason=reason) as act:
        held = act.submission
        window_of(held).refuse_unless_open(timezone.localdate())
        if not Membership.objects.leading(held.jurisdiction_id).exists():
            raise Refusal("no_lead", unit=held.jurisdiction.name)
    return act.submission


def check_submission(submission: Submission, *, actor: User, version: int) -> Submission:
    """The lead has looked the figures through. Refuses as `submit` does for role and days."""
    with _acting(submission, Act.CHECK, actor=actor, version=version) as act:
        window_of(act.submission).refuse_unless_open(timezone.localdate())
        find(act.snapshot, act.submission, at=act.change.at)
    return act.submission


def submit(
    submission: Submission, *, actor: User, version: int, reason: str = "", seen: int | None = None
) -> Submission:
    """Send the unit's figures to the city: what was entered stands as reported.

    `seen` is the latest change (id) of the figures that the lead has looked through, if any is
    given. Refuses: not_your_act, submission_moved, not_in_this_state, what `Window` refuses,
    figures_moved, achievements_moved, returned_not_answered, questions_open, tasks_unanswered,
    figures_missing, rules_broken and explanations_missing.
    """
    with _acting(submission, Act.SUBMIT, actor=actor, version=version, reason=reason) as act:
        held = act.submission
        window = window_of(held)
        window.refuse_unless_open(timezone.localdate())
        refuse_unanswered(held, window, act.indicators)
        values = act.values()
        _refuse_moved(act, values, seen)
        _refuse_missing(act, values)
        refuse_open_findings(act.snapshot, held, find(act.snapshot, held, at=act.change.at))
        sent = _submitted(act, values)
        set_standing(act.snapshot, sent, Tier.REPORTED, change=act.change)
        report_achievements(held)
        left_behind = [value for value in values if value not in sent]
        fall_back(act.snapshot, left_behind, change=act.change)
        examine_anew(held.jurisdiction_id, {value.year for value in values})
        held.first_submitted_at = held.first_submitted_at or act.change.at
        held.submitted_at = act.change.at
        held.times_submitted += 1
    return held


def take_back(submission: Submission, *, actor: User, version: int, reason: str = "") -> Submission:
    """Go on with what was submitted, before the city's review has begun: open is what was open
    before, and what was submitted stays as reported until the next submission.

    Refuses: not_your_act, submission_moved, not_in_this_state, review_begun, too_late_to_take_back.
    """
    with _acting(submission, Act.TAKE_BACK, actor=actor, version=version, reason=reason) as act:
        refuse_unless_taken_back_in_time(act.submission, timezone.localdate())
    return act.submission


def return_submission(
    submission: Submission,
    *,
    actor: User,
    version: int,
    reason: str,
    figures: Mapping[str, str],
) -> Submission:
    """Send back: only `figures` (reason by indicator code) open again; the rest stays locked.

    Refuses: not_your_act, submission_moved, not_in_this_state, act_reason_missing, nothing_chosen,
    figure_unknown, computed_not_returned, figure_reason_missing, approved_not_returned.
    """
    with _acting(submission, Act.RETURN, actor=actor, version=version, reason=reason) as act:
        _refuse_without_reason(reason)
        act.figures = _named(act, figures)
        _refuse_approved(act)
        act.submission.times_returned += 1
    return act.submission


def approve(
    submission: Submission, *, actor: User, version: int, reason: str = "", confirmed: str = ""
) -> Submission:
    """Approve all: what stands as reported stands as approved, and is locked.

    `confirmed` is the digest of the list of approved figures that it moves besides, if any is
    given. Refuses: not_your_act, submission_moved, not_in_this_state, entered_it_yourself, and what
    `set_standing` refuses.
    """
    with _acting(submission, Act.APPROVE, actor=actor, version=version, reason=reason) as act:
        if had_a_hand_in(act.submission, actor):
            raise Refusal("entered_it_yourself")
        sent = _submitted(act, act.values(), on=act.submission.submitted_at)
        set_standing(act.snapshot, sent, Tier.APPROVED, change=act.change, confirmed=confirmed)
        held = act.submission
        approve_achievements(held.jurisdiction_id, held.round.evaluation_year)
    return held


def extend(
    submission: Submission, *, actor: User, version: int, reason: str, until: datetime.date
) -> Submission:
    """Let the unit enter and submit until a later day; the latest extension counts.

    Refuses: not_your_act, submission_moved, not_in_this_state, act_reason_missing, day_passed.
    """
    with _acting(
        submission, Act.EXTEND, actor=actor, version=version, reason=reason, until=until
    ) as act:
        _refuse_without_reason(reason)
        _refuse_passed(until)
        act.submission.extended_until = until
    return act.submission


def reopen(
    submission: Submission,
    *,
    actor: User,
    version: int,
    reason: str,
    until: datetime.date,
    figures: Mapping[str, str],
) -> Submission:
    """Unlock approved figures (reason by indicator code) until a day, after which they are locked.

    Refuses: not_your_act, submission_moved, not_in_this_state, act_reason_missing, day_passed,
    nothing_chosen, figure_unknown, computed_not_returned, figure_reason_missing.
    """
    with _acting(
        submission, Act.REOPEN, actor=actor, version=version, reason=reason, until=until
    ) as act:
        _refuse_without_reason(reason)
        _refuse_passed(until)
        act.figures = _named(act, figures)
        act.submission.reopened_until = max([until, *_days_of_later(act.submission)])
    return act.submission


def _days_of_later(submission: Submission) -> list[datetime.date]:
    """Until when it is open what was asked later, which no reopening shortens."""
    opened = openings_of(submission).now.values()
    later = any(one.event.act == Act.ADD for one in opened)
    return [submission.round.closes_on] if later else []


def remark(submission: Submission, indicator: Indicator, *, actor: User, text: str) -> Remark:
    """Ask about a figure, as the city's supervisor, or answer, as the unit's officer or lead.

    Refuses: not_your_act, figure_unknown, remark_empty, too_long, null_character.
    """
    asks = submission.round.city_id in actor.scope.supervises
    if not asks and submission.jurisdiction_id not in actor.scope.own:
        raise Refusal("not_your_act", act=Remark._meta.verbose_name)
    if not text.strip():
        raise Refusal("remark_empty", field="text")
    refuse_odd_text(text, REMARK_LENGTH, "text")
    if not submission.round.indicators.filter(pk=indicator.pk).exists():
        raise Refusal("figure_unknown", code=indicator.code)
    with transaction.atomic():
        held = hold(submission)
        said = Remark.objects.create(
            submission=held,
            indicator=indicator,
            author=actor,
            at=timezone.now(),
            asks=asks,
            text=text.strip(),
        )
        notify_of_remark(held, indicator, author=actor, asks=asks)
    return said


@contextmanager
def _acting(
    submission: Submission,
    act: Act,
    *,
    actor: User,
    version: int,
    reason: str = "",
    until: datetime.date | None = None,
) -> Iterator[Acting]:
    """Hold the submission; after the caller's part, write its new state and the event."""
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    with transaction.atomic():
        snapshot = results.current_snapshot(lock=Lock.SHARED)
        held = hold(submission)
        held.jurisdiction = snapshot.units[held.jurisdiction_id]
        refuse_unless_role(act, held, actor)
        if held.version != version:
            raise _moved(held)
        before, after = held.state, next_state(held, act)
        change = record_change(actor=actor, reason=reason.strip())
        doing = Acting(held, snapshot, actor, change, until)
        yield doing
        held.state = after
        held.version += 1
        held.save()
        event = SubmissionEvent.objects.create(
            submission=held,
            act=act,
            from_state=before,
            to_state=after,
            change=change,
            until=until,
        )
        EventFigure.objects.bulk_create(
            EventFigure(event=event, indicator=indicator, reason=why)
            for indicator, why in (doing.figures or {}).items()
        )
        notify_of([event])


def _moved(held: Submission) -> Refusal:
    latest = held.events.select_related("change__actor").order_by("-pk").first()
    actor = latest.change.actor if latest else None
    return Refusal(
        "submission_moved",
        who=actor.get_full_name() if actor else "",
        state=SubmissionState(held.state).label,
    )


def _refuse_moved(act: Acting, values: list[YearlyValue], seen: int | None) -> None:
    """Changes of one submission follow one another, so none that was not seen has a lesser id."""
    moved = [one for one in values if seen is not None and (one.change_id or 0) > seen]
    if moved:
        names = listed([act.indicators[one.indicator_id].name for one in moved])
        raise Refusal("figures_moved", n=len(moved), names=names)
    if seen is not None and (titles := moved_since(act.submission, seen)):
        raise Refusal("achievements_moved", n=len(titles), names=listed(titles))


def _refuse_missing(act: Acting, values: list[YearlyValue]) -> None:
    """A figure, or a state with its reason, for all that the unit itself has to give."""
    unit, year = act.submission.jurisdiction_id, act.submission.round.evaluation_year
    filled = {value.indicator_id for value in values if value.state != State.BLANK}
    missing = [
        one
        for pk, one in act.indicators.items()
        if pk not in filled and act.snapshot.expects(pk, unit, one.year_for(year))
    ]
    if missing:
        names = listed([one.name for one in missing])
        raise Refusal("figures_missing", n=len(missing), names=names)


def _submitted(
    act: Acting, values: list[YearlyValue], on: datetime.datetime | None = None
) -> list[YearlyValue]:
    """What goes with the submission, now or `on` the day it was sent: not a draft of an approved
    figure that was left behind by a reopening which was over then."""
    keyed = {Key(one.jurisdiction_id, one.year, one.indicator_id): one for one in values}
    held = dict.fromkeys(keyed, act.submission)
    locked = locked_by_approval(set(keyed), held, today=timezone.localdate(on))
    return [one for key, one in keyed.items() if key not in locked]


def _refuse_approved(act: Acting) -> None:
    """What stands as approved is opened by a reopening, not by a return."""
    named = {one.pk: one for one in act.figures or {}}
    values = [one for one in act.values() if one.indicator_id in named]
    free = {one.indicator_id for one in _submitted(act, values)}
    for one in values:
        if one.indicator_id not in free:
            name = named[one.indicator_id].name
            raise Refusal("approved_not_returned", field=named[one.indicator_id].code, name=name)


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")


def _refuse_passed(day: datetime.date) -> None:
    if day < timezone.localdate():
        raise Refusal("day_passed", field="until", day=day)


def _named(act: Acting, figures: Mapping[str, str]) -> dict[Indicator, str]:
    """The figures given by code with their reasons, each a figure of the submission."""
    if not figures:
        raise Refusal("nothing_chosen", field="figures")
    by_code = {one.code: one for one in act.indicators.values()}
    unit, year = act.submission.jurisdiction_id, act.submission.round.evaluation_year
    named = {}
    for code, why in figures.items():
        one = by_code.get(code)
        if one is None or not act.snapshot.reports(one.pk, unit, one.year_for(year)):
            raise Refusal("figure_unknown", code=code)
        computed = act.snapshot.formula(one.pk, one.year_for(year)) is not None
        if computed and unit != act.submission.round.city_id:
            raise Refusal("computed_not_returned", field=code, name=one.name)
        if not why.strip():
            raise Refusal("figure_reason_missing", field=code, name=one.name)
        refuse_odd_text(why, REASON_LENGTH, code)
        named[one] = why.strip()
    return named
