"""Which figures rest on one that is in doubt, so that every sum, share and light says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from indicators.models import Basis, Doubt, DoubtMark, Tier, User, YearlyResult
from indicators.models.prepared import prepared
from indicators.results import (
    Key,
    Pair,
    Resting,
    Snapshot,
    current_snapshot,
    inputs,
    last_year,
    pairs_behind,
    parts,
    successors,
)

FEW = 40  # indicators; of more the years alone are asked for


class Doubts:
    """The doubts about what stands as reported, as far as the user is told of them; None, the
    operator, of all. Asked when the first figure is drawn, in one query, where there are some in
    two.

    Read are those that figures of some units (ids), and of the indicators and years `about` which
    they are, may rest on; of all where that is None.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        user: User | None,
        *,
        units: Iterable[int] = (),
        about: Collection[Pair] | None = None,
    ) -> None:
        self.snapshot, self.user = snapshot, user
        self._units, self._about = frozenset(units), None if about is None else frozenset(about)

    def also_of(self, units: Iterable[int], about: Collection[Pair]) -> Doubts:
        """Of these as well: the same, unless it was asked before."""
        if self._about is None:
            return self
        asked = "own" in vars(self)
        of_these = self._units.issuperset(units) or (asked and not self._is_of_units)
        if of_these and self._about.issuperset(about):
            return self
        units, about = self._units.union(units), self._about.union(about)
        if asked:
            return Doubts(self.snapshot, self.user, units=units, about=about)
        self._units, self._about = units, about
        return self

    @cached_property
    def own(self) -> frozenset[Key]:
        """The figures that the rules doubt."""
        pairs = self._pairs
        rows = _places() if pairs is None else self._places_behind(pairs)
        return frozenset(told(self.snapshot, self.user, (Key(*place) for place in rows)))

    def _places_behind(self, pairs: Collection[Pair]) -> list[tuple[int, int, int]]:
        years, indicators = {year for year, _one in pairs}, {one for _year, one in pairs}
        if not pairs:
            return []
        if self._is_of_units:
            return _places(units=self._units, years=years)
        if len(indicators) <= FEW:
            return _places(indicators=indicators, years=years)
        return _places(years=years)

    @cached_property
    def _is_of_units(self) -> bool:
        """Whether no other unit lies behind what the units say."""
        snapshot, years = self.snapshot, {year for year, _one in self._pairs or ()}
        return not any(
            unit in snapshot.predecessors or any(snapshot.children(unit, year) for year in years)
            for unit in self._units
        )

    @cached_property
    def _pairs(self) -> Set[Pair] | None:
        """All that they may rest on."""
        return None if self._about is None else pairs_behind(self.snapshot, self._about)

    @cached_property
    def resting(self) -> frozenset[Key]:
        """Those, and all whose figure or light rests on them. What was stated rests on nothing."""
        return frozenset(self._resting.all())

    @cached_property
    def _resting(self) -> Resting:
        return self._resting_on(self.own)

    def _resting_on(self, doubted: Collection[Key]) -> Resting:
        stated = self._stated - set(doubted)
        return Resting(self.snapshot, doubted, stated, last_year=last_year())

    def mark(self, place: Key) -> str:
        """A code of DoubtMark; empty for a figure that nothing doubts."""
        if place in self.own:
            return DoubtMark.OWN
        return DoubtMark.RESTS if self.own and self._resting.has(place) else ""

    def below(self, place: Key) -> bool:
        """Whether what is worked out at the place, if beside a stated figure, rests on any."""
        return bool(self.own) and any(map(self._resting.has, self._below(place)))

    def behind(self, place: Key) -> list[Key]:
        """The doubted figures that the figure at the place, or the one worked out beside it, rests
        on."""
        pairs = pairs_behind(self.snapshot, [place[1:]])
        at = {place, *self._below(place)}
        near = (key for key in self.own if key[1:] in pairs)
        return [key for key in near if any(map(self._resting_on([key]).has, at))]

    def _below(self, place: Key) -> list[Key]:
        return [*inputs(self.snapshot, place), *parts(self.snapshot, place)]

    @cached_property
    def _stated(self) -> set[Key]:
        """Of the doubted units, those above them, and those that go on with their figures."""
        units = {unit for unit, _year, _indicator in self.own}
        above = units
        while above:
            above = {self.snapshot.units[unit].parent_id or 0 for unit in above} - {0}
            units = units | above
        units = {later for unit in units for later in successors(self.snapshot, unit)}
        if not units:
            return set()
        if self._pairs is None:
            rows = _stated(units=units)
        else:
            rows = _stated(units=units, years={year for year, _one in self._pairs})
        return {Key(*place) for place in rows}


def told(snapshot: Snapshot, user: User | None, doubted: Iterable[Key]) -> list[Key]:
    """Those of the doubted figures that the user is told of. What is odd about a figure of a level
    above speaks of sums: told to its own people."""
    if user is None:
        return list(doubted)
    scope, units = user.scope, snapshot.units
    return [
        key
        for key in doubted
        if not snapshot.children(key.unit_id, key.year) or scope.is_told_sums(units[key.unit_id])
    ]


def doubted_of(snapshot: Snapshot, user: User, units: Iterable[int]) -> list[Key]:
    """The doubted figures of the units (ids) themselves, as far as the user is told of them."""
    rows = _places(units=list(units))
    return told(snapshot, user, (Key(*place) for place in rows))


@prepared
def _places(units: Any = None, years: Any = None, indicators: Any = None) -> QuerySet[Doubt, Any]:
    """Of all, or of those units, years and indicators (ids) that are given."""
    asked = {"jurisdiction__id__in": units, "year__in": years, "indicator__id__in": indicators}
    there = Doubt.objects.filter(**{name: one for name, one in asked.items() if one is not None})
    return there.order_by().values_list("jurisdiction_id", "year", "indicator_id")


@prepared
def _stated(units: Any, years: Any = None) -> QuerySet[YearlyResult, Any]:
    stated = YearlyResult.objects.filter(
        tier=Tier.REPORTED, basis=Basis.STATED, jurisdiction__id__in=units
    )
    in_years = stated if years is None else stated.filter(year__in=years)
    return in_years.order_by().values_list("jurisdiction_id", "year", "indicator_id")


def marks(user: User | None) -> dict[tuple[str, str, int], str]:
    """Codes of DoubtMark, by the codes of indicator and unit and the year."""
    if not Doubt.objects.exists():
        return {}
    snapshot = current_snapshot()
    found = Doubts(snapshot, user)
    return {
        (
            snapshot.indicators[key.indicator_id].code,
            snapshot.units[key.unit_id].code,
            key.year,
        ): found.mark(key)
        for key in found.resting
    }
