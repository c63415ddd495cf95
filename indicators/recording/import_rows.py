"""What would become of each row of a file, and the entry that would do it. Writes nothing.

Decided: blank and a dash leave a figure alone, 0 is zero, and what says neither number nor state
(/, 无) is asked about. A share that stands as a plain number of at most 1 is asked about too: 0.96
may be 0.96 or 96 per cent. What says what is stored already is unchanged, whoever may enter it, but
for a draft that a withdrawn round left behind, which stands once it is saved again. A row that was
filled over another version than the one there now is a conflict; and where the file says no
version, every difference from what is there is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from indicators import results
from indicators.collection import Refusal
from indicators.measures.characters import as_ascii, visible
from indicators.measures.exact import plain
from indicators.measures.quantities import DASHES, NOTHING, Unreadable, read_quantity
from indicators.measures.sums import is_sum, read_sum
from indicators.measures.typed_unit import either_unit, typed_in
from indicators.measures.units import Unit
from indicators.models import (
    UNITS,
    CellKind,
    Import,
    ImportChoice,
    ImportOutcome,
    ImportRow,
    Indicator,
    State,
    User,
    YearlyValue,
)
from indicators.recording.approved import locked_by_approval
from indicators.recording.import_names import Names, state_of, statement_of
from indicators.recording.validation import Entry, read_entry, unit_name
from indicators.recording.window import Windows, key_of, left_behind
from indicators.results import Key, Snapshot

SAVED = (ImportOutcome.NEW, ImportOutcome.CHANGED)
OPEN = (ImportOutcome.REFUSED, ImportOutcome.QUESTION, ImportOutcome.CONFLICT)
LEFT_ALONE = ("derived_not_entered",)  # tables have what is computed beside what is entered
# A value's content without how it was written, which a file may change and say the same.
SAYS = ("number", "last_place", "qualifier", "statement", "state", "state_reason", "note")
STATES = (ImportChoice.NOT_APPLICABLE, ImportChoice.NOT_AVAILABLE)
ANSWERS = {
    "conflict": (ImportChoice.FILE, ImportChoice.LEAVE),
    "state": (*STATES, ImportChoice.LEAVE),
    "readings": (ImportChoice.ONE, ImportChoice.OTHER, ImportChoice.LEAVE),
}


@dataclass
class Examined:
    """A row with what it would write: `entry` where something would be, `content` its fields of
    YearlyValue."""

    row: ImportRow
    entry: Entry | None = None
    content: dict[str, Any] | None = None


class Unclear(Exception):
    """The row asks something; `readings` are what its text may mean."""

    def __init__(self, question: str, sentence: str, readings: Sequence[str] = ()) -> None:
        super().__init__(question)
        self.question, self.sentence, self.readings = question, sentence, list(readings)


def examine(of_import: Import, rows: Sequence[ImportRow], *, actor: User) -> list[Examined]:
    """Put on each row what it means and would become; all rows of the import at once."""
    snapshot = results.current_snapshot()
    names = Names(snapshot)
    for row in rows:
        row.sentences, row.doubts, row.readings, row.question = [], [], [], ""
        row.version, row.becomes = 0, {}
        if not row.indicator_said and row.column_label:
            row.outcome = ImportOutcome.LEFT  # a label that nobody says the meaning of
            row.indicator_id = row.jurisdiction_id = row.year = None
            continue
        try:
            names.place(row, of_import)
            _refuse_others(snapshot, row, actor)
        except Refusal as refusal:
            _refuse(row, refusal)
            continue
        row.outcome = ImportOutcome.LEFT
    placed = [row for row in rows if row.indicator_id and row.outcome != ImportOutcome.REFUSED]
    values = _values(placed)
    found = {row.position: Examined(row) for row in rows}
    entries: list[tuple[Examined, Entry]] = []
    for row in placed:
        value = values.get(_key(row))
        row.version = value.version if value else 0
        try:
            entry = _entry(snapshot, row, value)
        except Unclear as unclear:
            row.outcome, row.question = ImportOutcome.QUESTION, unclear.question
            row.sentences, row.readings = [unclear.sentence], unclear.readings
        except Refusal as refusal:
            _refuse(row, refusal)
        else:
            if entry is not None:
                entries.append((found[row.position], entry))
    _read(snapshot, entries, values, actor, of_import.reason)
    _refuse_twice(found.values())
    for one in found.values():
        if one.row.choice == ImportChoice.LEAVE and one.row.choice in offered(one.row):
            one.row.outcome, one.row.sentences, one.entry = ImportOutcome.LEFT, [], None
    return [found[row.position] for row in rows]


def offered(row: ImportRow) -> tuple[str, ...]:
    """The answers (codes of ImportChoice) that the row may be given; none where it asks nothing."""
    return tuple(str(code) for code in ANSWERS.get(row.question, ()))


def digest_of(examined: Iterable[Examined]) -> str:
    """Of the list as somebody sees it: what each row is of, what becomes of it, and over what."""
    lines = hashlib.sha256()
    for one in examined:
        row, content = one.row, one.content or {}
        said = [str(content[name]) for name in SAYS if name in content]
        place = (row.position, row.indicator_id, row.jurisdiction_id, row.year)
        lines.update(repr((*place, row.outcome, row.version, said)).encode())
    return lines.hexdigest()


def _refuse_others(snapshot: Snapshot, row: ImportRow, actor: User) -> None:
    """Refuses: out_of_scope, before anything is asked about the figure: neither whether there is
    one nor what it says is told to who does not enter it."""
    unit = snapshot.units[row.jurisdiction_id or 0]
    area = snapshot.indicators[row.indicator_id or 0].duty_area_id
    scope = actor.scope
    if not (scope.may_enter(unit.pk, area) or scope.may_enter_for(unit, area)):
        raise Refusal("out_of_scope")


def _read(
    snapshot: Snapshot,
    entries: Sequence[tuple[Examined, Entry]],
    values: Mapping[Key, YearlyValue],
    actor: User,
    reason: str,
) -> None:
    """What the door makes of the entries, and what keeps it shut."""
    windows = Windows(snapshot, [entry for _found, entry in entries])
    differing: list[tuple[Examined, Entry]] = []
    behind = left_behind([entry for _found, entry in entries], values, windows=windows)
    for found, entry in entries:
        value = None if key_of(entry) in behind else values.get(key_of(entry))
        if value is not None and _is_as_typed(entry, value):
            found.row.outcome = ImportOutcome.UNCHANGED
            continue
        try:
            content = read_entry(snapshot, entry, actor, reason)
            if value is not None and _says(content, value):
                found.row.outcome = ImportOutcome.UNCHANGED
                continue
            windows.refuse_unless_open(entry)
        except Refusal as refusal:
            _refuse(found.row, refusal)
            continue
        found.entry, found.content = entry, content
        differing.append((found, entry))
    locked = locked_by_approval(
        {key_of(entry) for _found, entry in differing},
        windows.submissions([entry for _found, entry in differing]),
        today=windows.today,
    )
    for found, entry in differing:
        if key_of(entry) in locked:
            _refuse(found.row, Refusal("approved_locked"))
            found.entry = None
        else:
            _compare(found, values.get(key_of(entry)))


def _compare(found: Examined, value: YearlyValue | None) -> None:
    """New, changed, or in conflict with what somebody saved meanwhile."""
    row = found.row
    if value and found.content and _says(found.content, value):  # left behind by a round
        row.outcome = ImportOutcome.CHANGED
        row.doubts = [_("A draft that no round asks any more: saved again, it is reported.")]
        return
    if (row.claimed_version or 0) != row.version:
        row.question = "conflict"
    # Chosen over what was there then: what was saved since is another conflict.
    is_chosen = row.choice == ImportChoice.FILE and row.choice_version == row.version
    if row.question == "conflict" and not is_chosen:
        row.outcome = ImportOutcome.CONFLICT
        row.sentences = [
            _("The figure was changed after the file was made. Choose which is right.")
            if row.claimed_version is not None
            else _("There is another figure already. Choose which is right.")
        ]
        if value is None:
            row.sentences = [_("The figure was not stored under this version. Choose.")]
        found.entry = None
        return
    is_new = value is None or value.state == State.BLANK
    row.outcome = ImportOutcome.NEW if is_new else ImportOutcome.CHANGED


def _entry(snapshot: Snapshot, row: ImportRow, value: YearlyValue | None) -> Entry | None:
    """What the row enters over the value; None where it leaves it alone. Refuses, or asks, what
    only a file can be unclear about."""
    if row.indicator_id is None or row.jurisdiction_id is None or row.year is None:
        raise ValueError("a row is placed before it is read")
    indicator = snapshot.indicators[row.indicator_id]
    text = visible(row.text).strip()
    state = state_of(row.state_said)
    _refuse_no_figure(row, text)
    if not state and _is_nothing(text):
        if row.note and value is None:
            row.sentences = [_("There is an explanation without a figure or a state.")]
        return None
    entry = Entry(
        indicator=indicator,
        jurisdiction=snapshot.units[row.jurisdiction_id],
        year=row.year,
        version=row.version,
        provisional=bool(value and value.provisional),
        period_from=value.period_from if value else None,
        period_basis=value.period_basis if value else "stated",
        as_of=value.as_of if value else None,
        part_of_year=bool(value and value.part_of_year),
    )
    if as_ascii(text).lower() in NOTHING and not indicator.is_statement:
        row.question = "state"
        if row.choice not in STATES:
            raise Unclear("state", Refusal("which_state", found=text).message)
        reason = row.choice_reason or (row.note or "")
        return replace(entry, state=str(row.choice), state_reason=reason)
    if state and _is_nothing(text):
        kept = value.state_reason if value and value.state == state else ""
        return replace(entry, state=state, state_reason=kept if row.note is None else row.note)
    note = (value.note if value else "") if row.note is None else row.note
    if value is not None and text == value.as_entered:
        entry = replace(entry, qualifier=value.qualifier)
    if indicator.is_statement:
        return replace(entry, statement=statement_of(text), state=state, note=note)
    return replace(entry, text=_figure(row, indicator, text, value), state=state, note=note)


def _refuse_no_figure(row: ImportRow, text: str) -> None:
    """Refuses: cell_is_error, cell_not_calculated, cell_is_date."""
    if row.cell_kind == CellKind.ERROR:
        raise Refusal("cell_is_error", found=text)
    if row.cell_kind == CellKind.FORMULA:
        raise Refusal("cell_not_calculated")
    if row.cell_kind == CellKind.DATE:
        raise Refusal("cell_is_date", found=text)


def _figure(row: ImportRow, indicator: Indicator, text: str, value: YearlyValue | None) -> str:
    """The text as the entry sheet would have it, its unit named where the file's is another."""
    base = UNITS[indicator.unit]
    unit = _unit(row, base)
    named = typed_in(text, unit, base)
    if _says_number(row.as_entered, named, base):
        return row.as_entered
    readings = _readings(text, (unit, base), value)
    if readings:
        row.question, row.readings = "readings", list(readings)
    if readings and row.choice == ImportChoice.ONE:
        return readings[0]
    if readings and row.choice == ImportChoice.OTHER:
        return readings[1]
    if readings:
        raise Unclear(
            "readings", _("“%(text)s” may be either. Choose which.") % {"text": text}, readings
        )
    return named


