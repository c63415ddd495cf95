"""What stood at a moment of the past, worked out anew from the versions that counted then."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, inputs, parts
from indicators.results.predecessors import sources
from indicators.results.refresh import standing_values, work_out
from indicators.results.snapshot import Snapshot


def results_as_of(
    snapshot: Snapshot, wanted: Iterable[Key], *, tier: str, before: datetime.datetime
) -> dict[Key, ResultContent]:
    """The results at the keys as they were just before a moment, by the catalogue of now.

    All that they rest on is worked out with them, so that no stored result, which is of today, is
    asked; one query.
    """
    keys = _with_all_behind(snapshot, wanted)
    standing = standing_values(keys, before=before)
    worked = work_out(snapshot, sorted(keys), tiers=[tier], standing=standing)
    return {key: content for (key, _tier), content in worked}


def _with_all_behind(snapshot: Snapshot, wanted: Iterable[Key]) -> set[Key]:
    """The keys, and those that their figures and lights are worked out from. Of the year before
    only the figure is looked at: its light, which would look at the year before that, is nobody's.
    """
    found: set[Key] = set()
    waiting = list(wanted)
    for key in list(waiting):
        if key.indicator_id in snapshot.compared_with_last_year:
            waiting += sources(snapshot, key._replace(year=key.year - 1))
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        waiting += inputs(snapshot, key)
        waiting += parts(snapshot, key)
    return found
