"""What stood at a moment of the past, worked out anew from the versions that counted then."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from indicators.models import Indicator, Standing
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
    """Of each moment those of the keys to whose indicator, in whichever of the units and years,
    something came to stand in the tier from then on."""
    past = {moment for moment in moments if moment <= timezone.now()}
    if not past:
        return [set() for _moment in moments]
    here = Standing.objects.filter(
        tier=tier,
        value__indicator=OuterRef("pk"),
        value__jurisdiction__in={key.unit_id for key in keys},
        value__year__in={key.year for key in keys},
    )
    # Of each indicator the first that is found will do, where there may be thousands.
    later = [(moment, Exists(here.filter(change__at__gte=moment))) for moment in past]
    wanted = Indicator.objects.filter(pk__in={key.indicator_id for key in keys}).order_by()
    rows = list(wanted.values_list("pk", *(has for _moment, has in later)))
    moved = {
        moment: {row[0] for row in rows if row[at]} for at, (moment, _has) in enumerate(later, 1)
    }
    return [
        {key for key in keys if key.indicator_id in moved[moment]} if moved.get(moment) else set()
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
