"""What figures of a unit are compared with, of years before the unit began; writes nothing."""

from __future__ import annotations

from collections.abc import Collection

from indicators.models import YearlyResult
from indicators.models.result import YearlyResultQuerySet
from indicators.results.computation import ResultContent, figure_of_past
from indicators.results.dependencies import Key
from indicators.results.predecessors import before_it_began, sources
from indicators.results.refresh import STORED_FIELDS, among, stored
from indicators.results.snapshot import Snapshot

_NOTHING = ResultContent()


def figures_of_past(
    snapshot: Snapshot,
    keys: Collection[Key],
    *,
    tier: str,
    rows: YearlyResultQuerySet | None = None,
) -> dict[Key, ResultContent]:
    """Of the keys those that lie before their unit began, with what its predecessors' figures make
    of them: at most one query. `rows` are those that the reader may see, else all."""
    wanted = [key for key in keys if before_it_began(snapshot, key.unit_id, key.year)]
    if not wanted:
        return {}
    places = {place for key in wanted for place in sources(snapshot, key)}
    seen = YearlyResult.objects.all() if rows is None else rows
    found = {}
    if places:
        rows_of_places = seen.in_tier(tier).filter(among(places))
        found = stored(rows_of_places.values_list(*STORED_FIELDS))
    return {
        key: figure_of_past(snapshot, key, lambda place: found.get((place, tier), _NOTHING))
        for key in wanted
    }
