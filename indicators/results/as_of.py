"""What stood at a moment of the past, worked out anew from the versions that counted then."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Case, When

from indicators.models import Standing
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, inputs, parts
from indicators.results.predecessors import sources
from indicators.results.refresh import among, kept, standing_values, stored, work_out
from indicators.results.snapshot import Snapshot


def results_as_of(
    snapshot: Snapshot,
    wanted: Iterable[Key],
    *,
    tier: str,
    before: Sequence[datetime.datetime],
) -> list[dict[Key, ResultContent]]:
    """The results at the keys as they were just before each moment, by the catalogue of now.

    What nothing came to stand behind since is what is stored; all else is worked out, however many
    units it rests on. One query, and of each moment three, or one where nothing moved.
    """
    wanted = set(wanted)
    behind = _all_behind(snapshot, wanted)
    moved = _moved_since(behind, tier, before)
    return [
        _just_before(snapshot, wanted, tier, moment, behind, _resting_on(behind, since))
        for moment, since in zip(before, moved, strict=True)
    ]


def _just_before(
    snapshot: Snapshot,
    wanted: set[Key],
    tier: str,
    moment: datetime.datetime,
    behind: dict[Key, list[Key]],
    moved: set[Key],
) -> dict[Key, ResultContent]:
    found = dict.fromkeys(wanted, ResultContent())
    if still := wanted - moved:
        rows = stored(kept().filter(among(still), tier=tier))
        found |= {key: content for (key, _tier), content in rows.items() if key in still}
    if moved:
        keys, standing = sorted(moved), standing_values(moved, before=moment)
        stood = {key for key, _tier in standing}
        empty = [key for key in moved - wanted - stood if not behind[key]]
        worked = work_out(
            snapshot, keys, tiers=[tier], standing=standing, wanted=wanted, empty=empty
        )
        found |= {key: content for (key, _tier), content in worked}
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


def _moved_since(
    keys: Collection[Key], tier: str, moments: Sequence[datetime.datetime]
) -> list[set[Key]]:
    """Of each moment those of the keys to whose indicator and year, in whichever of the units,
    something came to stand in the tier from then on."""
    since = Standing.objects.filter(
        tier=tier,
        change__at__gte=min(moments),
        value__jurisdiction__in={key.unit_id for key in keys},
        value__year__in={key.year for key in keys},
        value__indicator__in={key.indicator_id for key in keys},
    ).order_by()
    # Told by the database, and once of all units, as thousands of rows take longer to read.
    later = [Case(When(change__at__gte=one, then=True), default=False) for one in moments]
    rows = since.values_list("value__indicator_id", "value__year", *later).distinct()
    found: list[set[tuple[int, int]]] = [set() for _moment in moments]
    for indicator, year, *is_later in rows:
        for of_moment, moved in zip(found, is_later, strict=True):
            if moved:
                of_moment.add((indicator, year))
    return [
        {key for key in keys if (key.indicator_id, key.year) in of_moment} if of_moment else set()
        for of_moment in found
    ]


def _resting_on(behind: dict[Key, list[Key]], moved: Collection[Key]) -> set[Key]:
    """Of the keys those that moved, or rest on one that did."""
    above: dict[Key, list[Key]] = {}
    for key, below in behind.items():
        for one in below:
            above.setdefault(one, []).append(key)
    found: set[Key] = set()
    waiting = list(moved)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += above.get(key, ())
    return found
