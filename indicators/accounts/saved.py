"""Tells the truth about a save: what failed after it was committed does not undo it.

A connection cut between the commit and the page made pages that said "not saved" of what was
stored. Whatever a request wrote, by whichever door, is noted when it is committed; an error of the
server after that is answered by a page that says so. Sessions, and what is kept of sign-ins, are
no matter of anybody's work.

Where the database went away after a commit, some may have been left to save: the page says so and
keeps what was typed. A write outside a transaction whose answer was lost may be there or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from education_duty.postgresql.outage import CommitUnanswered
from indicators.accounts.language import language_of
from indicators.accounts.unavailable import is_lost, page_before, to_copy, typed

NO_WORK = "django_session|axes_accessattempt|indicators_signinrecord"
WRITES = re.compile(
    rf'\s*(?:INSERT|UPDATE|DELETE|REPLACE|COPY|MERGE)\b(?!.{{0,20}}"(?:{NO_WORK})")'
)
SAFE = ("GET", "HEAD", "OPTIONS")


class _Noting:
    """Wraps the statements of one request; `committed` once one that writes is there to stay."""

    def __init__(self) -> None:
        self.committed = False

    def note(self) -> None:
        self.committed = True

    def __call__(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        writes = isinstance(sql, str) and WRITES.match(sql)
        try:
            done = execute(sql, *rest)
        except OperationalError as error:
            if writes and not connection.in_atomic_block and is_lost():
                raise CommitUnanswered(*error.args) from error
            raise
        if writes and not self.committed:
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
        context: dict[str, Any] = {"back": page_before(request)}
        if response.status_code == 503:
            context |= {"is_cut_off": True, "text": to_copy(typed(request))}
        with translation.override(language_of(request)):
            page = HttpResponse(render_to_string("saved.html", context))
        page.headers["X-Saved"] = "1"
        page.headers["Cache-Control"] = "no-store"
        return page
