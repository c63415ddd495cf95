"""What a button does with a problem or a measure, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indicators.models import Measure, Problem, ProblemAct, User
from indicators.problems.forms import ActForm
from indicators.recording import problem as door

VERBS: dict[ProblemAct, Callable[..., Any]] = {
    ProblemAct.NOTE: door.note,
    ProblemAct.START: door.start,
    ProblemAct.HAND_IN: door.hand_in,
    ProblemAct.SEND_BACK: door.send_back,
    ProblemAct.REOPEN: door.reopen,
    ProblemAct.ACCEPT: door.accept,
}
DONE: dict[ProblemAct, str | Promise] = {
    ProblemAct.NOTE: _("The progress is noted."),
    ProblemAct.START: _("The work has begun."),
    ProblemAct.HAND_IN: _("Handed in; the city's supervisor decides."),
    ProblemAct.SEND_BACK: _("Sent back, with the reason."),
    ProblemAct.REOPEN: _("Taken up again."),
    ProblemAct.ACCEPT: _("Accepted."),
}


def carry_out(thing: Problem | Measure, form: ActForm, *, actor: User) -> None:
    """Refuses what the door refuses."""
    asked = form.cleaned_data
    verb = VERBS[ProblemAct(asked["act"])]
    verb(thing, actor=actor, version=asked["version"], reason=form.reason)


def done_words(act: ProblemAct) -> str:
    return str(DONE[act])
