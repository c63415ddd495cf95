"""Of which units a round asks which figures: to begin with, besides, and no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import results
from indicators.collection import Refusal, next_state, openings_of
from indicators.models import (
    Act,
    EventFigure,
    Indicator,
    Jurisdiction,
    Round,
    Submission,
    SubmissionEvent,
    SubmissionState,
    User,
)
from indicators.recording.approved import approvals_of
from indicators.recording.change import record_change
from indicators.recording.notice import notify_of
from indicators.results import Key


def units_that_enter(
    indicators: Iterable[Indicator], units: Iterable[Jurisdiction], evaluation_year: int
) -> list[Jurisdiction]:
    """Those of the units that give any of the indicators themselves: not computed, not summed."""
    asked = {indicator.pk for indicator in indicators}
    snapshot = results.current_snapshot()
    return [
        unit
        for unit in units
        if any(
            one.is_expected and one.pk in asked
            for one in snapshot.asked_of(unit.pk, evaluation_year)
        )
    ]


def ask_otherwise(
    round: Round,
    held: list[Submission],
    added: Collection[Indicator],
    units: Collection[Jurisdiction],
    actor: User | None,
) -> list[SubmissionEvent]:
    """New units begin, units let go end, and what is new is open to those that are in. The events
    of those let go: whether they are told is the caller's to say."""
    of_unit = {one.jurisdiction_id: one for one in held}
    wanted = {unit.pk for unit in units}
    gone = [one for pk, one in of_unit.items() if pk not in wanted and one.dropped_at is None]
    for one in gone:
        one.dropped_at = timezone.now()
    again = [one for pk, one in of_unit.items() if pk in wanted and one.dropped_at is not None]
    for one in again:
        one.dropped_at = None
    Submission.objects.bulk_update([*gone, *again], ["dropped_at"])
    let_go = record_events(gone, Act.DROP, [one.state for one in gone], actor)
    new = Submission.objects.bulk_create(
        Submission(round=round, jurisdiction=unit) for unit in units if unit.pk not in of_unit
    )
    record_events([*new, *again], Act.OPEN, ["" for _one in [*new, *again]], actor)
    if added:
        _ask_more(
            round, [one for one in held if one not in gone and one not in again], added, actor
        )
    return let_go


def refuse_to_let_go(held: list[Submission], units: Collection[Jurisdiction]) -> None:
    """What was sent is the unit's own answer, and is not taken out of its hands."""
    wanted = {unit.pk for unit in units}
    for one in held:
        if one.times_submitted and one.jurisdiction_id not in wanted and one.dropped_at is None:
            raise Refusal("unit_has_submitted", field="jurisdictions", unit=one.jurisdiction.name)


def _ask_more(
    round: Round, held: list[Submission], added: Collection[Indicator], actor: User | None
) -> None:
    """Each unit has just those of the figures open, besides what was open before, that it has to
    give and that do not stand as approved."""
    snapshot = results.current_snapshot()
    wanted = {
        Key(one.jurisdiction_id, figure.year_for(round.evaluation_year), figure.pk)
        for one in held
        for figure in added
    }
    wanted = {key for key in wanted if snapshot.expects(key.indicator_id, key.unit_id, key.year)}
    new = wanted - approvals_of(wanted).keys()
    units = {key.unit_id for key in new}
    held = [one for one in held if one.jurisdiction_id in units]
    before = [one.state for one in held]
    for one in held:
        one.round = round
        one.state = next_state(one, Act.ADD)
        one.version += 1
        if one.state == SubmissionState.REOPENED:
            one.reopened_until = max(round.closes_on, one.reopened_until or round.closes_on)
    Submission.objects.bulk_update(held, ["state", "version", "reopened_until"])
    EventFigure.objects.bulk_create(
        EventFigure(event=event, indicator_id=key.indicator_id, reason=_("Asked later"))
        for event in record_events(held, Act.ADD, before, actor)
        for key in sorted(new)
        if key.unit_id == event.submission.jurisdiction_id
    )


def ask_no_longer(
    round: Round, held: list[Submission], asked: Collection[int], actor: User
) -> None:
    """Where nothing was open but what was asked later, and that is asked no longer, the answer is
    what it was: submitted or approved."""
    done = []
    for one in held:
        if one.state in (SubmissionState.RETURNED, SubmissionState.REOPENED):
            opened = openings_of(one).now
            later = opened and all(each.event.act == Act.ADD for each in opened.values())
            if later and opened.keys().isdisjoint(asked):
                done.append(one)
    before = [one.state for one in done]
    for one in done:
        one.round = round
        one.state = next_state(one, Act.DROP)
        one.version += 1
    Submission.objects.bulk_update(done, ["state", "version"])
    record_events(done, Act.DROP, before, actor)


def record_events(
    submissions: list[Submission],
    act: Act,
    before: list[str],
    actor: User | None,
    *,
    reason: str = "",
) -> list[SubmissionEvent]:
    """One event for each of the submissions, which were in the states `before`; people are told."""
    if not submissions:
        return []
    change = record_change(actor=actor, reason=reason.strip())
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
    notify_of(events)
    return events
