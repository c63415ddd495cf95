"""What may be done with a submission: state × act × role → next state. The one table.

The guide's page and the tests are made from it. Whether the days allow an act is asked of
`windows`; that who approves has entered nothing, of the door.
"""

from __future__ import annotations

from typing import NamedTuple

from indicators.collection.refusals import Refusal
from indicators.models import Act, Role, Submission, SubmissionEvent, SubmissionState, User

S = SubmissionState


class Transition(NamedTuple):
    """`after_closing`: only once the round is closed; until then the unit has it anyway.
    `back`: to where the unit submitted from, if that was a return or a reopening. `if_approved`:
    what was never approved is not frozen, and goes on until its day."""

    state: SubmissionState
    act: Act
    role: Role
    next: SubmissionState
    after_closing: bool = False
    back: bool = False
    if_approved: bool = False


OFFICER, LEAD, SUPERVISOR = Role.OFFICER, Role.LEAD, Role.SUPERVISOR
TABLE = (
    Transition(S.NOT_STARTED, Act.ENTER, OFFICER, S.DRAFT),
    Transition(S.NOT_STARTED, Act.HAND_OVER, OFFICER, S.NOT_STARTED),
    Transition(S.NOT_STARTED, Act.CHECK, LEAD, S.CHECKED),
    Transition(S.NOT_STARTED, Act.SUBMIT, LEAD, S.SUBMITTED),
    Transition(S.NOT_STARTED, Act.EXTEND, SUPERVISOR, S.NOT_STARTED),
    Transition(S.DRAFT, Act.ENTER, OFFICER, S.DRAFT),
    Transition(S.DRAFT, Act.HAND_OVER, OFFICER, S.DRAFT),
    Transition(S.DRAFT, Act.CHECK, LEAD, S.CHECKED),
    Transition(S.DRAFT, Act.SUBMIT, LEAD, S.SUBMITTED),
    Transition(S.DRAFT, Act.EXTEND, SUPERVISOR, S.DRAFT),
    Transition(S.CHECKED, Act.ENTER, OFFICER, S.DRAFT),
    Transition(S.CHECKED, Act.SUBMIT, LEAD, S.SUBMITTED),
    Transition(S.CHECKED, Act.EXTEND, SUPERVISOR, S.CHECKED),
    Transition(S.SUBMITTED, Act.TAKE_BACK, LEAD, S.DRAFT, back=True),
    Transition(S.SUBMITTED, Act.RETURN, SUPERVISOR, S.RETURNED),
    Transition(S.SUBMITTED, Act.APPROVE, SUPERVISOR, S.APPROVED),
    Transition(S.RETURNED, Act.ENTER, OFFICER, S.RETURNED),
    Transition(S.RETURNED, Act.HAND_OVER, OFFICER, S.RETURNED),
    Transition(S.RETURNED, Act.SUBMIT, LEAD, S.SUBMITTED),
    Transition(S.RETURNED, Act.EXTEND, SUPERVISOR, S.RETURNED),
    Transition(S.RETURNED, Act.REOPEN, SUPERVISOR, S.REOPENED, after_closing=True),
    Transition(S.APPROVED, Act.REOPEN, SUPERVISOR, S.REOPENED),
    Transition(S.APPROVED, Act.FREEZE, SUPERVISOR, S.FROZEN),
    Transition(S.REOPENED, Act.ENTER, OFFICER, S.REOPENED),
    Transition(S.REOPENED, Act.HAND_OVER, OFFICER, S.REOPENED),
    Transition(S.REOPENED, Act.SUBMIT, LEAD, S.SUBMITTED),
    Transition(S.REOPENED, Act.REOPEN, SUPERVISOR, S.REOPENED),
    Transition(S.REOPENED, Act.FREEZE, SUPERVISOR, S.FROZEN, if_approved=True),
    Transition(S.FROZEN, Act.UNFREEZE, SUPERVISOR, S.APPROVED),
    Transition(S.NOT_STARTED, Act.ADD, SUPERVISOR, S.NOT_STARTED),
    Transition(S.DRAFT, Act.ADD, SUPERVISOR, S.DRAFT),
    Transition(S.CHECKED, Act.ADD, SUPERVISOR, S.DRAFT),
    Transition(S.SUBMITTED, Act.ADD, SUPERVISOR, S.RETURNED),
    Transition(S.RETURNED, Act.ADD, SUPERVISOR, S.RETURNED),
    Transition(S.APPROVED, Act.ADD, SUPERVISOR, S.REOPENED),
    Transition(S.REOPENED, Act.ADD, SUPERVISOR, S.REOPENED),
    Transition(S.NOT_STARTED, Act.DROP, SUPERVISOR, S.NOT_STARTED),
    Transition(S.DRAFT, Act.DROP, SUPERVISOR, S.DRAFT),
    Transition(S.CHECKED, Act.DROP, SUPERVISOR, S.CHECKED),
    Transition(S.RETURNED, Act.DROP, SUPERVISOR, S.SUBMITTED),
    Transition(S.REOPENED, Act.DROP, SUPERVISOR, S.APPROVED),
    Transition(S.FROZEN, Act.REOPEN, SUPERVISOR, S.REOPENED),
)
_BY_STATE_AND_ACT = {(row.state, row.act): row for row in TABLE}


def next_state(submission: Submission, act: Act) -> SubmissionState:
    """The state to which the act leads. Refuses: not_in_this_state.

    What is approved in a round that has been closed is frozen again at once.
    """
    row = _row(submission, act)
    if row is None:
        raise Refusal(
            "not_in_this_state", act=act.label, state=SubmissionState(submission.state).label
        )
    if row.next == S.APPROVED and submission.round.is_closed:
        return S.FROZEN
    return submitted_from(submission) if row.back else row.next


def submitted_from(submission: Submission) -> SubmissionState:
    """As what its figures were entered before the latest submit; one query."""
    sent = SubmissionEvent.objects.filter(submission=submission.pk, act=Act.SUBMIT).order_by("-pk")
    was = sent.values_list("from_state", flat=True).first()
    return S(was) if was in (S.RETURNED, S.REOPENED) else S.DRAFT


def allows(submission: Submission, act: Act) -> bool:
    """Whether the table knows the act in the submission's state, whoever does it."""
    return _row(submission, act) is not None


def _row(submission: Submission, act: Act) -> Transition | None:
    row = _BY_STATE_AND_ACT.get((SubmissionState(submission.state), act))
    if row is None or (row.after_closing and not submission.round.is_closed):
        return None
    return None if row.if_approved and not _was_approved(submission) else row


def _was_approved(submission: Submission) -> bool:
    return SubmissionEvent.objects.filter(submission=submission.pk, act=Act.APPROVE).exists()


def has_role_for(act: Act, submission: Submission, actor: User) -> bool:
    """Whether the actor has the role that the table asks for the act, at the right unit.

    For entering this says nothing of duty areas, which the entry itself is refused for.
    """
    scope = actor.scope
    if act in (Act.ENTER, Act.HAND_OVER):
        unit = submission.jurisdiction
        return unit.pk in scope.enters or unit.parent_id in scope.enters_below
    if act in (Act.CHECK, Act.SUBMIT, Act.TAKE_BACK):
        return submission.jurisdiction_id in scope.leads
    return submission.round.city_id in scope.supervises


def refuse_unless_role(act: Act, submission: Submission, actor: User) -> None:
    """Refuses: not_your_act."""
    if not has_role_for(act, submission, actor):
        raise Refusal("not_your_act", act=act.label)
