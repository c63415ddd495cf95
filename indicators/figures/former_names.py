"""A unit that was renamed or upgraded is the one that it was."""

from __future__ import annotations

from indicators.models import Jurisdiction
from indicators.results import before_it_began, current_snapshot
from indicators.results.predecessors import GOES_ON, latest_name


def as_it_was(unit: Jurisdiction, year: int) -> Jurisdiction:
    """The unit that it was in the year, under another name perhaps; itself where it was none, or
    came of several. Asks nothing of a year in which it was there."""
    if year >= unit.valid_from:
        return unit
    snapshot = current_snapshot()
    before = before_it_began(snapshot, unit.pk, year)
    if before is None or before.kind not in GOES_ON or not before.goes_on:
        return unit
    return as_it_was(snapshot.units[before.unit_ids[0]], year)


def as_it_is(unit: Jurisdiction) -> Jurisdiction:
    """The unit that it is since it was renamed or upgraded; itself where it was not."""
    snapshot = current_snapshot()
    latest = latest_name(snapshot, unit.pk)
    return unit if latest == unit.pk else snapshot.units[latest]
