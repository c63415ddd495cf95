"""What would stand if a unit's drafts were submitted now. Writes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from indicators.models import Tier, ValueRevision, YearlyResult
from indicators.results.computation import ResultContent, StandingValue
from indicators.results.dependencies import Key, affected
from indicators.results.refresh import row_of, standing_values, work_out
from indicators.results.snapshot import Snapshot


def preview(
    snapshot: Snapshot, unit_id: int, drafts: Iterable[ValueRevision]
) -> dict[Key, YearlyResult]:
    """The unit's own reported results that its drafts change, as rows that are not saved.

    The drafts come with their values and changes.
    """
    by_key = _by_key(unit_id, drafts)
    contents = _worked_out(snapshot, unit_id, by_key, lit=True)
    rows = {key: row_of(key, Tier.REPORTED.value, content) for key, content in contents}
    for key, draft in by_key.items():
        if key in rows and rows[key].revision_id == draft.pk:
            rows[key].revision = draft
    return rows


def preview_figures(
    snapshot: Snapshot, unit_id: int, drafts: Iterable[ValueRevision]
) -> dict[Key, ResultContent]:
    """The same without targets and light."""
    return dict(_worked_out(snapshot, unit_id, _by_key(unit_id, drafts), lit=False))


def _by_key(unit_id: int, drafts: Iterable[ValueRevision]) -> dict[Key, ValueRevision]:
    places = ((draft.value, draft) for draft in drafts)
    return {Key(unit_id, value.year, value.indicator_id): draft for value, draft in places}


def _worked_out(
    snapshot: Snapshot, unit_id: int, by_key: Mapping[Key, ValueRevision], *, lit: bool
) -> Iterator[tuple[Key, ResultContent]]:
    last_year = datetime.date.today().year + 1
    reached = affected(snapshot, by_key, last_year=last_year)
    keys = [key for key in reached if key.unit_id == unit_id]
    if not keys:
        return
    tier = Tier.REPORTED.value
    stated = [key for key in keys if key not in by_key]
    standing = (standing_values(stated) if stated else {}) | {
        (key, tier): _as_standing(draft) for key, draft in by_key.items()
    }
    for (key, _tier), content in work_out(snapshot, keys, tiers=[tier], standing=standing, lit=lit):
        yield key, content


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
