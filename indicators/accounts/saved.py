"""Tells the truth about a save: what failed after it was committed does not undo it.

A connection cut between the commit and the page made pages that said "not saved" of what was
stored. Whatever a request wrote, by whichever door, is noted when it is committed; an error of the
server after that is answered by a page that says so. Sessions are no matter of anybody's work.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

WRITES = re.compile(r'\s*(?:INSERT|UPDATE|DELETE|REPLACE|COPY|MERGE)\b(?!.{0,20}"django_session")')
SAFE = ("GET", "HEAD", "OPTIONS")


class _Noting:
    """Wraps the statements of one request; `committed` once one that writes is there to stay."""

    def __init__(self) -> None:
        self.committed = False

    def note(self) -> None:
        self.committed = True

    def __call__(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        done = execute(sql, *rest)
        if not self.committed and isinstance(sql, str) and WRITES.match(sql):
            transaction.on_commit(self.note, robust=True)
        return done


class SavedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        noting = _Noting()
        with connection.execute_wrapper(noting):
            response = self.get_response(request)
        if response.status_code < 500 or not noting.committed:
            return response
        # Without anything that asks the database, which may be what failed.
        back = urlsplit(request.headers.get("Referer", "")).path or "/"
        page = HttpResponse(render_to_string("saved.html", {"back": back}))
        page.headers["X-Saved"] = "1"
        return page
