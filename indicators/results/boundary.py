"""Of which units of an earlier year the area of a later unit is made, as far as changes tell; pure.

The changes of a year that share a unit are one knot. Areas are moved inside a knot only: whoever
holds all units that come out of it holds the area of all that went in. So a renamed unit is its
predecessor, a merged one all of its, and a part that was moved between two units no longer matters
once both are one. Where only some of what came out is held, nothing is known of its past: after a
split, or where a part was moved across the boundary.

      year before    500110 万盛区   500222 綦江县        500105   500112 → 500109
                           \\        /                        \\     /        |
      the year          500110 綦江区                         995004 ← ← ← 500109
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from indicators.models import Jurisdiction, JurisdictionChange


class UnitChange(NamedTuple):
    """A change of boundaries or names: units (ids) before and after it, and by which document."""

    year: int
    kind: str
    from_ids: tuple[int, ...]
    to_ids: tuple[int, ...]
    legal_basis: str = ""


class Span(NamedTuple):
    """The years in which a unit is there on 31 December: `since` inclusive, `until` exclusive."""

    since: int
    until: int | None = None

    def holds(self, year: int) -> bool:
        return self.since <= year and (self.until is None or year < self.until)


class Knot(NamedTuple):
    """Changes of one year that share units: which of them were there before it, which after.

    `is_clear` unless one of the units was there neither before nor after.
    """

    changes: tuple[UnitChange, ...]
    before: frozenset[int]
    after: frozenset[int]
    is_clear: bool


class Composition(NamedTuple):
    """`parts` are the units (ids) of the year that make the unit; none where that is not known:
    then `crossing` are the changes that moved a part across its boundary, or `unknown` is the unit
    (id) before whose beginning nothing is kept."""

    parts: tuple[int, ...] = ()
    crossing: tuple[UnitChange, ...] = ()
    unknown: int | None = None


class UnitHistory:
    """The changes of units, to be asked for the past of a unit, or for what became of it."""

    def __init__(self, changes: Iterable[UnitChange], spans: Mapping[int, Span]) -> None:
        self._spans = spans
        by_year: dict[int, list[UnitChange]] = defaultdict(list)
        for one in changes:
            by_year[one.year].append(one)
        self._knots = {year: [*_knots(by_year[year], spans)] for year in sorted(by_year)}
        self._found: dict[tuple[int, int, int], Composition] = {}

    def boundary(self, unit_id: int, year: int, now: int) -> Composition:
        """The units of the year whose area the unit has in the year `now`, the later one."""
        key = (unit_id, year, now)
        if key not in self._found:
            self._found[key] = self._boundary(*key)
        return self._found[key]

    def _boundary(self, unit_id: int, year: int, now: int) -> Composition:
        held = {unit_id}
        for at in reversed(self._years(year, now)):
            for knot in self._knots[at]:
                if held.isdisjoint(knot.after):
                    continue
                if not (knot.is_clear and knot.before and held >= knot.after):
                    return Composition(crossing=_that_cross(knot))
                held = held - knot.after | knot.before
        for part in sorted(held):
            if not self._spans[part].holds(year):
                return Composition(unknown=part)
        return Composition(tuple(sorted(held)))

    def before(self, unit_id: int, year: int, now: int) -> frozenset[int]:
        """The units of the year that the unit goes back to, whether its area was all of theirs or
        not; which parts were moved says nothing of that."""
        held = {unit_id}
        for one in reversed(self._succession(year, now)):
            if not held.isdisjoint(one.to_ids):
                held |= set(one.from_ids)
        return frozenset(one for one in held if self._spans[one].holds(year))

    def after(self, unit_id: int, year: int, now: int) -> frozenset[int]:
        """The units of the year `now` that the unit of the year became."""
        held = {unit_id}
        for one in self._succession(year, now):
            if not held.isdisjoint(one.from_ids):
                held |= set(one.to_ids)
        return frozenset(one for one in held if self._spans[one].holds(now))

    def _succession(self, year: int, now: int) -> list[UnitChange]:
        """The changes since the year by which units begin and end."""
        changes = (
            one for at in self._years(year, now) for knot in self._knots[at] for one in knot.changes
        )
        return [one for one in changes if one.kind != JurisdictionChange.Kind.TRANSFER]

    def _years(self, year: int, now: int) -> list[int]:
        """In which something changed since the year, by the state on 31 December."""
        return [at for at in self._knots if year < at <= now]


def _that_cross(knot: Knot) -> tuple[UnitChange, ...]:
    """Of a knot the changes that a reader is told: what moved parts, where anything did."""
    kinds = JurisdictionChange.Kind
    for kind in (kinds.TRANSFER, kinds.SPLIT):
        if found := tuple(one for one in knot.changes if one.kind == kind):
            return found
    return knot.changes


def _knots(changes: list[UnitChange], spans: Mapping[int, Span]) -> Iterator[Knot]:
    """The changes of one year, together where they share a unit."""
    waiting = list(changes)
    while waiting:
        tied = [waiting.pop(0)]
        units = {*tied[0].from_ids, *tied[0].to_ids}
        while more := [one for one in waiting if units & {*one.from_ids, *one.to_ids}]:
            tied += more
            waiting = [one for one in waiting if one not in more]
            for one in more:
                units.update(one.from_ids, one.to_ids)
        year = tied[0].year
        before = frozenset(unit for unit in units if spans[unit].since < year)
        after = frozenset(unit for unit in units if spans[unit].holds(year))
        yield Knot(tuple(tied), before, after, units == before | after)


def history_of(
    changes: Iterable[JurisdictionChange], units: Mapping[int, Jurisdiction]
) -> UnitHistory:
    """Of the changes as they are stored; they come with their units on both sides."""
    return UnitHistory(
        (
            UnitChange(
                one.year,
                one.kind,
                tuple(unit.pk for unit in one.from_units.all()),
                tuple(unit.pk for unit in one.to_units.all()),
                one.legal_basis,
            )
            for one in changes
        ),
        {pk: Span(unit.valid_from, unit.valid_to) for pk, unit in units.items()},
    )
