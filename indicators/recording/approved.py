"""Approved is a promise: it moves by a reopening, or by a correction that was confirmed.

Decided: a reopening is an event of a submission, or, where no round asks the figure, a row of its
own. Each holds from the approval that it lifts until its day, or the next approval. Whatever moves
an approved, whole result, its status included, leaves a `Correction` with the change that did it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from indicators.collection import openings_of
from indicators.models import (
    Change,
    Correction,
    Reopening,
    Standing,
    Status,
    Submission,
    Tier,
)
from indicators.results import Key, Moved


@dataclass(frozen=True)
class Confirmation:
    """That somebody has seen what moves, and wants it: `change` says who and why. `digest` is of
    the list that they saw; the operator, to whom the list was printed, gives none."""

    change: Change
    digest: str = ""


def digest_of(moved: Iterable[Moved]) -> str:
    """Of a list of moved figures: SHA-256 over their places and what they say before and after."""
    lines = [
        repr((tuple(one.key), one.before.says, one.after.says if one.after else None, *_of(one)))
        for one in sorted(moved, key=lambda one: one.key)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _of(moved: Moved) -> list[tuple[str, str, int]]:
    """What every figure of the indicator says, before and after, where that is what changes."""
    both = (moved.was, moved.becomes)
    return [(one.unit, one.period_kind, one.lag) for one in both if one is not None]


def corrected(moved: Iterable[Moved]) -> list[Moved]:
    """Those of which a correction is kept. A status alone counts where there was a target; a sum
    that is whole no longer is nothing to rely on, and so none."""
    whole = [
        one._replace(after=one.after if one.after and one.after.is_whole else None) for one in moved
    ]
    return [
        one
        for one in whole
        if one.after is None
        or one.was is not None
        or one.before.says[:-1] != one.after.says[:-1]
        or one.before.status != Status.NO_TARGET
    ]


def record_corrections(moved: Iterable[Moved], change: Change) -> None:
    """Keep what approved figures were."""
    Correction.objects.bulk_create(
        Correction(
            change=change,
            indicator_id=one.key.indicator_id,
            jurisdiction_id=one.key.unit_id,
            year=one.key.year,
            number=before.number,
            statement=before.statement,
            state=before.state,
            status=before.status,
            new_number=after.number if after else None,
            new_statement=after.statement if after else "",
            new_state=after.state if after else "",
            new_status=after.status if after else "",
            **_otherwise(one),
        )
        for one in corrected(moved)
        for before, after in [(one.before, one.after)]
    )


def _otherwise(moved: Moved) -> dict[str, str]:
    """The unit and the kind of period that the indicator had, where they are others now."""
    if moved.was is None:
        return {}
    return {
        name: getattr(moved.was, name)
        for name in ("unit", "period_kind")
        if getattr(moved.was, name) != getattr(moved.becomes, name)
    }


def approvals_of(keys: Collection[Key]) -> dict[Key, int]:
    """By which change (id) each of the keys that stand as approved was approved last; one query."""
    if not keys:
        return {}
    units, years, indicators = (set(column) for column in zip(*keys, strict=True))
    approved = (
        Standing.objects.filter(
            tier=Tier.APPROVED,
            value__jurisdiction__in=units,
            value__year__in=years,
            value__indicator__in=indicators,
        )
        .order_by()
        .values_list("value__jurisdiction_id", "value__year", "value__indicator_id")
        .annotate(latest=Max("change_id"))
    )
    found = {Key(unit, year, indicator): latest for unit, year, indicator, latest in approved}
    return {key: latest for key, latest in found.items() if key in keys}


def locked_by_approval(
    keys: Collection[Key], submissions: Mapping[Key, Submission], *, today: datetime.date
) -> set[Key]:
    """Which of the keys stand as approved and were not reopened since.

    By a reopening of their own, or by one of the submission in whose window they lie. One query
    where nothing is approved.
    """
    approvals = approvals_of(set(keys))
    if not approvals:
        return set()
    since = _reopened_by_themselves(approvals, today)
    held = {submissions[key] for key in approvals if key in submissions}
    for submission in held:
        lifted = openings_of(submission).lifted(today)
        for key in approvals:
            if submissions.get(key) == submission and key.indicator_id in lifted:
                change = lifted[key.indicator_id].event.change_id
                since[key] = max(change, since.get(key, 0))
    return {key for key, approved in approvals.items() if since.get(key, 0) <= approved}


def _reopened_by_themselves(keys: Collection[Key], today: datetime.date) -> dict[Key, int]:
    units, years, indicators = (set(column) for column in zip(*keys, strict=True))
    leave = (
        Reopening.objects.filter(
            jurisdiction__in=units, year__in=years, indicator__in=indicators, until__gte=today
        )
        .order_by("pk")
        .values_list("jurisdiction_id", "year", "indicator_id", "change_id")
    )
    return {Key(unit, year, indicator): change for unit, year, indicator, change in leave}
