"""Saves yearly values: the value, its version, what stands, and the results, in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from indicators import results
from indicators.collection import Refusal, Stale, on_behalf
from indicators.models import Origin, Standing, Tier, User, ValueRevision, YearlyValue
from indicators.models.copying import MANY, copies, copy_in, new_ids
from indicators.models.value import CONTENT_FIELDS
from indicators.recording.reading import REASON_LENGTH, Entry, read_entry, refuse_odd_text
from indicators.recording.window import Windows, begin
from indicators.results import Key

__all__ = ["Entry", "meanings", "save_value", "save_values"]

CONTENT = tuple(name.removesuffix("_id") for name in CONTENT_FIELDS)
LATEST_STAND = (
    "INSERT INTO indicators_standing (value_id, revision_id, tier, since, set_by_id, reason)"
    " SELECT v.id, r.id, %s, %s, %s::bigint, %s FROM indicators_yearlyvalue v"
    " JOIN indicators_valuerevision r ON r.value_id = v.id AND r.version = v.version"
    " WHERE v.id = ANY(%s)"
)
COLUMNS = ("id", "indicator_id", "jurisdiction_id", "year", *CONTENT_FIELDS)


def save_value(
    entry: Entry, *, actor: User | None, reason: str, origin: str = Origin.ENTERED
) -> YearlyValue | None:
    """Save one figure; returns its value as it is now, None where there was and is nothing.

    Refuses as `save_values` does.
    """
    return save_values([entry], actor=actor, reason=reason, origin=origin)[0]


def save_values(
    entries: Sequence[Entry],
    *,
    actor: User | None,
    reason: str,
    origin: str = Origin.ENTERED,
    tiers: Collection[str] = (Tier.REPORTED,),
) -> list[YearlyValue | None]:
    """Save figures, all or none; returns their values in the same order.

    An entry that says what the value says already makes no new version. In a round, what is saved
    is a draft, which stands nowhere until it is submitted. While no round exists for an evaluation
    year, what is saved stands as reported at once; the seeds set both tiers. `actor` is None for
    the seeds only, which no round holds up.

    Refuses: what `read_entry` and `Windows` do, total_too_large, too_long and null_character of the
    reason, and stale (with what the value is now and what the version given said). The refusal's
    `place` is the entry's index.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    with transaction.atomic():
        # Others wait for a load of many; in return no row has to be made for the lock's sake.
        alone = len(entries) >= MANY
        lock = results.Lock.ALONE if alone else results.Lock.SHARED
        snapshot = results.current_snapshot(lock=lock)
        # The seeds, whose actor is nobody, say themselves in which tiers they stand.
        held = Windows(snapshot, entries if actor else [], hold=True)
        contents = []
        for place, entry in enumerate(entries):
            try:
                contents.append(read_entry(snapshot, entry, actor, reason))
                held.refuse_unless_open(entry)
            except Refusal as refusal:
                refusal.place = place
                raise
        keys = [_key(entry) for entry in entries]
        drafts = {
            key: window.submission
            for key, entry in zip(keys, entries, strict=True)
            if (window := held.of(entry))
        }
        locked = results.lock(snapshot, set(keys) - set(drafts), tiers=tiers, alone=alone)
        values = _current(set(keys))
        now = timezone.now()
        stamp = {"changed_at": now, "changed_by": actor, "change_reason": reason}
        changed: list[YearlyValue] = []
        for place, (key, entry, content) in enumerate(zip(keys, entries, contents, strict=True)):
            value = values.get(key)
            if (value.version if value else 0) != entry.version:
                raise _stale(entry, value, place)
            if value is None and content["state"] == "blank":
                continue
            if value is not None and all(getattr(value, k) == v for k, v in content.items()):
                continue
            by = origin
            if on_behalf(actor, entry.indicator, entry.jurisdiction):
                by = Origin.ON_BEHALF
            said = {**content, **stamp, "origin": by}
            if value is None:
                value = values[key] = YearlyValue(
                    indicator=entry.indicator,
                    jurisdiction=entry.jurisdiction,
                    year=entry.year,
                    version=1,
                    **said,
                )
            else:
                for name, given in said.items():
                    setattr(value, name, given)
                value.version += 1
            changed.append(value)
        _write(changed)
        begun = {drafts[_place(value)] for value in changed if _place(value) in drafts}
        begin(begun, actor=actor, at=now)
        standing = [value for value in changed if _place(value) not in drafts]
        _let_stand(standing, since=now, tiers=tiers, actor=actor, reason=reason)
        try:
            results.refresh(snapshot, locked)
        except results.TotalTooLarge as error:
            unit = snapshot.units[error.key.unit_id].name
            raise Refusal("total_too_large", field="value", unit=unit) from error
        return [values.get(key) for key in keys]


