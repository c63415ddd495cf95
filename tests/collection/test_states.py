"""The table of states: what it allows, and that nothing lies outside it."""

import itertools

import pytest

from indicators.collection import TABLE, Refusal, allows, has_role_for, next_state
from indicators.models import Act, Role, Round, Submission, SubmissionState

S = SubmissionState
OPENED = "2022-01-01T00:00:00Z"


# What is returned after the closing has no other way on; before it none is needed.
AFTER_CLOSING = [row for row in TABLE if row[:2] == (S.RETURNED, Act.REOPEN)]
# What was never approved has nothing to be frozen.
IF_APPROVED = [row for row in TABLE if row[:2] == (S.REOPENED, Act.FREEZE)]


def a_submission(state, **of_round):
    return Submission(state=state, round=Round(opened_at=OPENED, **of_round))


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in TABLE if row not in IF_APPROVED])
def test_a_row_of_the_table_leads_to_its_state(row):
    closed_at = OPENED if row in AFTER_CLOSING else None
    assert next_state(a_submission(row.state, closed_at=closed_at), row.act) == row.next


@pytest.mark.django_db
def test_whatever_is_not_in_the_table_is_refused():
    conditional = {row[:2] for row in [*AFTER_CLOSING, *IF_APPROVED]}
    known = {(row.state, row.act) for row in TABLE} - conditional
    for state, act in itertools.product(S, Act):
        submission = a_submission(state)
        assert allows(submission, act) == ((state, act) in known)
        if (state, act) not in known:
            with pytest.raises(Refusal) as refused:
                next_state(submission, act)
            assert refused.value.code == "not_in_this_state"


def test_what_was_approved_and_reopened_is_frozen_again(reopened):
    assert next_state(reopened, Act.FREEZE) == S.FROZEN


def test_an_act_in_a_state_is_one_row_for_one_role():
    assert len({(row.state, row.act) for row in TABLE}) == len(TABLE)
    roles = {row.act: row.role for row in TABLE}
    assert [row for row in TABLE if row.role != roles[row.act]] == []


def test_every_state_is_reached_and_none_is_a_trap():
    reached = {row.next for row in TABLE} | {S.NOT_STARTED}
    assert reached == set(S)
    assert {row.state for row in TABLE} == set(S)


def test_back_from_what_was_sent_lead_the_unit_itself_a_return_a_reopening_and_more_that_is_asked():
    sent = {S.SUBMITTED, S.APPROVED, S.FROZEN}
    back = {row.act for row in TABLE if row.state in sent and row.next not in sent}
    assert back == {Act.TAKE_BACK, Act.RETURN, Act.REOPEN, Act.ADD}


def test_what_is_approved_after_the_closing_is_frozen_at_once():
    assert next_state(a_submission(S.SUBMITTED, closed_at=OPENED), Act.APPROVE) == S.FROZEN


def test_each_act_belongs_to_one_role_at_the_right_unit(
    of_north, officer, other_officer, city_officer, lead, supervisor, auditor, editor
):
    people = [officer, other_officer, city_officer, lead, supervisor, auditor, editor]
    may = {
        act: [user.username for user in people if has_role_for(act, of_north, user)]
        for act in {row.act for row in TABLE}
    }
    enters, leads, decides = ["officer", "city_officer"], ["lead"], ["supervisor"]
    of_role = {Role.OFFICER: enters, Role.LEAD: leads, Role.SUPERVISOR: decides}
    assert may == {row.act: of_role[row.role] for row in TABLE}
