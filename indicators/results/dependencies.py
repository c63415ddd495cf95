"""Which results a write touches: up through sums, on through formulas, into later years."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import NamedTuple

from indicators.results.predecessors import sources, successors
from indicators.results.snapshot import Dependent, Snapshot


class Key(NamedTuple):
    """A figure's place. The order of the fields is the order in which rows are locked."""

    unit_id: int
    year: int
    indicator_id: int


def affected(
    snapshot: Snapshot,
    touched: Iterable[Key],
    *,
    last_year: int,
    but: Collection[Key] = (),
) -> list[Key]:
    """All keys whose figure or light may change when the figures at `touched` do, in lock order.

    What follows ends with `last_year`: a reference to a base year would reach every later year, a
    light the year after what was reached before. What is `but` not reached reaches nothing.
    """
    figures: set[Key] = set()
    lights: set[Key] = set()
    # A figure that is computed for a year to come is nobody's.
    waiting = [
        key
        for key in touched
        if key.year <= last_year or snapshot.formula(key.indicator_id, key.year) is None
    ]
    while waiting:
        key = waiting.pop()
        if key in figures or key in but:
            continue
        figures.add(key)
        unit, year, indicator = key
        above = snapshot.above(unit, year)
        # Of all units of a load but the first, the one above is among the figures already.
        if (
            above is not None
            and (above, year, indicator) not in figures
            and snapshot.adds_up(indicator, above, year)
        ):
            waiting.append(Key(above, year, indicator))
        for dependent in snapshot.dependents.get(snapshot.indicators[indicator].code, ()):
            waiting.extend(_of_dependent(snapshot, key, dependent, last_year))
        if indicator in snapshot.compared_with_last_year:
            lights.update(_next_year_light(snapshot, key, last_year))
    return sorted(figures | lights)


def last_year() -> int:
    """The latest year whose figures are worked out: targets look one ahead."""
    return datetime.date.today().year + 1


def inputs(snapshot: Snapshot, key: Key) -> list[Key]:
    """The keys that the figure at `key` is computed from, in the same unit or its predecessors."""
    formula = snapshot.formula(key.indicator_id, key.year)
    if formula is None:
        return []
    references = [
        Key(key.unit_id, reference.year_at(key.year), snapshot.by_code[reference.code])
        for reference in formula.references
        if reference.code in snapshot.by_code
    ]
    return [place for one in references for place in sources(snapshot, one)]


def computed_from(snapshot: Snapshot, key: Key) -> list[Key]:
    """The keys whose formulas name the figure at `key`, in the same unit or its successors."""
    dependents = snapshot.dependents.get(snapshot.indicators[key.indicator_id].code, ())
    last = last_year()
    return [one for each in dependents for one in _of_dependent(snapshot, key, each, last)]


def parts(snapshot: Snapshot, key: Key) -> list[Key]:
    """The keys below that the figure at `key` is aggregated from."""
    if not snapshot.adds_up(key.indicator_id, key.unit_id, key.year):
        return []
    return [
        Key(unit, key.year, key.indicator_id) for unit in snapshot.children(key.unit_id, key.year)
    ]


def _of_dependent(snapshot: Snapshot, key: Key, dependent: Dependent, last_year: int) -> list[Key]:
    reference = dependent.reference
    if reference.year is None:
        years: Iterable[int] = [key.year - reference.shift]
    elif reference.year == key.year:
        years = range(max(reference.year, dependent.definition.valid_from), last_year + 1)
    else:
        years = []
    return [
        Key(unit, year, dependent.indicator_id)
        for unit in successors(snapshot, key.unit_id)
        for year in years
        if year <= last_year
        and snapshot.definition(dependent.indicator_id, year) is dependent.definition
        and snapshot.reports(dependent.indicator_id, unit, year)
    ]


def _next_year_light(snapshot: Snapshot, key: Key, last_year: int) -> list[Key]:
    if key.year >= last_year:
        return []
    return [
        Key(unit, key.year + 1, key.indicator_id)
        for unit in successors(snapshot, key.unit_id)
        if snapshot.reports(key.indicator_id, unit, key.year + 1)
    ]