def _says_number(as_entered: str, text: str, base: Unit) -> bool:
    """Whether what was typed once still says the number that now stands beside it."""
    if not as_entered:
        return False
    try:
        typed = (read_sum if is_sum(as_entered) else read_quantity)(as_entered, base)
        return typed.number == read_quantity(text, base).number
    except Unreadable:
        return False


def _readings(
    text: str, units: tuple[Unit, Unit], value: YearlyValue | None
) -> tuple[str, str] | None:
    """Both that the row's figure may mean in the first of the units, which holds the other; None
    where it has one meaning, or is what is stored."""
    unit, base = units
    if unit.code == "percent":
        number = _number(as_ascii(text))  # None with a % behind it
        is_stored = value is not None and value.number == number
        if number is not None and 0 < abs(number) <= 1 and not is_stored:
            return f"{text}%", f"{plain(number * 100)}%"
    return either_unit(text, unit, base)


def _unit(row: ImportRow, base: Unit) -> Unit:
    """The unit of measure in which the file gives the figure. Refuses: unit_of_measure_unlike."""
    if not row.in_unit:
        return base
    said = as_ascii(row.in_unit).strip()
    for unit in UNITS.values():
        if unit.base == base.code and said in (unit.code, unit.zh, unit.en):
            return unit
    for unit in UNITS.values():
        # People are counted in one word, whoever they are: 万人 of teachers are ten thousand.
        alike = unit.dimension and (unit.dimension, unit.scale) == (base.dimension, base.scale)
        if said == unit.zh and alike:
            return base if unit.factor == 1 else replace(unit, base=base.code)
    raise Refusal("unit_of_measure_unlike", found=row.in_unit, unit=unit_name(base))


