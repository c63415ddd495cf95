"""Locks what a write will change, then works it out again, in the writer's transaction.

DESIGN "Concurrent truth": rows that are not there yet are inserted first, then all are locked in
one order; so two writers of the same sum, or of two parts of one share, wait for each other and
neither computes from what the other has not yet written.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from indicators.models import Standing, Tier, YearlyResult
from indicators.models.copying import copies, copy_in, copy_over
from indicators.results.graph import (
    Key,
    affected,
    inputs,
    parts,
)
from indicators.results.light import lit
from indicators.results.snapshot import Snapshot
from indicators.results.stand import STAND_FIELDS, Fact, Stand, TotalTooLarge, figure_at

__all__ = ["TotalTooLarge", "lock", "refresh", "row_of", "standing", "stored", "work_out"]

Place = tuple[Key, str]
ALL_TIERS = tuple(Tier.values)
_ABSENT = Stand()
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}
_JSON_AT = [4 + at for at, empty in enumerate(Stand()) if type(empty) in _EMPTY]
_KEY_FIELDS = ("jurisdiction_id", "year", "indicator_id", "tier")
_FACT_FIELDS = (
    "revision_id",
    "revision__number",
    "revision__statement",
    "revision__state",
    "revision__as_entered",
    "revision__last_place",
    "revision__qualifier",
    "revision__part_of_year",
    "revision__provisional",
    "revision__origin",
)


def lock(
    snapshot: Snapshot,
    touched: Iterable[Key],
    *,
    tiers: Iterable[str] = ALL_TIERS,
    alone: bool = False,
) -> dict[Place, Stand]:
    """Lock every result that writing `touched` in `tiers` may change; their rows as they were.

    Must run in the writer's transaction, before it reads what it computes from. Who holds the
    catalogue alone is the only writer: then no row has to be there to be locked, and one that is
    absent is given as the empty one that it is the same as.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("results are locked inside a transaction only")
    keys = affected(snapshot, touched, last_year=datetime.date.today().year + 1)
    if not keys:
        return {}
    places = [(key, tier) for key in keys for tier in sorted(tiers)]
    rows = YearlyResult.objects.filter(_among(keys), tier__in=tiers)
    if not alone:
        _insert_absent(places, rows)
    found = stored(rows.order_by(*_KEY_FIELDS).select_for_update())
    if alone:
        return {place: found.get(place, _ABSENT) for place in places}
    return {place: found[place] for place in places}


def _insert_absent(places: Iterable[Place], rows: QuerySet[YearlyResult]) -> None:
    there = set(rows.values_list(*_KEY_FIELDS))
    absent = [
        (key, tier)
        for key, tier in places
        if (key.unit_id, key.year, key.indicator_id, tier) not in there
    ]
    if absent:
        YearlyResult.objects.bulk_create(
            [row_of(key, tier, Stand()) for key, tier in absent], ignore_conflicts=True
        )


def refresh(
    snapshot: Snapshot, locked: dict[Place, Stand], facts: Mapping[Place, Fact] | None = None
) -> list[Place]:
    """Work out the locked results again and write those that changed; returns their places.

    A writer of many who knows what stands now gives it as `facts`; else it is read.
    Raises TotalTooLarge, upon which the writer rolls back.
    """
    if not locked:
        return []
    keys = sorted({key for key, _tier in locked})
    tiers = sorted({tier for _key, tier in locked})
    worked = work_out(snapshot, keys, tiers=tiers, facts=facts)
    changed = ((place, now) for place, now in worked if _differ(locked[place], now))
    return _copy(locked, changed) if copies(len(locked)) else _write(changed)


def _differ(before: Stand, now: Stand) -> bool:
    """Whether there is something to write: no row is made to be empty."""
    return not now.is_empty if before is _ABSENT else before != now


def _write(changed: Iterable[tuple[Place, Stand]]) -> list[Place]:
    found = dict(changed)
    YearlyResult.objects.bulk_create(
        [row_of(key, tier, stand) for (key, tier), stand in found.items()],
        update_conflicts=True,
        unique_fields=_KEY_FIELDS,
        update_fields=STAND_FIELDS,
    )
    return list(found)


