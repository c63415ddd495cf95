"""What keeps a unit from submitting: what it was asked and has said nothing to."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.collection import (
    Refusal,
    Window,
    open_questions,
    returned_unanswered,
    tasks_unanswered,
)
from indicators.models import Indicator, Submission
from indicators.recording.findings import listed


def refuse_unanswered(
    submission: Submission, window: Window, asked: Mapping[int, Indicator]
) -> None:
    """What was returned is changed or answered, what was asked is answered, and so are the tasks
    that the city passed down. `asked` are the round's indicators by id.

    Refuses: returned_not_answered, questions_open, tasks_unanswered.
    """
    if returned := returned_unanswered(window):
        names = listed([asked[pk].name for pk in asked if pk in returned])
        raise Refusal("returned_not_answered", n=len(returned), names=names)
    if questions := open_questions(submission):
        names = listed([asked[pk].name for pk in asked if pk in questions])
        raise Refusal("questions_open", n=len(questions), names=names)
    if tasks := tasks_unanswered(submission):
        raise Refusal("tasks_unanswered", n=len(tasks), names=listed([one.title for one in tasks]))
