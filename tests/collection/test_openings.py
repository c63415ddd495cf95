"""What is opened to a unit is what was named, until its day: not what is asked later besides."""

import pytest
from django.utils import timezone

from indicators.collection import openings_of
from indicators.models import Submission, YearlyResult
from indicators.recording.reopening import approve_year, reopen_figures
from indicators.recording.round import reopen_round
from indicators.recording.submission import (
    approve,
    remark,
    reopen,
    return_submission,
    submit,
    take_back,
)
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_share, result
from tests.recording.test_steering import asking, closed, seen
from tests.recording.test_submission import refused, today
from tests.round_cast import days, fresh, make_round


@pytest.fixture
def more(db):
    return make_indicator("more")


def asked_besides(asked, supervisor, *more):
    asking(asked, supervisor, indicators=[*asked.indicators.all(), *more])


def submitted_again(one, lead):
    one = fresh(one)
    return submit(one, actor=lead, version=one.version)


def approved_again(one, lead, supervisor):
    one = submitted_again(one, lead)
    return approve(one, actor=supervisor, version=one.version)


def returned(one, supervisor, *codes):
    return return_submission(
        one,
        actor=supervisor,
        version=one.version,
        reason="核实",
        figures=dict.fromkeys(codes, "核实"),
    )


def opened_again(one, supervisor, *codes, until=3):
    one = fresh(one)
    return reopen(
        one,
        actor=supervisor,
        version=one.version,
        reason="更正",
        until=timezone.localdate() + days(until),
        figures=dict.fromkeys(codes, "更正"),
    )


def let_days_pass(monkeypatch, number):
    then = today() + days(number)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_kwargs: then)


# --- A reopening ends with its day, and with the next approval ------------------------------------


def test_asking_more_does_not_prolong_a_reopening(
    asked, reopened, more, children, north, officer, supervisor, monkeypatch
):
    let_days_pass(monkeypatch, 4)
    assert refused(enter, children, north, "999", actor=officer) == "reopening_ended"

    asked_besides(asked, supervisor, more)
    assert refused(enter, children, north, "999", actor=officer) == "reopening_ended"
    enter(more, north, "1", actor=officer)


def test_a_draft_of_a_reopening_that_is_over_does_not_go_with_what_is_asked_later(
    asked, reopened, more, children, north, officer, lead, supervisor, monkeypatch
):
    enter(children, north, "999", actor=officer)
    let_days_pass(monkeypatch, 4)
    asked_besides(asked, supervisor, more)
    enter(more, north, "1", actor=officer)
    approved_again(reopened, lead, supervisor)

    assert result(children, north, tier="approved").number == 100
    assert result(more, north, tier="approved").number == 1


def test_nor_does_one_that_the_closing_of_the_round_has_ended(
    asked, reopened, more, children, north, officer, lead, supervisor
):
    enter(children, north, "999", actor=officer)
    closed(asked, supervisor)
    now = seen(asked)
    reopen_round(now, actor=supervisor, version=now.version, reason="补报")
    asked_besides(asked, supervisor, more)
    enter(more, north, "1", actor=officer)
    one = submitted_again(reopened, lead)
    assert result(children, north).number == 100

    approve(one, actor=supervisor, version=one.version)
    assert result(children, north, tier="approved").number == 100


def test_what_was_submitted_in_time_is_approved_after_the_day(
    reopened, children, north, officer, lead, supervisor, monkeypatch
):
    enter(children, north, "120", actor=officer)
    one = submitted_again(reopened, lead)
    let_days_pass(monkeypatch, 4)
    approve(one, actor=supervisor, version=one.version)

    assert result(children, north, tier="approved").number == 120


def test_what_was_reopened_and_approved_again_is_not_returned(
    asked, reopened, more, north, officer, lead, supervisor
):
    one = approved_again(reopened, lead, supervisor)
    asked_besides(asked, supervisor, more)
    enter(more, north, "1", actor=officer)
    one = submitted_again(one, lead)

    sent_back = {"actor": supervisor, "version": one.version, "reason": "x"}
    figures = {"children": "核实"}
    assert refused(return_submission, one, figures=figures, **sent_back) == "approved_not_returned"


def test_what_is_reopened_anew_is_open_in_place_of_what_was(
    reopened, more, asked, children, children_public, north, officer, supervisor
):
    asked_besides(asked, supervisor, more)
    opened_again(reopened, supervisor, "children_public")

    assert refused(enter, children, north, "999", actor=officer) == "not_reopened"
    enter(children_public, north, "61", actor=officer)
    enter(more, north, "1", actor=officer)


