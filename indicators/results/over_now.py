"""A figure of an earlier year over the area that a unit has today; worked out when asked for.

Where one unit had that area, it is that unit's figure, as it stands. Where several had, and each
wholly, sums are added up and statements taken together; a share is worked out from its inputs over
the same area, by the definition of its year. All else is refused: what does not add up, as no
average of shares is one, and what rests on a year of which the area is not known. Nothing is
stored, and no target is held against what is worked out here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from indicators.models import Aggregation, YearlyResult
from indicators.models.result import YearlyResultQuerySet
from indicators.results.boundary import Composition
from indicators.results.computation import (
    Lookup,
    ResultContent,
    TotalTooLarge,
    added_up,
    computed,
)
from indicators.results.dependencies import Key
from indicators.results.predecessors import sources
from indicators.results.refresh import STORED_FIELDS, among, stored
from indicators.results.snapshot import Snapshot

ADDED = (Aggregation.SUM, Aggregation.ALL)
_NOTHING = ResultContent()


class Refused(NamedTuple):
    """Why nothing is worked out: `boundary_unknown`, as `boundary` says, in `year`; or of its parts
    `not_seen`, or `does_not_add_up`, as the indicator (id) does not."""

    code: str
    boundary: Composition
    year: int
    indicator_id: int


class OverNow(NamedTuple):
    """`stands_at` is the place whose figure it is, where one unit's is. Else `content` is what was
    worked out, from the figures at `places`; or it is refused."""

    boundary: Composition
    stands_at: Key | None = None
    content: ResultContent | None = None
    places: tuple[Key, ...] = ()
    refused: Refused | None = None


Sees = Callable[[int], bool]


def figures_over_now(
    snapshot: Snapshot,
    keys: Collection[Key],
    *,
    now: int,
    tier: str,
    rows: YearlyResultQuerySet | None = None,
    sees: Sees | None = None,
) -> dict[Key, OverNow]:
    """Of units of the year `now` in years up to it: at most one query.

    `rows` are those that the reader may see, `sees` tells of which units (ids) any: all, if none
    is given. Of parts that are not seen nothing is worked out.
    """
    area = _Area(snapshot, now, sees)
    plans = [area.plan(key) for key in keys]
    places = {place for plan in plans if plan.worked_out for place in plan.places}
    found = {}
    if places:
        seen = YearlyResult.objects.all() if rows is None else rows
        found = stored(seen.in_tier(tier).filter(among(places)).values_list(*STORED_FIELDS))

    def look(place: Key) -> ResultContent:
        return found.get((place, tier), _NOTHING)

    return {key: area.outcome(key, look) for key in keys}


class _Plan(NamedTuple):
    """What it takes: the figure at one place, or working out from those at several."""

    places: tuple[Key, ...] = ()
    worked_out: bool = False
    refused: Refused | None = None


class _Area:
    """The areas that units have in the year `now`."""

    def __init__(self, snapshot: Snapshot, now: int, sees: Sees | None) -> None:
        self.snapshot, self.now, self.sees = snapshot, now, sees
        self._plans: dict[Key, _Plan] = {}

    def boundary(self, key: Key) -> Composition:
        return self.snapshot.history.boundary(key.unit_id, key.year, self.now)

    def plan(self, key: Key) -> _Plan:
        if key not in self._plans:
            self._plans[key] = _Plan()  # a formula in a circle finds nothing behind itself
            self._plans[key] = self._plan(key)
        return self._plans[key]

    def _plan(self, key: Key) -> _Plan:
        boundary = self.boundary(key)
        if refused := self._refused(key, boundary):
            return _Plan(refused=refused)
        inputs = {one: self.plan(one) for one in self._inputs(key)}
        if refused := next((one.refused for one in inputs.values() if one.refused), None):
            return _Plan(refused=refused)
        own = tuple(key._replace(unit_id=part) for part in boundary.parts)
        if len(own) == 1 and self._rests_on(own[0], inputs):
            return _Plan(own)
        if inputs:
            behind = (place for one in inputs.values() for place in one.places)
            return _Plan(tuple(dict.fromkeys(behind)), worked_out=True)
        return _Plan(own, worked_out=True)

    def _refused(self, key: Key, boundary: Composition) -> Refused | None:
        """Why the figure cannot be worked out, whatever those of its parts are."""
        where = (boundary, key.year, key.indicator_id)
        if not boundary.parts:
            return Refused("boundary_unknown", *where)
        if self.sees is not None and not all(self.sees(part) for part in boundary.parts):
            return Refused("not_seen", *where)
        is_entered = self.snapshot.formula(key.indicator_id, key.year) is None
        adds_up = self.snapshot.indicators[key.indicator_id].aggregation in ADDED
        if len(boundary.parts) > 1 and is_entered and not adds_up:
            return Refused("does_not_add_up", *where)
        return None

    def _inputs(self, key: Key) -> Iterator[Key]:
        """What the figure is computed from, in the same unit, by the definition of its year."""
        formula = self.snapshot.formula(key.indicator_id, key.year)
        for one in formula.references if formula else ():
            indicator = self.snapshot.by_code.get(one.code)
            lies_ahead = one.year is not None and key.year < one.year
            if indicator is not None and not lies_ahead:
                yield key._replace(year=one.year_at(key.year), indicator_id=indicator)

    def _rests_on(self, own: Key, inputs: Mapping[Key, _Plan]) -> bool:
        """Whether the figure that stands is computed over the same area in each of its years: a
        growth is not, where in between a part came that its earlier year is without."""
        return all(
            set(sources(self.snapshot, one._replace(unit_id=own.unit_id))) == set(plan.places)
            for one, plan in inputs.items()
        )

    def outcome(self, key: Key, look: Lookup) -> OverNow:
        boundary, plan = self.boundary(key), self.plan(key)
        if plan.refused:
            return OverNow(boundary, refused=plan.refused)
        if not plan.worked_out:
            return OverNow(boundary, stands_at=plan.places[0])
        try:
            content = self._content(key, look, frozenset())
        except TotalTooLarge:
            content = ResultContent(reason={"code": "too_large"})
        return OverNow(boundary, content=content, places=plan.places)

    def _content(self, key: Key, look: Lookup, behind: frozenset[Key]) -> ResultContent:
        plan, formula = self.plan(key), self.snapshot.formula(key.indicator_id, key.year)
        if key in behind:
            return _NOTHING
        if not plan.worked_out:
            return look(plan.places[0]) if plan.places else _NOTHING
        if formula is None:
            below = {place.unit_id: look(place) for place in plan.places}
            return added_up(self.snapshot, key, below)
        above = behind | {key}
        return computed(
            self.snapshot, key, formula, lambda place: self._content(place, look, above)
        )
