"""Does what was left of large imports, one task after another; run by `manage.py run_imports`.

A task holds its lease as long as this process lives (`Heartbeat`). Ended in the middle, it leaves
nothing but the lease, and the next process takes the task anew; what failed in several attempts is
given up with a sentence. Cancelled, the work goes on unseen until its end, where it leaves nothing.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from types import TracebackType

from django.db import OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.imports import services
from indicators.models import ImportAct, ImportTask
from indicators.models.bulk import without_collecting
from indicators.recording.examination import examine_or_leave
from indicators.recording.import_tasks import (
    ATTEMPTS,
    TakenAway,
    forget_unread,
    give_up,
    release,
    renew,
    take,
)
from indicators.recording.imports import confirm_import, undo_import

BEAT = 5  # seconds; a lease lasts six of them
log = logging.getLogger(__name__)


def do_next() -> bool:
    """Do a task that nobody is at; whether there was one."""
    task = take(timezone.now())
    if task is None:
        return False
    with (
        translation.override(task.arguments.get("language")),
        Heartbeat(task),
        without_collecting(True),
    ):
        try:
            _do(task)
        except TakenAway:
            log.info("The task of import %s was cancelled or taken over.", task.of_import_id)
            forget_unread(task.of_import)
    examine_or_leave()  # what it let stand, as a request does at its end
    return True


def _do(task: ImportTask) -> None:
    """Raises TakenAway."""
    if task.attempts > ATTEMPTS:
        release(task)
        return
    if not task.of_import.actor.is_active:
        give_up(task, _("The account of who asked for this is not active."))
        return
    try:
        _act(task)
    except services.NotImported as fault:
        give_up(task, str(fault))
    except Refusal as refusal:
        give_up(task, refusal.message)
        if task.act == ImportAct.SAVE:
            with suppress(Refusal):
                services.look_again(task.of_import, actor=task.of_import.actor)
    except (TakenAway, OperationalError):  # without its database, a task waits for the lease to end
        raise
    except Exception:
        log.exception("The task of import %s failed.", task.of_import_id)
        release(task)


def _act(task: ImportTask) -> None:
    of_import, arguments = task.of_import, task.arguments["arguments"]
    if task.act == ImportAct.READ:
        services.read_file(of_import, bytes(task.content or b""), **arguments, task=task)
    elif task.act == ImportAct.SAVE:
        confirm_import(of_import, actor=of_import.actor, **arguments, task=task)
    else:
        undo_import(of_import, actor=of_import.actor, **arguments, task=task)


class Heartbeat:
    """Renews the lease from a thread with a connection of its own."""

    def __init__(self, task: ImportTask) -> None:
        self._task = task
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT):
                # SQLite lets nobody else write during the work; then nobody else takes the task.
                try:
                    renew(self._task, timezone.now())
                except Exception:
                    log.warning("A lease was not renewed.", exc_info=True)
                    connection.close()
        finally:
            connection.close()
