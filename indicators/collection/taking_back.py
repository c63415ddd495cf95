"""Until when a unit may take back what it has submitted: the city's review must not have begun."""

from __future__ import annotations

import datetime

from indicators.collection.openings import openings_of
from indicators.collection.refusals import Refusal
from indicators.collection.states import submitted_from
from indicators.collection.windows import Window
from indicators.models import Remark, Submission


def refuse_unless_taken_back_in_time(submission: Submission, today: datetime.date) -> None:
    """Review begins with the city's first remark, question, return or approval; the last two show
    in the state. What is taken back must be open to be sent again.

    The caller has asked whether it is submitted. Refuses: review_begun, too_late_to_take_back.
    """
    asked = Remark.objects.filter(submission=submission, asks=True, at__gte=submission.submitted_at)
    if asked.exists():
        raise Refusal("review_begun")
    before = Submission(
        round=submission.round,
        state=submitted_from(submission),
        extended_until=submission.extended_until,
    )
    try:
        Window(before, openings_of(submission).at_submission).refuse_unless_open(today)
    except Refusal as shut:
        raise Refusal("too_late_to_take_back") from shut
