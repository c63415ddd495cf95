"""Which figures are in doubt, which of them another rests on, and what is odd about them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from indicators.figures.doubts import Doubts
from indicators.figures.findings import sentence_kept
from indicators.figures.formatting import period_words
from indicators.figures.indicator_value import IndicatorValue
from indicators.models import Doubt, Indicator, Jurisdiction, User
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
    if doubts is None or not (place in doubts.resting or doubts.below(place)):
        return []
    behind = {key for key in _seen(user, doubts) if doubts.reaches(key, place)}
    return _sources(doubts.snapshot, behind, place)


def figures_in_doubt(user: User) -> tuple[list[Source], int]:
    """All figures in doubt of the user's own units and those that a role reaches down to, by unit;
    and how many figures of the levels above rest on them."""
    doubts = Doubts(current_snapshot(), user)
    return _sources(doubts.snapshot, _seen(user, doubts)), _resting(user, doubts)


def doubts_in_sums(user: User) -> tuple[int, int]:
    """How many figures are in doubt of the user's own units and those that a role reaches down to,
    and how many of the levels above rest on them."""
    doubts = Doubts(current_snapshot(), user)
    return len(_seen(user, doubts)), _resting(user, doubts)


def _resting(user: User, doubts: Doubts) -> int:
    units = doubts.snapshot.units
    return sum(
        units[key.unit_id].collects and user.scope.sees_unit(units[key.unit_id])
        for key in doubts.resting - doubts.own
    )


def _seen(user: User, doubts: Doubts) -> set[Key]:
    """Not those of the level above: what is odd there is told with the sums of other units."""
    units, scope = doubts.snapshot.units, user.scope
    return {
        key for key in doubts.own if key.unit_id in scope.own or scope.reaches(units[key.unit_id])
    }


def _sources(snapshot: Snapshot, keys: Set[Key], place: Key | None = None) -> list[Source]:
    """What is odd about the figures, by unit; the one of the `place` first."""
    if not keys:
        return []
    units, indicators = snapshot.units, snapshot.indicators
    found = (
        Doubt.objects.filter(
            jurisdiction__in={key.unit_id for key in keys},
            indicator__in={key.indicator_id for key in keys},
            year__in={key.year for key in keys},
        )
        .select_related("rule")
        .order_by("pk")
    )
    sentences: dict[Key, list[str]] = {}
    for doubt in found:
        key = Key(doubt.jurisdiction_id, doubt.year, doubt.indicator_id)
        if key in keys:
            sentences.setdefault(key, []).append(
                sentence_kept(doubt.rule, indicators[doubt.indicator_id], doubt.details)
            )
    order = sorted(sentences, key=lambda key: (key != place, units[key.unit_id].code, key))
    return [
        Source(
            indicators[key.indicator_id], units[key.unit_id], key.year, sentences[key], key == place
        )
        for key in order
    ]
