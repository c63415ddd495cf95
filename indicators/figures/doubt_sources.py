"""Which figures in doubt another rests on, and what is odd about them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.figures.findings import sentence_kept
from indicators.figures.indicator_value import IndicatorValue
from indicators.models import Doubt, Indicator, Jurisdiction, User
from indicators.results import Key


@dataclass(frozen=True)
class Source:
    """A figure in doubt that another rests on, and what is odd about it, in words."""

    indicator: Indicator
    jurisdiction: Jurisdiction
    year: int
    sentences: Sequence[str]
    is_own: bool


def sources_of(user: User, figure: IndicatorValue) -> list[Source]:
    """The figures in doubt that the figure, or the one worked out beside it, rests on, of the units
    that the user sees by name; its own first."""
    doubts, place = figure.doubts, figure.place
    if doubts is None or not (place in doubts.resting or doubts.below(place)):
        return []
    units, indicators = doubts.snapshot.units, doubts.snapshot.indicators
    behind = {
        key
        for key in doubts.own
        if user.scope.sees_unit(units[key.unit_id]) and doubts.reaches(key, place)
    }
    found = (
        Doubt.objects.filter(
            jurisdiction__in={key.unit_id for key in behind},
            indicator__in={key.indicator_id for key in behind},
            year__in={key.year for key in behind},
        )
        .select_related("rule")
        .order_by("pk")
    )
    sentences: dict[Key, list[str]] = {}
    for doubt in found:
        key = Key(doubt.jurisdiction_id, doubt.year, doubt.indicator_id)
        if key in behind:
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
