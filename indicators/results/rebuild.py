"""Recomputes every result from the standings, to check what incremental refreshing has kept.

Both the check and the rebuild go from the units furthest down to the topmost one, so many figures
at a time: they hold as much for ten years as for one. For the check each result is first worked out
from those kept beside and below it. Where all agree, all are right. Where some do not, those and
all that rests on them are worked out once more, together, so that only what is wrong is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Min, Q

from indicators.models import Jurisdiction, Tier, YearlyResult, YearlyValue
from indicators.results.computation import RESULT_FIELDS, ResultContent
from indicators.results.dependencies import Key, affected, last_year
from indicators.results.refresh import (
    Moved,
    ResultKey,
    among,
    kept,
    kept_at,
    refresh,
    stored,
    work_out,
)
from indicators.results.release import release
from indicators.results.snapshot import Snapshot, current_snapshot, lock_catalogue

AT_ONCE = 20_000  # figures, those added up among them
PLACE = ("jurisdiction_id", "year", "indicator_id")
Told = Callable[[int], None]  # how many results are done so far, after each batch


@dataclass(frozen=True)
class Difference:
    """A result that is not what its inputs give: the place and the fields that differ."""

    place: ResultKey
    fields: dict[str, tuple[object, object]]


@dataclass(frozen=True)
class _Batch:
    units: Sequence[int]
    years: Sequence[int]

    def has(self, key: Key) -> bool:
        return key.unit_id in self.units and key.year in self.years

    @property
    def rows(self) -> Q:
        return Q(jurisdiction__in=self.units, year__in=self.years)


def check(told: Told = lambda _done: None) -> tuple[int, list[Difference]]:
    """How many results were compared, and those that differ from a recomputation.

    Reads one state of the database, whatever is saved meanwhile.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = current_snapshot()
        compared = 0
        suspects: set[Key] = set()
        for batch, mine in _pieces(snapshot):
            if batch is None:
                suspects |= mine
                compared += len(mine)
                continue
            for place in _different(snapshot, sorted(mine), batch.rows):
                compared += 1
                if place is not None:
                    suspects.add(place[0])
            told(compared)
        return compared, _differences(snapshot, suspects)


def _pieces(snapshot: Snapshot) -> Iterator[tuple[_Batch | None, set[Key]]]:
    """Each batch with its keys; at last those that belong to none, at which nothing is kept."""
    absent: set[Key] = set()
    for batch in _batches(snapshot):
        reached = affected(snapshot, _keys(batch.rows), last_year=last_year())
        mine = {key for key in reached if batch.has(key)}
        mine |= {key for key in absent if batch.has(key)}
        absent -= mine
        absent |= _without_row(key for key in reached if not batch.has(key))
        yield batch, mine
    if absent:
        yield None, absent


def _batches(snapshot: Snapshot) -> Iterator[_Batch]:
    """All units and years with figures, children before their parents, by so many at a time."""
    ends = [
        model.objects.aggregate(first=Min("year"), last=Max("year"))
        for model in (YearlyValue, YearlyResult)
    ]
    seen = [end for end in ends if end["first"] is not None]
    if not seen:
        return
    first, last = min(end["first"] for end in seen), max(end["last"] for end in seen)
    years = range(first, last + 1)
    indicators = max(1, len(snapshot.indicators))

    def weight(unit: Jurisdiction) -> int:
        """Figures of a year, and those that they are added up from."""
        return indicators * (1 + len(snapshot.children(unit.pk, last)))

    order = sorted(snapshot.units.values(), key=lambda unit: (-unit.path.count("."), unit.path))
    for of_a_year, some in groupby(order, key=weight):
        units = [unit.pk for unit in some]
        if of_a_year * len(years) <= AT_ONCE:
            step = AT_ONCE // (of_a_year * len(years))
            for at in range(0, len(units), step):
                yield _Batch(units[at : at + step], years)
            continue
        step = max(1, AT_ONCE // of_a_year)
        for unit in units:
            for at in range(0, len(years), step):
                yield _Batch([unit], years[at : at + step])


def _different(snapshot: Snapshot, keys: Sequence[Key], rows: Q) -> Iterator[ResultKey | None]:
    """Of each result at the keys its place where it differs from what is kept there."""
    if not keys:
        return
    there = stored(kept().filter(rows))
    for place, content in work_out(snapshot, keys):
        before = there.get(place)
        same = content.is_empty if before is None else before == content
        yield None if same else place


def _differences(snapshot: Snapshot, suspects: set[Key]) -> list[Difference]:
    """What differs among the suspects and what rests on them, worked out together."""
    if not suspects:
        return []
    keys = affected(snapshot, suspects, last_year=last_year())
    there = stored(kept().filter(among(keys)))
    differences = []
    for place, content in work_out(snapshot, keys):
        before = there.get(place)
        if before != content and not (before is None and content.is_empty):
            differences.append(Difference(place, _fields(before or ResultContent(), content)))
    return differences


def _without_row(keys: Iterable[Key]) -> set[Key]:
    """Those of the keys at which nothing is kept."""
    wanted = set(keys)
    if wanted:
        wanted -= _places(YearlyResult.objects.filter(among(wanted)).values_list(*PLACE))
    return wanted


class Rebuilt(NamedTuple):
    """How many results there are, how many changed, and which approved figures moved."""

    total: int
    changed: int
    moved: list[Moved]


def rebuild(told: Told = lambda _done: None) -> Rebuilt:
    """Recompute and store all, while nobody else writes, and release what may be told.

    In the same pieces as the check. What rests on a result that changed later than it was worked
    out, such as a unit on one that ended, is worked out once more at last.
    """
    with transaction.atomic():
        lock_catalogue()
        snapshot = current_snapshot()
        total = changed = 0
        approved: dict[Key, Moved | None] = {}
        once_more: set[Key] = set()
        for _batch, mine in _pieces(snapshot):
            locked = kept_at(sorted(mine))
            total += len(locked)
            places = _refreshed(snapshot, locked, approved)
            changed += len(places)
            once_more.update(
                affected(snapshot, {key for key, _tier in places}, last_year=last_year())
            )
            once_more -= mine
            told(total)
        if once_more:
            changed += len(_refreshed(snapshot, kept_at(sorted(once_more)), approved))
        release(snapshot, approved)  # at last: meanwhile some rest on what is wrong
        return Rebuilt(total, changed, [one for one in approved.values() if one is not None])


def _refreshed(
    snapshot: Snapshot,
    locked: dict[ResultKey, ResultContent],
    approved: dict[Key, Moved | None],
) -> list[ResultKey]:
    """The places that changed; the `approved` ones with what moved, from what it was at first."""
    done = refresh(snapshot, locked)
    for key, tier in done.places:
        if tier == Tier.APPROVED:
            approved.setdefault(key, None)
    for one in done.moved:
        first = approved[one.key] or one
        approved[one.key] = one._replace(before=first.before)
    return done.places


def _keys(rows: Q) -> set[Key]:
    """Where something was entered or is kept."""
    return _places(YearlyValue.objects.filter(rows).values_list(*PLACE)) | _places(
        YearlyResult.objects.filter(rows).values_list(*PLACE)
    )


def _places(rows: Iterable[tuple[int, int, int]]) -> set[Key]:
    return {Key._make(row) for row in rows}


def _fields(before: ResultContent, now: ResultContent) -> dict[str, tuple[object, object]]:
    return {
        name: (getattr(before, name), getattr(now, name))
        for name in RESULT_FIELDS
        if getattr(before, name) != getattr(now, name)
    }
