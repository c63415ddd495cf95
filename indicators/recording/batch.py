"""All that is wrong with a batch, entry by entry, where `save_values` stops at the first."""

from __future__ import annotations

from collections.abc import Sequence

from indicators import results
from indicators.collection import Refusal, Stale
from indicators.models import User, YearlyValue
from indicators.recording.approved import locked_by_approval
from indicators.recording.validation import Entry, read_entry
from indicators.recording.window import Windows, key_of
from indicators.results import Key


def refusals_of(entries: Sequence[Entry], *, actor: User, reason: str) -> dict[int, Refusal]:
    """Why entries would be refused, by their index. Writes and locks nothing.

    Told are all that `read_entry` and `Windows` refuse, stale and approved_locked; not
    approved_would_move, which is of the batch as a whole.
    """
    snapshot = results.current_snapshot()
    windows = Windows(snapshot, entries)
    found: dict[int, Refusal] = {}
    values = _values(entries)
    changed: set[int] = set()
    for place, entry in enumerate(entries):
        value = values.get(key_of(entry))
        try:
            content = read_entry(snapshot, entry, actor, reason)
            windows.refuse_unless_open(entry)
        except Refusal as refusal:
            found[place] = refusal
            continue
        if (value.version if value else 0) != entry.version:
            found[place] = Stale(now=value, before=None)
        elif value is None or any(getattr(value, name) != said for name, said in content.items()):
            changed.add(place)
    drafts = windows.submissions(entries)
    keys = {key_of(entries[place]) for place in changed}
    locked = locked_by_approval(keys, drafts, today=windows.today)
    for place in changed:
        if key_of(entries[place]) in locked:
            found[place] = Refusal("approved_locked")
    return found


def _values(entries: Sequence[Entry]) -> dict[Key, YearlyValue]:
    found = YearlyValue.objects.filter(
        indicator__in={entry.indicator.pk for entry in entries},
        jurisdiction__in={entry.jurisdiction.pk for entry in entries},
        year__in={entry.year for entry in entries},
    ).order_by()
    return {Key(one.jurisdiction_id, one.year, one.indicator_id): one for one in found}