def _copy(locked: dict[Place, Stand], changed: Iterable[tuple[Place, Stand]]) -> list[Place]:
    """New rows go to the database while the next ones are worked out; those there follow."""
    places, kept = [], []

    def new() -> Iterator[Sequence[object]]:
        for place, stand in changed:
            places.append(place)
            row = _as_copied(place, stand)
            if locked[place] is _ABSENT:
                yield row
            else:
                kept.append(row)

    fields = (*_KEY_FIELDS, *STAND_FIELDS)
    copy_in(YearlyResult, fields, new())
    if kept:
        copy_over(YearlyResult, fields, kept, unique=_KEY_FIELDS)
    return places


def work_out(
    snapshot: Snapshot,
    keys: Sequence[Key],
    *,
    tiers: Iterable[str] = ALL_TIERS,
    facts: Mapping[Place, Fact] | None = None,
) -> Iterator[tuple[Place, Stand]]:
    """What stands at `keys` in the tiers, from standings and from the results they build on.

    All is read at once; the figures are worked out as they are taken.
    """
    known = standing(keys) if facts is None else facts
    around = _around(snapshot, keys)
    return chain.from_iterable(_worked_out(snapshot, keys, tier, known, around) for tier in tiers)


def _worked_out(
    snapshot: Snapshot,
    keys: Sequence[Key],
    tier: str,
    facts: Mapping[Place, Fact],
    around: dict[Place, Stand],
) -> Iterator[tuple[Place, Stand]]:
    done: dict[Key, Stand] = {}
    mine = set(keys)

    def look(key: Key) -> Stand:
        found = done.get(key)
        if found is not None:
            return found
        if key not in mine:
            return around.get((key, tier), _ABSENT)
        found = done[key] = figure_at(snapshot, key, facts.get((key, tier)), look)
        return found

    for key in keys:
        yield (key, tier), lit(snapshot, key, look(key), look)


def standing(keys: Iterable[Key]) -> dict[Place, Fact]:
    """The versions that stand at the keys, and perhaps at others."""
    standings = Standing.objects.current().filter(_among(keys, "value__"))
    place = ("value__jurisdiction_id", "value__year", "value__indicator_id", "tier")
    return {
        (Key(unit, year, indicator), tier): Fact(*content)
        for unit, year, indicator, tier, *content in standings.values_list(*place, *_FACT_FIELDS)
    }


def _around(snapshot: Snapshot, keys: Sequence[Key]) -> dict[Place, Stand]:
    """The results that the keys build on and that are not among them."""
    mine = set(keys)
    beside: set[Key] = set()
    below: set[Key] = set()
    for key in keys:
        beside.update(inputs(snapshot, key))
        below.update(parts(snapshot, key))
        if key.indicator_id in snapshot.compared_with_last_year:
            beside.add(Key(key.unit_id, key.year - 1, key.indicator_id))
    found: dict[Place, Stand] = {}
    for needed in (beside - mine, below - mine):
        if needed:
            found |= stored(YearlyResult.objects.filter(_among(needed)))
    return found


def stored(rows: QuerySet[YearlyResult]) -> dict[Place, Stand]:
    """The rows by place."""
    return {
        (Key(unit, year, indicator), tier): Stand(*content)
        for unit, year, indicator, tier, *content in rows.values_list(*_KEY_FIELDS, *STAND_FIELDS)
    }


def _among(keys: Iterable[Key], prefix: str = "") -> Q:
    """A filter that holds all the keys, and perhaps others of the same units, years, indicators."""
    units, years, indicators = (sorted(set(column)) for column in zip(*keys, strict=True))
    return Q(
        **{
            f"{prefix}jurisdiction_id__in": units,
            f"{prefix}year__in": years,
            f"{prefix}indicator_id__in": indicators,
        }
    )


def _as_copied(place: Place, stand: Stand) -> list[object]:
    """JSON as text; most of it is empty."""
    key, tier = place
    row: list[Any] = [*key, tier, *stand]
    for at in _JSON_AT:
        row[at] = json.dumps(row[at]) if row[at] else _EMPTY[type(row[at])]
    return row


def row_of(key: Key, tier: str, stand: Stand) -> YearlyResult:
    """The row that keeps what stands at the key in the tier; not saved."""
    return YearlyResult(
        jurisdiction_id=key.unit_id,
        year=key.year,
        indicator_id=key.indicator_id,
        tier=tier,
        **stand._asdict(),
    )
