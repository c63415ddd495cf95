"""Stores the rows of a file, in the quickest way for a few and for tens of thousands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import JSONField

from indicators.models import Import, ImportRow
from indicators.models.bulk import MANY, copies, copy_in, copy_over, maker, new_ids

COLUMNS = tuple(field.attname for field in ImportRow._meta.concrete_fields)
_in_columns = itemgetter(*COLUMNS)
# Those that hold lists, by place; most of them are empty.
EMPTY = {
    at: json.dumps(field.get_default())
    for at, field in enumerate(ImportRow._meta.concrete_fields)
    if isinstance(field, JSONField)
}

# What the list tells of a row and no entry comes of.
TOLD = ("readings", "sentences", "becomes", "doubts", "row_label", "column_label")
READ = tuple(name for name in COLUMNS if name not in TOLD)
_row = maker(ImportRow)


def rows_to_save(of_import: Import) -> list[ImportRow]:
    """The rows that say another figure than there is, without what the list tells of them."""
    rows = of_import.rows.to_save().order_by("position").values_list(*READ)
    return [_row(None, **dict(zip(READ, row, strict=True))) for row in rows]


def add_rows(rows: Sequence[ImportRow]) -> None:
    """Store rows that are not stored yet."""
    if not copies(len(rows)):
        ImportRow.objects.bulk_create(rows, batch_size=MANY)
        return
    for row, pk in zip(rows, new_ids(ImportRow, len(rows)), strict=True):
        row.id = pk
    copy_in(ImportRow, COLUMNS, _as_copied(rows))


def change_rows(rows: Sequence[ImportRow], fields: Sequence[str]) -> None:
    """Store what the fields of rows say now."""
    if copies(len(rows)):
        copy_over(ImportRow, COLUMNS, _as_copied(rows), unique=["id"])
    else:
        names = [name.removesuffix("_id") for name in fields]
        ImportRow.objects.bulk_update(rows, names, batch_size=MANY)


def _as_copied(rows: Iterable[ImportRow]) -> Iterator[list[Any]]:
    """Each row's columns, lists as PostgreSQL reads them."""
    for row in rows:
        cells = list(_in_columns(vars(row)))
        for at in EMPTY:
            cells[at] = json.dumps(cells[at], ensure_ascii=False) if cells[at] else EMPTY[at]
        yield cells
