"""Whatever a few people do with a problem, its measures and its figure: every step is a row of the
table, whoever comes late is told, and what is refused changes nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from indicators.collection import Refusal
from indicators.collection.problem_states import PROBLEM_TABLE, has_problem_role_for
from indicators.models import (
    Criterion,
    Measure,
    Problem,
    ProblemAct,
    ProblemDocument,
    ProblemEvent,
    ProblemState,
)
from indicators.recording import problem as door
from indicators.recording.measure import add_measure
from indicators.results import proofs
from tests.cast import YEAR, enter_approved

ACTS = {
    ProblemAct.START: door.start,
    ProblemAct.NOTE: door.note,
    ProblemAct.HAND_IN: door.hand_in,
    ProblemAct.ACCEPT: door.accept,
    ProblemAct.SEND_BACK: door.send_back,
    ProblemAct.REOPEN: door.reopen,
}
BOOKS = (Problem, Measure, Criterion, ProblemEvent, ProblemDocument)
PLACES = st.integers(0, 4)
WORDS = st.sampled_from(["", "做了"])
STEP = st.one_of(
    st.tuples(
        st.sampled_from([*ACTS]), PLACES, PLACES, st.booleans(), st.sampled_from(["", "做了"])
    ),
    st.tuples(st.just(ProblemAct.ADD), PLACES, PLACES, st.booleans(), st.just("")),
    st.tuples(st.just("figure"), st.sampled_from(["80", "99", "100", "120"])),
)
# So that plays come further than random steps would bring them.
SOLVED = [
    ("figure", "120"),
    (ProblemAct.HAND_IN, 0, 1, False, "做了"),
    (ProblemAct.ACCEPT, 0, 2, False, ""),
]


def pictured():
    return [list(book._default_manager.order_by("pk").values_list()) for book in BOOKS]


@pytest.fixture
def world(city, north, south, children, officer, lead, other_officer, supervisor):
    """A problem of a district that its number of children would show solved, and people of it, of
    another district and of the city."""
    problem = door.raise_problem(
        Problem(jurisdiction=north, duty_area=children.duty_area, title="学位不足", year=YEAR),
        actor=supervisor,
        criteria=[
            Criterion(
                jurisdiction=north, indicator=children, comparator="ge", value=100, from_year=YEAR
            )
        ],
    )
    people = [officer, lead, supervisor, other_officer]
    return problem, north, children, people


def play(world, steps):
    problem, north, children, people = world
    for step in steps:
        if step[0] == "figure":
            enter_approved(children, north, step[1])
        else:
            act, place, who, late, words = step
            measures = list(problem.measures.order_by("number"))
            things = [problem, *measures]
            thing = type(things[place % len(things)]).objects.get(pk=things[place % len(things)].pk)
            does(act, thing, people[who % len(people)], late, words, north)
        holds(problem)


def does(act, thing, actor, late, words, unit):
    """Do it; what is done has the right, is a row of the table and not late, else nothing moved."""
    before, state, version = pictured(), thing.state, thing.version
    refused = None
    seen = version - 1 if late else version
    try:
        with transaction.atomic():
            if act == ProblemAct.ADD:
                add_measure(
                    thing if isinstance(thing, Problem) else thing.problem,
                    Measure(title="扩建", unit=unit),
                    actor=actor,
                    version=seen,
                )
            else:
                ACTS[act](thing, actor=actor, version=seen, reason=words)
    except Refusal as refusal:
        refused = refusal
    if refused:
        assert refused.message
        assert pictured() == before
        return
    assert not late
    if act == ProblemAct.ADD and isinstance(thing, Measure):
        return  # over the version of its problem, which happened to be the same
    now = type(thing).objects.get(pk=thing.pk)
    assert now.version == version + 1
    assert has_problem_role_for(act, now, actor)
    rows = {
        (row.state, row.act, row.next)
        for row in PROBLEM_TABLE
        if row.of is None or isinstance(now, row.of)
    }
    assert (state, act, now.state) in rows
    if act == ProblemAct.ACCEPT and isinstance(now, Problem):
        assert words or all(one.held for one in now.criteria.all())


def holds(problem):
    """What is true of it at any time."""
    now = Problem.objects.get(pk=problem.pk)
    event(now.state)
    events = list(now.events.filter(measure=None).order_by("pk"))
    assert now.version == len(events)
    assert now.state == events[-1].to_state
    for earlier, later in pairwise(events):
        assert later.from_state == earlier.to_state
    for measure in now.measures.all():
        assert measure.version == measure.events.count()
        assert measure.state != ProblemState.RELAPSED
    criteria = list(now.criteria.select_related("indicator", "jurisdiction"))
    if now.state == ProblemState.ACCEPTED:
        assert not now.measures.unsettled().exists()
        shown = proofs(criteria)
        assert all(shown[one.pk].holds for one in criteria if one.held)
    if now.state == ProblemState.RELAPSED:
        assert not any(one.held for one in criteria)
        assert events[-1].change.actor is None or events[-1].act != ProblemAct.RELAPSE


def settled(**given):
    return settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        **given,
    )


@settled(max_examples=25, derandomize=True)
@given(steps=st.lists(STEP, max_size=12), solved=st.booleans())
def test_a_problem_holds_whatever_a_few_do(world, steps, solved):
    with transaction.atomic():
        play(world, [*(SOLVED if solved else ()), *steps])
        transaction.set_rollback(True)


@pytest.mark.thorough
@settled(max_examples=150)
@given(steps=st.lists(STEP, max_size=30), solved=st.booleans())
def test_a_problem_holds_whatever_many_do(world, steps, solved):
    with transaction.atomic():
        play(world, [*(SOLVED if solved else ()), *steps])
        transaction.set_rollback(True)
