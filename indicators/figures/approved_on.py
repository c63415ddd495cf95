"""Since which day figures are approved as they are; of a sum, since the last of its parts was."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from indicators.figures.figure import Figure
from indicators.models import Standing, Tier
from indicators.results import Key, Snapshot, inputs, parts


@dataclass(frozen=True)
class AsOf:
    """`approved_on` is the day, None where nothing stands behind the figure; `of` the day that the
    figure itself is of, where whoever entered it said so."""

    approved_on: datetime.date | None
    of: datetime.date | None


def as_of_days(figures: Iterable[Figure]) -> dict[Key, AsOf]:
    """Of each approved figure, by its place; one query."""
    behind = {one.place: _behind(one) for one in figures}
    wanted = {key for keys in behind.values() for key in keys}
    rows = (
        Standing.objects.filter(
            tier=Tier.APPROVED,
            value__jurisdiction__in={key.unit_id for key in wanted},
            value__indicator__in={key.indicator_id for key in wanted},
            value__year__in={key.year for key in wanted},
        )
        .order_by("pk")
        .values_list(
            *("value__jurisdiction_id", "value__year", "value__indicator_id"),
            *("change__at", "revision__as_of"),
        )
    )
    latest = {Key(*place): (at, of) for *place, at, of in rows}
    found = {}
    for place, keys in behind.items():
        days = [timezone.localtime(latest[key][0]).date() for key in keys if key in latest]
        own = latest.get(place) if keys == {place} else None
        found[place] = AsOf(max(days, default=None), own[1] if own else None)
    return found


def _behind(figure: Figure) -> set[Key]:
    """The places at which what the figure is made of is entered: its own where it is stated."""
    if figure.result is not None and figure.result.revision_id is not None:
        return {figure.place}
    return _below(figure.snapshot, figure.place)


def _below(snapshot: Snapshot, place: Key) -> set[Key]:
    found: set[Key] = set()
    waiting = [place]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [*inputs(snapshot, key), *parts(snapshot, key)]
    return found
