"""A submission that is held while something is done to it."""

from __future__ import annotations

from indicators.collection import Refusal
from indicators.models import Round, Submission


def hold(submission: Submission) -> Submission:
    """The submission as it is now, locked until the transaction ends, with its round as it is now.

    Refuses: round_withdrawn, unit_not_in_round.
    """
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    # Read after the lock: the round may have been closed or withdrawn while we waited for it.
    held.round = Round.with_withdrawn.select_related("city").get(pk=held.round_id)
    if held.round.withdrawn_at is not None:
        raise Refusal("round_withdrawn", round=held.round.title)
    if held.dropped_at is not None:
        raise Refusal("unit_not_in_round", round=held.round.title, unit=held.jurisdiction.name)
    return held
