"""What is done to a problem and to its measures, from raising it to its acceptance.

Each act is one transaction: the problem is locked, then role, version and state are asked of
`collection`, the event is written. Two people at once: the second is told what the first did
(problem_moved). Acts on measures lock their problem as well, so that none is accepted while one of
its measures is taken up again. What is raised and passed down stands in `measure`; a relapse, which
is no person's act, in `relapse`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from indicators import results
from indicators.collection import (
    Refusal,
    next_problem_state,
    refuse_own_acceptance,
    refuse_unless_problem_role,
    supervises_unit,
)
from indicators.models import (
    Change,
    Criterion,
    Indicator,
    Jurisdiction,
    Measure,
    Problem,
    ProblemAct,
    ProblemDocument,
    ProblemEvent,
    ProblemState,
    User,
)
from indicators.recording.change import record_change
from indicators.recording.codes import next_code
from indicators.recording.findings import listed
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import proofs

TITLE_LENGTH, TEXT_LENGTH = 100, 2000
A = ProblemAct


@dataclass
class Following:
    """A problem, or one of its measures, held for an act."""

    problem: Problem
    measure: Measure | None
    actor: User
    change: Change

    @property
    def thing(self) -> Problem | Measure:
        return self.measure or self.problem


@transaction.atomic
def raise_problem(
    problem: Problem, *, actor: User, reason: str = "", criteria: Sequence[Criterion] = ()
) -> Problem:
    """Store a new problem, which gets its number, with the figures that would show it solved.

    Refuses: not_your_act, title_missing, too_long, null_character.
    """
    problem.jurisdiction = Jurisdiction.objects.get(pk=problem.jurisdiction_id)
    if not supervises_unit(actor, problem.jurisdiction):
        raise Refusal("not_your_act", act=A.RAISE.label)
    _refuse_odd(problem)
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    # W, the year, and 0 for the group that those raised by hand have.
    problem.code = next_code(Problem, f"W{problem.year}0", digits=2)
    problem.state = ProblemState.OPEN
    problem.save()
    _set_criteria(problem, criteria)
    record_event(problem, None, A.RAISE, "", record_change(actor=actor, reason=reason.strip()))
    return problem


def edit_problem(
    problem: Problem,
    *,
    actor: User,
    version: int,
    title: str,
    description: str,
    reason: str = "",
    criteria: Sequence[Criterion] | None = None,
) -> Problem:
    """Say it otherwise, or choose other figures to prove it (None leaves them).

    Refuses as all acts do (not_your_act, problem_moved, problem_not_in_this_state), and:
    title_missing, too_long, null_character.
    """
    with acting(problem, A.EDIT, actor=actor, version=version, reason=reason) as act:
        act.problem.title, act.problem.description = title.strip(), description.strip()
        _refuse_odd(act.problem)
        if criteria is not None:
            _set_criteria(act.problem, criteria)
    return act.problem


def start(
    thing: Problem | Measure, *, actor: User, version: int, reason: str = ""
) -> Problem | Measure:
    """Begin the work. Words to it answer a task. Refuses as all acts do."""
    return _done(thing, A.START, actor=actor, version=version, reason=reason, answers=True)


def note(thing: Problem | Measure, *, actor: User, version: int, reason: str) -> Problem | Measure:
    """Say how far it has come; by the unit, it answers a task. Refuses as all acts do, and:
    act_reason_missing."""
    _refuse_without_reason(reason)
    return _done(thing, A.NOTE, actor=actor, version=version, reason=reason, answers=True)


def hand_in(
    thing: Problem | Measure, *, actor: User, version: int, reason: str
) -> Problem | Measure:
    """Hand in for acceptance, with what was done. Refuses as all acts do, and:
    act_reason_missing."""
    _refuse_without_reason(reason)
    return _done(thing, A.HAND_IN, actor=actor, version=version, reason=reason, answers=True)


def send_back(
    thing: Problem | Measure, *, actor: User, version: int, reason: str
) -> Problem | Measure:
    """Not accepted: the unit has to answer again. Refuses as all acts do, and:
    act_reason_missing."""
    _refuse_without_reason(reason)
    return _done(thing, A.SEND_BACK, actor=actor, version=version, reason=reason, answers=False)


def reopen(
    thing: Problem | Measure, *, actor: User, version: int, reason: str
) -> Problem | Measure:
    """Take up again what was accepted, or a problem that relapsed. Refuses as all acts do, and:
    act_reason_missing."""
    _refuse_without_reason(reason)
    return _done(thing, A.REOPEN, actor=actor, version=version, reason=reason, answers=False)


def accept(
    thing: Problem | Measure, *, actor: User, version: int, reason: str = ""
) -> Problem | Measure:
    """Accept it as solved. Of a problem all measures are accepted, and its figures show it, or the
    reason says why it is accepted without; those that show it are watched from then on.

    Refuses as all acts do, and: handed_in_yourself, measures_open, figures_short.
    """
    with transaction.atomic():
        # Before the problem, as a write of figures does: it must not wait for what waits for it.
        if isinstance(thing, Problem):
            results.current_snapshot(lock=results.Lock.SHARED)
            proofs(_criteria(thing), hold=True)
        with acting(thing, A.ACCEPT, actor=actor, version=version, reason=reason) as act:
            refuse_own_acceptance(act.thing, actor)
            if act.measure is None:
                _refuse_open_measures(act.problem)
                _watch(act.problem, reason)
    return act.thing


def name_document(
    thing: Problem | Measure,
    *,
    actor: User,
    version: int,
    title: str,
    issued_by: str = "",
    number: str = "",
    issued_on: datetime.date | None = None,
) -> ProblemDocument:
    """Keep which document orders or proves it. Refuses as all acts do, and: title_missing,
    too_long, null_character."""
    if not title.strip():
        raise Refusal("title_missing", field="title")
    for name, text, limit in (
        ("title", title, 200),
        ("issued_by", issued_by, 100),
        ("number", number, 60),
    ):
        refuse_odd_text(text, limit, name)
    with acting(thing, A.DOCUMENT, actor=actor, version=version, reason=title) as act:
        return ProblemDocument.objects.create(
            problem=act.problem,
            measure=act.measure,
            title=title.strip(),
            issued_by=issued_by.strip(),
            number=number.strip(),
            issued_on=issued_on,
            change=act.change,
        )


@contextmanager
def acting(
    thing: Problem | Measure, act: ProblemAct, *, actor: User, version: int, reason: str = ""
) -> Iterator[Following]:
    """Hold the problem, and the measure; after the caller's part, write the new state and the
    event. Work on a measure begins the work on its problem.

    Refuses: not_your_act, problem_moved, problem_not_in_this_state, problem_settled, too_long,
    null_character.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    with transaction.atomic():
        pk = thing.problem_id if isinstance(thing, Measure) else thing.pk
        problem = _held(pk)
        measure = None
        if isinstance(thing, Measure):
            measure = Measure.objects.select_related("unit").get(pk=thing.pk)
            measure.problem = problem
        held: Problem | Measure = measure or problem
        refuse_unless_problem_role(act, held, actor)
        if held.version != version:
            raise _moved(held)
        if measure is not None and problem.is_settled:
            raise Refusal("problem_settled", code=problem.code)
        before, after = held.state, next_problem_state(held, act)
        change = record_change(actor=actor, reason=reason.strip())
        yield Following(problem, measure, actor, change)
        held.state, held.version = after, held.version + 1
        held.save()
        if measure is not None and before != after and problem.state == ProblemState.OPEN:
            problem.state, problem.version = ProblemState.UNDER_WAY, problem.version + 1
            problem.save(update_fields=["state", "version"])
            record_event(problem, None, A.START, ProblemState.OPEN, change)
        record_event(problem, measure, act, before, change)


