"""What would become of each row of a file, and the entry that would do it. Writes nothing.

Decided: what says what is stored already is unchanged, whoever may enter it, but for a draft that a
withdrawn round left behind, which stands once it is saved again. A row that was filled over another
version than the one there now is a conflict; and where the file says no version, every difference
from what is there is.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import results
from indicators.collection import Refusal
from indicators.models import (
    Import,
    ImportChoice,
    ImportOutcome,
    ImportRow,
    State,
    User,
    YearlyValue,
)
from indicators.recording.approved import locked_by_approval
from indicators.recording.import_entries import STATES, Unclear, entry_of, offered
from indicators.recording.import_names import Names
from indicators.recording.validation import Entry, read_entry
from indicators.recording.window import Windows, key_of, left_behind
from indicators.results import Key, Snapshot

# Left as they are for what is stored.
COMPARED = (
    ImportOutcome.UNCHANGED,
    ImportOutcome.CONFLICT,
    ImportOutcome.QUESTION,
    ImportOutcome.LEFT,
)
_SAYING_NOTHING = (ImportOutcome.LEFT, ImportOutcome.REFUSED)
OPEN = (ImportOutcome.REFUSED, ImportOutcome.QUESTION, ImportOutcome.CONFLICT)
# Answers by which the file's figure is taken.
TAKEN = (ImportChoice.FILE, ImportChoice.ONE, ImportChoice.OTHER, *STATES)
LEFT_ALONE = ("derived_not_entered",)  # tables have what is computed beside what is entered
# A value's content without how it was written, which a file may change and say the same.
SAYS = ("number", "last_place", "qualifier", "statement", "state", "state_reason", "note")


@dataclass(slots=True)
class Examined:
    """A row with what it would write: `key` its place, where it says one that the user enters,
    `entry` where something would be, `content` its fields of YearlyValue."""

    row: ImportRow
    key: Key | None = None
    entry: Entry | None = None
    content: dict[str, Any] | None = None


def examine(of_import: Import, rows: Sequence[ImportRow], *, actor: User) -> list[Examined]:
    """Put on each row what it means and would become; all rows of the import at once."""
    snapshot = results.current_snapshot()
    names, rights = Names(snapshot), _Rights(snapshot, actor)
    found = [Examined(row) for row in rows]
    for one in found:
        row = one.row
        row.sentences, row.doubts, row.readings, row.question = [], [], [], ""
        row.version, row.becomes, row.outcome = 0, {}, ImportOutcome.LEFT
        if not row.indicator_said and row.column_label:  # a label that nobody says the meaning of
            row.indicator_id = row.jurisdiction_id = row.year = None
            continue
        try:
            before = (row.jurisdiction_id, row.year, row.indicator_id) if row.choice else None
            key = names.place(row, of_import)
            if before and before != key:  # what was answered was answered of another figure
                row.choice, row.choice_reason, row.choice_version = "", "", None
            rights.refuse_others(key)
            one.key = key
        except Refusal as refusal:
            _refuse(row, refusal)
    values = _values({one.key for one in found if one.key})
    entries: list[tuple[Examined, Entry]] = []
    for one in found:
        if one.key is None:
            continue
        row, value = one.row, values.get(one.key)
        row.version = value.version if value else 0
        try:
            entry = entry_of(snapshot, row, one.key, value)
        except Unclear as unclear:
            row.outcome, row.question = ImportOutcome.QUESTION, unclear.question
            row.sentences, row.readings = [unclear.sentence], unclear.readings
        except Refusal as refusal:
            _refuse(row, refusal)
        else:
            if entry is not None:
                entries.append((one, entry))
    _read(snapshot, entries, values, actor, of_import.reason)
    for one in found:
        row = one.row
        if row.choice == ImportChoice.LEAVE and row.choice in offered(row):
            row.outcome, row.sentences, one.entry = ImportOutcome.LEFT, [], None
    _refuse_twice(found)
    return found


def digest_of(examined: Iterable[Examined], reason: str) -> str:
    """Of the list as somebody sees it: what each row is of, what becomes of it, over what, why."""
    lines = hashlib.sha256(reason.encode())
    for one in examined:
        row, content = one.row, one.content or {}
        said = [str(content[name]) for name in SAYS if name in content]
        place = (row.position, row.indicator_id, row.jurisdiction_id, row.year)
        lines.update(repr((*place, row.outcome, row.version, said)).encode())
    return lines.hexdigest()


def rests_on(snapshot: Snapshot, actor: User) -> str:
    """Digest of what a list is worked out by, besides the figures that there are and the rounds
    that ask for them: catalogue, the actor's rights, the day."""
    rights = (actor.scope.enters, actor.scope.enters_below)
    areas = [sorted((unit, sorted(only)) for unit, only in one.items()) for one in rights]
    said = (str(snapshot.token), actor.pk, areas, timezone.localdate().isoformat())
    return hashlib.sha256(repr(said).encode()).hexdigest()


