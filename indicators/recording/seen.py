"""What somebody had before them when they changed a row: a stale save is a conflict everywhere.

Rows of the catalogue and of accounts have no version of their own. Their digest says as much, and
cannot be forgotten by a path that writes: it is taken from the row itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from indicators.collection import Refusal

# Signing in is no change of an account; a unit's path follows from the parents above it.
NOT_THE_EDITORS = {"last_login", "path"}


def digest_of_row(row: models.Model | None, beside: Iterable[models.Model] = ()) -> str:
    """SHA-256 of the row and what is kept `beside` it; empty for one that is not stored yet."""
    if row is None or row.pk is None:
        return ""
    text = json.dumps([_fields(one) for one in (row, *beside)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_moved(row: models.Model, seen: str, beside: Iterable[models.Model] = ()) -> None:
    """Refuses: thing_moved, with the fields in which the stored row is not what is to be saved.

    The caller holds what keeps others from writing it. Nothing `seen` asks nothing: the seeds.
    """
    if not seen or row.pk is None:
        return
    now = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None:
        raise Refusal("thing_moved", fields=_("deleted"), now="")
    digest = digest_of_row(now, beside)
    if digest == seen:
        return
    mine, theirs = _fields(row), _fields(now)
    differ = [
        f"{capfirst(field.verbose_name)} {_shown(now, field)}"
        for field in row._meta.concrete_fields
        if mine.get(field.name) != theirs.get(field.name) and field.name in theirs
    ]
    fields = _(", ").join(differ) or _("its lists")
    raise Refusal("thing_moved", fields=fields, now=digest)


def _fields(row: models.Model) -> dict[str, Any]:
    fields = json.loads(serializers.serialize("json", [row]))[0]["fields"]
    return {name: value for name, value in fields.items() if name not in NOT_THE_EDITORS}


def _shown(row: models.Model, field: models.Field) -> str:
    """What the stored row says in a field, as its form would write it."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    return "—" if value in (None, "") else str(value)
