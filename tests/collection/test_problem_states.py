"""The table of problems and measures: what it allows to whom, and that nothing lies outside it."""

import itertools

import pytest

from indicators.collection import (
    PROBLEM_TABLE,
    Refusal,
    next_problem_state,
    problem_acts,
    refuse_unless_problem_role,
)
from indicators.models import Measure, Problem, ProblemAct, ProblemState, Role

S, A = ProblemState, ProblemAct


def things(state, unit, area):
    """A problem, and a measure of it where a measure can be in the state."""
    unit.refresh_from_db()  # its path is written by a trigger
    problem = Problem(state=state, jurisdiction=unit, duty_area=area)
    yield problem
    if state != S.RELAPSED:
        yield Measure(state=state, unit=unit, problem=problem)


def rows_for(thing, act):
    return [
        row
        for row in PROBLEM_TABLE
        if row[:2] == (thing.state, act) and (row.of is None or isinstance(thing, row.of))
    ]


def test_each_state_and_act_leads_where_the_table_says_and_nowhere_else(north, children):
    for state, act in itertools.product(S, A):
        for thing in things(state, north, children.duty_area):
            rows = rows_for(thing, act)
            if rows:
                assert {next_problem_state(thing, act)} == {row.next for row in rows}
                continue
            with pytest.raises(Refusal) as refused:
                next_problem_state(thing, act)
            assert refused.value.code == "problem_not_in_this_state"


def test_each_act_in_each_state_belongs_to_the_roles_of_the_table(
    north, children, officer, other_officer, lead, supervisor, auditor, editor, administrator
):
    desks = {Role.OFFICER: officer, Role.LEAD: lead, Role.SUPERVISOR: supervisor}
    nobody = [other_officer, auditor, editor, administrator]
    for state in S:
        for thing in things(state, north, children.duty_area):
            for role, person in desks.items():
                wanted = {act for act in A if role in {row.role for row in rows_for(thing, act)}}
                assert set(problem_acts(thing, person)) == wanted, (state, role)
            assert [problem_acts(thing, person) for person in nobody] == [[]] * len(nobody)


def test_who_has_no_role_for_an_act_is_refused_it(north, children, officer):
    problem = Problem(state=S.HANDED_IN, jurisdiction=north, duty_area=children.duty_area)
    with pytest.raises(Refusal) as refused:
        refuse_unless_problem_role(A.ACCEPT, problem, officer)
    assert refused.value.code == "not_your_act"


def test_every_state_is_reached_and_none_is_a_trap():
    assert {row.next for row in PROBLEM_TABLE} | {S.OPEN} == set(S)
    assert {row.state for row in PROBLEM_TABLE if row.next != row.state} == set(S)


def test_a_relapse_is_nobodys_act():
    assert [row for row in PROBLEM_TABLE if (row.role is None) != (row.act == A.RELAPSE)] == []
