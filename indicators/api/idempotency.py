"""A request that was sent twice is worked on once: its key is answered as the first time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from indicators.api.problems import Problem
from indicators.models import KeptAnswer, User


def answered_once(
    owner: User, key: str, body: bytes, work: Callable[[], HttpResponse]
) -> HttpResponse:
    """The answer of `work`, which is kept with all that it wrote; or the one that was kept.

    `work` rolls back by itself what it does not want. What it raises is not kept, so that the key
    may be used again. Of two at once the second waits at the insert. Raises the problem key_used.
    """
    digest = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        KeptAnswer.objects.filter(owner=owner).forgotten().delete()
        KeptAnswer.objects.bulk_create(
            [KeptAnswer(owner=owner, key=key, digest=digest, made_at=timezone.now())],
            ignore_conflicts=True,
        )
        kept = KeptAnswer.objects.get(owner=owner, key=key)
        if kept.digest != digest:
            raise Problem("key_used")
        if kept.status is not None:
            return HttpResponse(kept.answer, content_type="application/json", status=kept.status)
        response = work()
        kept.status, kept.answer = response.status_code, response.content.decode()
        kept.save(update_fields=["status", "answer"])
        return response
