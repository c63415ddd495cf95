"""What would stand if a unit's drafts were submitted now. Writes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from indicators.models import Tier, ValueRevision, YearlyResult
from indicators.results.graph import Key, affected
from indicators.results.refresh import row_of, standing, work_out
from indicators.results.snapshot import Snapshot
from indicators.results.stand import Fact


def preview(
    snapshot: Snapshot, unit_id: int, drafts: Iterable[ValueRevision]
) -> dict[Key, YearlyResult]:
    """The unit's own reported results that its drafts change, as rows that are not saved."""
    by_key = {Key(unit_id, draft.year, draft.indicator_id): draft for draft in drafts}
    last_year = datetime.date.today().year + 1
    keys = [
        key for key in affected(snapshot, by_key, last_year=last_year) if key.unit_id == unit_id
    ]
    if not keys:
        return {}
    tier = Tier.REPORTED.value
    facts = standing(keys) | {(key, tier): _fact(draft) for key, draft in by_key.items()}
    stands = work_out(snapshot, keys, tiers=[tier], facts=facts)
    rows = {key: row_of(key, tier, stand) for (key, tier), stand in stands}
    for key, draft in by_key.items():
        if rows[key].revision_id == draft.pk:
            rows[key].revision = draft
    return rows


def _fact(draft: ValueRevision) -> Fact:
    return Fact(
        revision_id=draft.pk,
        number=draft.number,
        statement=draft.statement,
        state=draft.state,
        as_entered=draft.as_entered,
        last_place=draft.last_place,
        qualifier=draft.qualifier,
        part_of_year=draft.part_of_year,
        provisional=draft.provisional,
        origin=draft.origin,
    )
