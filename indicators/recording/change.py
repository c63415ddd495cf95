"""Begins a change: the one row that says who writes, when and why, for all that is written."""

from __future__ import annotations

import datetime

from django.utils import timezone

from indicators.models import Change, Origin, User, current_request, current_transaction


def record_change(
    *,
    actor: User | None,
    reason: str = "",
    at: datetime.datetime | None = None,
    origin: str = Origin.ENTERED,
    on_behalf: bool = False,
) -> Change:
    """The change to which the caller lets what it writes point, in the same transaction."""
    return Change.objects.create(
        actor=actor,
        at=at or timezone.now(),
        reason=reason,
        origin=origin,
        on_behalf=on_behalf,
        request=current_request.get(),
        transaction=current_transaction(),
    )
