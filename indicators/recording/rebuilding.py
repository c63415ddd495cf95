"""Works out all results again: what moves approved figures is listed first, and wants a reason.

So does what a newer version of the program works out otherwise.
"""

from __future__ import annotations

from django.db import transaction

from indicators.collection import ApprovedWouldMove
from indicators.recording.approved import corrected, record_corrections
from indicators.recording.change import record_change
from indicators.recording.relapse import relapse_where_fallen
from indicators.results.rebuild import Rebuilt, Told, rebuild


def rebuild_results(*, reason: str = "", told: Told = lambda _done: None) -> Rebuilt:
    """Recompute and store all, or nothing. Refuses: ApprovedWouldMove, without a reason."""
    with transaction.atomic():
        done = rebuild(told)
        if moved := corrected(done.moved):
            if not reason:
                raise ApprovedWouldMove(moved)
            record_corrections(moved, record_change(actor=None, reason=reason))
            relapse_where_fallen(one.key for one in moved)
        return done
