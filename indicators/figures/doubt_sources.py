"""Which figures are in doubt, which of them another rests on, and what is odd about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from indicators.figures.doubts import Doubts
from indicators.figures.findings import sentence_kept
from indicators.figures.formatting import period_words
from indicators.figures.indicator_value import IndicatorValue
from indicators.models import Doubt, Indicator, Jurisdiction, User
from indicators.models.prepared import prepared
from indicators.results import Key, Snapshot, current_snapshot


@dataclass(frozen=True)
class Source:
    """A figure in doubt that another rests on, and what is odd about it, in words."""

    indicator: Indicator
    jurisdiction: Jurisdiction
    year: int
    sentences: Sequence[str]
    is_own: bool

    @property
    def period(self) -> str:
        return period_words(self.indicator, self.year, None)


def sources_of(user: User, figure: IndicatorValue) -> list[Source]:
    """The figures in doubt that the figure, or the one worked out beside it, rests on, of the units
    that are the user's own or that a role reaches down to; its own first."""
    doubts, place = figure.doubts, figure.place
    if doubts is None or not (doubts.mark(place) or doubts.below(place)):
        return []
    behind = _seen(user, doubts.snapshot, doubts.behind(place))
    return sources_at(_by_unit(doubts.snapshot, behind, place), place)


def figures_in_doubt(user: User) -> tuple[list[Key], int]:
    """All figures in doubt of the user's own units and those that a role reaches down to, by unit;
    and how many figures of the levels above rest on them."""
    snapshot = current_snapshot()
    doubts = Doubts(snapshot, user)
    seen = _seen(user, snapshot, doubts.own)
    return _by_unit(snapshot, seen), _resting(user, doubts)


def doubts_in_sums(user: User) -> tuple[int, int]:
    """How many figures are in doubt of the user's own units and those that a role reaches down to,
    and how many of the levels above rest on them."""
    doubts = Doubts(current_snapshot(), user)
    return len(_seen(user, doubts.snapshot, doubts.own)), _resting(user, doubts)


def sources_at(places: Sequence[Key], own: Key | None = None) -> list[Source]:
    """What is odd about the figures at the places, in their order; which of them is the `own`."""
    if not places:
        return []
    snapshot = current_snapshot()
    units, indicators = snapshot.units, snapshot.indicators
    found = _doubts_in(units={key.unit_id for key in places}, years={key.year for key in places})
    wanted = set(places)
    sentences: dict[Key, list[str]] = defaultdict(list)
    for doubt in found:
        key = Key(doubt.jurisdiction_id, doubt.year, doubt.indicator_id)
        if key not in wanted:
            continue
        said = sentence_kept(doubt.rule, indicators[doubt.indicator_id], doubt.details)
        sentences[key].append(said)
    return [
        Source(
            indicators[key.indicator_id], units[key.unit_id], key.year, sentences[key], key == own
        )
        for key in places
        if key in sentences
    ]


@prepared
def _doubts_in(units: Any, years: Any) -> QuerySet[Doubt]:
    there = Doubt.objects.filter(jurisdiction__id__in=units, year__in=years)
    return there.select_related("rule").order_by("pk")


def _resting(user: User, doubts: Doubts) -> int:
    units = doubts.snapshot.units
    return sum(
        units[key.unit_id].collects and user.scope.sees_unit(units[key.unit_id])
        for key in doubts.resting - doubts.own
    )


def _seen(user: User, snapshot: Snapshot, doubted: Iterable[Key]) -> list[Key]:
    """Not those of the level above: what is odd there is told with the sums of other units."""
    units, scope = snapshot.units, user.scope
    seen = {
        unit
        for unit in {key.unit_id for key in doubted}
        if unit in scope.own or scope.reaches(units[unit])
    }
    return [key for key in doubted if key.unit_id in seen]


def _by_unit(snapshot: Snapshot, places: Iterable[Key], own: Key | None = None) -> list[Key]:
    """By the unit's code; the `own` first."""
    units = snapshot.units
    return sorted(places, key=lambda key: (key != own, units[key.unit_id].code, key))
