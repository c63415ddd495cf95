"""What was done to a submission and said about its figures, for those who may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.models import (
    EventFigure,
    Finding,
    Indicator,
    Remark,
    Severity,
    Submission,
    SubmissionEvent,
    SubmissionState,
    User,
)

# How the queue orders what does not wait: what is on its way before what is settled.
UNSETTLED_FIRST = (
    SubmissionState.RETURNED,
    SubmissionState.REOPENED,
    SubmissionState.CHECKED,
    SubmissionState.DRAFT,
    SubmissionState.NOT_STARTED,
    SubmissionState.APPROVED,
    SubmissionState.FROZEN,
)


@dataclass(frozen=True)
class Thread:
    """Question and answer about a figure, in order."""

    indicator: Indicator
    remarks: list[Remark]

    @property
    def is_open(self) -> bool:
        """Whether the latest saying is a question."""
        return self.remarks[-1].asks


@dataclass(frozen=True)
class Event:
    """An act with the figures that it names."""

    event: SubmissionEvent
    figures: list[EventFigure]


def threads_of(user: User, submission: Submission) -> list[Thread]:
    """The threads of a submission, open questions first; one query."""
    found = (
        Remark.objects.filter(
            submission=submission, submission__in=Submission.objects.for_user(user)
        )
        .select_related("author", "indicator")
        .order_by("pk")
    )
    threads: dict[int, Thread] = {}
    for remark in found:
        threads.setdefault(remark.indicator_id, Thread(remark.indicator, [])).remarks.append(remark)
    return sorted(threads.values(), key=lambda thread: not thread.is_open)


def events_of(user: User, submission: Submission) -> list[Event]:
    """All acts, the latest first; two queries."""
    events = list(
        SubmissionEvent.objects.filter(
            submission=submission, submission__in=Submission.objects.for_user(user)
        )
        .select_related("change__actor")
        .order_by("-pk")
    )
    named = EventFigure.objects.filter(event__in=events).select_related("indicator")
    return [Event(event, figures) for event, figures in _by_event(events, named)]


@dataclass(frozen=True)
class Queued:
    """A submission in the queue, with what the rules found and what is asked of it."""

    submission: Submission
    errors: int
    warnings: int
    questions: int

    @property
    def is_late(self) -> bool:
        """Whether it was first submitted after the round's due date."""
        first, due = self.submission.first_submitted_at, self.submission.round.due_on
        return first is not None and timezone.localdate(first) > due


@dataclass(frozen=True)
class Queue:
    """What waits for a decision, the most pressing first, and all others by state, then unit."""

    waiting: list[Queued]
    others: list[Queued]

    @property
    def finding(self) -> str:
        if not self.waiting and not self.others:
            return _("No round is open.")
        if not self.waiting:
            return _("Nothing waits for a decision.")
        return ngettext(
            "%(n)s submission waits for a decision, most pressing %(unit)s.",
            "%(n)s submissions wait for a decision, most pressing %(unit)s.",
            len(self.waiting),
        ) % {"n": len(self.waiting), "unit": self.waiting[0].submission.unit_name}


def queue_for(user: User) -> Queue:
    """All submissions of rounds that are open, and those sent after the closing; three queries."""
    submissions = list(
        Submission.objects.for_user(user)
        .filter(Q(round__closed_at__isnull=True) | Q(state=SubmissionState.SUBMITTED))
        .with_names()
        .select_related("round", "jurisdiction")
        .order_by("jurisdiction__code")
    )
    found: Counter[tuple[int, str]] = Counter()
    standing = Finding.objects.for_user(user).current().filter(submission__in=submissions)
    for submission_id, severity in standing.values_list("submission_id", "severity"):
        found[submission_id, severity] += 1
    questions = open_questions(submissions)
    queued = [
        Queued(
            one,
            errors=found[one.pk, Severity.ERROR],
            warnings=found[one.pk, Severity.WARNING],
            questions=questions[one.pk],
        )
        for one in submissions
    ]
    waits = SubmissionState.SUBMITTED
    return Queue(
        waiting=sorted((q for q in queued if q.submission.state == waits), key=_pressing),
        others=sorted(
            (q for q in queued if q.submission.state != waits),
            key=lambda q: UNSETTLED_FIRST.index(SubmissionState(q.submission.state)),
        ),
    )


def open_questions(submissions: Iterable[Submission]) -> Counter[int]:
    """How many threads of each submission (id) end with a question; one query."""
    found = Remark.objects.open_questions().filter(submission__in=submissions)
    return Counter(found.values_list("submission_id", flat=True))


def _pressing(queued: Queued) -> tuple[object, ...]:
    """By deadline, then by what was found, then by how long it has waited."""
    one = queued.submission
    return (one.round.closes_on, -queued.errors, -queued.warnings, one.submitted_at)


def _by_event(
    events: list[SubmissionEvent], named: Iterable[EventFigure]
) -> list[tuple[SubmissionEvent, list[EventFigure]]]:
    figures: dict[int, list[EventFigure]] = {event.pk: [] for event in events}
    for figure in named:
        figures[figure.event_id].append(figure)
    return [(event, figures[event.pk]) for event in events]
