"""Locks what a write will change, then works it out again, in the writer's transaction.

DESIGN "Concurrent truth": rows that are not there yet are inserted first, then all are locked in
one order; so two writers of the same sum, or of two parts of one share, wait for each other and
neither computes from what the other has not yet written.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from django.db import transaction
from django.db.models import Q, QuerySet

from indicators.models import Standing, Tier, YearlyResult
from indicators.models.copying import copies, copy_over
from indicators.results.graph import (
    Key,
    affected,
    compares_with_last_year,
    inputs,
    parts,
)
from indicators.results.light import lit
from indicators.results.snapshot import Snapshot
from indicators.results.stand import STAND_FIELDS, Fact, Lookup, Stand, TotalTooLarge, figure_at

__all__ = ["TotalTooLarge", "lock", "refresh", "row_of", "stored", "work_out"]

Place = tuple[Key, str]
ALL_TIERS = tuple(Tier.values)
_ABSENT = Stand()
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}
_content = attrgetter(*STAND_FIELDS)
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


def refresh(snapshot: Snapshot, locked: dict[Place, Stand]) -> list[Place]:
    """Work out the locked results again and write those that changed; returns their places.

    Raises TotalTooLarge, upon which the writer rolls back.
    """
    if not locked:
        return []
    keys = sorted({key for key, _tier in locked})
    now = work_out(snapshot, keys, tiers=sorted({tier for _key, tier in locked}))
    changed = [place for place, before in locked.items() if _differ(before, now[place])]
    if copies(len(changed)):
        rows = ((*key, tier, *_as_copied(now[key, tier])) for key, tier in changed)
        copy_over(YearlyResult, (*_KEY_FIELDS, *STAND_FIELDS), rows, unique=_KEY_FIELDS)
    else:
        YearlyResult.objects.bulk_create(
            [row_of(key, tier, now[key, tier]) for key, tier in changed],
            update_conflicts=True,
            unique_fields=_KEY_FIELDS,
            update_fields=STAND_FIELDS,
        )
    return changed


def _differ(before: Stand, now: Stand) -> bool:
    """Whether there is something to write: no row is made to be empty."""
    return not now.is_empty if before is _ABSENT else before != now


def work_out(
    snapshot: Snapshot,
    keys: Sequence[Key],
    *,
    tiers: Iterable[str] = ALL_TIERS,
    instead: Mapping[Place, Fact] | None = None,
) -> dict[Place, Stand]:
    """What stands at `keys` in the tiers, from standings and from the results they build on.

    `instead` are facts to take in place of those that stand.
    """
    facts = _facts(keys) | dict(instead or {})
    around = _around(snapshot, keys)
    mine = set(keys)
    done: dict[Place, Stand] = {}

    def looking_in(tier: str) -> Lookup:
        def look(key: Key) -> Stand:
            if key not in mine:
                return around.get((key, tier), Stand())
            if (key, tier) not in done:
                done[key, tier] = figure_at(snapshot, key, facts.get((key, tier)), look)
            return done[key, tier]

        return look

    for tier in tiers:
        look = looking_in(tier)
        for key in keys:
            look(key)
        for key in keys:
            done[key, tier] = lit(snapshot, key, done[key, tier], look)
    return done


def _facts(keys: Sequence[Key]) -> dict[Place, Fact]:
    """The versions that stand at the keys."""
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
        if compares_with_last_year(snapshot, key.indicator_id):
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


def _as_copied(stand: Stand) -> list[object]:
    """JSON as text; most of it is empty."""
    return [
        one if not isinstance(one, dict | list) else json.dumps(one) if one else _EMPTY[type(one)]
        for one in _content(stand)
    ]


def row_of(key: Key, tier: str, stand: Stand) -> YearlyResult:
    """The row that keeps what stands at the key in the tier; not saved."""
    content = {name: getattr(stand, name) for name in STAND_FIELDS}
    return YearlyResult(
        jurisdiction_id=key.unit_id,
        year=key.year,
        indicator_id=key.indicator_id,
        tier=tier,
        **content,
    )
