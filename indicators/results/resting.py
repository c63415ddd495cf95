"""Which figures rest on some others, worked out for all units of an indicator and year at once.

In: the figures that others may rest on, their sources, and those that were stated, which rest on
nothing. Out: the units whose figure of an indicator and year, or whose light, rests on a source. So
a page that shows one indicator follows none of the others, however many sources there are.

As `dependencies.affected` has it: up through sums, on through formulas, into later years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set

from indicators.measures.formula import Reference
from indicators.results.dependencies import Key
from indicators.results.predecessors import successors
from indicators.results.snapshot import Snapshot

Pair = tuple[int, int]  # a year and an indicator (id)
_NONE: Set[int] = frozenset()


class Resting:
    """What rests on the `sources`, up to the `last_year` whose figures are worked out."""

    def __init__(
        self, snapshot: Snapshot, sources: Iterable[Key], stated: Iterable[Key], *, last_year: int
    ) -> None:
        self._snapshot, self._last_year = snapshot, last_year
        self._sources, self._stated = _by_pair(sources), _by_pair(stated)
        self._figures: dict[Pair, Set[int]] = {}
        self._lights: dict[Pair, Set[int]] = {}

    def has(self, key: Key) -> bool:
        """Whether the figure at the key is a source or rests on one, or its light does."""
        unit, year, indicator = key
        return unit in self.figures(year, indicator) or unit in self.lights(year, indicator)

    def figures(self, year: int, indicator_id: int) -> Set[int]:
        """The units (ids) whose figure is a source or rests on one."""
        pair = (year, indicator_id)
        if pair not in self._figures:
            formula = self._snapshot.formula(indicator_id, year)
            found = self._summed(pair) if formula is None else self._computed(pair)
            self._figures[pair] = found
        return self._figures[pair]

    def lights(self, year: int, indicator_id: int) -> Set[int]:
        """The units (ids) whose light compares with a figure of the year before that does."""
        pair = (year, indicator_id)
        if pair not in self._lights:
            compares = indicator_id in self._snapshot.compared_with_last_year
            within = compares and year <= self._last_year
            before = self.figures(year - 1, indicator_id) if within else _NONE
            self._lights[pair] = self._later(before, year, indicator_id)
        return self._lights[pair]

    def all(self) -> Iterator[Key]:
        """Every key that `has`."""
        for year, indicator in self._reached():
            units = self.figures(year, indicator) | self.lights(year, indicator)
            yield from (Key(unit, year, indicator) for unit in units)

    def _summed(self, pair: Pair) -> Set[int]:
        snapshot, (year, indicator) = self._snapshot, pair
        found = set(self._sources.get(pair, _NONE))
        stated = self._stated.get(pair, _NONE)
        waiting = list(found)
        while waiting:
            above = snapshot.above(waiting.pop(), year)
            if above is None or above in found or above in stated:
                continue
            if snapshot.adds_up(indicator, above, year):
                found.add(above)
                waiting.append(above)
        return found

    def _computed(self, pair: Pair) -> Set[int]:
        """A figure that is computed for a year to come is nobody's."""
        year, indicator = pair
        if year > self._last_year:
            return _NONE
        found: set[int] = set()
        for other in _inputs_of(self._snapshot, pair):
            found |= self._later(self.figures(*other), year, indicator)
        return (found - self._stated.get(pair, _NONE)) | self._sources.get(pair, _NONE)

    def _later(self, units: Set[int], year: int, indicator_id: int) -> Set[int]:
        """The units, and those that go on with their figures, that are asked in the year."""
        snapshot = self._snapshot
        moved = {later for unit in units for later in successors(snapshot, unit)}
        return {unit for unit in moved if snapshot.reports(indicator_id, unit, year)}

    def _reached(self) -> set[Pair]:
        """The indicators and years of all that may rest on a source."""
        found: set[Pair] = set()
        waiting = list(self._sources)
        while waiting:
            pair = waiting.pop()
            if pair not in found:
                found.add(pair)
                waiting += self._dependents(pair)
        compared = self._snapshot.compared_with_last_year
        return found | {(year + 1, one) for year, one in found if one in compared}

    def _dependents(self, pair: Pair) -> Iterator[Pair]:
        year, indicator = pair
        for one in self._snapshot.dependents.get(self._snapshot.indicators[indicator].code, ()):
            if one.reference.year is None:
                years: Iterable[int] = (year - one.reference.shift,)
            else:
                years = range(year, self._last_year + 1) if one.reference.year == year else ()
            yield from ((each, one.indicator_id) for each in years if each <= self._last_year)


def pairs_behind(snapshot: Snapshot, pairs: Collection[Pair]) -> set[Pair]:
    """The indicators and years that figures and lights of the pairs, and of what they are computed
    from, may rest on; those of the pairs with them."""
    near = set(pairs).union(*(_inputs_of(snapshot, pair) for pair in pairs))
    compared = snapshot.compared_with_last_year
    waiting = [*near, *((year - 1, one) for year, one in near if one in compared)]
    found: set[Pair] = set()
    while waiting:
        pair = waiting.pop()
        if pair not in found:
            found.add(pair)
            waiting += _inputs_of(snapshot, pair)
    return found


def _inputs_of(snapshot: Snapshot, pair: Pair) -> list[Pair]:
    """What a formula refers to; before the base year of an index it tells nothing."""
    year, indicator = pair
    formula = snapshot.formula(indicator, year)
    return [
        (one.year_at(year), snapshot.by_code[one.code])
        for one in (formula.references if formula else ())
        if one.code in snapshot.by_code and not _is_before(one, year)
    ]


def _is_before(reference: Reference, year: int) -> bool:
    return reference.year is not None and year < reference.year


def _by_pair(keys: Iterable[Key]) -> dict[Pair, set[int]]:
    found: dict[Pair, set[int]] = defaultdict(set)
    for unit, year, indicator in keys:
        found[year, indicator].add(unit)
    return found
