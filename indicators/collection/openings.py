"""Which figures a returned or reopened submission has open, and whose approval was lifted: told by
its events, each of which opens what it names and nothing else.

A return opens what it names in place of all before it. So does a reopening, besides what was asked
later; it ends with its day. What is asked later is open besides. With a submission all that is
over, unless it is taken back, and with an approval or the closing of the round for good.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.utils import timezone

from indicators.models import Act, EventFigure, Submission, SubmissionEvent

_SUBMITS = (Act.SUBMIT, Act.TAKE_BACK)
_OPENS = (Act.RETURN, Act.REOPEN, Act.ADD)
_ENDS = (Act.APPROVE, Act.FREEZE)


@dataclass(frozen=True)
class Opening:
    """The event that opened a figure, and the reason that it gives for it."""

    event: SubmissionEvent
    reason: str

    def is_over(self, day: datetime.date) -> bool:
        return self.event.until is not None and day > self.event.until


@dataclass(frozen=True)
class Openings:
    """By figure (id of its indicator): what is open `now`, what was open `at_submission`, and what
    was `reopened` since it was approved, of which some were `submitted` in time."""

    now: Mapping[int, Opening]
    at_submission: Mapping[int, Opening]
    reopened: Mapping[int, Opening]
    submitted: Set[int]

    def lifted(self, today: datetime.date) -> dict[int, Opening]:
        """By which reopenings approvals are lifted: until their day, or as what was submitted."""
        return _lifted(self.reopened, self.submitted, today)


def openings_of(submission: Submission) -> Openings:
    """What the submission's events have opened; two queries."""
    acts = [*_SUBMITS, *_OPENS, *_ENDS]
    events = submission.events.filter(act__in=acts).select_related("change__actor").order_by("pk")
    named: dict[int, dict[int, str]] = defaultdict(dict)
    of_event = EventFigure.objects.filter(event__submission=submission.pk)
    for event_id, indicator, reason in of_event.values_list("event", "indicator", "reason"):
        named[event_id][indicator] = reason
    now: dict[int, Opening] = {}
    reopened: dict[int, Opening] = {}
    submitted: set[int] = set()
    before = now, reopened, submitted
    for event in events:
        opened = {pk: Opening(event, reason) for pk, reason in named[event.pk].items()}
        match event.act:
            case Act.RETURN:
                now = opened
            case Act.REOPEN:
                now = {pk: one for pk, one in now.items() if one.event.act == Act.ADD} | opened
                reopened, submitted = opened, set()
            case Act.ADD:
                now = opened | now
            case Act.SUBMIT:
                before = now, reopened, submitted
                day = timezone.localtime(event.change.at).date()
                reopened = _lifted(reopened, submitted, day)
                now, submitted = {}, set(reopened)
            case Act.TAKE_BACK:
                now, reopened, submitted = before
            case _:
                now, reopened, submitted = {}, {}, set()
    return Openings(now, before[0], reopened, submitted)


def _lifted(
    reopened: Mapping[int, Opening], submitted: Set[int], day: datetime.date
) -> dict[int, Opening]:
    return {pk: one for pk, one in reopened.items() if pk in submitted or not one.is_over(day)}
