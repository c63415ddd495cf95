"""A city in the middle of a round, as the state machine plays it: its people, its days, its books.

`pictured` is everything that an act may change; a refused act must leave it as it was.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, models

from indicators.collection import TABLE, Refusal
from indicators.models import (
    Act,
    Change,
    EventFigure,
    Finding,
    Indicator,
    Jurisdiction,
    Notice,
    Remark,
    Round,
    Rule,
    Standing,
    Submission,
    SubmissionEvent,
    SubmissionState,
    Tier,
    User,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from tests.cast import YEAR

BOOKS: tuple[type[models.Model], ...] = (
    *(Change, YearlyValue, ValueRevision, Standing, YearlyResult, Finding),
    *(Round, Submission, SubmissionEvent, EventFigure, Remark, Notice),
)
WAYS = {(row.state, row.act, row.next) for row in TABLE} | {
    ("", Act.OPEN, SubmissionState.NOT_STARTED),
    *((SubmissionState.SUBMITTED, Act.TAKE_BACK, back) for back in ("returned", "reopened")),
}
# What is approved in a round that has been closed is frozen at once.
WAYS_AFTER_CLOSING = {(SubmissionState.SUBMITTED, Act.APPROVE, SubmissionState.FROZEN)}
IN_WORK = {"not_started", "draft", "checked", "returned", "reopened"}


@dataclass(frozen=True)
class World:
    """The cast of the machine; `desks` say who may do what there."""

    round: Round
    units: list[Jurisdiction]
    indicators: list[Indicator]
    rules: list[Rule]
    officers: list[User]
    leads: list[User]
    supervisors: list[User]

    @property
    def people(self) -> list[User]:
        return list(dict.fromkeys([*self.officers, *self.leads, *self.supervisors]))


def pictured() -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    with connection.cursor() as cursor:  # asked at every step, and Django compiles every time
        for book in BOOKS:
            cursor.execute(f"SELECT * FROM {book._meta.db_table} ORDER BY {book._meta.pk.column}")
            found[book.__name__] = cursor.fetchall()
    return found


def standing(tier: str, *, of_the_round: bool) -> dict[int, int]:
    """The versions (ids of revisions) that stand in the tier, by value."""
    current = Standing.objects.current().filter(tier=tier)
    if of_the_round:
        current = current.filter(value__year=YEAR)
    return dict(current.values_list("value_id", "revision_id"))


def gaps_in_history() -> list[int]:
    """Values that lack one of their revisions 1 to version."""
    kept: dict[int, list[int]] = defaultdict(list)
    for value, version in ValueRevision.objects.order_by("version").values_list(
        "value_id", "version"
    ):
        kept[value].append(version)
    versions = dict(YearlyValue.objects.values_list("pk", "version"))
    return [pk for pk, last in versions.items() if kept[pk] != list(range(1, last + 1))]


def faults_of_events() -> list[str]:
    """Events that are no row of the table, do not follow the one before, or are not the last."""
    faults = []
    events: dict[int, list[SubmissionEvent]] = defaultdict(list)
    for event in SubmissionEvent.objects.order_by("pk"):
        events[event.submission_id].append(event)
    for one in Submission.objects.select_related("round"):
        ways = WAYS | WAYS_AFTER_CLOSING if one.round.is_closed else WAYS
        state = ""
        for event in events[one.pk]:
            if (event.from_state, event.act, event.to_state) not in ways:
                faults.append(f"no such way: {event.from_state} {event.act} {event.to_state}")
            if event.from_state != state:
                faults.append(f"{event.act} from {event.from_state} after {state}")
            state = event.to_state
        acts = Counter(event.act for event in events[one.pk])
        said = (one.state, one.version, one.times_submitted, one.times_returned)
        if said != (state, len(events[one.pk]), acts[Act.SUBMIT], acts[Act.RETURN]):
            faults.append(f"the submission says {said} after {state}, {acts}")
    return faults


def open_figures(one: Submission) -> set[int] | None:
    """The figures (ids) that a return or a reopening opened; None where all are open."""
    if one.state not in ("returned", "reopened"):
        return None
    acts = [Act.RETURN, Act.REOPEN]
    event = SubmissionEvent.objects.filter(submission=one, act__in=acts).latest("pk")
    return set(event.figures.values_list("indicator_id", flat=True))


def may_be_entered(one: Submission, indicator: Indicator, today: datetime.date) -> bool:
    """Whether days and state leave the figure open, said once more in other words than `windows`.

    Nothing in a closed round but what was reopened.
    """
    asked, named = one.round, open_figures(one)
    if one.state not in IN_WORK or today < asked.opens_on:
        return False
    if named is not None and indicator.pk not in named:
        return False
    if one.state == "reopened":
        return one.reopened_until is not None and today <= one.reopened_until
    last = asked.closes_on if one.state == "returned" else asked.due_on
    return not asked.is_closed and today <= max(last, one.extended_until or last)


def review_has_begun(one: Submission) -> bool:
    """Whether the city has asked anything since the latest submit."""
    sent = one.events.filter(act=Act.SUBMIT).latest("pk").change.at
    return Remark.objects.filter(submission=one, asks=True, at__gte=sent).exists()


def hands_on(one: Submission) -> set[int]:
    """Who (ids) has entered, checked or submitted any figure of the submission."""
    entered = ValueRevision.objects.filter(
        value__jurisdiction=one.jurisdiction_id, value__year=YEAR
    )
    sent = one.events.filter(act__in=[Act.CHECK, Act.SUBMIT])
    people = {
        *entered.values_list("change__actor", flat=True),
        *sent.values_list("change__actor", flat=True),
    }
    return people - {None}


def reopened_since_approval(unit: int) -> bool:
    """Whether a reopening came after the approval before the latest."""
    acts = list(
        SubmissionEvent.objects.filter(
            submission__jurisdiction=unit, act__in=[Act.APPROVE, Act.REOPEN]
        )
        .order_by("pk")
        .values_list("act", flat=True)
    )
    return acts[-2:] == [Act.REOPEN, Act.APPROVE] or acts.count(Act.APPROVE) == 1


def tiers() -> tuple[dict[int, int], dict[int, int]]:
    """What stands of the round as reported, and as approved."""
    reported, approved = (standing(tier, of_the_round=True) for tier in (Tier.REPORTED, "approved"))
    return reported, approved


def refused(act, *args, **given):
    """The code of the refusal, which has a sentence."""
    with pytest.raises(Refusal) as caught:
        act(*args, **given)
    assert caught.value.message
    return caught.value.code
