"""Which figures their own notes explain, and what follows for those worked out from them.

Decided: a note, or the reason of a state, explains the figure that it was written with: it was
changed when the figure last was, or since. What was left in the box from an earlier figure explains
nothing, and neither does what was said before last year's figure became another. A figure worked
out from others is explained where all that is odd below it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from indicators.models import Standing, Tier, ValueRevision
from indicators.results.dependencies import Key, inputs
from indicators.results.snapshot import Snapshot

IndicatorYear = tuple[int, int]


class Explanation(NamedTuple):
    """What is said to a figure, by whom (id) and when."""

    text: str
    by_id: int | None
    at: datetime.datetime | None


def notes_and_versions(
    unit_id: int, years: Collection[int], *, reported: bool = False
) -> tuple[dict[IndicatorYear, Explanation], dict[IndicatorYear, int]]:
    """The notes that explain the unit's figures of the years as they are now, and the version of
    each of its values, by indicator and year; `reported` leaves drafts out."""
    read = {*years, *(year - 1 for year in years)}
    found = ValueRevision.objects.filter(value__jurisdiction=unit_id, value__year__in=read)
    if reported:
        stands = Standing.objects.current().filter(tier=Tier.REPORTED, value=OuterRef("value"))
        found = found.filter(pk__lte=Subquery(stands.values("revision_id")[:1]))
    rows = found.order_by("value", "version").values_list(
        *("value__indicator_id", "value__year", "version", "number", "statement", "state"),
        *("state_reason", "note", "change__actor_id", "change__at"),
    )
    explained: dict[IndicatorYear, Explanation] = {}
    figures: dict[IndicatorYear, object] = {}
    notes: dict[IndicatorYear, str] = {}
    versions: dict[IndicatorYear, int] = {}
    since: dict[IndicatorYear, datetime.datetime] = {}
    said_at: dict[IndicatorYear, datetime.datetime] = {}
    for indicator, year, version, number, statement, state, reason, note, actor, at in rows:
        place, figure, said = (indicator, year), (number, statement, state), reason or note
        if figures.get(place) != figure:
            explained.pop(place, None)
            since[place] = at
        if said != notes.get(place, ""):
            explained.pop(place, None)
            if said:
                explained[place], said_at[place] = Explanation(said, actor, at), at
        figures[place], notes[place], versions[place] = figure, said, version
    explained = {
        place: one
        for place, one in explained.items()
        if place[1] in years
        and since.get((place[0], place[1] - 1), said_at[place]) <= said_at[place]
    }
    return explained, {place: version for place, version in versions.items() if place[1] in years}


def worked_out_from(snapshot: Snapshot, unit_id: int, place: IndicatorYear) -> set[IndicatorYear]:
    """All that the figure is worked out from in its unit, the figures in between too."""
    return set(_below(snapshot, Key(unit_id, place[1], place[0])))


def _below(snapshot: Snapshot, key: Key) -> Iterator[IndicatorYear]:
    waiting, seen = inputs(snapshot, key), set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one.indicator_id, one.year
            waiting.extend(inputs(snapshot, one))


def inherited(
    snapshot: Snapshot,
    unit_id: int,
    place: IndicatorYear,
    doubted: Mapping[IndicatorYear, Explanation | None],
) -> Explanation | None:
    """What explains a figure through those it is worked out from: all that are doubted among them
    are explained. `doubted` says what explains each, None where nothing does."""
    below = [doubted[one] for one in worked_out_from(snapshot, unit_id, place) if one in doubted]
    said = [one for one in below if one is not None]
    return said[0] if said and len(said) == len(below) else None


def version_of(
    snapshot: Snapshot, unit_id: int, place: IndicatorYear, versions: Mapping[IndicatorYear, int]
) -> int:
    """The figure's version; of one that is worked out a number that grows with every new version
    of what it is worked out from."""
    if place in versions:
        return versions[place]
    return sum(versions.get(one, 0) for one in worked_out_from(snapshot, unit_id, place))


def asked_with_derived(
    snapshot: Snapshot, unit_id: int, evaluation_year: int, asked: Collection[int]
) -> set[int]:
    """The indicators (ids) asked for, and those worked out from them in the unit."""
    found = set(asked)
    for pk, indicator in snapshot.indicators.items():
        year = indicator.year_for(evaluation_year)
        if pk not in found and snapshot.formula(pk, year) is not None:
            below = worked_out_from(snapshot, unit_id, (pk, year))
            if any(one in asked for one, _year in below):
                found.add(pk)
    return found