def _is_nothing(text: str) -> bool:
    return not text or as_ascii(text) in DASHES


def _is_as_typed(entry: Entry, value: YearlyValue) -> bool:
    """Whether the entry says letter by letter what is stored."""
    return (
        entry.text == value.as_entered
        and entry.statement == value.statement
        and entry.state == ("" if value.state == State.BLANK else value.state)
        and (entry.state_reason if entry.state else entry.note)
        == (value.state_reason if value.state else value.note)
    )


def _says(content: Mapping[str, Any], value: YearlyValue) -> bool:
    return all(getattr(value, name) == content[name] for name in SAYS)


def _refuse_twice(found: Iterable[Examined]) -> None:
    """A figure that the file says twice is refused at each place; saying nothing is no saying."""
    places: dict[Key, list[Examined]] = defaultdict(list)
    for one in found:
        if one.row.outcome not in (ImportOutcome.LEFT, ImportOutcome.REFUSED):
            places[_key(one.row)].append(one)
    for several in places.values():
        if len(several) > 1:
            for at, one in enumerate(several):
                other = several[at - 1].row
                _refuse(one.row, Refusal("twice_in_file", cell=str(other)))
                one.entry = None


def _refuse(row: ImportRow, refusal: Refusal) -> None:
    row.outcome = ImportOutcome.LEFT if refusal.code in LEFT_ALONE else ImportOutcome.REFUSED
    row.sentences = [refusal.message]


def _values(rows: Sequence[ImportRow]) -> dict[Key, YearlyValue]:
    wanted = {_key(row) for row in rows}
    found = YearlyValue.objects.filter(
        indicator__in={key.indicator_id for key in wanted},
        jurisdiction__in={key.unit_id for key in wanted},
        year__in={key.year for key in wanted},
    ).order_by()
    places = ((Key(one.jurisdiction_id, one.year, one.indicator_id), one) for one in found)
    return {key: value for key, value in places if key in wanted}


def _key(row: ImportRow) -> Key:
    return Key(row.jurisdiction_id or 0, row.year or 0, row.indicator_id or 0)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
