"""Loads the seeds, again and again: adds, follows changes of the seeds, keeps what users changed.

How users' changes are known: `SeedRecord` remembers each row as it was last loaded. What is stored
and equal to it is the seeds' own and follows them; what differs was changed by users, what is
missing was removed by them, and both are left. All in one transaction, holding the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import translation

from indicators.catalogue.check import Finding, check_catalogue
from indicators.catalogue.seeds_achievements import AchievementShelf
from indicators.catalogue.seeds_figures import FigureShelf
from indicators.catalogue.seeds_files import Row, SeedFault, SeedFile, read_folder
from indicators.catalogue.seeds_problems import CriterionShelf, MeasureShelf, ProblemShelf
from indicators.catalogue.seeds_rules import RuleShelf
from indicators.catalogue.seeds_stored import (
    ChangeShelf,
    DefinitionShelf,
    DutyAreaShelf,
    FrameworkShelf,
    Gone,
    IndicatorShelf,
    JurisdictionShelf,
    Prepared,
    Shelf,
    TargetShelf,
    UnitOfMeasureShelf,
)
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import Jurisdiction, SeedRecord
from indicators.recording.approved import Confirmation
from indicators.recording.catalogue_change import Touched, changing_catalogue
from indicators.recording.change import record_change

__all__ = ["Outcome", "SeedFault", "load_files", "load_seeds"]

SHELVES: dict[str, type[Shelf]] = {
    "units_of_measure": UnitOfMeasureShelf,
    "duty_areas": DutyAreaShelf,
    "indicators": IndicatorShelf,
    "definitions": DefinitionShelf,
    "frameworks": FrameworkShelf,
    "targets": TargetShelf,
    "rules": RuleShelf,
    "jurisdictions": JurisdictionShelf,
    "jurisdiction_changes": ChangeShelf,
    "figures": FigureShelf,
    "problems": ProblemShelf,
    "problem_indicators": CriterionShelf,
    "measures": MeasureShelf,
    "achievements": AchievementShelf,
}
Cells = dict[str, str]
SHIPPED: Path = settings.BASE_DIR / "seeds"


@dataclass
class Outcome:
    """What became of the rows of a file; `left` says of each row that was not taken over why."""

    file: str
    added: int = 0
    changed: int = 0
    as_before: int = 0
    left: dict[str, str] = field(default_factory=dict)
    doubted: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.added} added, {self.changed} changed,"
            f" {self.as_before} as before, {len(self.left)} left"
        )


def load_seeds(
    folder: Path, *, beside: Path | None = None, catalogue_only: bool = False, reason: str = ""
) -> list[Outcome]:
    """Load the files of the folder, and the catalogue of one beside it, all or nothing.

    Approved figures that would move are moved only for a `reason`, and corrected. Raises SeedFault,
    ApprovedWouldMove.
    """
    with translation.override("en"):  # as its commands speak, whatever the words are of
        return _load_all(folder, beside, catalogue_only=catalogue_only, reason=reason)


def _load_all(
    folder: Path, beside: Path | None, *, catalogue_only: bool, reason: str
) -> list[Outcome]:
    files = read_folder(folder, catalogue_only=catalogue_only)
    if beside is not None:
        files += read_folder(beside, catalogue_only=True)
    published = folder.resolve() == SHIPPED.resolve()
    return load_files(files, str(folder), reason=reason, published=published)


def load_files(
    files: Sequence[SeedFile], origin: str, *, reason: str = "", published: bool = False
) -> list[Outcome]:
    """Load what was read; `origin` is said with a fault that is no row's. `published` figures stand
    as approved too. Raises as `load_seeds` does."""
    gone: dict[str, set[str]] = {}
    tops = _tops()
    catalogue = [file for file in files if file.table.name != "figures"]
    figures = [file for file in files if file.table.name == "figures"]
    with transaction.atomic():
        confirmed = Confirmation(record_change(actor=None, reason=reason)) if reason else None
        try:
            with changing_catalogue(actor=None, confirmed=confirmed) as change:
                before = check_catalogue()
                outcomes = [_load(file, gone, change, published=published) for file in catalogue]
                _refuse_new_faults(before, check_catalogue(), catalogue)
                _refuse_second_top(tops, origin)
        except ApprovedWouldMove:
            raise
        except Refusal as refusal:
            raise SeedFault(origin, str(refusal.message)) from refusal
        outcomes += [_load(file, gone, change, reason, published=published) for file in figures]
    return outcomes


def _load(
    file: SeedFile,
    gone: dict[str, set[str]],
    change: Touched,
    reason: str = "",
    *,
    published: bool,
) -> Outcome:
    """One file. What users removed or hold otherwise goes to `gone`, for files that build on it."""
    name, rows = file.table.name, file.rows
    shelf = SHELVES[name](file.table, gone)
    shelf.reason, shelf.published = reason, published
    outcome = Outcome(file.file)
    kept = shelf.read(rows)
    records = dict(SeedRecord.objects.filter(table=name).values_list("key", "row"))
    waiting = []
    for row in rows:
        reason = _why_left(row, kept.get(row.key), records.get(row.key))
        if reason:
            outcome.left[row.key] = reason
        elif row.stored == kept.get(row.key):
            outcome.as_before += 1
        else:
            waiting.append(row)
    waiting = _without_conflicts(waiting, kept, outcome)
    ready = [one for row in waiting if (one := _prepare(shelf, row, outcome))]
    # Once more: what goes with a row that is left now, as a unit's end, is left as well.
    together = _without_conflicts([one.row for one in ready], kept, outcome)
    ready = [one for one in ready if one.row in together]
    outcome.added = sum(one.thing is None for one in ready)
    outcome.changed = len(ready) - outcome.added
    gone.setdefault(name, set()).update((records.keys() | outcome.left.keys()) - kept.keys())
    try:
        shelf.write(ready, change)
    except (DataError, IntegrityError) as error:
        raise SeedFault(file.file, f"the database refuses a row: {error}") from error
    outcome.doubted = shelf.doubted
    _remember(name, [row for row in rows if row.key not in outcome.left], records)
    return outcome


def _why_left(row: Row, now: Cells | None, record: Cells | None) -> str:
    """Why the row belongs to the users; empty where it is the seeds' own, or new."""
    if now is None:
        return "removed by users" if record is not None else ""
    if now == row.stored:
        return ""
    if record is None:
        return "there already, and not from the seeds"
    untouched = all(now[name] == cell for name, cell in record.items() if name in now)
    return "" if untouched else "changed by users"