def test_taking_back_opens_what_was_open(reopened, children, north, officer, lead):
    one = submitted_again(reopened, lead)
    assert openings_of(one).now == {}

    take_back(one, actor=lead, version=one.version)
    assert list(openings_of(one).now) == [children.pk]
    enter(children, north, "120", actor=officer)


# --- What is asked later and no longer ------------------------------------------------------------


def test_a_returned_figure_is_answered_also_when_more_is_asked(
    asked, submitted, more, north, officer, lead, supervisor
):
    returned(submitted, supervisor, "children")
    asked_besides(asked, supervisor, more)
    enter(more, north, "1", actor=officer)

    assert refused(submitted_again, submitted, lead) == "returned_not_answered"


@pytest.mark.parametrize("asks", [False, True])
def test_what_is_asked_no_longer_need_not_be_answered(
    asked, submitted, children, children_public, north, officer, lead, supervisor, asks
):
    if asks:
        remark(submitted, children_public, actor=supervisor, text="为何？")
    returned(submitted, supervisor, "children" if asks else "children_public")
    asking(asked, supervisor, indicators=[children])
    if asks:
        enter(children, north, "101", actor=officer)

    assert submitted_again(submitted, lead).state == "submitted"


def test_what_a_unit_need_not_enter_does_not_open_its_answer(asked, approved, supervisor):
    only = make_indicator("of_the_city", reporting_level="above")
    computed = make_share("computed", "children / children_public * 100")
    asked_besides(asked, supervisor, only, computed)

    assert fresh(approved).state == "approved"


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_was_asked_later_by_mistake_leaves_the_answer_as_it_was(
    asked, submitted, more, north, officer, lead, supervisor, state
):
    if state == "approved":
        approve(submitted, actor=supervisor, version=submitted.version)
    before = list(asked.indicators.all())
    asked_besides(asked, supervisor, more)
    assert fresh(submitted).state in ("returned", "reopened")

    asking(asked, supervisor, indicators=before)
    assert fresh(submitted).state == state


def test_what_was_returned_besides_stays_so(asked, submitted, more, supervisor):
    before = list(asked.indicators.all())
    returned(submitted, supervisor, "children")
    asked_besides(asked, supervisor, more)
    asking(asked, supervisor, indicators=before)

    assert fresh(submitted).state == "returned"


def test_an_approved_figure_that_is_asked_again_stays_locked(
    asked, reopened, children, children_public, north, officer, lead, supervisor
):
    enter(children, north, "999", actor=officer)
    asking(asked, supervisor, indicators=[children_public])
    approved_again(reopened, lead, supervisor)
    asking(asked, supervisor, indicators=[children_public, children])

    assert fresh(reopened).state == "approved"
    assert refused(enter, children, north, "998", actor=officer) == "approved_locked"
    assert result(children, north, tier="approved").number == 100


# --- What the round does not ask ------------------------------------------------------------------


@pytest.mark.parametrize("asks", ["another figure", "another unit", "no longer"])
def test_what_the_round_does_not_ask_is_reopened_by_itself(
    city, north, south, children, children_public, officer, supervisor, asks
):
    enter_approved(children, north, "60")
    indicators = [children] if asks == "another unit" else [children_public]
    units = [south] if asks == "another unit" else [north]
    if asks == "no longer":
        asked = make_round(city, supervisor, [children, children_public], units)
        asking(asked, supervisor, indicators=indicators)
    else:
        make_round(city, supervisor, indicators, units)
    code = {"another unit": "unit_not_in_round"}.get(asks, "not_in_round")
    assert refused(enter, children, north, "61", actor=officer) == code

    reopen_figures(
        north, YEAR, [children], actor=supervisor, reason="更正", until=today() + days(3)
    )
    enter(children, north, "61", actor=officer)
    assert result(children, north, tier="approved").number == 60
    approve_year(north, YEAR, actor=supervisor)
    assert result(children, north, tier="approved").number == 61
    assert refused(enter, children, north, "62", actor=officer) == code or "approved_locked"


# --- What was never approved ----------------------------------------------------------------------


def test_what_was_never_approved_is_not_frozen(asked, submitted, children, north, supervisor):
    returned(submitted, supervisor, "children")
    closed(asked, supervisor)
    opened_again(submitted, supervisor, "children")
    now = seen(asked)
    reopen_round(now, actor=supervisor, version=now.version, reason="补报")
    closed(asked, supervisor)

    assert fresh(submitted).state == "reopened"
    approved = YearlyResult.objects.filter(jurisdiction=north, tier="approved")
    assert not approved.exclude(basis="").exists()
    now = seen(asked)
    reopen_round(now, actor=supervisor, version=now.version, reason="补报")
    assert Submission.objects.get(pk=submitted.pk).state == "reopened"
