"""Locks what a write will change, then works it out again, in the writer's transaction.

Rows that are not there yet are inserted first, then all are locked in one order; so two writers of
the same sum, or of two parts of one share, wait for each other and neither computes from what the
other has not yet written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import chain
from operator import or_
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from indicators.models import Indicator, Standing, Status, Tier, YearlyResult, way_of
from indicators.models.bulk import copies, copy_in, copy_over, maker
from indicators.models.prepared import prepared
from indicators.results.computation import (
    RESULT_FIELDS,
    ResultContent,
    StandingValue,
    TotalTooLarge,
    figure_at,
)
from indicators.results.dependencies import (
    Key,
    affected,
    inputs,
    last_year,
    parts,
)
from indicators.results.predecessors import sources
from indicators.results.snapshot import Snapshot
from indicators.results.target_status import with_target_status

__all__ = ["TotalTooLarge", "lock", "refresh", "row_of", "standing_values", "stored", "work_out"]

ResultKey = tuple[Key, str]


class Moved(NamedTuple):
    """An approved, whole result that says something else after a write; None for nothing more.

    `was` and `becomes`: its indicator before and after, where a change of the catalogue has every
    figure of it say something else by itself: in another unit, of another period or another year.
    """

    key: Key
    before: ResultContent
    after: ResultContent | None
    was: Indicator | None = None
    becomes: Indicator | None = None


class Refreshed(NamedTuple):
    """The places that were written, and which approved figures moved with it."""

    places: list[ResultKey]
    moved: list[Moved]


ALL_TIERS = tuple(Tier.values)
_ABSENT = ResultContent()
_row = maker(YearlyResult)
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}
_JSON_AT = [4 + at for at, empty in enumerate(ResultContent()) if type(empty) in _EMPTY]
_KEY_FIELDS = ("jurisdiction_id", "year", "indicator_id", "tier")
STORED_FIELDS = (*_KEY_FIELDS, *RESULT_FIELDS)
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
    "revision__version",
    "revision__change__origin",
    "revision__change__on_behalf",
)


def lock(
    snapshot: Snapshot,
    touched: Iterable[Key],
    *,
    tiers: Iterable[str] = ALL_TIERS,
    alone: bool = False,
) -> dict[ResultKey, ResultContent]:
    """Lock every result that writing `touched` in `tiers` may change; their rows as they were.

    Must run in the writer's transaction, before it reads what it computes from. Who holds the
    catalogue alone is the only writer: then no row has to be there to be locked, and one that is
    absent is given as the empty one that it is the same as.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("results are locked inside a transaction only")
    keys = affected(snapshot, touched, last_year=last_year())
    if not keys:
        return {}
    if alone:
        return kept_at(keys, tiers=tiers)
    places = [(key, tier) for key in keys for tier in sorted(tiers)]
    these = among(keys) & Q(tier__in=tiers)
    _insert_absent(places, these)
    found = stored(kept().filter(these).order_by(*_KEY_FIELDS).select_for_update())
    return {place: found[place] for place in places}


def kept_at(
    keys: Collection[Key], *, tiers: Iterable[str] = ALL_TIERS
) -> dict[ResultKey, ResultContent]:
    """The results at just these keys, for who holds the catalogue alone; as `lock` gives them."""
    if not keys:
        return {}
    rows = kept().filter(among(keys), tier__in=tiers)
    found = stored(rows.order_by(*_KEY_FIELDS).select_for_update())
    return {(key, tier): found.get((key, tier), _ABSENT) for key in keys for tier in sorted(tiers)}


def _insert_absent(places: Iterable[ResultKey], these: Q) -> None:
    there = set(_places_kept().filter(these))
    absent = [
        (key, tier)
        for key, tier in places
        if (key.unit_id, key.year, key.indicator_id, tier) not in there
    ]
    if absent:
        YearlyResult.objects.bulk_create(
            [row_of(key, tier, ResultContent()) for key, tier in absent], ignore_conflicts=True
        )


