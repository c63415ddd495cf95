"""Separation of duties: who had a hand in figures does not approve them.

Nor does who had one in the parts of a sum: what a merged unit begins with was entered, checked and
submitted by the people of those that ended.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import F, Q

from indicators.models import (
    AchievementVersion,
    Act,
    Jurisdiction,
    Submission,
    SubmissionEvent,
    User,
    ValueRevision,
    YearlyValue,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet


def had_a_hand_in(submission: Submission, actor: User) -> bool:
    """Whether the user entered any of its figures or achievements, checked or submitted it; three
    queries."""
    asked = submission.round
    unit = submission.jurisdiction_id
    if entered_any(unit, asked.evaluation_year, asked.indicators.values("pk"), actor):
        return True
    if entered_achievements(unit, asked.evaluation_year, actor):
        return True
    sent = SubmissionEvent.objects.filter(
        Q(act=Act.SUBMIT) | Q(act=Act.CHECK),
        Q(submission__jurisdiction=unit) | Q(submission__jurisdiction__in=_ended_into(unit)),
        submission__round=asked,
        change__actor=actor,
    )
    return sent.exists()


def entered_any(
    unit: int,
    evaluation_year: int,
    indicators: QuerySet | Collection[int],
    actor: User,
) -> bool:
    """Whether any version of any of the unit's values of an evaluation year is the user's; one
    query."""
    parts = Q(
        jurisdiction__in=_ended_into(unit),
        # Of earlier years are figures of their own.
        year__gte=F("jurisdiction__valid_to"),
    )
    values = YearlyValue.objects.filter(
        Q(jurisdiction=unit) | parts,
        indicator__in=indicators,
        year=F("indicator__lag") + evaluation_year,
    )
    return ValueRevision.objects.filter(value__in=values, change__actor=actor).exists()


def entered_achievements(unit: int, evaluation_year: int, actor: User) -> bool:
    """Whether any version of any of the unit's achievements of the year is the user's; one
    query."""
    versions = AchievementVersion.objects.filter(
        achievement__jurisdiction=unit,
        achievement__evaluation_year=evaluation_year,
        change__actor=actor,
    )
    return versions.exists()


def _ended_into(unit: int) -> QuerySet:
    """The units with whose end this one began."""
    return Jurisdiction.objects.filter(changes_from__to_units=unit).values("pk")
