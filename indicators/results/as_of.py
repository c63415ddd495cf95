"""What stood at a moment of the past, worked out anew from the versions that counted then."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from indicators.models import Standing
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, inputs, parts
from indicators.results.predecessors import sources
from indicators.results.refresh import among, kept, standing_values, stored, work_out
from indicators.results.snapshot import Snapshot


def results_as_of(
    snapshot: Snapshot, wanted: Iterable[Key], *, tier: str, before: datetime.datetime
) -> dict[Key, ResultContent]:
    """The results at the keys as they were just before a moment, by the catalogue of now.

    What nothing came to stand behind since is what is stored; all else is worked out, however many
    units it rests on. Four queries, two where nothing moved.
    """
    wanted = set(wanted)
    behind = _all_behind(snapshot, wanted)
    moved = _resting_on(behind, _stood_since(behind, tier, before))
    found = dict.fromkeys(wanted, ResultContent())
    if still := wanted - moved:
        rows = stored(kept().filter(among(still), tier=tier))
        found |= {key: content for (key, _tier), content in rows.items() if key in still}
    if moved:
        standing = standing_values(moved, before=before)
        worked = work_out(snapshot, sorted(moved), tiers=[tier], standing=standing)
        found |= {key: content for (key, _tier), content in worked if key in wanted}
    return found


def _all_behind(snapshot: Snapshot, wanted: Collection[Key]) -> dict[Key, list[Key]]:
    """The keys, and those that their figures and lights are worked out from, each with those that
    it rests on itself. Of the year before only the figure is looked at: its light, which would look
    at the year before that, is nobody's."""
    found: dict[Key, list[Key]] = {}
    waiting = list(wanted)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found[key] = [*inputs(snapshot, key), *parts(snapshot, key)]
        if key in wanted and key.indicator_id in snapshot.compared_with_last_year:
            found[key] += sources(snapshot, key._replace(year=key.year - 1))
        waiting += found[key]
    return found


def _stood_since(keys: Collection[Key], tier: str, moment: datetime.datetime) -> set[Key]:
    """Where something came to stand in the tier from the moment on, among the keys or beside."""
    since = Standing.objects.filter(
        tier=tier,
        change__at__gte=moment,
        value__jurisdiction__in={key.unit_id for key in keys},
        value__year__in={key.year for key in keys},
        value__indicator__in={key.indicator_id for key in keys},
    )
    places = since.order_by().values_list(
        "value__jurisdiction_id", "value__year", "value__indicator_id"
    )
    return {Key(*place) for place in places.distinct()}


def _resting_on(behind: dict[Key, list[Key]], moved: Collection[Key]) -> set[Key]:
    """Of the keys those that moved, or rest on one that did."""
    above: dict[Key, list[Key]] = {}
    for key, below in behind.items():
        for one in below:
            above.setdefault(one, []).append(key)
    found: set[Key] = set()
    waiting = [key for key in moved if key in behind]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += above.get(key, ())
    return found
