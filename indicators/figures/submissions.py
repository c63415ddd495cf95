"""What was done to a submission and said about its figures, for those who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.models import (
    EventFigure,
    Indicator,
    Remark,
    Submission,
    SubmissionEvent,
    User,
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
        .select_related("actor")
        .order_by("-pk")
    )
    named = EventFigure.objects.filter(event__in=events).select_related("indicator")
    return [Event(event, figures) for event, figures in _by_event(events, named)]


def _by_event(
    events: list[SubmissionEvent], named: Iterable[EventFigure]
) -> list[tuple[SubmissionEvent, list[EventFigure]]]:
    figures: dict[int, list[EventFigure]] = {event.pk: [] for event in events}
    for figure in named:
        figures[figure.event_id].append(figure)
    return [(event, figures[event.pk]) for event in events]
