"""What the boxes of a sheet mean as they stand: the number read, refusals, doubts. Writes nothing.

The same for a page without JavaScript, for a row just saved, and while somebody types.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.collection import Refusal, Stale
from indicators.entry.services import entry_of, versions_seen
from indicators.entry.sheet import Row, Sheet
from indicators.figures.findings import CodeYear, Said, findings_among, findings_by
from indicators.figures.formatting import grouped, number_words, unit_word
from indicators.measures.exact import plain
from indicators.models import UNITS, State, User, YearlyValue
from indicators.recording import Entry, meanings

FEW_DIGITS = re.compile(r"\d{1,3}(\.\d+)?", re.ASCII)


def read_boxes(sheet: Sheet, *, actor: User, reason: str) -> None:
    """Mark rows whose boxes say what saving would refuse; read the others."""
    touched: list[tuple[Row, Entry]] = []
    for row in sheet.boxes:
        if row.is_posted and row.form.typed != row.form.contents(row.value):
            try:
                touched.append((row, entry_of(sheet, row)))
            except Refusal as refusal:
                row.refusal = refusal
    read = meanings([entry for _row, entry in touched], actor=actor, reason=reason)
    seen = versions_seen([row for row, _entry in touched])
    for (row, entry), found in zip(touched, read, strict=True):
        if isinstance(found, Refusal):
            row.refusal = found
        elif _is_stale(row, entry) and row.form.typed != row.form.contents(seen.get(row.code)):
            row.refusal = Stale(now=row.value, before=None)
        else:
            # Never saved: a bearer of what the door would write.
            row.value = YearlyValue(indicator=row.figure.indicator, year=row.figure.year, **found)


def _is_stale(row: Row, entry: Entry) -> bool:
    return entry.version != (row.value.version if row.value else 0)


def validate(sheet: Sheet) -> None:
    """Put the number, its reading and the doubts on each row that has a value or was computed."""
    for row in sheet.rows:
        if row.has_box:
            row.number = row.value.number if row.value and not row.refusal else None
            row.reading = _reading(row)
        else:
            row.number = row.figure.number
    said = _findings(sheet)
    for row in sheet.rows:
        if not row.refusal:
            row.doubts = said.get((row.code, row.figure.year), [])
        if row.doubts and row.has_box:
            row.form.fields["note"].widget.attrs["placeholder"] = _("explain why")


def _findings(sheet: Sheet) -> dict[CodeYear, list[Said]]:
    """What the rules find in the rows as their boxes are, or as they are stored."""
    shown = {row.figure.indicator.pk for row in sheet.rows}
    if sheet.inputs:
        snapshot = sheet.rows[0].figure.snapshot
        return findings_by(sheet.inputs, snapshot, sheet.unit.pk, sheet.year, about=shown)
    numbers: dict[CodeYear, Decimal | None] = {
        (figure.code, figure.year): figure.number
        for figure in sheet.figures
        if figure.number is not None and not figure.is_partial
    }
    for row in sheet.boxes:
        if not row.figure.is_stated_if_entered or row.number is not None:
            numbers[row.code, row.figure.year] = row.number
    known = {place: number for place, number in numbers.items() if number is not None}
    return findings_among(sheet.figures, known, _answered(sheet), sheet.year, about=shown)


def _answered(sheet: Sheet) -> set[CodeYear]:
    """Where there is a figure or a state, stored or in the boxes."""
    answered = {(figure.code, figure.year) for figure in sheet.figures if figure.is_reported}
    for row in sheet.boxes:
        place = (row.code, row.figure.year)
        value = row.value
        said_something = value is not None and (
            value.has_figure or value.state not in ("", State.BLANK)
        )
        (answered.add if said_something else answered.discard)(place)
    return answered


def _reading(row: Row) -> str:
    """`读作 11 600 人`, where what was typed is more than a few digits; always in the base unit."""
    value, indicator = row.value, row.figure.indicator
    if row.number is None or value is None or FEW_DIGITS.fullmatch(value.as_entered):
        return ""
    words = number_words(row.number, indicator, qualifier=value.qualifier)
    if words.unit:  # a rank and a ratio have none behind it
        unit = unit_word(UNITS[indicator.unit])
        words = replace(words, digits=grouped(plain(row.number)), unit=unit)
    elif UNITS[indicator.unit].is_ratio:
        words = replace(words, digits=grouped(plain(row.number)))
    return _("read as %(figure)s") % {"figure": words}
