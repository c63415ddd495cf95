"""Tells people of acts on submissions and of days that draw near, each thing once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from indicators.collection import last_day
from indicators.models import (
    Act,
    Indicator,
    Membership,
    MutedNotice,
    Notice,
    NoticeKind,
    Role,
    Round,
    Submission,
    SubmissionEvent,
    User,
)

# Of which acts whom is told; of the others nobody.
TO_UNIT = {
    Act.OPEN: NoticeKind.OPENED,
    Act.RETURN: NoticeKind.RETURNED,
    Act.APPROVE: NoticeKind.APPROVED,
    Act.EXTEND: NoticeKind.EXTENDED,
    Act.REOPEN: NoticeKind.REOPENED,
    Act.ADD: NoticeKind.ADDED,
    Act.CARRY: NoticeKind.CARRIED,
}
TO_LEADS = {Act.HAND_OVER: NoticeKind.TO_CHECK}
TO_CITY = {Act.SUBMIT: NoticeKind.SUBMITTED, Act.TAKE_BACK: NoticeKind.TAKEN_BACK}
KIND_OF = TO_UNIT | TO_LEADS | TO_CITY
UNIT_ROLES = (Role.OFFICER, Role.LEAD)
BEFORE_DUE = (7, 3, 1, 0)
AFTER_DUE = (1, 4, 7, 14, 21, 28)


def notify_of(events: Collection[SubmissionEvent]) -> None:
    """Tell of acts just done; all of one kind and round. Two queries and one insert."""
    acts = {Act(event.act) for event in events}
    kind = next((kind for act in acts if (kind := KIND_OF.get(act))), None)
    if kind is not None:
        _tell(events, kind, to_city=acts <= TO_CITY.keys())


def notify_of_letting_go(events: Collection[SubmissionEvent]) -> None:
    """Tell those who were told of the opening that the round asks their unit no longer: it was
    withdrawn, or the unit let go. Who goes on as another unit is told of that instead."""
    if events:
        _tell(events, NoticeKind.DROPPED, to_city=False)


def _tell(events: Collection[SubmissionEvent], kind: NoticeKind, *, to_city: bool) -> None:
    people = _people([event.submission for event in events], kind, to_city=to_city)
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=person,
                kind=kind,
                submission=event.submission,
                event=event,
                day=timezone.localdate(now),
                due=event.submission.round.due_on if kind == NoticeKind.OPENED else None,
                made_at=now,
            )
            for event in events
            for person in people[event.submission.pk]
            if person != event.change.actor_id
        ],
        ignore_conflicts=True,
    )


def notify_of_remark(
    submission: Submission, indicator: Indicator, *, author: User, asks: bool
) -> None:
    """Tell the unit of a question, the city of an answer."""
    kind = NoticeKind.ASKED if asks else NoticeKind.ANSWERED
    people = _people([submission], kind, to_city=not asks)
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(
            recipient_id=person,
            kind=kind,
            submission=submission,
            indicator=indicator,
            day=timezone.localdate(now),
            made_at=now,
        )
        for person in people[submission.pk]
        if person != author.pk
    )


def remind(today: datetime.date) -> int:
    """Tell the units of open rounds of a due day that is near or past; how many were told.

    Each milestone is told once, the latest that has come; so a day that was missed is made up for,
    and running twice tells nothing twice.
    """
    reminded = 0
    with transaction.atomic():
        for asked in Round.objects.filter(opened_at__isnull=False, closed_at__isnull=True):
            by_kind: dict[tuple[str, datetime.date], list[Submission]] = defaultdict(list)
            for one in asked.submissions.asked():
                one.round = asked
                milestone = _milestone(one, today)
                if milestone:
                    by_kind[milestone].append(one)
            for (kind, day), submissions in by_kind.items():
                reminded += _remind(submissions, NoticeKind(kind), day)
    return reminded


def _remind(submissions: list[Submission], kind: NoticeKind, day: datetime.date) -> int:
    people = _people(submissions, kind, to_city=False)
    told = set(
        Notice.objects.filter(submission__in=submissions, kind=kind, day=day).values_list(
            "submission", "recipient"
        )
    )
    new = [
        Notice(
            recipient_id=person,
            kind=kind,
            submission=one,
            day=day,
            due=last_day(one),
            made_at=timezone.now(),
        )
        for one in submissions
        for person in people[one.pk]
        if (one.pk, person) not in told
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _milestone(one: Submission, today: datetime.date) -> tuple[str, datetime.date] | None:
    """The latest reminder that is to be given by today, and from which day."""
    due = last_day(one)
    if due is None:
        return None
    for days in reversed(AFTER_DUE):
        if today >= due + datetime.timedelta(days):
            return NoticeKind.OVERDUE, due + datetime.timedelta(days)
    for days in reversed(BEFORE_DUE):
        if today >= due - datetime.timedelta(days):
            return NoticeKind.DUE_SOON, due - datetime.timedelta(days)
    return None


def _people(
    submissions: Iterable[Submission], kind: NoticeKind, *, to_city: bool
) -> dict[int, list[int]]:
    """Ids of active people by submission: of the unit's desk, or the city's supervisors, without
    those who do not want the kind."""
    place = {one.pk: one.round.city_id if to_city else one.jurisdiction_id for one in submissions}
    of_unit = (Role.LEAD,) if kind in TO_LEADS.values() else UNIT_ROLES
    roles = (Role.SUPERVISOR,) if to_city else of_unit
    members = (
        Membership.objects.reporting_for(set(place.values()))
        .filter(role__in=roles, user__is_active=True)
        .exclude(user__in=MutedNotice.objects.filter(kind=kind).values("user"))
        .values_list("jurisdiction_id", "jurisdiction__answers_for__from_units", "user_id")
        .distinct()
    )
    at: dict[int, list[int]] = defaultdict(list)
    for told, ended, person in sorted(members, key=lambda row: (row[0], row[2])):
        for unit in (told, ended):
            if person not in at[unit]:
                at[unit].append(person)
    return {pk: at[unit] for pk, unit in place.items()}
