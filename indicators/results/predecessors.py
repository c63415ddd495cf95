"""What stood where a unit stands now: the units before it, of the years before it began.

A renamed or upgraded unit goes on with the figures of the one before it. Merged ones go on with the
sum of theirs, where every one of them has a figure and the indicator adds up, or with what is
worked out from such sums. After a split, or where a part went to another unit in the same year,
nothing can be compared, and the reason names the units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from indicators.models import Aggregation, Jurisdiction, JurisdictionChange

if TYPE_CHECKING:
    from indicators.results.dependencies import Key
    from indicators.results.snapshot import Snapshot

Kind = JurisdictionChange.Kind
GOES_ON = (Kind.RENAME, Kind.UPGRADE)
ENDS_UNITS = (*GOES_ON, Kind.MERGE, Kind.SPLIT)


class Predecessors(NamedTuple):
    """The units (ids) that ended when another began, and whether its figures go on with theirs."""

    kind: str
    unit_ids: tuple[int, ...]
    goes_on: bool


def predecessors_by_unit(
    changes: Iterable[JurisdictionChange], units: Mapping[int, Jurisdiction]
) -> dict[int, Predecessors]:
    """By the unit (id) that began. The changes come with their units on both sides."""
    changes = list(changes)
    parts_moved: dict[int, set[int]] = defaultdict(set)
    for one in changes:
        if one.kind == Kind.TRANSFER:
            for unit in (*one.from_units.all(), *one.to_units.all()):
                parts_moved[one.year].add(unit.pk)
    found: dict[int, Predecessors] = {}
    for one in changes:
        if one.kind not in ENDS_UNITS:
            continue
        last = {unit.pk: units[unit.pk].valid_to for unit in one.from_units.all()}
        ended = tuple(sorted(pk for pk, to in last.items() if to is not None and to <= one.year))
        for unit in one.to_units.all():
            if not ended or units[unit.pk].valid_from != one.year:
                continue
            moved = parts_moved[one.year] & {unit.pk, *ended}
            whole = one.kind == Kind.MERGE or (one.kind in GOES_ON and len(ended) == 1)
            found[unit.pk] = Predecessors(one.kind, ended, whole and not moved)
    return found


def before_it_began(snapshot: Snapshot, unit_id: int, year: int) -> Predecessors | None:
    """The unit's predecessors, of a year before it began; None where it has none."""
    found = snapshot.predecessors.get(unit_id)
    return found if found and year < snapshot.units[unit_id].valid_from else None


def sources(snapshot: Snapshot, key: Key) -> list[Key]:
    """The places whose figures tell of the unit in the year: its own, or its predecessors'."""
    before = before_it_began(snapshot, key.unit_id, key.year)
    if before is None:
        return [key]
    if not before.goes_on:
        return []
    formula = snapshot.formula(key.indicator_id, key.year)
    if before.kind == Kind.MERGE and formula is not None:
        behind = [
            key._replace(year=one.year_at(key.year), indicator_id=snapshot.by_code[one.code])
            for one in formula.references
            if one.code in snapshot.by_code
        ]
        return [place for one in behind for place in sources(snapshot, one)]
    if before.kind == Kind.MERGE and not adds_up(snapshot, key):
        return []
    return [
        place for unit in before.unit_ids for place in sources(snapshot, key._replace(unit_id=unit))
    ]


def adds_up(snapshot: Snapshot, key: Key) -> bool:
    """Whether the figures of merged units make one."""
    return snapshot.indicators[key.indicator_id].aggregation != Aggregation.NONE


def successors(snapshot: Snapshot, unit_id: int) -> Iterator[int]:
    """The unit, and those that go on with its figures, one after another."""
    yield unit_id
    for one in snapshot.successors.get(unit_id, ()):
        yield from successors(snapshot, one)


def former_names(snapshot: Snapshot, unit_id: int) -> list[int]:
    """The units (ids) that the unit was before it was renamed or upgraded, the latest first."""
    found: list[int] = []
    before = snapshot.predecessors.get(unit_id)
    while before is not None and before.kind in GOES_ON and before.goes_on:
        found.append(before.unit_ids[0])
        before = snapshot.predecessors.get(found[-1])
    return found


def latest_name(snapshot: Snapshot, unit_id: int) -> int:
    """The unit (id) that it is since it was renamed or upgraded, however often, its past comparable
    or not; itself where it was not."""
    for later in snapshot.successors.get(unit_id, ()):
        if snapshot.predecessors[later].kind in GOES_ON:
            return latest_name(snapshot, later)
    return unit_id
