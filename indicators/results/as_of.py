"""What stood at a moment of the past, worked out anew from the versions that counted then."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone

from indicators.models import Indicator, Standing
from indicators.results.computation import ResultContent, StandingValue
from indicators.results.dependencies import Key, inputs
from indicators.results.predecessors import sources
from indicators.results.refresh import (
    ResultKey,
    among,
    kept,
    placed,
    stored,
    values_by_place,
    work_out,
)
from indicators.results.snapshot import Snapshot


class Behind(NamedTuple):
    """What figures and their lights are worked out from.

    `keys` are they and all that is worked out in turn, each with those of them that it rests on
    itself. What lies below a sum and adds up nothing is as good as named by the sum: it is of the
    same indicator and year, and of one of the `units`, which are those of the keys and right below.
    """

    keys: dict[Key, list[Key]]
    units: set[int]


def results_as_of(
    snapshot: Snapshot,
    wanted: Iterable[Key],
    *,
    tier: str,
    before: Sequence[datetime.datetime],
) -> list[dict[Key, ResultContent]]:
    """The results at the keys as they were just before each moment, by the catalogue of now.

    What nothing came to stand behind since is what is stored; all else is worked out, however many
    units it rests on. One query, and of each moment two at most.
    """
    wanted = set(wanted)
    behind = _all_behind(snapshot, wanted)
    moved = _moved_since(behind, tier, before)
    return [
        _just_before(snapshot, wanted, tier, moment, behind, _resting_on(behind.keys, since))
        for moment, since in zip(before, moved, strict=True)
    ]


def _just_before(
    snapshot: Snapshot,
    wanted: set[Key],
    tier: str,
    moment: datetime.datetime,
    behind: Behind,
    moved: set[Key],
) -> dict[Key, ResultContent]:
    rests_on = {one for key in moved for one in behind.keys[key]}
    still = wanted.union(rests_on) - moved
    kept_still = stored(kept().filter(among(still), tier=tier)) if still else {}
    found = {key: kept_still.get((key, tier), ResultContent()) for key in wanted}
    if moved:
        standing = _standing_before(moment, tier, moved, behind.units)
        parts = (key for key, _tier in standing if key not in behind.keys)
        keys = sorted(moved.union(parts))
        told = wanted & moved
        worked = work_out(
            snapshot, keys, tiers=[tier], standing=standing, around=kept_still, wanted=told
        )
        found |= {key: content for (key, _tier), content in worked}
    return found


def _standing_before(
    moment: datetime.datetime, tier: str, keys: Collection[Key], units: Collection[int]
) -> dict[ResultKey, StandingValue]:
    """The latest of each place, of the units and of the years and indicators of the keys."""
    earlier = Standing.objects.filter(tier=tier, change__at__lt=moment)
    years, indicators = {key.year for key in keys}, {key.indicator_id for key in keys}
    return values_by_place(placed(earlier, units, years, indicators).order_by("pk"))


def _all_behind(snapshot: Snapshot, wanted: Collection[Key]) -> Behind:
    """Of the year before only the figure is looked at: its light, which would look at the year
    before that, is nobody's."""
    found: dict[Key, list[Key]] = {}
    above_others = cache(partial(_above_others, snapshot))
    waiting = list(wanted)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        unit, year, indicator = key
        found[key] = inputs(snapshot, key)
        if snapshot.adds_up(indicator, unit, year):
            found[key] += [Key(below, year, indicator) for below in above_others(unit, year)]
        if key in wanted and key.indicator_id in snapshot.compared_with_last_year:
            found[key] += sources(snapshot, key._replace(year=key.year - 1))
        waiting += found[key]
    places = {(key.unit_id, key.year) for key in found}
    units = {unit for unit, _year in places}
    return Behind(found, units.union(*(snapshot.children(*place) for place in places)))


def _above_others(snapshot: Snapshot, unit_id: int, year: int) -> list[int]:
    """The units right below (ids) that have others below them in turn."""
    return [one for one in snapshot.children(unit_id, year) if snapshot.children(one, year)]


def _moved_since(behind: Behind, tier: str, moments: Sequence[datetime.datetime]) -> list[set[Key]]:
    """Of each moment those of the keys to whose indicator, in whichever of the units and years,
    something came to stand in the tier from then on."""
    past = {moment for moment in moments if moment <= timezone.now()}
    if not past:
        return [set() for _moment in moments]
    here = Standing.objects.filter(
        tier=tier,
        value__indicator=OuterRef("pk"),
        value__jurisdiction__in=behind.units,
        value__year__in={key.year for key in behind.keys},
    )
    # Of each indicator the first that is found will do, where there may be thousands.
    later = [(moment, Exists(here.filter(change__at__gte=moment))) for moment in past]
    wanted = Indicator.objects.filter(pk__in={key.indicator_id for key in behind.keys}).order_by()
    rows = list(wanted.values_list("pk", *(has for _moment, has in later)))
    moved = {
        moment: {row[0] for row in rows if row[at]} for at, (moment, _has) in enumerate(later, 1)
    }
    return [
        {key for key in behind.keys if key.indicator_id in moved.get(moment, ())}
        for moment in moments
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
