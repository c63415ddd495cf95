"""A unit takes back what it has submitted, until the city's review has begun."""

import pytest
from django.utils import timezone

from indicators.models import Notice, Submission, YearlyResult
from indicators.recording.submission import (
    approve,
    check_submission,
    remark,
    reopen,
    return_submission,
    submit,
    take_back,
)
from tests.cast import YEAR, enter
from tests.recording.flow import refused
from tests.round_cast import days, fresh, move_days


def back(submission, lead, **given):
    given = {"version": fresh(submission).version} | given
    return take_back(submission, actor=lead, **given)


def send_back(submission, supervisor):
    return return_submission(
        submission,
        actor=supervisor,
        version=submission.version,
        reason="核对",
        figures={"children": "与年报不符"},
    )


def reported(indicator, unit):
    return YearlyResult.objects.get(
        indicator=indicator, jurisdiction=unit, year=YEAR, tier="reported"
    ).number


def test_it_is_entered_and_submitted_again(submitted, lead, officer, children, north):
    taken = back(submitted, lead, reason="漏报一所学校")
    assert taken.state == "draft"

    enter(children, north, "105", actor=officer)
    again = submit(taken, actor=lead, version=fresh(taken).version)
    assert (again.state, again.times_submitted, reported(children, north)) == ("submitted", 2, 105)


def test_what_was_submitted_stays_reported_until_the_next_submission(
    submitted, lead, officer, children, north
):
    back(submitted, lead)
    enter(children, north, "105", actor=officer)

    assert reported(children, north) == 100


def test_it_is_in_the_history_and_told_to_the_city(submitted, lead, supervisor):
    Notice.objects.all().delete()
    back(submitted, lead, reason="漏报一所学校")

    event = submitted.events.latest("pk")
    assert (event.act, event.from_state, event.to_state) == ("take_back", "submitted", "draft")
    assert (event.change.actor, event.change.reason) == (lead, "漏报一所学校")
    told = Notice.objects.values_list("recipient__username", "kind")
    assert list(told) == [("supervisor", "taken_back")]


def test_what_was_checked_is_a_draft_again(
    of_north, lead, officer, children, children_public, north
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    checked = check_submission(of_north, actor=lead, version=fresh(of_north).version)
    sent = submit(checked, actor=lead, version=checked.version)

    assert back(sent, lead).state == "draft"


def test_after_a_return_only_the_returned_figures_are_open_again(
    submitted, lead, officer, supervisor, children, children_public, north
):
    returned = send_back(submitted, supervisor)
    enter(children, north, "120", actor=officer)
    sent = submit(returned, actor=lead, version=returned.version)

    assert back(sent, lead).state == "returned"
    assert refused(enter, children_public, north, "61", actor=officer) == "not_returned"
    enter(children, north, "121", actor=officer)
    assert submit(sent, actor=lead, version=fresh(sent).version).state == "submitted"


def test_after_a_reopening_only_the_reopened_figures_are_open_again(
    reopened, lead, officer, children, children_public, north
):
    enter(children, north, "120", actor=officer, note="更正")
    sent = submit(reopened, actor=lead, version=reopened.version)

    assert back(sent, lead).state == "reopened"
    assert refused(enter, children_public, north, "61", actor=officer) == "not_reopened"
    enter(children, north, "121", actor=officer, note="更正")


def test_once_the_city_has_asked_the_review_has_begun(submitted, lead, supervisor, children):
    remark(submitted, children, actor=supervisor, text="为何？")

    assert refused(back, submitted, lead) == "review_begun"
    remark(submitted, children, actor=lead, text="含借读生。")
    assert refused(back, submitted, lead) == "review_begun"
    assert fresh(submitted).state == "submitted"


def test_what_was_asked_before_the_latest_submission_does_not_count(
    submitted, lead, officer, supervisor, children, north
):
    remark(submitted, children, actor=supervisor, text="为何？")
    returned = send_back(submitted, supervisor)
    remark(returned, children, actor=lead, text="已更正。")
    enter(children, north, "120", actor=officer)
    sent = submit(returned, actor=lead, version=returned.version)

    assert back(sent, lead).state == "returned"


def test_a_word_of_the_unit_itself_begins_no_review(submitted, lead, officer, children):
    remark(submitted, children, actor=officer, text="含借读生。")

    assert back(submitted, lead).state == "draft"


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_over_a_decision_that_came_first_it_is_told_who_was_first(
    submitted, lead, supervisor, decision
):
    seen = submitted.version
    if decision == "approve":
        approve(submitted, actor=supervisor, version=seen)
    else:
        send_back(submitted, supervisor)

    assert refused(back, submitted, lead, version=seen) == "submission_moved"
    assert refused(back, submitted, lead) == "not_in_this_state"


def test_a_decision_over_what_was_taken_back_is_told_so(submitted, lead, supervisor):
    seen = submitted.version
    back(submitted, lead)

    late = Submission.objects.get(pk=submitted.pk)
    assert refused(approve, late, actor=supervisor, version=seen) == "submission_moved"
    assert refused(back, submitted, lead, version=seen) == "submission_moved"


@pytest.mark.parametrize("name", ["officer", "supervisor", "other_officer", "auditor"])
def test_only_the_units_lead_takes_it_back(submitted, name, request):
    assert refused(back, submitted, request.getfixturevalue(name)) == "not_your_act"


def test_when_the_days_for_entering_are_over_it_stays_submitted(submitted, lead):
    """Or it would lie with neither: the city could not review it, nor the unit send it again."""
    move_days(submitted.round, opens=-20, due=-1, closes=10)

    assert refused(back, submitted, lead) == "too_late_to_take_back"
    assert fresh(submitted).state == "submitted"


def test_when_the_reopening_has_ended_it_stays_submitted(
    reopened, lead, officer, children, north, supervisor, monkeypatch
):
    enter(children, north, "120", actor=officer, note="更正")
    sent = submit(reopened, actor=lead, version=reopened.version)
    day = timezone.localdate() + days(4)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_kwargs: day)

    assert refused(back, sent, lead) == "too_late_to_take_back"


def test_after_a_reopening_of_other_figures_a_first_one_is_not_opened_again(
    approved, lead, officer, supervisor, children, children_public, north
):
    for code, figure in (("children", children), ("children_public", children_public)):
        opened = reopen(
            fresh(approved),
            actor=supervisor,
            version=fresh(approved).version,
            reason="更正",
            until=timezone.localdate() + days(3),
            figures={code: "录入错误"},
        )
        enter(figure, north, "70", actor=officer, note="更正")
        sent = submit(opened, actor=lead, version=opened.version)
        if code == "children":
            approve(sent, actor=supervisor, version=sent.version)

    back(sent, lead)
    assert refused(enter, children, north, "71", actor=officer, note="更正") == "not_reopened"
