"""Tasks of large imports: asked for by the web, taken and done by a process beside it.

Decided: the lease is a time in the row, not a lock of a session, so that pages can tell whether
somebody is at it. Who holds it is asked once more at the end, in the transaction of what was done:
a task that was cancelled, or taken over since, leaves nothing behind (`finish`).
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.models import Import, ImportAct, ImportState, ImportTask

LEASE = datetime.timedelta(seconds=30)
ATTEMPTS = 3


class TakenAway(Exception):
    """The task is no longer one's own: cancelled, or taken over by somebody else."""


def ask(
    of_import: Import,
    act: ImportAct,
    *,
    content: bytes | None = None,
    arguments: dict[str, Any] | None = None,
) -> None:
    """Leave what is to be done with a stored import to whoever does such tasks. Refuses:
    import_busy; import_decided, where it was forgotten meanwhile."""
    with transaction.atomic():
        if not Import.objects.filter(pk=of_import.pk).update(fault=""):
            raise Refusal("import_decided")
        _task, is_new = ImportTask.objects.get_or_create(
            of_import=of_import,
            defaults={
                "act": act,
                "content": content,
                "arguments": arguments or {},
                "asked_at": timezone.now(),
            },
        )
        if not is_new:
            raise Refusal("import_busy")


def take(now: datetime.datetime) -> ImportTask | None:
    """The next task that nobody is at, with a lease of one's own; None where there is none."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    for pk in ImportTask.objects.filter(free).values_list("pk", flat=True):
        lease = uuid.uuid4()
        taken = ImportTask.objects.filter(free, pk=pk).update(
            lease=lease, leased_until=now + LEASE, attempts=F("attempts") + 1
        )
        # Cancelled since, it is there no more.
        if taken and (
            task := ImportTask.objects.select_related("of_import__actor").filter(pk=pk).first()
        ):
            return task
    return None


def renew(task: ImportTask, now: datetime.datetime) -> bool:
    """Prolong one's lease; whether it is still one's own."""
    mine = ImportTask.objects.filter(pk=task.pk, lease=task.lease)
    return bool(mine.update(leased_until=now + LEASE))


def finish(task: ImportTask) -> None:
    """The task is done, in the transaction that did it. Raises TakenAway."""
    if not ImportTask.objects.filter(pk=task.pk, lease=task.lease).delete()[0]:
        raise TakenAway


def give_up(task: ImportTask, sentence: str) -> None:
    """The task comes to nothing, for the reason. Raises TakenAway."""
    with transaction.atomic():
        finish(task)
        of_import = Import.objects.select_for_update().get(pk=task.of_import_id)
        of_import.fault = sentence
        if task.act == ImportAct.READ:
            of_import.state = ImportState.FAILED
        of_import.save(update_fields=["fault", "state"])


def release(task: ImportTask) -> None:
    """Let the next one try again; after several attempts nobody does."""
    if task.attempts >= ATTEMPTS:
        give_up(task, _("This could not be done in several attempts. Tell the administrator."))
    else:
        mine = ImportTask.objects.filter(pk=task.pk, lease=task.lease)
        mine.update(lease=None, leased_until=None)


def cancel(of_import: Import) -> None:
    """Whoever is at the import's task leaves nothing behind. A file that was not read yet is
    forgotten: here, or by whoever is reading it, for whom nobody waits. Refuses: import_decided,
    where the task was done meanwhile."""
    if not ImportTask.objects.filter(of_import=of_import).delete()[0]:
        raise Refusal("import_decided")
    forget_unread(of_import)


def forget_unread(of_import: Import) -> None:
    """Forget a file whose reading was cancelled, unless somebody is still at it."""
    unread = Import.objects.filter(pk=of_import.pk, state=ImportState.READING, task__isnull=True)
    with transaction.atomic():
        for one in unread.select_for_update(skip_locked=True, of=("self",)):
            one.delete()
