"""Which figures rest on one that is in doubt, so that every sum, share and light says so."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from indicators.models import Basis, Doubt, DoubtMark, Tier, User, YearlyResult
from indicators.models.prepared import prepared
from indicators.results import Key, Snapshot, affected, current_snapshot, inputs, last_year, parts


class Doubts:
    """The doubts about what stands as reported, as far as the user is told of them; None, the
    operator, of all. Asked when the first figure is drawn, in one query, where there are some in
    two."""

    def __init__(self, snapshot: Snapshot, user: User | None) -> None:
        self.snapshot, self.user = snapshot, user

    @cached_property
    def own(self) -> frozenset[Key]:
        """The figures that the rules doubt."""
        return frozenset(key for key in (Key(*place) for place in _places()) if self._is_told(key))

    def _is_told(self, key: Key) -> bool:
        """What is odd about a figure of a level above speaks of sums: told to its own people."""
        if self.user is None or not self.snapshot.children(key.unit_id, key.year):
            return True
        return self.user.scope.is_told_sums(self.snapshot.units[key.unit_id])

    @cached_property
    def resting(self) -> frozenset[Key]:
        """Those, and all whose figure or light rests on them. What was stated rests on nothing."""
        return frozenset(self.resting_on(self.own)) if self.own else frozenset()

    def resting_on(self, doubted: Collection[Key]) -> list[Key]:
        return affected(
            self.snapshot, doubted, last_year=last_year(), but=self._stated - set(doubted)
        )

    def mark(self, place: Key) -> str:
        """A code of DoubtMark; empty for a figure that nothing doubts."""
        if place in self.own:
            return DoubtMark.OWN
        return DoubtMark.RESTS if place in self.resting else ""

    def below(self, place: Key) -> bool:
        """Whether what is worked out at the place, if beside a stated figure, rests on any."""
        return bool(self.own) and not self.resting.isdisjoint(self._below(place))

    def reaches(self, doubted: Key, place: Key) -> bool:
        """Whether the figure at the place, or the one worked out beside it, rests on the doubt."""
        return not {place, *self._below(place)}.isdisjoint(self.resting_on([doubted]))

    def _below(self, place: Key) -> list[Key]:
        return [*inputs(self.snapshot, place), *parts(self.snapshot, place)]

    @cached_property
    def _stated(self) -> set[Key]:
        reached = affected(self.snapshot, self.own, last_year=last_year())
        stated = YearlyResult.objects.in_tier(Tier.REPORTED).filter(
            basis=Basis.STATED,
            jurisdiction__in={key.unit_id for key in reached},
            year__in={key.year for key in reached},
        )
        places = stated.values_list("jurisdiction_id", "year", "indicator_id")
        return {Key(*place) for place in places}


@prepared
def _places() -> QuerySet[Doubt, Any]:
    return Doubt.objects.order_by().values_list("jurisdiction_id", "year", "indicator_id")


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
