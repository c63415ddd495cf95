"""Two addresses for whoever watches the process: is it alive, and can it serve?

Decided: in English and without a page, for machines and operators; nothing of a session, a user or
a secret. `readyz` asks in a thread of its own, as a database that hangs would hold it for longer
than whoever watches waits.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future
from functools import cache
from threading import Lock, Thread

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

WITHIN = 1.9  # seconds, so that the answer is there before two
_asking = Lock()
_asked: Future[str] | None = None


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _plain("ok")


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has all migrations; else 503 and one sentence of what is missing."""
    missing = _what_is_missing()
    return _plain(missing, status=503) if missing else _plain("ok")


def _plain(text: str, status: int = 200) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, "text/plain; charset=utf-8", status, headers=headers)


def _what_is_missing() -> str:
    """Whoever asks while a question is under way gets the answer to that one."""
    global _asked
    with _asking:
        if _asked is None or _asked.done():
            _asked = Future()
            Thread(target=_answer, args=(_asked,), name="readyz", daemon=True).start()
        asked = _asked
    try:
        return asked.result(timeout=WITHIN)
    except TimeoutError:
        return "The database does not answer in time."


def _answer(asked: Future[str]) -> None:
    try:
        missing = _missing_migrations()
    except Error as error:
        log.warning("not ready: %s", error)
        missing = "The database cannot be reached."
    except Exception:
        log.exception("not ready")
        missing = "The database could not be asked."
    asked.set_result(missing)


def _missing_migrations() -> str:
    try:
        missing = _migrations() - set(MigrationRecorder(connection).applied_migrations())
    finally:
        connection.close()
    if not missing:
        return ""
    return f"Migrations are not applied ({len(missing)}): run manage.py migrate."


@cache
def _migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).graph.nodes)
