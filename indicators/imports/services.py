"""Carries a file from its upload to the list of what it would change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.figures import units_to_enter_for
from indicators.figures.formatting import together
from indicators.imports.claims import Claims
from indicators.imports.doubts import tell
from indicators.imports.layout import Layout, NoTable, layout_of
from indicators.imports.mapping import (
    assign,
    begin_mapping,
    choose_meanings,
    keep_mapping,
    words_for,
)
from indicators.imports.own_tables import own_tables
from indicators.imports.unreadable import sentence_of
from indicators.models import (
    Import,
    ImportAct,
    ImportRow,
    ImportState,
    ImportTask,
    Jurisdiction,
    User,
    unit_with_slug,
)
from indicators.recording.import_tasks import ask
from indicators.recording.imports import (
    begin_import,
    choose,
    confirm_import,
    examine_again,
    map_import,
    place_import,
    undo_import,
)
from indicators.spreadsheets import Limits, UnreadableFile, Workbook, read_workbook

LIMITS = Limits()
# What takes a page a second or two; more is left to the process for such tasks.
BYTES_AT_ONCE = 200_000
ROWS_AT_ONCE = 2_000


class NotImported(ValueError):
    """The file cannot be used; the message says why, and what would help."""


def take_file(
    file: UploadedFile,
    *,
    actor: User,
    unit: Jurisdiction | None,
    year: int | None,
    reason: str,
    mapping: str = "",
) -> Import:
    """Keep what the file would change; nothing else is saved. A large file is read by the process
    for such tasks. Raises NotImported."""
    if (file.size or 0) > LIMITS.bytes:
        too_large = UnreadableFile("too_large", megabytes=LIMITS.bytes // 1_000_000)
        raise NotImported(sentence_of(too_large))
    content = file.read()
    of_import = Import(
        actor=actor,
        file_name=(file.name or "")[-255:],
        digest=hashlib.sha256(content).hexdigest(),
        jurisdiction=unit,
        evaluation_year=year,
        reason=reason.strip(),
    )
    if in_background(bytes=len(content)):
        of_import.state, of_import.made_at = ImportState.READING, timezone.now()
        with transaction.atomic():
            of_import.save()
            ask(of_import, ImportAct.READ, content=content, arguments=said(mapping=mapping))
    else:
        read_file(of_import, content, mapping=mapping)
    return of_import


def read_file(
    of_import: Import, content: bytes, *, mapping: str, task: ImportTask | None = None
) -> None:
    """Store what the file's rows would change. Raises NotImported, TakenAway."""
    actor, unit, year = of_import.actor, of_import.jurisdiction, of_import.evaluation_year
    try:
        workbook = read_workbook(content, of_import.file_name, LIMITS)
    except UnreadableFile as unreadable:
        raise NotImported(sentence_of(unreadable)) from unreadable
    try:
        layout = layout_of(workbook)
    except NoTable as none:
        layout = _own_table(of_import, workbook, actor, mapping)
        if not layout.rows:
            raise NotImported(_no_table(none)) from none
    if not layout.rows:
        raise NotImported(_("There is no figure below the head of the table."))
    claimed = layout.claims.evaluation_year
    meant = _claimed_unit(layout, actor, year)
    if (year and claimed and claimed != year) or (unit and meant and meant != unit):
        raise NotImported(
            _("The file is the template of another unit or year than the one chosen.")
        )
    of_import.evaluation_year = claimed or year
    of_import.jurisdiction = meant or unit
    of_import.remarks = [*_remarks(of_import, layout, actor), *layout.remarks]
    try:
        begin_import(of_import, layout.rows, actor=actor, tell=tell, task=task)
    except Refusal as refusal:
        raise NotImported(refusal.message) from refusal


def in_background(*, bytes: int = 0, rows: int = 0) -> bool:
    """Whether so much is left to the process for such tasks."""
    return settings.IMPORTS_IN_BACKGROUND and (bytes > BYTES_AT_ONCE or rows > ROWS_AT_ONCE)


def said(**arguments: Any) -> dict[str, Any]:
    """What a task is asked with: its arguments, and the language in which to answer."""
    return {"language": get_language(), "arguments": arguments}


