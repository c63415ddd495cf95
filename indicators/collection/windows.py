"""When a figure of a round may be entered and submitted: what the days and the state allow.

Pure of the clock: `today` (Asia/Shanghai) is given, and nothing is stored when a day passes. A due
date that has gone by, an extension and a reopening that have ended lock by themselves.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from indicators.collection.openings import Opening, openings_of
from indicators.collection.refusals import Refusal
from indicators.models import Act, Submission, SubmissionEvent, SubmissionState

S = SubmissionState
BEFORE_SUBMISSION = (S.NOT_STARTED, S.DRAFT, S.CHECKED)


@dataclass(frozen=True)
class Window:
    """A submission, and while it is returned or reopened what is open, by figure (id of its
    indicator)."""

    submission: Submission
    opened: Mapping[int, Opening] = field(default_factory=dict)

    @property
    def named(self) -> dict[int, str]:
        """Why each of the figures was opened."""
        return {pk: one.reason for pk, one in self.opened.items()}

    @property
    def events(self) -> list[SubmissionEvent]:
        """Those by which figures are open, in order."""
        found = {one.event.pk: one.event for one in self.opened.values()}
        return [found[pk] for pk in sorted(found)]

    @property
    def sent_back(self) -> SubmissionEvent | None:
        """The latest of them; a return or reopening before what was asked later."""
        return max(self.events, key=lambda one: (one.act != Act.ADD, one.pk), default=None)

    def opened_by(self, event: SubmissionEvent) -> set[int]:
        return {pk for pk, one in self.opened.items() if one.event == event}

    def refuse_unless_open(self, today: datetime.date) -> None:
        """Refuses entering anything at all, and submitting: submitted_waits, approved_locked,
        reopening_ended, round_closed, round_not_open, past_due, past_closing."""
        submission, asked = self.submission, self.submission.round
        state = submission.state
        if asked.opened_at is None or today < asked.opens_on:
            raise Refusal("round_not_open", round=asked.title, day=asked.opens_on)
        if state == S.SUBMITTED:
            raise Refusal("submitted_waits")
        if state in (S.APPROVED, S.FROZEN):
            raise Refusal("approved_locked")
        if state == S.REOPENED:
            self._refuse_ended(list(self.opened.values()), today)
            return
        if submission.extended_until is not None and today <= submission.extended_until:
            return
        if asked.is_closed:
            raise Refusal("round_closed", round=asked.title)
        if state in BEFORE_SUBMISSION and today > asked.due_on:
            raise Refusal("past_due", day=asked.due_on)
        if today > asked.closes_on:
            raise Refusal("past_closing", day=asked.closes_on)

    def refuse_unless_enterable(
        self, indicator_id: int, asked: Collection[int], today: datetime.date
    ) -> None:
        """Refuses what `refuse_unless_open` does, and: not_in_round, not_returned, not_reopened,
        reopening_ended.

        `asked` are the ids of the round's indicators.
        """
        if indicator_id not in asked:
            raise Refusal("not_in_round", round=self.submission.round.title)
        self.refuse_unless_open(today)
        opening = self.opened.get(indicator_id)
        if opening is not None:
            if self.submission.state == S.REOPENED:
                self._refuse_ended([opening], today)
            return
        if self.submission.state == S.RETURNED:
            raise Refusal("not_returned")
        if self.submission.state == S.REOPENED:
            raise Refusal("not_reopened")

    def _refuse_ended(self, openings: list[Opening], today: datetime.date) -> None:
        """Where the last of the days of what was reopened has passed; what was asked later is open
        as long as the round."""
        closes_on = self.submission.round.closes_on
        until = max((one.event.until or closes_on for one in openings), default=None)
        if until is None or today <= until:
            return
        if any(one.event.until for one in openings):
            raise Refusal("reopening_ended", day=until)
        raise Refusal("past_closing", day=until)


def window_of(submission: Submission) -> Window:
    """The submission's window; two queries where it was returned or reopened."""
    if submission.state not in (S.RETURNED, S.REOPENED):
        return Window(submission)
    return Window(submission, openings_of(submission).now)


def last_day(one: Submission) -> datetime.date | None:
    """By when the unit has to submit; None where nothing waits for it."""
    if one.state == S.REOPENED:
        return one.reopened_until
    if one.state == S.RETURNED:
        return max(one.round.closes_on, one.extended_until or one.round.closes_on)
    if one.state in BEFORE_SUBMISSION:
        return max(one.round.due_on, one.extended_until or one.round.due_on)
    return None