def _without_conflicts(
    waiting: list[Row], kept: Mapping[str, Cells], outcome: Outcome
) -> list[Row]:
    """The rows that go together with what users have; the others are left."""
    for rule in waiting[0].table.across if waiting else ():
        mine = {row.key for row in waiting}
        others = [cells for key, cells in kept.items() if key not in mine]
        conflicts = list(rule([*others, *(row.cells for row in waiting)]))
        for at, _, said in conflicts:
            if at >= len(others):
                outcome.left[waiting[at - len(others)].key] = (
                    f"does not go with what is there: {said}"
                )
        waiting = [row for row in waiting if row.key not in outcome.left]
    return waiting


def _prepare(shelf: Shelf, row: Row, outcome: Outcome) -> Prepared | None:
    try:
        one = shelf.prepare(row)
    except Gone as error:
        outcome.left[row.key] = f"builds on {error}, which users removed or hold otherwise"
        return None
    reason = shelf.why_not(one) if one.thing is not None else ""
    if reason:
        outcome.left[row.key] = reason
        return None
    return one


def _remember(name: str, rows: Sequence[Row], records: Mapping[str, Cells]) -> None:
    SeedRecord.objects.bulk_create(
        [
            SeedRecord(table=name, key=row.key, row=row.stored)
            for row in rows
            if records.get(row.key) != row.stored
        ],
        update_conflicts=True,
        unique_fields=["table", "key"],
        update_fields=["row"],
    )


def _tops() -> list[Jurisdiction]:
    """The units of today that others lie below, and below none."""
    tops = Jurisdiction.objects.filter(parent=None, valid_to=None, children__isnull=False)
    return list(tops.distinct().order_by("pk"))


def _refuse_second_top(before: list[Jurisdiction], origin: str) -> None:
    """An installation keeps one city, or one province of cities."""
    new = [unit for unit in _tops() if unit not in before]
    if before and new:
        raise SeedFault(
            origin,
            f"{new[0].name_zh} ({new[0].code}) would be a second city beside"
            f" {before[0].name_zh} ({before[0].code}); load_seeds --catalogue loads what every city"
            " shares, and parent says where a unit lies",
        )


def _refuse_new_faults(
    before: list[Finding], now: list[Finding], files: Sequence[SeedFile]
) -> None:
    """What the check finds now and did not find before came with the seeds."""
    new = [finding for finding in now if finding not in before]
    if not new:
        return
    definitions = [file for file in files if file.table.name == "definitions"]
    for row in (row for file in definitions for row in file.rows):
        if row.cells["indicator"] == new[0].indicator:
            raise row.fault(new[0].said, "formula" if row.cells["formula"] else "")
    raise SeedFault(definitions[-1].file if definitions else "definitions.csv", str(new[0]))