def confirm(of_import: Import, *, actor: User, seen: str, only_valid: bool) -> int | None:
    """Save what the list says; how many figures, None where that is left to the process for such
    tasks. Raises Refusal as `confirm_import`."""
    if not in_background(rows=of_import.rows.to_save().count()):
        return confirm_import(of_import, actor=actor, seen=seen, only_valid=only_valid)
    if not of_import.waits:
        raise Refusal("import_decided")
    # Anything else was not seen, and may hold what the database keeps in no text.
    seen = seen if seen == of_import.list_digest else ""
    ask(of_import, ImportAct.SAVE, arguments=said(seen=seen, only_valid=only_valid))
    return None


def undo(of_import: Import, *, actor: User, reason: str) -> tuple[int, int] | None:
    """Take back what can be; how many figures were and how many stay, None where that is left to
    the process for such tasks. Raises Refusal as `undo_import`."""
    if not in_background(rows=of_import.rows.saved().count()):
        return undo_import(of_import, actor=actor, reason=reason)
    if not of_import.is_done:
        raise Refusal("import_decided")
    ask(of_import, ImportAct.UNDO, arguments=said(reason=reason))
    return None


def look_again(of_import: Import, *, actor: User) -> None:
    """Work out anew what would become of the rows."""
    examine_again(of_import, actor=actor, tell=tell)


def place(
    of_import: Import,
    unit: Jurisdiction | None,
    year: int | None,
    reason: str,
    *,
    actor: User,
) -> None:
    """Store which unit and year are meant, and why; and what becomes of the rows now."""
    place_import(of_import, unit, year, reason, actor=actor, tell=tell)


def answer(
    of_import: Import, choices: Mapping[int, tuple[str, str]], *, actor: User, seen: str
) -> None:
    """Store what the user answered to the rows, and what becomes of them now. Raises Refusal as
    `choose`."""
    choose(of_import, choices, actor=actor, seen=seen, tell=tell)


def say_meanings(of_import: Import, data: Mapping[str, Any], *, actor: User) -> None:
    """Store what the labels of an own table mean, under a name if one is given, and what becomes
    of the rows now. Raises Refusal: import_decided."""

    def put(held: Import, rows: Sequence[ImportRow]) -> None:
        choose_meanings(held, data)
        assign(held, rows)

    with transaction.atomic():
        map_import(of_import, put, actor=actor, tell=tell)
        typed = "".join(filter(str.isprintable, str(data.get("name", ""))))
        if name := typed.strip()[:100]:
            of_import.refresh_from_db()
            keep_mapping(of_import, actor, name)


def _own_table(of_import: Import, workbook: Workbook, actor: User, mapping: str) -> Layout:
    """The tables of a file whose head names no columns of ours."""
    tables, remarks = own_tables(workbook)
    layout = Layout(Claims(), remarks=remarks)
    layout.rows = begin_mapping(of_import, tables, words_for(actor, mapping)) if tables else []
    return layout


def _claimed_unit(layout: Layout, actor: User, year: int | None) -> Jurisdiction | None:
    """The unit that the template was made for, if the user enters for it."""
    of = layout.claims.evaluation_year or year or timezone.localdate().year
    return unit_with_slug(units_to_enter_for(actor, of), layout.claims.unit)


def _remarks(of_import: Import, layout: Layout, actor: User) -> list[str]:
    """What the user is to know of the file as a whole."""
    found = []
    before = (
        Import.objects.for_user(actor)
        .filter(digest=of_import.digest, state=ImportState.DONE)
        .first()
    )
    if before is not None and before.done_at is not None:
        day = timezone.localtime(before.done_at)
        found.append(
            _("You have imported this very file before, on %(day)s.")
            % {"day": f"{day:%Y-%m-%d %H:%M}"}
        )
    year = layout.claims.evaluation_year
    if year is not None and of_import.jurisdiction is not None and layout.claims.unit:
        found.append(
            _("The file is the template of %(unit)s for %(year)s.")
            % {"unit": of_import.jurisdiction.name, "year": year}
        )
    return found


def _no_table(none: NoTable) -> str:
    said = _(
        "No table was found: its head needs one column called “Indicator code” or “Indicator”, and "
        "one called “Value”."
    )
    if not none.found:
        return said
    heads = "、".join(none.found[:8])
    return together([said, _("The file has: %(heads)s.") % {"heads": heads}])
