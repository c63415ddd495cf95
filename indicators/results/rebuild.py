"""Recomputes every result from the standings, to check what incremental refreshing has kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection, transaction

from indicators.models import YearlyResult, YearlyValue
from indicators.results.computation import RESULT_FIELDS, ResultContent
from indicators.results.dependencies import Key, affected
from indicators.results.refresh import ResultKey, lock, refresh, stored, work_out
from indicators.results.snapshot import Snapshot, current_snapshot, lock_catalogue


@dataclass(frozen=True)
class Difference:
    """A result that is not what its inputs give: the place and the fields that differ."""

    place: ResultKey
    fields: dict[str, tuple[object, object]]


def check() -> tuple[int, list[Difference]]:
    """How many results were compared, and those that differ from a recomputation.

    Reads one state of the database, whatever is saved meanwhile.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = current_snapshot()
        keys = _all_keys(snapshot)
        if not keys:
            return 0, []
        kept = stored(YearlyResult.objects.all())
        now = dict(work_out(snapshot, keys))
    differences = []
    for place, content in now.items():
        before = kept.get(place)
        if before is None and content.is_empty:
            continue
        if before != content:
            differences.append(Difference(place, _fields(before or ResultContent(), content)))
    return len(now), differences


def rebuild() -> tuple[int, int]:
    """Recompute and store all, while nobody else writes; how many there are, how many changed."""
    with transaction.atomic():
        lock_catalogue()
        snapshot = current_snapshot()
        keys = _all_keys(snapshot)
        if not keys:
            return 0, 0
        locked = lock(snapshot, keys, alone=True)
        return len(locked), len(refresh(snapshot, locked).places)


def _all_keys(snapshot: Snapshot) -> list[Key]:
    place = ("jurisdiction_id", "year", "indicator_id")
    touched = {Key(*key) for key in YearlyValue.objects.values_list(*place)}
    touched |= {Key(*key) for key in YearlyResult.objects.values_list(*place)}
    return affected(snapshot, touched, last_year=datetime.date.today().year + 1)


def _fields(before: ResultContent, now: ResultContent) -> dict[str, tuple[object, object]]:
    return {
        name: (getattr(before, name), getattr(now, name))
        for name in RESULT_FIELDS
        if getattr(before, name) != getattr(now, name)
    }