def refresh(
    snapshot: Snapshot,
    locked: dict[ResultKey, ResultContent],
    worked: Iterable[tuple[ResultKey, ResultContent]] | None = None,
    *,
    of_catalogue: bool = False,
) -> Refreshed:
    """Write the locked results that changed, `worked` out by `work_out_locked`, here if not before.
    `of_catalogue` where it is the catalogue that changed and no figure.

    Raises TotalTooLarge, upon which the writer rolls back.
    """
    if not locked:
        return Refreshed([], [])
    worked = work_out_locked(snapshot, locked) if worked is None else worked
    moved: list[Moved] = []

    def changed() -> Iterator[tuple[ResultKey, ResultContent]]:
        for place, now in worked:
            before = locked[place]
            if not _differ(before, now):
                continue
            if place[1] == Tier.APPROVED and _breaks_a_promise(before, now, of_catalogue):
                moved.append(Moved(place[0], before, now))
            yield place, now

    written = _copy(locked, changed()) if copies(len(locked)) else _write(changed())
    return Refreshed(written, moved)


def _differ(before: ResultContent, now: ResultContent) -> bool:
    """Whether there is something to write: no row is made to be empty."""
    return not now.is_empty if before is _ABSENT else before != now


def _breaks_a_promise(before: ResultContent, now: ResultContent, of_catalogue: bool) -> bool:
    """Whether a whole result says something else, or is whole no longer. A status that waited, for
    last year's figure, is none yet: that figure may light it, the catalogue may not."""
    if before.is_whole and not now.is_whole:
        return True
    waited = before.status == Status.NO_DATA and before.target_id == now.target_id
    if waited and not of_catalogue and before.says[:-1] == now.says[:-1]:
        return False
    return before.is_whole and before.says != now.says


def _write(changed: Iterable[tuple[ResultKey, ResultContent]]) -> list[ResultKey]:
    found = dict(changed)
    YearlyResult.objects.bulk_create(
        [row_of(key, tier, content) for (key, tier), content in found.items()],
        update_conflicts=True,
        unique_fields=_KEY_FIELDS,
        update_fields=RESULT_FIELDS,
    )
    return list(found)


def _copy(
    locked: dict[ResultKey, ResultContent], changed: Iterable[tuple[ResultKey, ResultContent]]
) -> list[ResultKey]:
    """New rows go to the database while the next ones are worked out; those there follow."""
    places, there = [], []

    def new() -> Iterator[Sequence[object]]:
        for place, content in changed:
            places.append(place)
            row = _as_copied(place, content)
            if locked[place] is _ABSENT:
                yield row
            else:
                there.append(row)

    copy_in(YearlyResult, STORED_FIELDS, new())
    if there:
        copy_over(YearlyResult, STORED_FIELDS, there, unique=_KEY_FIELDS)
    return places


def work_out_locked(
    snapshot: Snapshot,
    locked: Collection[ResultKey],
    standing: Mapping[ResultKey, StandingValue] | None = None,
) -> Iterator[tuple[ResultKey, ResultContent]]:
    """What the locked results say now. A writer who knows what stands now gives it as `standing`;
    else it is read. Raises TotalTooLarge."""
    if not locked:
        return iter(())
    keys = sorted(dict.fromkeys(key for key, _tier in locked))
    tiers = sorted({tier for _key, tier in locked})
    return work_out(snapshot, keys, tiers=tiers, standing=standing)


def work_out(
    snapshot: Snapshot,
    keys: Sequence[Key],
    *,
    tiers: Iterable[str] = ALL_TIERS,
    standing: Mapping[ResultKey, StandingValue] | None = None,
    around: Mapping[ResultKey, ResultContent] | None = None,
    wanted: Collection[Key] | None = None,
    lit: bool = True,
) -> Iterator[tuple[ResultKey, ResultContent]]:
    """What stands at `keys` in the tiers, from standings and from the results `around` them that
    they build on; told of the `wanted` ones where not all are, and without targets where they need
    not be `lit`.

    All that is not given is read at once; the figures are worked out as they are taken.
    """
    known = standing_values(keys) if standing is None else standing
    beside = _around(snapshot, keys) if around is None else around
    told = keys if wanted is None else [key for key in keys if key in wanted]
    return chain.from_iterable(
        _worked_out(snapshot, keys, told, tier, known, beside, lit=lit) for tier in tiers
    )


