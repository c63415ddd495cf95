"""Takes in what a file says, and takes it back: each the whole of it in one transaction.

Decided: nothing is taken in that was not looked at. The list that is confirmed must be the one that
was seen, and all it rests on as it was then: catalogue, rights, the day, the version of every
figure it tells of. Else nothing is saved and the list comes back. Taken back is by new versions: to
what was there before, or withdrawn where nothing was; what was submitted, approved or changed since
stays, and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from indicators import results
from indicators.collection import Refusal
from indicators.models import (
    Import,
    ImportRow,
    ImportState,
    ImportTask,
    Jurisdiction,
    Origin,
    State,
    User,
    ValueRevision,
    YearlyValue,
)
from indicators.models.bulk import MANY, without_collecting
from indicators.models.imports import SAVED
from indicators.recording.import_entries import offered
from indicators.recording.import_rows import (
    OPEN,
    Examined,
    as_examined,
    digest_of,
    examine,
    rests_on,
)
from indicators.recording.import_storing import add_rows, change_rows, rows_to_save
from indicators.recording.import_tasks import finish
from indicators.recording.validation import REASON_LENGTH, Entry, refuse_odd_text
from indicators.recording.values import meanings, save_values
from indicators.recording.window import locks
from indicators.results import Snapshot

# Puts on examined rows what would be saved in words, and what is doubtful about it.
Tell = Callable[[Sequence[Examined]], None]
CHANGING = (
    "indicator_said",
    "unit_said",
    "year_said",
    "in_unit",
    "claimed_version",
    "choice",
    "choice_reason",
    "choice_version",
    "indicator_id",
    "jurisdiction_id",
    "year",
    "version",
    "outcome",
    "question",
    "readings",
    "sentences",
    "becomes",
    "doubts",
)
_changing = attrgetter(*CHANGING)
# What is told of an entry only once all of them are worked out.
BY_THE_WHOLE = ("total_too_large", "approved_would_move")


def begin_import(
    of_import: Import,
    rows: Sequence[ImportRow],
    *,
    actor: User,
    tell: Tell,
    task: ImportTask | None = None,
) -> None:
    """Store a file's rows with what would become of them. Refuses: too_long, null_character. Raises
    TakenAway, with a `task` that is not held any longer."""
    refuse_odd_text(of_import.reason, REASON_LENGTH, "reason")
    with transaction.atomic(), without_collecting(len(rows) >= MANY):
        of_import.actor = actor
        of_import.state = ImportState.WAITING
        of_import.made_at = of_import.made_at or timezone.now()
        of_import.save()
        for position, row in enumerate(rows, start=1):
            row.of_import_id, row.position = of_import.pk, position
        of_import.rests_on = rests_on(results.current_snapshot(), actor)
        examined = examine(of_import, rows, actor=actor)
        tell(examined)
        add_rows(rows)
        _keep_digest(of_import, examined)
        if task:
            finish(task)


def place_import(
    of_import: Import,
    unit: Jurisdiction | None,
    year: int | None,
    reason: str,
    *,
    actor: User,
    tell: Tell,
) -> None:
    """Say which unit and evaluation year are meant where rows name none, and why it is imported;
    what is empty stays as it is. Refuses: import_decided, import_busy, too_long,
    null_character."""
    refuse_odd_text(reason, REASON_LENGTH, "reason")

    def place(held: Import, rows: Sequence[ImportRow]) -> None:
        if unit and held.jurisdiction_id not in (None, unit.pk):
            for row in rows:  # of the other unit the file claims no version
                row.claimed_version = row.claimed_version if row.unit_said else None
        held.jurisdiction = unit or held.jurisdiction
        held.evaluation_year = year or held.evaluation_year
        held.reason = reason.strip() or held.reason
        held.save(update_fields=["jurisdiction", "evaluation_year", "reason"])

    _change_and_examine(of_import, place, actor=actor, tell=tell)


def map_import(
    of_import: Import,
    meanings_of: Callable[[Import, Sequence[ImportRow]], None],
    *,
    actor: User,
    tell: Tell,
) -> None:
    """Say what the labels of an own table mean: `meanings_of` puts it on the import and its rows.
    Refuses: import_decided."""

    def put(held: Import, rows: Sequence[ImportRow]) -> None:
        meanings_of(held, rows)
        held.save(update_fields=["mapping"])

    _change_and_examine(of_import, put, actor=actor, tell=tell)


def choose(
    of_import: Import,
    choices: Mapping[int, tuple[str, str]],
    *,
    actor: User,
    seen: str,
    tell: Tell,
) -> None:
    """Answer what rows ask, by position: a code of ImportChoice and the reason of a state. `seen`
    is the digest of the list that asked.

    Refuses: import_decided, import_moved, unknown_choice (of what the row does not ask too),
    too_long, null_character.
    """
    for _choice, reason in choices.values():
        refuse_odd_text(reason, REASON_LENGTH, "reason")

    def put(held: Import, rows: Sequence[ImportRow]) -> None:
        if seen != held.list_digest:
            raise Refusal("import_moved")
        for row in rows:
            if row.position in choices:
                row.choice, row.choice_reason = choices[row.position]
                row.choice_version = row.version
                if row.choice not in offered(row):
                    raise Refusal("unknown_choice", field="choice")

    _change_and_examine(of_import, put, actor=actor, tell=tell)


def examine_again(of_import: Import, *, actor: User, tell: Tell) -> None:
    """Store what would become of the rows now. Refuses: import_decided."""
    _change_and_examine(of_import, lambda _held, _rows: None, actor=actor, tell=tell)


def _change_and_examine(
    of_import: Import,
    change: Callable[[Import, Sequence[ImportRow]], None],
    *,
    actor: User,
    tell: Tell,
) -> None:
    """Change what is said of the import or its rows, and store what becomes of them by it."""
    with transaction.atomic():
        held = _held(of_import, ImportState.WAITING)
        rows = list(held.rows.all())
        with without_collecting(len(rows) >= MANY):
            before = [_changing(row) for row in rows]
            change(held, rows)
            held.rests_on = rests_on(results.current_snapshot(), actor)
            examined = examine(held, rows, actor=actor)
            tell(examined)
            now = [row for row, was in zip(rows, before, strict=True) if _changing(row) != was]
            change_rows(now, CHANGING)
            _keep_digest(held, examined)


def _keep_digest(of_import: Import, examined: Sequence[Examined]) -> None:
    of_import.list_digest = digest_of(examined, of_import.reason)
    of_import.save(update_fields=["list_digest", "rests_on"])


def confirm_import(
    of_import: Import,
    *,
    actor: User,
    seen: str,
    only_valid: bool,
    task: ImportTask | None = None,
) -> int:
    """Save the new and the changed figures, all or none; how many. `seen` is the digest of the list
    that was looked at.

    Refuses: import_decided, import_moved (after which the list is to be looked at anew), rows_open
    unless `only_valid`, nothing_to_import, import_busy, and what `save_values` does. Raises
    TakenAway, with a `task` that is not held any longer.
    """
    with transaction.atomic():
        held = _held(of_import, ImportState.WAITING, task=task)
        outcomes = held.rows.by_outcome()
        to_save = sum(outcomes.get(code, 0) for code in SAVED)
        still_open = sum(outcomes.get(code, 0) for code in OPEN)
        with without_collecting(to_save >= MANY):
            snapshot, _alone = results.held_snapshot(many=to_save >= MANY)
            if seen != held.list_digest or held.rests_on != rests_on(snapshot, actor):
                raise Refusal("import_moved")
            rows = rows_to_save(held)
            entries = as_examined(snapshot, held, rows)
            if still_open and not only_valid:
                raise Refusal("rows_open", n=still_open)
            if not entries:
                raise Refusal("nothing_to_import")
            try:
                values = save_values(
                    entries, actor=actor, reason=held.reason, origin=Origin.IMPORTED
                )
            except Refusal as refusal:
                if refusal.code in BY_THE_WHOLE:
                    raise
                raise Refusal("import_moved") from refusal  # the list says that it can be saved
        _forget_unwritten(held, rows, values)
        held.state, held.done_at, held.fault = ImportState.DONE, timezone.now(), ""
        held.save(update_fields=["state", "done_at", "fault"])
        if task:
            finish(task)
        return len(entries)


def _forget_unwritten(
    of_import: Import, rows: Sequence[ImportRow], values: Sequence[YearlyValue | None]
) -> None:
    """What a round had left behind and stands again has no version of the import to take back."""
    unwritten = [
        row.pk
        for row, value in zip(rows, values, strict=True)
        if value is None or value.version != row.saved_version
    ]
    if unwritten:
        of_import.rows.filter(pk__in=unwritten).update(taken_back=True)


def cancel_import(of_import: Import) -> None:
    """Forget a file that was not imported. Refuses: import_decided, import_busy."""
    with transaction.atomic():
        _held(of_import, ImportState.WAITING, ImportState.FAILED, ImportState.READING).delete()


def would_undo(
    of_import: Import, *, actor: User, reason: str
) -> list[tuple[ImportRow, Entry, Refusal | None]]:
    """For each row that was saved, what would take it back, and why it cannot be."""
    rows = list(of_import.rows.saved().select_related("indicator", "jurisdiction"))
    values = {
        (value.indicator_id, value.jurisdiction_id, value.year): value
        for value in YearlyValue.objects.filter(
            indicator__in={row.indicator_id for row in rows},
            jurisdiction__in={row.jurisdiction_id for row in rows},
            year__in={row.year for row in rows},
        )
    }
    before = _versions_before(rows, values)
    snapshot = results.current_snapshot()
    entries = [_entry_before(snapshot, row, before.get(row.position)) for row in rows]
    read = meanings(entries, actor=actor, reason=reason)
    found = []
    for row, entry, lock, meant in zip(rows, entries, locks(entries), read, strict=True):
        value = values.get((entry.indicator.pk, entry.jurisdiction.pk, entry.year))
        moved = value is None or value.version != row.saved_version
        why = lock or (meant if isinstance(meant, Refusal) else None)
        found.append((row, entry, Refusal("changed_since") if moved else why))
    return found


def undo_import(
    of_import: Import, *, actor: User, reason: str, task: ImportTask | None = None
) -> tuple[int, int]:
    """Take back what can be taken back; how many were, and how many stay.

    Refuses: import_decided, import_busy, nothing_to_take_back, and what `save_values` does. Raises
    TakenAway, with a `task` that is not held any longer.
    """
    with transaction.atomic():
        held = _held(of_import, ImportState.DONE, task=task)
        found = would_undo(held, actor=actor, reason=reason)
        back = [(row, entry) for row, entry, refusal in found if refusal is None]
        if not back:
            raise Refusal("nothing_to_take_back")
        entries = [entry for _row, entry in back]
        save_values(entries, actor=actor, reason=reason, origin=Origin.IMPORTED)
        held.rows.filter(pk__in=[row.pk for row, _entry in back]).update(taken_back=True)
        if len(back) == len(found):  # what stays can be taken back once it may be changed again
            held.state, held.undone_at = ImportState.UNDONE, timezone.now()
            held.save(update_fields=["state", "undone_at"])
        if task:
            finish(task)
        return len(back), len(found) - len(back)


def _held(of_import: Import, *states: str, task: ImportTask | None = None) -> Import:
    """The import, locked, if it is in one of the states and no other task is under way. Refuses:
    import_decided, import_busy."""
    held = Import.objects.select_for_update().filter(pk=of_import.pk).first()
    if held is None or held.state not in states:
        raise Refusal("import_decided")
    under_way = ImportTask.objects.filter(of_import=held)
    if (under_way.exclude(pk=task.pk) if task else under_way).exists():
        raise Refusal("import_busy")
    return held


def _versions_before(
    rows: Sequence[ImportRow], values: Mapping[tuple[int, int, int], YearlyValue]
) -> dict[int, ValueRevision]:
    """What stood before the import, by position; nothing where nothing did."""
    wanted = {}
    for row in rows:
        value = values.get((row.indicator_id or 0, row.jurisdiction_id or 0, row.year or 0))
        if value is not None and row.version:
            wanted[value.pk, row.version] = row.position
    found = ValueRevision.objects.filter(
        value__in={value for value, _version in wanted},
        version__in={version for _value, version in wanted},
    )
    return {
        wanted[one.value_id, one.version]: one
        for one in found
        if (one.value_id, one.version) in wanted
    }


def _entry_before(snapshot: Snapshot, row: ImportRow, before: ValueRevision | None) -> Entry:
    """What puts the figure back: the version before, or a withdrawal."""
    place = (
        snapshot.indicators[row.indicator_id or 0],
        snapshot.units[row.jurisdiction_id or 0],
        row.year or 0,
        row.saved_version,
    )
    if before is None:
        return Entry(*place)
    return Entry(
        *place,
        text=before.as_entered,
        statement=before.statement,
        state="" if before.state == State.BLANK else before.state,
        state_reason=before.state_reason,
        note=before.note,
        qualifier=before.qualifier,
        provisional=before.provisional,
        period_from=before.period_from,
        period_basis=before.period_basis,
        as_of=before.as_of,
        part_of_year=before.part_of_year,
    )
