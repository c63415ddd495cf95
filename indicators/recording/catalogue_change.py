"""What a change of the catalogue touches, and what of that stands as approved.

Decided: a change that would move what stands as approved is refused with the list of what moves,
until it is confirmed (`proposal`); where nothing approved moves it is as easy as ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import models, transaction

from indicators import results
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import (
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    User,
    YearlyResult,
    YearlyValue,
)
from indicators.models.path import ids_in
from indicators.recording.approved import Confirmation, digest_of, record_corrections
from indicators.recording.examination import examine_otherwise
from indicators.recording.refreshing import refresh
from indicators.results import Key, Lock, Moved, Snapshot

_PLACE = ("jurisdiction_id", "year", "indicator_id")
# Fields of an indicator that every figure of it says by itself.
SAID_OF_ALL = ("unit", "lag", "period_kind")


@contextmanager
def changing_catalogue(
    *, actor: User | None, confirmed: Confirmation | None = None
) -> Iterator[Touched]:
    """Hold the catalogue alone, let the caller write, then refresh what it has `Touched`.

    `actor` is None for the seeds. Whoever confirms is a supervisor, else an editor.
    Refuses: not_an_editor, not_a_supervisor, approved_would_move, moved_meanwhile.
    """
    if actor is not None and confirmed is None and not actor.scope.edits_catalogue:
        raise Refusal("not_an_editor")
    with transaction.atomic():
        before = results.current_snapshot(lock=Lock.ALONE)
        results.lock_catalogue()
        touched = Touched()
        yield touched
        snapshot = results.current_snapshot()
        results.withhold_of_moved_units(before, snapshot)
        locked = results.lock(
            snapshot, _reached(before, snapshot, touched.keys_in(before, snapshot))
        )
        moved = refresh(snapshot, locked, of_catalogue=True)
        if touched.rules_find_otherwise and before.indicators:  # else there is no figure yet
            examine_otherwise()
        elif touched.indicators and before.indicators:
            examine_otherwise({(key.unit_id, key.year) for key, _tier in locked})
        moved += _no_longer_there(before, snapshot, locked, {one.key for one in moved})
        moved = [_with_indicators(before, snapshot, one) for one in moved]
        if confirmed is None:
            if moved or (touched.needs_confirmation and actor is not None):
                raise ApprovedWouldMove(moved)
            return
        if actor is not None:
            _refuse_unseen(before, moved, actor, confirmed)
        record_corrections(moved, confirmed.change)


def _reached(before: Snapshot, after: Snapshot, keys: set[Key]) -> set[Key]:
    """The keys, and those that rested on them by links that are gone now: what went on with a
    unit's figures, was added up from them, or had a formula that named them."""
    known = {
        key for key in keys if key.unit_id in before.units and key.indicator_id in before.indicators
    }
    rested = results.affected(before, known, last_year=results.last_year())
    return keys | {
        key for key in rested if key.unit_id in after.units and key.indicator_id in after.indicators
    }


def _refuse_unseen(
    before: Snapshot, moved: list[Moved], actor: User, confirmed: Confirmation
) -> None:
    """A supervisor of, or above, every unit concerned confirms exactly the list that was shown."""
    supervises = actor.scope.supervises
    paths = (before.units[one.key.unit_id].path for one in moved)
    if not supervises or any(supervises.isdisjoint(ids_in(path)) for path in paths):
        raise Refusal("not_a_supervisor")
    if confirmed.digest != digest_of(moved):
        raise Refusal("moved_meanwhile")


def _no_longer_there(
    before: Snapshot,
    after: Snapshot,
    locked: dict[results.ResultKey, results.ResultContent],
    moved: set[Key],
) -> list[Moved]:
    """Approved figures that are no longer of their indicator, unit or year, though the number is
    as it was: the unit ended, the level changed, another evaluation year shows it, it is counted in
    another unit of measure or is of another period."""
    found = []
    for (key, tier), content in locked.items():
        if tier != "approved" or not content.is_whole or key in moved:
            continue
        was, now = before.indicators.get(key.indicator_id), after.indicators[key.indicator_id]
        if was is None or not before.reports(key.indicator_id, key.unit_id, key.year):
            continue
        there = after.reports(key.indicator_id, key.unit_id, key.year)
        if not there or _says_otherwise(was, now):
            found.append(Moved(key, content, content if there else None))
    return found