def record_event(
    problem: Problem, measure: Measure | None, act: ProblemAct, before: str, change: Change
) -> ProblemEvent:
    """Keep what was done, and to which state it led."""
    return ProblemEvent.objects.create(
        problem=problem,
        measure=measure,
        act=act,
        from_state=before,
        to_state=(measure or problem).state,
        change=change,
    )


def _done(
    thing: Problem | Measure,
    act: ProblemAct,
    *,
    actor: User,
    version: int,
    reason: str,
    answers: bool,
) -> Problem | Measure:
    with acting(thing, act, actor=actor, version=version, reason=reason) as doing:
        measure = doing.measure
        if measure is not None and answers:
            by_unit = measure.unit_id in actor.scope.own
            measure.answered = measure.answered or (by_unit and bool(reason.strip()))
        elif measure is not None:
            measure.answered = False
    return doing.thing


def _held(pk: int) -> Problem:
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=pk)
    problem.jurisdiction = Jurisdiction.objects.get(pk=problem.jurisdiction_id)
    return problem


def _criteria(problem: Problem) -> Sequence[Criterion]:
    return list(problem.criteria.select_related("indicator", "jurisdiction"))


def _set_criteria(problem: Problem, criteria: Sequence[Criterion]) -> None:
    problem.criteria.all().delete()
    for one in criteria:
        one.pk, one.problem, one.held = None, problem, False
    Criterion.objects.bulk_create(criteria)


def _watch(problem: Problem, reason: str) -> None:
    criteria = _criteria(problem)
    found = proofs(criteria)
    short = [one for one in criteria if not found[one.pk].holds]
    if short and not reason.strip():
        names = listed([Indicator.__str__(one.indicator) for one in short])
        raise Refusal("figures_short", field="reason", names=names)
    for one in criteria:
        one.held = one not in short
    Criterion.objects.bulk_update(criteria, ["held"])


def _refuse_open_measures(problem: Problem) -> None:
    left = list(problem.measures.unsettled())
    if left:
        names = listed([one.title for one in left])
        raise Refusal("measures_open", n=len(left), names=names)


def _refuse_odd(problem: Problem) -> None:
    if not problem.title.strip():
        raise Refusal("title_missing", field="title")
    refuse_odd_text(problem.title, TITLE_LENGTH, "title")
    refuse_odd_text(problem.description, TEXT_LENGTH, "description")


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")


def _moved(held: Problem | Measure) -> Refusal:
    of = {"measure": held} if isinstance(held, Measure) else {"problem": held, "measure": None}
    latest = ProblemEvent.objects.filter(**of).select_related("change__actor").order_by("-pk")
    event = latest.first()
    actor = event.change.actor if event else None
    return Refusal(
        "problem_moved",
        who=actor.get_full_name() if actor else A.RELAPSE.label,
        state=ProblemState(held.state).label,
    )
