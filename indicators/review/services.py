"""Carries a decision through the door."""

from __future__ import annotations

from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.models import Act, Submission, User
from indicators.recording import submission as door
from indicators.review.forms import DecisionForm


def decide(submission: Submission, form: DecisionForm, *, actor: User) -> str:
    """Do what the form asks; what was done, in words.

    Refuses as the acts of `recording.submission` and `refuse_contradictions` do, and: day_missing.
    """
    refuse_contradictions(submission, form)
    asked = form.cleaned_data
    act, reason, until = Act(asked["act"]), form.reason, asked["until"]
    unit = submission.jurisdiction.name
    version: int = asked["version"]
    if act == Act.APPROVE:
        moves = asked["moves"]
        door.approve(submission, actor=actor, version=version, reason=reason, confirmed=moves)
        return _("Approved: %(unit)s.") % {"unit": unit}
    if act == Act.RETURN:
        door.return_submission(
            submission, actor=actor, version=version, reason=reason, figures=form.figures
        )
        return _("Returned to %(unit)s: %(n)s.") % {"unit": unit, "n": len(form.figures)}
    if until is None:
        raise Refusal("day_missing", field="until")
    if act == Act.EXTEND:
        door.extend(submission, actor=actor, version=version, reason=reason, until=until)
        return _("Extended for %(unit)s until %(day)s.") % {"unit": unit, "day": until}
    door.reopen(
        submission,
        actor=actor,
        version=version,
        reason=reason,
        until=until,
        figures=form.figures,
    )
    return _("Reopened for %(unit)s until %(day)s.") % {"unit": unit, "day": until}


def refuse_contradictions(submission: Submission, form: DecisionForm) -> None:
    """A reason that somebody took the trouble to type is not passed over, nor is a figure that was
    chosen. Refuses: reason_but_not_chosen, chosen_but_approved."""
    beside = form.reasons.keys() - form.figures.keys()
    named = [one.name for one in submission.round.indicators.filter(code__in=beside)]
    if named:
        raise Refusal("reason_but_not_chosen", names=_(", ").join(named))
    if form.figures and form.cleaned_data["act"] == Act.APPROVE:
        raise Refusal("chosen_but_approved", n=len(form.figures))
