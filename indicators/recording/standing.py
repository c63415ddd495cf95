"""Lets what was submitted or approved stand, and refreshes the results that follow from it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from indicators import results
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import Change, Standing, Tier, ValueRevision, YearlyValue
from indicators.recording.approved import corrected, digest_of, record_corrections
from indicators.recording.examination import examine_at_the_end
from indicators.recording.refreshing import refresh
from indicators.results import Key, Moved, Snapshot, affected, last_year


def set_standing(
    snapshot: Snapshot,
    values: Collection[YearlyValue],
    tier: Tier,
    *,
    change: Change,
    confirmed: str = "",
) -> int:
    """Let the values stand in the tier; how many that changed.

    As reported their latest versions stand, as approved those that stand as reported. Where a first
    approval moves what stands as approved, as when a city states what is not its sum, a reason is
    needed and `confirmed`, the digest of the list that was seen. Refuses: total_too_large,
    ApprovedWouldMove, act_reason_missing. The caller holds what keeps others from writing the
    values meanwhile.
    """
    revisions = _latest(values) if tier == Tier.REPORTED else _standing(values, Tier.REPORTED)
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
            change=change,
        )
        for value in changed
    )
    moved = refresh(snapshot, locked)
    reopened = {
        Key(value.jurisdiction_id, value.year, value.indicator_id)
        for value in changed
        if value.pk in before
    }
    _refuse_unconfirmed(_besides(snapshot, corrected(moved), reopened), change, confirmed)
    record_corrections(moved, change)
    examine_at_the_end()
    return len(changed)


def _besides(snapshot: Snapshot, moved: list[Moved], reopened: Collection[Key]) -> list[Moved]:
    """Those that do not follow from what was reopened, which had its reason then."""
    follows = set(affected(snapshot, reopened, last_year=last_year())) if moved else set()
    return [one for one in moved if one.key not in follows]


def _refuse_unconfirmed(moved: list[Moved], change: Change, confirmed: str) -> None:
    if not moved:
        return
    if confirmed != digest_of(moved):
        raise ApprovedWouldMove(moved)
    if not change.reason:
        raise Refusal("act_reason_missing", field="reason")


def _latest(values: Collection[YearlyValue]) -> dict[int, int]:
    """The latest versions (ids), by value."""
    latest = ValueRevision.objects.filter(value__in=values, version=F("value__version"))
    return dict(latest.values_list("value_id", "pk"))


def _standing(values: Collection[YearlyValue], tier: str) -> dict[int, int]:
    """The versions (ids) that stand in the tier, by value."""
    found = Standing.objects.current().filter(value__in=values, tier=tier)
    return dict(found.values_list("value_id", "revision_id"))