def _says_otherwise(was: Indicator, now: Indicator) -> bool:
    return any(getattr(was, name) != getattr(now, name) for name in SAID_OF_ALL)


def _with_indicators(before: Snapshot, after: Snapshot, moved: Moved) -> Moved:
    was = before.indicators.get(moved.key.indicator_id)
    now = after.indicators[moved.key.indicator_id]
    if was is None or not _says_otherwise(was, now):
        return moved
    return moved._replace(was=was, becomes=now)


class Touched:
    """What a change of the catalogue touches; say so before and after the write.

    `needs_confirmation`: though nothing approved moves. `rules_find_otherwise`: any figure.
    """

    def __init__(self) -> None:
        self.indicators: set[int] = set()
        self.units: set[int] = set()
        self.everything = False
        self.needs_confirmation = False
        self.rules_find_otherwise = False

    def of_unit(self, unit: Jurisdiction) -> None:
        """The unit's figures, those of all that go on from it along predecessors, however far, and
        of every unit above these: by the catalogue as it was and as it becomes."""
        self.of_units([unit.pk] if unit.pk else [])

    def of_units(self, units: Collection[int]) -> None:
        """As `of_unit`, of several (ids) at once."""
        self.units |= set(units)

    def of_change(self, change: JurisdictionChange) -> None:
        """The figures of the units on both sides, which are compared with each other."""
        if change.pk:
            both = (*change.from_units.all(), *change.to_units.all())
            self.of_units({unit.pk for unit in both})

    def keys_in(self, before: Snapshot, after: Snapshot) -> set[Key]:
        """The keys to refresh; values of an indicator's inputs are among them, for results that
        a new formula brings into being."""
        if self.everything:
            return _keys(YearlyValue.objects.all()) | _keys(YearlyResult.objects.all())
        keys: set[Key] = set()
        if self.units:
            later = _and_later(before, self.units) | _and_later(after, self.units)
            tree = _and_above(before, later) | _and_above(after, later)
            keys |= _keys(YearlyResult.objects.filter(jurisdiction__in=tree))
            keys |= _keys(YearlyValue.objects.filter(jurisdiction__in=later))
        if self.indicators:
            inputs = {after.by_code[code] for code in _codes_behind(after, self.indicators)}
            keys |= _keys(YearlyResult.objects.filter(indicator__in=self.indicators))
            keys |= _keys(YearlyValue.objects.filter(indicator__in=inputs | self.indicators))
        return keys


def _keys(rows: models.QuerySet) -> set[Key]:
    return {Key(*place) for place in rows.values_list(*_PLACE)}


def _and_later(snapshot: Snapshot, units: set[int]) -> set[int]:
    """With the units that go on with their figures: a unit between may have none itself."""
    there = units & snapshot.units.keys()
    return {later for unit in there for later in results.successors(snapshot, unit)}


def _and_above(snapshot: Snapshot, units: set[int]) -> set[int]:
    there = units & snapshot.units.keys()
    return {pk for unit in there for pk in ids_in(snapshot.units[unit].path)}


def _codes_behind(snapshot: Snapshot, indicators: set[int]) -> set[str]:
    """The codes that the indicators' formulas name, and those behind them in turn."""
    found: set[str] = set()
    waiting = list(indicators)
    while waiting:
        for definition in snapshot.definitions.get(waiting.pop(), []):
            formula = snapshot.formulas.get(definition.pk)
            for code in (formula.codes if formula else frozenset()) - found:
                if code in snapshot.by_code:
                    found.add(code)
                    waiting.append(snapshot.by_code[code])
    return found
