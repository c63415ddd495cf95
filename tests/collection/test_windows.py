"""On which days a figure of a round may be entered: derived from dates when asked."""

import datetime

import pytest

from indicators.collection import Refusal, Window
from indicators.collection.openings import Opening
from indicators.models import Round, Submission, SubmissionEvent, SubmissionState

S = SubmissionState
ASKED = {1, 2, 3}


def day(number):
    return datetime.date(2022, 3, number)


def a_window(state=S.DRAFT, *, named=(), extended=None, reopened=None, closed=False):
    at = "2022-03-01T00:00:00Z"
    asked = Round(
        title="2021",
        opens_on=day(5),
        due_on=day(10),
        closes_on=day(20),
        opened_at=at,
        closed_at=at if closed else None,
    )
    submission = Submission(
        round=asked,
        state=state,
        extended_until=day(extended) if extended else None,
        reopened_until=day(reopened) if reopened else None,
    )
    event = SubmissionEvent(until=submission.reopened_until)
    return Window(submission, dict.fromkeys(named, Opening(event, "错")))


def refused(window, on, indicator=1):
    try:
        window.refuse_unless_enterable(indicator, ASKED, day(on))
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("state", [S.NOT_STARTED, S.DRAFT, S.CHECKED])
@pytest.mark.parametrize(
    ("on", "code"), [(4, "round_not_open"), (5, None), (10, None), (11, "past_due")]
)
def test_entry_is_open_from_the_opening_to_the_due_date_both_included(state, on, code):
    assert refused(a_window(state), on) == code


@pytest.mark.parametrize(("on", "code"), [(11, None), (15, None), (16, "past_due")])
def test_an_extension_lasts_to_its_last_day(on, code):
    assert refused(a_window(extended=15), on) == code


def test_an_extension_may_reach_past_the_closing_date():
    assert refused(a_window(extended=25), 25) is None
    assert refused(a_window(S.RETURNED, named=[1], extended=25), 25) is None


@pytest.mark.parametrize(("on", "code"), [(11, None), (20, None), (21, "past_closing")])
def test_what_was_returned_may_be_put_right_until_the_closing_date(on, code):
    assert refused(a_window(S.RETURNED, named=[1]), on) == code


def test_only_returned_figures_open_again():
    window = a_window(S.RETURNED, named=[1])
    assert [refused(window, 8, i) for i in (1, 2)] == [None, "not_returned"]


@pytest.mark.parametrize(("on", "code"), [(25, None), (26, "reopening_ended")])
@pytest.mark.parametrize("closed", [False, True])
def test_a_reopening_locks_by_itself_after_its_last_day(on, code, closed):
    assert refused(a_window(S.REOPENED, named=[1], reopened=25, closed=closed), on) == code


def test_only_reopened_figures_open_again():
    window = a_window(S.REOPENED, named=[2], reopened=25)
    assert [refused(window, 8, i) for i in (1, 2)] == ["not_reopened", None]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (S.SUBMITTED, "submitted_waits"),
        (S.APPROVED, "approved_locked"),
        (S.FROZEN, "approved_locked"),
    ],
)
def test_what_was_sent_is_locked_even_with_an_extension(state, code):
    assert refused(a_window(state, extended=25), 8) == code


@pytest.mark.parametrize("state", [S.NOT_STARTED, S.DRAFT, S.CHECKED, S.RETURNED])
def test_a_closed_round_takes_nothing_but_from_units_with_more_time(state):
    assert refused(a_window(state, named=[1], closed=True), 8) == "round_closed"
    assert refused(a_window(state, named=[1], extended=25, closed=True), 8) is None
    assert refused(a_window(state, named=[1], extended=25, closed=True), 26) == "round_closed"


def test_a_figure_that_the_round_does_not_ask_for_is_refused_whatever_the_day():
    assert refused(a_window(), 8, indicator=9) == "not_in_round"


def test_a_round_that_is_only_planned_takes_nothing():
    window = a_window()
    window.submission.round.opened_at = None
    assert refused(window, 8) == "round_not_open"
