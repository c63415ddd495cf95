"""Which figures a returned or reopened submission has open, and whose approval was lifted: told by
its events, each of which opens what it names and nothing else.

A return opens what it names in place of all before it. So does a reopening, besides what was asked
later; it ends with its day. What is asked later is open besides. With a submission all that is
over, unless it is taken back, and with an approval or the closing of the round for good.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
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
    """By figure (id of its indicator): what is open `now`, which approvals were `lifted`, and what
    was open when it was `sent` last."""

    now: Mapping[int, Opening]
    lifted: Mapping[int, Opening]
    sent: Mapping[int, Opening]


def openings_of(submission: Submission, today: datetime.date) -> Openings:
    """What the submission's events have opened; two queries. Of a reopening whose day has passed
    what was submitted in time is still lifted."""
    acts = [*_SUBMITS, *_OPENS, *_ENDS]
    events = submission.events.filter(act__in=acts).select_related("change__actor").order_by("pk")
    named: dict[int, dict[int, str]] = defaultdict(dict)
    of_event = EventFigure.objects.filter(event__submission=submission.pk)
    for event_id, indicator, reason in of_event.values_list("event", "indicator", "reason"):
        named[event_id][indicator] = reason
    now: dict[int, Opening] = {}
    lifted: dict[int, Opening] = {}
    sent: set[int] = set()
    before = now, lifted, sent
    for event in events:
        opened = {pk: Opening(event, reason) for pk, reason in named[event.pk].items()}
        match event.act:
            case Act.RETURN:
                now = opened
            case Act.REOPEN:
                now = {pk: one for pk, one in now.items() if one.event.act == Act.ADD} | opened
                lifted, sent = opened, set()
            case Act.ADD:
                now = opened | now
            case Act.SUBMIT:
                before = now, lifted, sent
                day = timezone.localtime(event.change.at).date()
                lifted = {
                    pk: one for pk, one in lifted.items() if pk in sent or not one.is_over(day)
                }
                now, sent = {}, set(lifted)
            case Act.TAKE_BACK:
                now, lifted, sent = before
            case _:
                now, lifted, sent = {}, {}, set()
    lifted = {pk: one for pk, one in lifted.items() if pk in sent or not one.is_over(today)}
    return Openings(now, lifted, before[0])
