"""Keeps who takes which figures out of the house, before the file is begun.

Decided: without a record there is no file. A request that is answered without its content (HEAD)
takes nothing and is not kept; what a browser fetches beforehand has left, and is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Export, User

# PostgreSQL: the transaction, or the server, is read-only; the role may not write the table.
FORBIDDEN = ("25006", "42501")
LONGEST_NAME = 255


def keep_export(
    request: HttpRequest,
    *,
    kind: str,
    format: str,
    name: str,
    asked: Mapping[str, object],
    rows: int | None = None,
    actor: User | None = None,
) -> None:
    """Keep that the user of the request, or whose token it bears, takes a file called
    `name`.`format`.

    `asked` says in codes what was asked for; what is empty there is left out. One INSERT. Raises
    PermissionDenied, with a sentence, where the database does not let it be kept.
    """
    if request.method == "HEAD":
        return
    actor = actor or cast(User, request.user)
    paths = actor.scope.paths
    top = min(paths, key=lambda pk: (paths[pk].count("."), pk), default=None)
    if top is None:
        raise PermissionDenied
    try:
        Export.objects.create(
            actor=actor,
            jurisdiction_id=top,
            made_at=timezone.now(),
            kind=kind,
            format=format,
            name=f"{name}.{format}"[-LONGEST_NAME:],
            asked={key: said for key, said in asked.items() if said not in (None, "", [])},
            rows=rows,
        )
    except DatabaseError as error:
        if not _is_forbidden(error):
            raise
        said = _("The download could not be recorded, so nothing was given out. Ask the operator.")
        raise PermissionDenied(said) from error


def _is_forbidden(error: DatabaseError) -> bool:
    cause = error.__cause__
    code: int = getattr(cause, "sqlite_errorcode", 0)
    if code & 0xFF == sqlite3.SQLITE_READONLY:
        return True
    return getattr(cause, "sqlstate", "") in FORBIDDEN