def as_examined(snapshot: Snapshot, of_import: Import, rows: Sequence[ImportRow]) -> list[Entry]:
    """The entries of rows that are to be saved, as they were when the list was worked out, of which
    holds what it `rests_on`. Refuses: import_moved, where a figure that the list tells of has
    another version now, but of the rows themselves, which `save_values` proves."""
    there = YearlyValue.objects.filter(
        indicator=OuterRef("indicator"),
        jurisdiction=OuterRef("jurisdiction"),
        year=OuterRef("year"),
    )
    others = of_import.rows.filter(outcome__in=COMPARED, indicator__isnull=False)
    now = Coalesce(Subquery(there.values("version")[:1]), 0)
    if others.exclude(version=now).exists():
        raise Refusal("import_moved")
    keys = [Key(row.jurisdiction_id or 0, row.year or 0, row.indicator_id or 0) for row in rows]
    values = _values(set(keys))
    entries = []
    for row, key in zip(rows, keys, strict=True):
        try:
            entry = entry_of(snapshot, row, key, values.get(key))
        except (Unclear, Refusal) as doubt:
            raise Refusal("import_moved") from doubt
        if entry is None:
            raise Refusal("import_moved")
        entries.append(entry)
    return entries


class _Rights:
    """Whose figures the actor enters."""

    def __init__(self, snapshot: Snapshot, actor: User) -> None:
        self._snapshot, self._scope = snapshot, actor.scope
        self._enters: dict[tuple[int, int], bool] = {}

    def refuse_others(self, key: Key) -> None:
        """Refuses: out_of_scope, before anything is asked about the figure: neither whether there
        is one nor what it says is told to who does not enter it."""
        place = key.unit_id, self._snapshot.indicators[key.indicator_id].duty_area_id
        enters = self._enters.get(place)
        if enters is None:
            unit, area = self._snapshot.units[key.unit_id], place[1]
            own = self._scope.may_enter(unit.pk, area)
            enters = self._enters[place] = own or self._scope.may_enter_for(unit, area)
        if not enters:
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
        key = found.key or key_of(entry)
        value = None if key in behind else values.get(key)
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
        {found.key for found, _entry in differing if found.key},
        windows.submissions([entry for _found, entry in differing]),
        today=windows.today,
    )
    for found, entry in differing:
        key = found.key or key_of(entry)
        if key in locked:
            _refuse(found.row, Refusal("approved_locked"))
            found.entry = None
        else:
            _compare(found, values.get(key))


def _compare(found: Examined, value: YearlyValue | None) -> None:
    """New, changed, or in conflict with what somebody saved meanwhile."""
    row = found.row
    if value and found.content and _says(found.content, value):  # left behind by a round
        row.outcome = ImportOutcome.CHANGED
        row.doubts = [_("A draft that no round asks any more: saved again, it is reported.")]
        return
    is_new = value is None or value.state == State.BLANK
    # To a file that names no version, what was withdrawn is no other figure.
    differs = row.claimed_version != row.version and not (row.claimed_version is None and is_new)
    # Chosen over what is there now, which stood beside what was asked: what was saved since is
    # another conflict.
    is_chosen = row.choice in TAKEN and row.choice_version == row.version
    if differs and not (is_chosen and row.question):
        row.question = "conflict"
    if differs and not is_chosen:
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
    row.outcome = ImportOutcome.NEW if is_new else ImportOutcome.CHANGED


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
    saying = [one for one in found if one.row.outcome not in _SAYING_NOTHING]
    times = Counter(one.key for one in saying)
    places: dict[Key | None, list[Examined]] = defaultdict(list)
    for one in saying if len(times) < len(saying) else ():
        if times[one.key] > 1:
            places[one.key].append(one)
    for several in places.values():
        for at, one in enumerate(several):
            other = several[at - 1].row
            _refuse(one.row, Refusal("twice_in_file", cell=str(other)))
            one.entry = None


def _refuse(row: ImportRow, refusal: Refusal) -> None:
    row.outcome = ImportOutcome.LEFT if refusal.code in LEFT_ALONE else ImportOutcome.REFUSED
    row.sentences = [refusal.message]


def _values(wanted: Set[Key]) -> dict[Key, YearlyValue]:
    found = YearlyValue.objects.filter(
        indicator__in={key.indicator_id for key in wanted},
        jurisdiction__in={key.unit_id for key in wanted},
        year__in={key.year for key in wanted},
    ).order_by()
    places = ((Key(one.jurisdiction_id, one.year, one.indicator_id), one) for one in found)
    return {key: value for key, value in places if key in wanted}