def meanings(
    entries: Sequence[Entry], *, actor: User | None, reason: str
) -> list[dict[str, Any] | Refusal]:
    """What saving each entry would write, by field of YearlyValue, or its refusal. Writes nothing.

    Told beforehand is all that `read_entry` and `Windows` refuse: not stale, not total_too_large.
    """
    snapshot = results.current_snapshot()
    windows = Windows(snapshot, entries if actor else [])
    found: list[dict[str, Any] | Refusal] = []
    for entry in entries:
        try:
            content = read_entry(snapshot, entry, actor, reason)
            windows.refuse_unless_open(entry)
            found.append(content)
        except Refusal as refusal:
            found.append(refusal)
    return found


def _key(entry: Entry) -> Key:
    return Key(entry.jurisdiction.pk, entry.year, entry.indicator.pk)


def _place(value: YearlyValue) -> Key:
    return Key(value.jurisdiction_id, value.year, value.indicator_id)


def _current(wanted: Collection[Key]) -> dict[Key, YearlyValue]:
    """The values as they are now, locked."""
    found = YearlyValue.objects.select_for_update().filter(
        indicator__in={key.indicator_id for key in wanted},
        jurisdiction__in={key.unit_id for key in wanted},
        year__in={key.year for key in wanted},
    )
    return {place: value for value in found if (place := _place(value)) in wanted}


def _stale(entry: Entry, value: YearlyValue | None, place: int) -> Stale:
    before = None
    if value is not None and value.pk:
        before = ValueRevision.objects.filter(value=value, version=entry.version).first()
    refusal = Stale(now=value, before=before)
    refusal.place = place
    return refusal


def _write(values: list[YearlyValue]) -> None:
    new = [value for value in values if value.version == 1]
    old = [value for value in values if value.version > 1]
    if copies(len(new)):
        for value, pk in zip(new, new_ids(YearlyValue, len(new)), strict=True):
            value.pk = pk
        copy_in(YearlyValue, COLUMNS, ([getattr(v, name) for name in COLUMNS] for v in new))
    else:
        YearlyValue.objects.bulk_create(new)
    if len(old) == 1:
        old[0].save(force_update=True)
    else:
        YearlyValue.objects.bulk_update(old, CONTENT, batch_size=MANY)


def _let_stand(
    values: list[YearlyValue],
    *,
    since: datetime.datetime,
    tiers: Iterable[str],
    actor: User | None,
    reason: str,
) -> None:
    """Let the versions just written count in the tiers."""
    if not values:
        return
    if copies(len(values)):
        by = actor.pk if actor else None
        with connection.cursor() as cursor:
            for tier in tiers:
                pks = [value.pk for value in values]
                cursor.execute(LATEST_STAND, [tier, since, by, reason, pks])
        return
    latest = ValueRevision.objects.filter(value__in=values, version=F("value__version"))
    revisions = dict(latest.values_list("value_id", "pk"))
    Standing.objects.bulk_create(
        Standing(
            value=value,
            revision_id=revisions[value.pk],
            tier=tier,
            since=since,
            set_by=actor,
            reason=reason,
        )
        for value in values
        for tier in tiers
    )
