"""Puts on the rows of an import what would be saved, in words, and what the rules find odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from indicators.figures.drafts import findings_if_saved
from indicators.figures.formatting import version_words
from indicators.models import (
    Change,
    ImportRow,
    Jurisdiction,
    Origin,
    ValueRevision,
    YearlyValue,
)
from indicators.models.bulk import maker
from indicators.models.imports import SAVED
from indicators.recording import Entry
from indicators.recording.import_rows import Examined

_value = maker(YearlyValue)
_version = maker(ValueRevision)


def tell(examined: Sequence[Examined]) -> None:
    """Put on the rows that would be saved what the history would tell of them, and the doubts: of
    each unit all that the file says of it at once, so that one year is held against the other."""
    change = Change(origin=Origin.IMPORTED)
    units: dict[int, Jurisdiction] = {}
    by_unit: dict[int, list[tuple[ImportRow, ValueRevision]]] = defaultdict(list)
    codes: dict[int, str] = {}
    for one in examined:
        row, entry = one.row, one.entry
        if entry is None or one.content is None or row.outcome not in SAVED:
            continue
        version = _version_of(entry, one.content, change)
        figure = version_words(version, entry.indicator)
        row.becomes = {"figure": figure, "note": version.note if not version.state else ""}
        units[entry.jurisdiction.id] = entry.jurisdiction
        codes[entry.indicator.id] = entry.indicator.code
        by_unit[entry.jurisdiction.id].append((row, version))
    for unit_id, several in by_unit.items():
        said = findings_if_saved(units[unit_id], [version for _row, version in several])
        for row, _version_told in several:
            found = said.get((codes[row.indicator_id or 0], row.year or 0), ())
            row.doubts = [*row.doubts, *(str(doubt) for doubt in found)] if found else row.doubts


def _version_of(entry: Entry, content: dict[str, Any], change: Change) -> ValueRevision:
    """Never saved: a bearer of what the door would write."""
    indicator, unit = entry.indicator, entry.jurisdiction
    value = _value(
        {"indicator": indicator, "jurisdiction": unit},
        indicator_id=indicator.pk,
        jurisdiction_id=unit.pk,
        year=entry.year,
    )
    return _version({"value": value, "change": change}, version=entry.version + 1, **content)
