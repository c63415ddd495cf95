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
from indicators.recording import Entry
from indicators.recording.import_rows import SAVED, Examined

_value = maker(YearlyValue)
_version = maker(ValueRevision)


def tell(examined: Sequence[Examined]) -> None:
    """Put on the rows that would be saved what the history would tell of them, and the doubts."""
    change = Change(origin=Origin.IMPORTED)
    versions = [
        (one.row, _version_of(one.entry, one.content, change))
        for one in examined
        if one.entry and one.content is not None and one.row.outcome in SAVED
    ]
    for row, version in versions:
        note = version.note if not version.state else ""
        figure = version_words(version, version.value.indicator)
        row.becomes = {"figure": figure, "note": note}
    _put_doubts(versions)


def _put_doubts(versions: Sequence[tuple[ImportRow, ValueRevision]]) -> None:
    """One question for each unit and evaluation year."""
    places: dict[tuple[Jurisdiction, int], list[tuple[ImportRow, ValueRevision]]] = defaultdict(
        list
    )
    for row, version in versions:
        value = version.value
        places[value.jurisdiction, value.year - value.indicator.lag].append((row, version))
    for (unit, evaluation_year), several in places.items():
        said = findings_if_saved(unit, evaluation_year, [version for _row, version in several])
        for row, version in several:
            found = said.get((version.value.indicator.code, version.value.year), [])
            row.doubts = [str(doubt) for doubt in found]


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
