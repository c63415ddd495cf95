"""What would stand if a unit's drafts were submitted now. Writes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from indicators.models import Tier, ValueRevision, YearlyResult
from indicators.results.computation import StandingValue
from indicators.results.dependencies import Key, affected
from indicators.results.refresh import row_of, standing_values, work_out
from indicators.results.snapshot import Snapshot


def preview(
    snapshot: Snapshot, unit_id: int, drafts: Iterable[ValueRevision]
) -> dict[Key, YearlyResult]:
    """The unit's own reported results that its drafts change, as rows that are not saved.

    The drafts come with their values and changes.
    """
    by_key = {Key(unit_id, draft.value.year, draft.value.indicator_id): draft for draft in drafts}
    last_year = datetime.date.today().year + 1
    keys = [
        key for key in affected(snapshot, by_key, last_year=last_year) if key.unit_id == unit_id
    ]
    if not keys:
        return {}
    tier = Tier.REPORTED.value
    stated = [key for key in keys if key not in by_key]
    standing = (standing_values(stated) if stated else {}) | {
        (key, tier): _as_standing(draft) for key, draft in by_key.items()
    }
    contents = work_out(snapshot, keys, tiers=[tier], standing=standing)
    rows = {key: row_of(key, tier, content) for (key, tier), content in contents}
    for key, draft in by_key.items():
        if rows[key].revision_id == draft.pk:
            rows[key].revision = draft
    return rows


def _as_standing(draft: ValueRevision) -> StandingValue:
    return StandingValue(
        revision_id=draft.pk,
        number=draft.number,
        statement=draft.statement,
        state=draft.state,
        as_entered=draft.as_entered,
        last_place=draft.last_place,
        qualifier=draft.qualifier,
        part_of_year=draft.part_of_year,
        provisional=draft.provisional,
        version=draft.version,
        origin=draft.change.way,
    )
