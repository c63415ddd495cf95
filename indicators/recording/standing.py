"""Lets what was submitted or approved stand, and refreshes the results that follow from it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import F

from indicators import results
from indicators.collection import Refusal
from indicators.models import Standing, Tier, User, ValueRevision, YearlyValue
from indicators.results import Key, Snapshot


def report(
    snapshot: Snapshot,
    values: Collection[YearlyValue],
    *,
    actor: User,
    reason: str,
    at: datetime.datetime,
) -> int:
    """Let the latest versions of the values stand as reported; how many that changed.

    Refuses: total_too_large. The caller holds what keeps others from writing the values meanwhile.
    """
    latest = ValueRevision.objects.filter(value__in=values, version=F("value__version"))
    revisions = dict(latest.values_list("value_id", "pk"))
    return _let_stand(snapshot, values, revisions, Tier.REPORTED, actor, reason, at)


def approve(
    snapshot: Snapshot,
    values: Collection[YearlyValue],
    *,
    actor: User,
    reason: str,
    at: datetime.datetime,
) -> int:
    """Let what stands of the values as reported stand as approved; how many that changed.

    Refuses: total_too_large.
    """
    revisions = _standing(values, Tier.REPORTED)
    return _let_stand(snapshot, values, revisions, Tier.APPROVED, actor, reason, at)


def _let_stand(
    snapshot: Snapshot,
    values: Collection[YearlyValue],
    revisions: dict[int, int],
    tier: str,
    actor: User,
    reason: str,
    at: datetime.datetime,
) -> int:
    before = _standing(values, tier)
    changed = [
        value
        for value in values
        if value.pk in revisions and before.get(value.pk) != revisions[value.pk]
    ]
    keys = {Key(value.jurisdiction_id, value.year, value.indicator_id) for value in changed}
    locked = results.lock(snapshot, keys, tiers=[tier])
    Standing.objects.bulk_create(
        Standing(
            value=value,
            revision_id=revisions[value.pk],
            tier=tier,
            since=at,
            set_by=actor,
            reason=reason,
        )
        for value in changed
    )
    try:
        results.refresh(snapshot, locked)
    except results.TotalTooLarge as error:
        unit = snapshot.units[error.key.unit_id].name
        raise Refusal("total_too_large", unit=unit) from error
    return len(changed)


def _standing(values: Collection[YearlyValue], tier: str) -> dict[int, int]:
    """The versions (ids) that stand in the tier, by value."""
    found = Standing.objects.current().filter(value__in=values, tier=tier)
    return dict(found.values_list("value_id", "revision_id"))
