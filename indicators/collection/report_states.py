"""What may be done with a report: state × act × role → next state. The one table."""

from __future__ import annotations

from typing import NamedTuple

from indicators.collection.refusals import Refusal
from indicators.models import ParagraphVersion, Report, ReportAct, ReportState, Role, User

A, S = ReportAct, ReportState


class ReportTransition(NamedTuple):
    state: ReportState
    act: ReportAct
    role: Role
    next: ReportState


OFFICER, LEAD, SUPERVISOR = Role.OFFICER, Role.LEAD, Role.SUPERVISOR
REPORT_TABLE = (
    ReportTransition(S.DRAFT, A.WRITE, OFFICER, S.DRAFT),
    ReportTransition(S.DRAFT, A.WRITE, LEAD, S.DRAFT),
    ReportTransition(S.DRAFT, A.SUBMIT, LEAD, S.SUBMITTED),
    ReportTransition(S.SUBMITTED, A.RETURN, SUPERVISOR, S.RETURNED),
    ReportTransition(S.SUBMITTED, A.APPROVE, SUPERVISOR, S.APPROVED),
    ReportTransition(S.RETURNED, A.WRITE, OFFICER, S.RETURNED),
    ReportTransition(S.RETURNED, A.WRITE, LEAD, S.RETURNED),
    ReportTransition(S.RETURNED, A.SUBMIT, LEAD, S.SUBMITTED),
    ReportTransition(S.APPROVED, A.FREEZE, SUPERVISOR, S.APPROVED),
    ReportTransition(S.APPROVED, A.REOPEN, SUPERVISOR, S.RETURNED),
)


def next_report_state(report: Report, act: ReportAct, actor: User) -> ReportState:
    """The state to which the act leads. Refuses: not_your_act, report_not_in_this_state."""
    rows = [row for row in REPORT_TABLE if row.act == act]
    roles = {row.role for row in rows} & _roles(report, actor)
    if not roles:
        raise Refusal("not_your_act", act=act.label)
    for row in rows:
        if row.state == report.state and row.role in roles:
            return row.next
    state = ReportState(report.state).label
    raise Refusal("report_not_in_this_state", act=act.label, state=state)


def report_acts(report: Report, actor: User) -> set[ReportAct]:
    """What the actor may do with the report as it is now."""
    roles = _roles(report, actor)
    return {row.act for row in REPORT_TABLE if row.state == report.state and row.role in roles}


def refuse_unless_others_wrote(report: Report, actor: User) -> None:
    """Refuses: wrote_it_yourself, as nobody approves what they wrote."""
    own = ParagraphVersion.objects.filter(paragraph__report=report, change__actor=actor)
    if own.exists():
        raise Refusal("wrote_it_yourself")


def _roles(report: Report, actor: User) -> set[Role]:
    """The roles that the actor has towards the report: at its unit, or above it."""
    scope, unit = actor.scope, report.jurisdiction
    found = set()
    if unit.pk in scope.enters:
        found.add(OFFICER)
    if unit.pk in scope.leads:
        found.add(LEAD)
    if unit.pk in scope.supervises or unit.parent_id in scope.supervises:
        found.add(SUPERVISOR)
    return found
