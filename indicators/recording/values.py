"""Saves yearly values: the value, its version, what stands, and the results, in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.base import ModelState
from django.utils import timezone

from indicators import results
from indicators.collection import ApprovedWouldMove, Refusal, Stale, on_behalf
from indicators.models import (
    Change,
    Origin,
    Standing,
    Submission,
    Tier,
    User,
    ValueRevision,
    YearlyValue,
)
from indicators.models.bulk import (
    MANY,
    copies,
    not_waited_for,
    prove_references,
    without_collecting,
)
from indicators.models.prepared import prepared
from indicators.recording.approved import (
    locked_by_approval,
    record_corrections,
)
from indicators.recording.change import record_change
from indicators.recording.refreshing import refresh, totals_fit
from indicators.recording.validation import REASON_LENGTH, Entry, read_entry, refuse_odd_text
from indicators.recording.window import Windows, begin, key_of
from indicators.recording.writing import set_standing, write
from indicators.results import Key, StandingValue

__all__ = ["Entry", "meanings", "save_value", "save_values"]


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
    corrects: bool = False,
) -> list[YearlyValue | None]:
    """Save figures, all or none; returns their values in the same order.

    An entry that says what the value says already makes no new version; a draft that a round which
    was withdrawn has left behind stands then. In a round, what is saved
    is a draft, which stands nowhere until it is submitted. While no round exists for an evaluation
    year, what is saved stands as reported at once; the seeds set both tiers. `actor` is None for
    the seeds only, which no round holds up; approved figures they move only if the operator, who
    has seen which, `corrects` them.

    Refuses: what `read_entry` and `Windows` do, approved_locked, approved_would_move,
    total_too_large, too_long and null_character of the
    reason, and stale (with what the value is now and what the version given said). The refusal's
    `place` is the entry's index.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    many = len(entries) >= MANY
    with transaction.atomic(), without_collecting(many):
        # Others wait for a load of many; in return no row has to be made for the lock's sake.
        snapshot, alone = results.held_snapshot(many=many)
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
        keys = [key_of(entry) for entry in entries]
        drafts = held.submissions(entries)
        locked = results.lock(snapshot, set(keys) - set(drafts), tiers=tiers, alone=alone)
        values = _current(set(keys), are_drafts=bool(drafts))
        standing = results.standing_values([key for key, _tier in locked]) if locked else {}
        now = timezone.now()
        changes: dict[bool, Change] = {}
        by_key: dict[Key, Change] = {}
        changed: dict[Key, YearlyValue] = {}
        left_behind: dict[Key, YearlyValue] = {}
        begun: dict[Submission, Change] = {}
        for place, (key, entry, content) in enumerate(zip(keys, entries, contents, strict=True)):
            value = values.get(key)
            if (value.version if value else 0) != entry.version:
                raise _stale(entry, value, place)
            if value is None and content["state"] == "blank":
                continue
            same = value is not None and all(getattr(value, k) == v for k, v in content.items())
            if same and (key in drafts or _stands(value, standing.get((key, Tier.REPORTED)))):
                continue
            behalf = on_behalf(actor, entry.indicator, entry.jurisdiction)
            if behalf not in changes:
                changes[behalf] = record_change(
                    actor=actor, reason=reason, at=now, origin=origin, on_behalf=behalf
                )
            change = by_key[key] = changes[behalf]
            if same and value is not None:
                left_behind[key] = value
                continue
            if value is None:
                value = values[key] = _new(key, entry, content, change)
            else:
                for name, written in content.items():
                    setattr(value, name, written)
                value.change = change
                value.version += 1
            changed[key] = value
            if key in drafts:
                begun[drafts[key]] = change
        if actor is not None:
            approved = {
                key
                for key, value in (changed | left_behind).items()
                if (key, Tier.APPROVED) in standing or getattr(value, "is_approved", False)
            }
            _refuse_approved(approved, drafts, held.today, keys)
        write(changed.values())
        begin(begun)
        undrafted = {key: value for key, value in changed.items() if key not in drafts}
        with totals_fit(snapshot, field="value"), not_waited_for(many):
            now_standing = set_standing(undrafted | left_behind, tiers=tiers, changes=by_key)
            if copies(len(changed)):
                prove_references()
            worked = list(results.work_out_locked(snapshot, locked, standing | now_standing))
        moved = refresh(snapshot, locked, worked)
        if moved and not corrects:
            raise ApprovedWouldMove(moved)
        if moved:
            record_corrections(moved, next(iter(changes.values())))
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


def _current(wanted: Collection[Key], *, are_drafts: bool) -> dict[Key, YearlyValue]:
    """The values as they are now, locked; with drafts, each knows as `is_approved` whether it was:
    of those what stands is not read, as it stays."""
    found = (_drafts_at if are_drafts else _values_at)(
        indicators={key.indicator_id for key in wanted},
        units={key.unit_id for key in wanted},
        years={key.year for key in wanted},
    )
    keyed = {Key(value.jurisdiction_id, value.year, value.indicator_id): value for value in found}
    return {key: value for key, value in keyed.items() if key in wanted}


def _at(indicators: Any, units: Any, years: Any) -> QuerySet[YearlyValue]:
    held = YearlyValue.objects.select_for_update().order_by("pk")
    return held.filter(indicator__id__in=indicators, jurisdiction__id__in=units, year__in=years)


_values_at = prepared(_at)


@prepared
def _drafts_at(indicators: Any, units: Any, years: Any) -> QuerySet[YearlyValue]:
    approved = Standing.objects.filter(value=OuterRef("pk"), tier=Tier.APPROVED)
    return _at(indicators, units, years).annotate(is_approved=Exists(approved))


def _stands(value: YearlyValue | None, standing: StandingValue | None) -> bool:
    """Whether it is the value's own version that stands."""
    return value is not None and standing is not None and standing.version == value.version


def _refuse_approved(
    approved: set[Key],
    drafts: Mapping[Key, Submission],
    today: datetime.date,
    keys: Sequence[Key],
) -> None:
    """Refuses: approved_locked, for what stands as approved and was not reopened."""
    locked = locked_by_approval(approved, drafts, today=today) if approved else set()
    if locked:
        refusal = Refusal("approved_locked")
        refusal.place = min(keys.index(key) for key in locked)
        raise refusal


def _new(key: Key, entry: Entry, content: dict[str, Any], change: Change) -> YearlyValue:
    """A first version, whose own the content is from now on. As `copy` makes one, without a call
    for each field: in a quarter of the time, of which a load has tens of thousands."""
    value = YearlyValue.__new__(YearlyValue)
    state = ModelState()
    state.fields_cache = {
        "indicator": entry.indicator,
        "jurisdiction": entry.jurisdiction,
        "change": change,
    }
    content["_state"] = state
    content["id"] = None
    content["version"] = 1
    content["indicator_id"] = key.indicator_id
    content["jurisdiction_id"] = key.unit_id
    content["year"] = key.year
    content["change_id"] = change.id
    value.__dict__ = content
    return value


def _stale(entry: Entry, value: YearlyValue | None, place: int) -> Stale:
    before = None
    if value is not None and value.pk:
        before = ValueRevision.objects.filter(value=value, version=entry.version).first()
    refusal = Stale(now=value, before=before)
    refusal.place = place
    return refusal
