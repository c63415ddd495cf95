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
    reopened: Collection[Key] | None = None,
    confirmed: str = "",
) -> int:
    """Let the values stand in the tier; how many that changed.

    As reported their latest versions stand, as approved those that stand as reported. Where an
    approval moves what stands as approved and was not `reopened` (None: all that was approved
    before is), as when a city states what is not its sum, a reason is needed and `confirmed`, the
    digest of the list that was seen. Refuses: total_too_large, ApprovedWouldMove,
    act_reason_missing. The caller holds what keeps others from writing the values meanwhile.
    """
    revisions = _latest(values) if tier == Tier.REPORTED else _standing(values, Tier.REPORTED)
    before = _standing(values, tier)
    if reopened is None:
        reopened = {_key(value) for value in values if value.pk in before}
    changed, moved = _stand(snapshot, values, tier, before, revisions, change)
    unsaid = {_key(value) for value in changed} - set(reopened)
    _refuse_unconfirmed(_following(snapshot, corrected(moved), unsaid), change, confirmed)
    record_corrections(moved, change)
    examine_at_the_end()
    return len(changed)


def fall_back(snapshot: Snapshot, values: Collection[YearlyValue], *, change: Change) -> None:
    """Let stand as reported again what stands as approved: a reopening is over without approval."""
    before, revisions = (_standing(values, tier) for tier in (Tier.REPORTED, Tier.APPROVED))
    _stand(snapshot, values, Tier.REPORTED, before, revisions, change)
    examine_at_the_end()


def _stand(
    snapshot: Snapshot,
    values: Collection[YearlyValue],
    tier: Tier,
    before: dict[int, int],
    revisions: dict[int, int],
    change: Change,
) -> tuple[list[YearlyValue], list[Moved]]:
    """Which of the values changed, and which approved figures moved with it."""
    changed = [
        value
        for value in values
        if value.pk in revisions and before.get(value.pk) != revisions[value.pk]
    ]
    locked = results.lock(snapshot, {_key(value) for value in changed}, tiers=[tier])
    Standing.objects.bulk_create(
        Standing(value=value, revision_id=revisions[value.pk], tier=tier, change=change)
        for value in changed
    )
    return changed, refresh(snapshot, locked)


def _following(snapshot: Snapshot, moved: list[Moved], unsaid: Collection[Key]) -> list[Moved]:
    """Those that follow from what was not reopened, and so had no reason yet."""
    follows = set(affected(snapshot, unsaid, last_year=last_year())) if moved else set()
    return [one for one in moved if one.key in follows]


def _key(value: YearlyValue) -> Key:
    return Key(value.jurisdiction_id, value.year, value.indicator_id)


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