def _worked_out(
    snapshot: Snapshot,
    keys: Sequence[Key],
    told: Sequence[Key],
    tier: str,
    standing: Mapping[ResultKey, StandingValue],
    around: Mapping[ResultKey, ResultContent],
    *,
    lit: bool,
) -> Iterator[tuple[ResultKey, ResultContent]]:
    done: dict[Key, ResultContent | None] = dict.fromkeys(keys)

    def look(key: Key) -> ResultContent:
        found = done.get(key, _ABSENT)
        if found is _ABSENT:
            return around.get((key, tier), _ABSENT)
        if found is None:
            found = done[key] = figure_at(snapshot, key, standing.get((key, tier)), look)  # noqa: F821
        return found

    try:
        for key in told:
            found = look(key)
            yield (key, tier), with_target_status(snapshot, key, found, look) if lit else found
    finally:
        del look  # it names itself, and would keep all it saw until garbage is looked for


def standing_values(keys: Collection[Key]) -> dict[ResultKey, StandingValue]:
    """The versions that stand at the keys, and perhaps at others."""
    return values_by_place(
        _standings(
            units={key.unit_id for key in keys},
            years={key.year for key in keys},
            indicators={key.indicator_id for key in keys},
        )
    )


def values_by_place(rows: Iterable[Sequence[Any]]) -> dict[ResultKey, StandingValue]:
    """The rows, as `placed` reads them, by place; of several of one place the last."""
    found = {}
    for unit, year, indicator, tier, *content, origin, on_behalf in rows:
        value = StandingValue._make((*content, way_of(origin, on_behalf)))
        found[Key(unit, year, indicator), tier] = value
    return found


def _around(snapshot: Snapshot, keys: Sequence[Key]) -> dict[ResultKey, ResultContent]:
    """The results that the keys build on and that are not among them."""
    mine = set(keys)
    beside: set[Key] = set()
    below: set[Key] = set()
    for key in keys:
        unit, year, indicator = key
        if snapshot.formula(indicator, year) is not None:
            beside.update(inputs(snapshot, key))
        if snapshot.children(unit, year):
            below.update(parts(snapshot, key))
        if indicator in snapshot.compared_with_last_year:
            beside.update(sources(snapshot, key._replace(year=year - 1)))
    # Apart, since both together would be of more units and indicators than are needed.
    needed = [among(some) for some in (beside - mine, below - mine) if some]
    return stored(kept().filter(reduce(or_, needed))) if needed else {}


# Asked with every save; what is the same of all is made once, which takes as long as the rest.
@cache
def kept() -> QuerySet[YearlyResult, Any]:
    """All results, as `stored` reads them."""
    return YearlyResult.objects.values_list(*STORED_FIELDS)


@cache
def _places_kept() -> QuerySet[YearlyResult, Any]:
    return YearlyResult.objects.values_list(*_KEY_FIELDS)


@prepared
def _standings(units: Any, years: Any, indicators: Any) -> QuerySet[Standing, Any]:
    return placed(Standing.objects.current(), units, years, indicators)


def placed(
    standings: QuerySet[Standing], units: Any, years: Any, indicators: Any
) -> QuerySet[Standing, Any]:
    """Those of the units, years and indicators (ids), as `values_by_place` reads them."""
    place = ("value__jurisdiction_id", "value__year", "value__indicator_id", "tier")
    found = standings.filter(
        value__jurisdiction__id__in=units,
        value__year__in=years,
        value__indicator__id__in=indicators,
    )
    return found.order_by().values_list(*place, *_FACT_FIELDS)


def stored(rows: Iterable[Sequence[Any]]) -> dict[ResultKey, ResultContent]:
    """The rows, each of STORED_FIELDS, by place."""
    return {
        (Key(unit, year, indicator), tier): ResultContent(*content)
        for unit, year, indicator, tier, *content in rows
    }


def among(keys: Collection[Key]) -> Q:
    """A filter that holds all the keys, and perhaps others of the same units, years, indicators."""
    return Q(
        jurisdiction_id__in=sorted({key.unit_id for key in keys}),
        year__in=sorted({key.year for key in keys}),
        indicator_id__in=sorted({key.indicator_id for key in keys}),
    )


def _as_copied(place: ResultKey, content: ResultContent) -> list[object]:
    """JSON as text; most of it is empty."""
    key, tier = place
    row: list[Any] = [*key, tier, *content]
    for at in _JSON_AT:
        row[at] = json.dumps(row[at]) if row[at] else _EMPTY[type(row[at])]
    return row


def row_of(key: Key, tier: str, content: ResultContent) -> YearlyResult:
    """The row that keeps what stands at the key in the tier; not saved."""
    return _row(
        jurisdiction_id=key.unit_id,
        year=key.year,
        indicator_id=key.indicator_id,
        tier=tier,
        **content._asdict(),
    )
