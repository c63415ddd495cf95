"""Saves what stands in the boxes of a sheet, row by row, through the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from indicators.collection import Refusal, Stale
from indicators.entry.sheet import Row, Sheet
from indicators.measures.typed_unit import AMOUNTS, either_unit
from indicators.models import DutyArea, EntryUnit, User, ValueRevision, YearlyValue
from indicators.recording import Entry, save_value
from indicators.recording.window import key_of, left_behind


def save_rows(sheet: Sheet, rows: Iterable[Row], *, actor: User, reason: str) -> int:
    """Save the rows that were touched, and drafts that a withdrawn round has left behind; each is
    marked saved or refused. How many were saved.

    Somebody who saved the very same meanwhile is no conflict: so a row may be sent twice.
    """
    rows = list(rows)
    for row in rows:
        if row.lock and row.is_posted and row.form.typed != row.form.contents(row.value):
            row.refusal = row.lock
    posted = [row for row in rows if row.has_box and row.is_posted]
    seen = versions_seen(posted)
    behind = _left_behind(sheet, posted, seen)
    for row in posted:
        choice = row.form.data.get(row.form.add_prefix("choice"), "")
        in_conflict = row.form.add_prefix("conflict") in row.form.data
        if choice == "theirs":
            continue
        is_as_seen = row.form.typed == row.form.contents(seen.get(row.code))
        if is_as_seen and not in_conflict and row.code not in behind:
            continue
        try:
            if in_conflict and choice != "mine":
                raise Stale(now=row.value, before=None)
            row.value = save_value(entry_of(sheet, row), actor=actor, reason=reason)
            row.saved = True
        except Stale as stale:
            if row.form.typed == row.form.contents(stale.now):
                row.value, row.saved = stale.now, True
            else:
                row.refusal = stale
        except Refusal as refusal:
            row.refusal = refusal
        if row.saved:
            row.form = row.form.anew(row.value)
    return sum(row.saved for row in posted)


def _left_behind(
    sheet: Sheet, posted: list[Row], seen: Mapping[str, YearlyValue | ValueRevision]
) -> set[str]:
    """The rows (codes) that are sent as they are stored, and stand once they are saved so."""
    if sheet.answer is not None:  # a round holds what is asked
        return set()
    same = [
        (row.code, Entry(row.figure.indicator, sheet.unit, row.figure.year, value.version), value)
        for row in posted
        if (value := row.value) is not None
        and seen.get(row.code) is value
        and row.form.typed == row.form.contents(value)
    ]
    behind = left_behind(
        [entry for _code, entry, _value in same],
        {key_of(entry): value for _code, entry, value in same},
    )
    return {code for code, entry, _value in same if key_of(entry) in behind}


def entry_of(sheet: Sheet, row: Row) -> Entry:
    """What the row's boxes say, for the door. Refuses: stale, if the version is none; which_unit,
    which only who knows the sheet's unit can ask."""
    version = row.form.data.get(row.form.add_prefix("version"), "")
    if not (version.isdecimal() and len(version) < 10):
        raise Stale(now=row.value, before=None)
    typed = row.form.typed
    if row.form.unit and (both := either_unit(typed["value"], row.form.unit)):
        one, other = both
        raise Refusal("which_unit", field="value", found=typed["value"], one=one, other=other)
    now = row.value
    return Entry(
        indicator=row.figure.indicator,
        jurisdiction=sheet.unit,
        year=row.figure.year,
        version=int(version),
        text=typed["value"],
        statement=typed["statement"],
        state=typed["state"],
        state_reason=typed["note"] if typed["state"] else "",
        note="" if typed["state"] else typed["note"],
        provisional=bool(now and now.provisional),
        period_from=now.period_from if now else None,
        period_basis=now.period_basis if now else "stated",
        as_of=now.as_of if now else None,
        part_of_year=bool(now and now.part_of_year),
    )


def versions_seen(rows: list[Row]) -> dict[str, YearlyValue | ValueRevision]:
    """What each value said in the version that the sheet had shown; nothing for version 0."""
    seen: dict[str, YearlyValue | ValueRevision] = {}
    older: dict[tuple[int, int], str] = {}
    for row in rows:
        version = str(row.form.data.get(row.form.add_prefix("version"), ""))
        if row.value is None or not version.isdecimal() or len(version) > 9:
            continue
        if int(version) == row.value.version:
            seen[row.code] = row.value
        else:
            older[row.value.pk, int(version)] = row.code
    if older:
        revisions = ValueRevision.objects.filter(
            value__in={value for value, _version in older},
            version__in={version for _value, version in older},
        )
        for revision in revisions:
            code = older.get((revision.value_id, revision.version))
            if code:
                seen[code] = revision
    return seen


def prefer_unit(user: User, area: DutyArea, unit: str) -> None:
    """Remember in which unit the user enters the amounts of the duty area. Refuses:
    unknown_choice."""
    if unit not in AMOUNTS:
        raise Refusal("unknown_choice", field="unit")
    EntryUnit.objects.update_or_create(user=user, duty_area=area, defaults={"unit": unit})


def saved_words(count: int) -> str:
    """What the sheet says after saving."""
    return _("Saved %(n)s.") % {"n": count} if count else _("Nothing was changed.")
