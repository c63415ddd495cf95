"""What may be done with a problem and with its measures: state × act × role → next state.

The one table of both; the guide's page and the tests are made from it. The role counts at the unit
that answers for it: a problem's is the one that it concerns, a measure's the responsible one. A
city's people enter for the city, and its supervisor decides for all below. `of` says of which of
the two a row is, where it is not of both. A relapse is nobody's act: a figure does it.
"""

from __future__ import annotations

from typing import NamedTuple

from indicators.collection.refusals import Refusal
from indicators.models import (
    Jurisdiction,
    Measure,
    Problem,
    ProblemAct,
    ProblemEvent,
    ProblemState,
    Role,
    User,
)
from indicators.models.path import ids_in

S, A = ProblemState, ProblemAct
Followed = Problem | Measure


class ProblemTransition(NamedTuple):
    """`role` is none where a figure acts."""

    state: ProblemState
    act: ProblemAct
    role: Role | None
    next: ProblemState
    of: type[Followed] | None = None


OFFICER, LEAD, SUPERVISOR = Role.OFFICER, Role.LEAD, Role.SUPERVISOR
IN_WORK = (S.OPEN, S.UNDER_WAY, S.SENT_BACK)
UNSETTLED = (S.OPEN, S.UNDER_WAY, S.HANDED_IN, S.SENT_BACK, S.RELAPSED)


def _kept(
    act: ProblemAct,
    states: tuple[ProblemState, ...],
    *roles: Role,
    of: type[Followed] | None = None,
) -> tuple[ProblemTransition, ...]:
    """Acts that leave the state as it is."""
    return tuple(ProblemTransition(one, act, role, one, of) for one in states for role in roles)


PROBLEM_TABLE = (
    ProblemTransition(S.OPEN, A.START, OFFICER, S.UNDER_WAY),
    ProblemTransition(S.OPEN, A.START, LEAD, S.UNDER_WAY),
    ProblemTransition(S.OPEN, A.START, SUPERVISOR, S.UNDER_WAY, Problem),
    ProblemTransition(S.OPEN, A.HAND_IN, LEAD, S.HANDED_IN),
    ProblemTransition(S.UNDER_WAY, A.HAND_IN, LEAD, S.HANDED_IN),
    ProblemTransition(S.SENT_BACK, A.HAND_IN, LEAD, S.HANDED_IN),
    ProblemTransition(S.HANDED_IN, A.ACCEPT, SUPERVISOR, S.ACCEPTED),
    ProblemTransition(S.HANDED_IN, A.SEND_BACK, SUPERVISOR, S.SENT_BACK),
    ProblemTransition(S.ACCEPTED, A.REOPEN, SUPERVISOR, S.UNDER_WAY),
    ProblemTransition(S.ACCEPTED, A.RELAPSE, None, S.RELAPSED, Problem),
    ProblemTransition(S.RELAPSED, A.REOPEN, SUPERVISOR, S.UNDER_WAY, Problem),
    ProblemTransition(S.RELAPSED, A.ACCEPT, SUPERVISOR, S.ACCEPTED, Problem),
    *_kept(A.NOTE, (S.UNDER_WAY, S.HANDED_IN, S.SENT_BACK), OFFICER, LEAD),
    *_kept(A.NOTE, UNSETTLED, SUPERVISOR),
    *_kept(A.DOCUMENT, (*IN_WORK, S.HANDED_IN), OFFICER, LEAD),
    *_kept(A.DOCUMENT, UNSETTLED, SUPERVISOR),
    *_kept(A.EDIT, UNSETTLED, SUPERVISOR),
    *_kept(A.ADD, UNSETTLED, SUPERVISOR, of=Problem),
)


def rows_of(thing: Followed) -> list[ProblemTransition]:
    """What the table says of it in its state, whoever acts."""
    return [
        row
        for row in PROBLEM_TABLE
        if row.state == thing.state and (row.of is None or isinstance(thing, row.of))
    ]


def next_problem_state(thing: Followed, act: ProblemAct) -> ProblemState:
    """The state to which the act leads. Refuses: problem_not_in_this_state."""
    for row in rows_of(thing):
        if row.act == act:
            return row.next
    state = ProblemState(thing.state).label
    raise Refusal("problem_not_in_this_state", act=act.label, state=state)


def problem_acts(thing: Followed, actor: User) -> list[ProblemAct]:
    """What the actor may do with it now, by the table, in the order of acts."""
    found = {row.act for row in rows_of(thing) if row.role and _has_role(row.role, thing, actor)}
    return [act for act in ProblemAct if act in found]


def has_problem_role_for(act: ProblemAct, thing: Followed, actor: User) -> bool:
    """Whether the actor has a role that the table gives the act, in any state, at the right unit.

    The problem must know its unit and duty area, a measure its own and its problem's.
    """
    return any(
        _has_role(row.role, thing, actor)
        for row in PROBLEM_TABLE
        if row.role and row.act == act and (row.of is None or isinstance(thing, row.of))
    )


def refuse_unless_problem_role(act: ProblemAct, thing: Followed, actor: User) -> None:
    """Refuses: not_your_act, also where another role would be needed in the state it is in."""
    rows = [row for row in rows_of(thing) if row.act == act]
    if rows:
        if not any(row.role and _has_role(row.role, thing, actor) for row in rows):
            raise Refusal("not_your_act", act=act.label)
    elif not has_problem_role_for(act, thing, actor):
        raise Refusal("not_your_act", act=act.label)


def supervises_unit(actor: User, unit: Jurisdiction) -> bool:
    """Whether the actor is a supervisor of the unit, or of one above it."""
    return not actor.scope.supervises.isdisjoint(ids_in(unit.path))


def refuse_own_acceptance(thing: Followed, actor: User) -> None:
    """Nobody accepts what they handed in. Refuses: handed_in_yourself. One query."""
    events = ProblemEvent.objects.filter(act=ProblemAct.HAND_IN)
    of = {"measure": thing} if isinstance(thing, Measure) else {"problem": thing, "measure": None}
    latest = events.filter(**of).order_by("-pk").values_list("change__actor", flat=True).first()
    if latest == actor.pk:
        raise Refusal("handed_in_yourself")


def _has_role(role: Role, thing: Followed, actor: User) -> bool:
    unit = thing.unit if isinstance(thing, Measure) else thing.jurisdiction
    problem = thing.problem if isinstance(thing, Measure) else thing
    if role == Role.OFFICER:
        return actor.scope.may_enter(unit.pk, problem.duty_area_id)
    if role == Role.LEAD:
        return unit.pk in actor.scope.leads
    return supervises_unit(actor, unit)
