"""Where the database is away: a page that says so (503) and keeps what was typed.

Decided: the page asks nothing of the database, neither session nor user. It is made where Django
makes the page of an error, as the only place that every error comes to: a view's, a middleware's,
and one of the page that was to tell of another. What was typed is given back only where the request
was proven to come from a page of ours: a button that sends it again would otherwise lend our proof
to whoever made the browser send it. Passwords and codes are never given back.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults

from education_duty.postgresql.outage import CommitUnanswered
from indicators.accounts.language import language_of

RETRY_AFTER = 10  # seconds
SECRET = re.compile(r"password|token|secret", re.IGNORECASE)
# Of SQLite's many meanings of "operational": a table that is missing, say, is no outage.
SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the error, which is how it is known here."""
    causes = list(_causes(sys.exc_info()[1]))
    if not any(_is_outage(one) for one in causes):
        return defaults.server_error(request)
    is_sure = not any(isinstance(one, CommitUnanswered) for one in causes)
    language = language_of(request)
    headers = {
        "Retry-After": str(RETRY_AFTER),
        "Cache-Control": "no-store",
        "Content-Language": language,
    }
    if is_sure and request.method == "POST":
        headers["X-Unsaved"] = "1"
    with translation.override(language):
        page = render_to_string("503.html", _context(request, is_sure=is_sure))
    return HttpResponse(page, status=503, headers=headers)


def is_lost() -> bool:
    """Whether the connection, which was there, has gone; SQLite has none to lose."""
    return bool(getattr(connection.connection, "closed", False))


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and texts of what was posted from a page of ours, without what is secret."""
    # Set by Django's check of where a form comes from, once it is passed.
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    named = getattr(request, "sensitive_post_parameters", ())
    secret = () if isinstance(named, str) else named  # "__ALL__": Django's forms with a password
    return [
        (name, str(text))
        for name, texts in request.POST.lists()
        if not SECRET.search(name) and name not in secret
        for text in texts
    ]


def to_copy(fields: list[tuple[str, str]]) -> str:
    """What was typed as text, a line each; what was left empty is not told."""
    return "\n".join(f"{name}: {text}" for name, text in fields if text.strip())


def page_before(request: HttpRequest) -> str:
    """The address of the page that the form was on."""
    return urlsplit(request.headers.get("Referer", "")).path or "/"


def _context(request: HttpRequest, *, is_sure: bool) -> dict[str, Any]:
    fields = typed(request)
    left_out = {name for name in request.POST if SECRET.search(name)} if fields else set()
    return {
        "is_post": request.method == "POST",
        "is_sure": is_sure,
        "address": request.get_full_path(),
        "back": page_before(request),
        "fields": fields,
        "text": to_copy(fields),
        "without_password": bool(left_out - {"csrfmiddlewaretoken"}),
        "csrf_token": get_token(request) if fields else "",
    }


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came of: a page may fail otherwise because the database had failed."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_outage(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        code: int = getattr(error, "sqlite_errorcode", 0)
        return (code & 0xFF) in SQLITE_AWAY
    if isinstance(error, OperationalError):
        return not isinstance(error.__cause__, sqlite3.Error)
    if isinstance(error, DatabaseError | InterfaceError) and is_lost():
        return True  # what is asked over a line that has gone fails in many ways
    return isinstance(error, psycopg.OperationalError)
