"""Separation of duties: who had a hand in figures does not approve them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from indicators.models import Act, Submission, User, ValueRevision, YearlyValue


def had_a_hand_in(submission: Submission, actor: User) -> bool:
    """Whether the user entered any of its figures, checked or submitted it; two queries."""
    year = submission.round.evaluation_year
    values = YearlyValue.objects.filter(
        jurisdiction=submission.jurisdiction_id,
        indicator__in=submission.round.indicators.values("pk"),
        year=F("indicator__lag") + year,
    )
    sent = submission.events.filter(Q(act=Act.SUBMIT) | Q(act=Act.CHECK), change__actor=actor)
    return entered_any(values, actor) or sent.exists()


def entered_any(values: QuerySet[YearlyValue] | Collection[YearlyValue], actor: User) -> bool:
    """Whether any version of any of the values is the user's."""
    return ValueRevision.objects.filter(value__in=values, change__actor=actor).exists()
