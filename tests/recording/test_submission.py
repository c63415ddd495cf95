"""The flow from draft to approved: what stands, what is locked, and what is refused to whom."""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Membership, Remark, Standing, User, YearlyResult
from indicators.recording.round import close_round
from indicators.recording.submission import (
    approve,
    check_submission,
    extend,
    remark,
    reopen,
    return_submission,
    submit,
)
from indicators.results import rebuild
from tests.cast import YEAR, enter, make_unit, make_user, result
from tests.recording.flow import refused
from tests.round_cast import days, fresh, move_days


def number(indicator, unit, tier):
    row = YearlyResult.objects.filter(
        indicator=indicator, jurisdiction=unit, year=YEAR, tier=tier
    ).first()
    return row.number if row else None


def stands(indicator, unit):
    return [number(indicator, unit, tier) for tier in ("reported", "approved")]


def send_back(submission, supervisor, **figures):
    return return_submission(
        submission,
        actor=supervisor,
        version=submission.version,
        reason="请核对",
        figures=figures or {"children": "与统计年报不符"},
    )


def today():
    return timezone.localdate()


# --- What stands ----------------------------------------------------------------------------------


def test_a_draft_stands_nowhere(of_north, children, north, officer):
    enter(children, north, "100", actor=officer)

    assert stands(children, north) == [None, None]
    assert Standing.objects.count() == 0
    assert fresh(of_north).state == "draft"


def test_what_was_submitted_stands_as_reported(submitted, children, share, north):
    assert stands(children, north) == [100, None]
    assert result(share, north).number == 60


def test_what_was_approved_stands_as_approved(approved, children, share, north):
    assert stands(children, north) == [100, 100]
    assert result(share, north, tier="approved").number == 60
    assert rebuild.check()[1] == []


def test_what_is_changed_after_a_return_shows_what_was_last_submitted(
    submitted, children, north, officer, lead, supervisor
):
    returned = send_back(submitted, supervisor)
    enter(children, north, "120", actor=officer)
    assert stands(children, north) == [100, None]

    again = submit(returned, actor=lead, version=returned.version)
    assert stands(children, north) == [120, None]
    approve(again, actor=supervisor, version=again.version)
    assert stands(children, north) == [120, 120]


def test_a_correction_after_reopening_stands_as_approved_only_when_approved(
    approved, children, north, officer, lead, supervisor
):
    opened = reopen(
        approved,
        actor=supervisor,
        version=approved.version,
        reason="更正",
        until=today() + days(3),
        figures={"children": "统计口径有误"},
    )
    enter(children, north, "130", actor=officer)
    assert stands(children, north) == [100, 100]
    again = submit(opened, actor=lead, version=opened.version)
    assert stands(children, north) == [130, 100]
    approve(again, actor=supervisor, version=again.version)
    assert stands(children, north) == [130, 130]


# --- Locks ----------------------------------------------------------------------------------------


def test_what_was_submitted_is_locked_until_it_is_returned(submitted, children, north, officer):
    assert refused(enter, children, north, "1", actor=officer) == "submitted_waits"


def test_only_returned_figures_open_again(
    submitted, children, children_public, north, officer, supervisor
):
    send_back(submitted, supervisor)

    assert refused(enter, children_public, north, "1", actor=officer) == "not_returned"
    assert enter(children, north, "120", actor=officer).version == 2


def test_the_latest_return_alone_says_what_is_open(
    submitted, children, children_public, north, officer, lead, supervisor
):
    returned = send_back(submitted, supervisor)
    remark(returned, children, actor=officer, text="与年报一致。")
    again = submit(returned, actor=lead, version=returned.version)
    send_back(again, supervisor, children_public="请附说明")

    assert refused(enter, children, north, "1", actor=officer) == "not_returned"
    assert enter(children_public, north, "61", actor=officer).version == 2


def test_what_was_approved_is_locked(approved, children, north, officer):
    assert refused(enter, children, north, "1", actor=officer) == "approved_locked"


def test_a_city_officer_is_held_up_as_the_district_is(submitted, children, north, city_officer):
    code = refused(enter, children, north, "1", actor=city_officer, reason="代填")
    assert code == "submitted_waits"


def test_a_figure_of_another_year_is_no_matter_of_the_round(submitted, children, north, officer):
    enter(children, north, "90", actor=officer, year=YEAR - 1)
    assert result(children, north, year=YEAR - 1).number == 90


def test_a_unit_that_the_round_does_not_ask_enters_nothing(of_north, children, north, officer):
    east = make_unit("500103", "东区", parent=of_north.round.city)
    person = make_user("east", "officer", east)
    assert refused(enter, children, east, "1", actor=person) == "unit_not_in_round"


def test_late_entry_needs_an_extension(of_north, children, north, officer, supervisor):
    move_days(of_north.round, opens=-9, due=-1, closes=20)
    assert refused(enter, children, north, "1", actor=officer) == "past_due"

    extend(
        of_north,
        actor=supervisor,
        version=of_north.version,
        reason="决算未批复",
        until=today() + days(2),
    )
    assert enter(children, north, "1", actor=officer).version == 1


# --- Refusals -------------------------------------------------------------------------------------


def test_missing_figures_need_a_state_with_its_reason(
    of_north, children, children_public, north, officer, lead
):
    enter(children, north, "100", actor=officer)
    with pytest.raises(Refusal) as caught:
        submit(of_north, actor=lead, version=fresh(of_north).version)
    assert caught.value.code == "figures_missing"
    assert caught.value.params == {"n": 1, "names": children_public.name}
    assert fresh(of_north).state == "draft"

    enter(children_public, north, state="not_available", state_reason="未统计", actor=officer)
    assert submit(of_north, actor=lead, version=fresh(of_north).version).state == "submitted"


def test_a_withdrawn_figure_is_missing(of_north, children, children_public, north, officer, lead):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    enter(children_public, north, "", actor=officer)
    code = refused(submit, of_north, actor=lead, version=fresh(of_north).version)
    assert code == "figures_missing"


def test_who_entered_or_submitted_cannot_approve(submitted, officer, lead, city):
    for name in ("officer", "lead"):
        both = User.objects.get(username=name)
        Membership.objects.create(user=both, jurisdiction=city, role="supervisor")
        code = refused(approve, submitted, actor=both, version=submitted.version)
        assert code == "entered_it_yourself"
    assert fresh(submitted).state == "submitted"


@pytest.mark.parametrize("name", ["officer", "lead", "auditor", "editor", "administrator"])
def test_only_the_supervisor_decides(submitted, name, request):
    person = request.getfixturevalue(name)
    version = submitted.version
    assert refused(approve, submitted, actor=person, version=version) == "not_your_act"
    code = refused(
        return_submission,
        submitted,
        actor=person,
        version=version,
        reason="x",
        figures={"children": "x"},
    )
    assert code == "not_your_act"


def test_only_the_lead_submits_and_only_for_the_own_unit(of_north, officer, south, supervisor):
    other_lead = make_user("other_lead", "lead", south)
    for person in (officer, other_lead, supervisor):
        assert refused(submit, of_north, actor=person, version=1) == "not_your_act"


def test_a_return_needs_its_reason_and_one_for_each_figure(submitted, supervisor):
    def back(reason, figures):
        return refused(
            return_submission,
            submitted,
            actor=supervisor,
            version=submitted.version,
            reason=reason,
            figures=figures,
        )

    assert back(" ", {"children": "x"}) == "act_reason_missing"
    assert back("x", {}) == "nothing_chosen"
    assert back("x", {"children": "  "}) == "figure_reason_missing"
    assert back("x", {"nonsense": "x"}) == "figure_unknown"
    assert fresh(submitted).state == "submitted"


def test_a_day_that_has_passed_ends_no_extension_and_no_reopening(approved, supervisor):
    code = refused(
        reopen,
        approved,
        actor=supervisor,
        version=approved.version,
        reason="x",
        until=today() - days(1),
        figures={"children": "x"},
    )
    assert code == "day_passed"


def test_the_second_of_two_is_told_what_the_first_did(submitted, lead, supervisor):
    approve(submitted, actor=supervisor, version=submitted.version)
    with pytest.raises(Refusal) as caught:
        send_back(submitted, supervisor)
    assert caught.value.code == "submission_moved"
    assert caught.value.params["who"] == supervisor.get_full_name()


def test_a_double_click_submits_once(submitted, lead):
    seen = submitted.version - 1
    assert refused(submit, submitted, actor=lead, version=seen) == "submission_moved"
    assert fresh(submitted).times_submitted == 1


# --- Events and threads ---------------------------------------------------------------------------


def test_every_act_is_an_event_with_who_when_and_why(submitted, children, supervisor, lead):
    returned = send_back(submitted, supervisor)
    remark(returned, children, actor=lead, text="与年报一致。")
    again = submit(returned, actor=lead, version=returned.version, reason="已改")
    told = [
        (e.act, e.from_state, e.to_state, e.change.actor.username, e.change.reason)
        for e in again.events.all()
    ]

    assert told == [
        ("open", "", "not_started", "supervisor", ""),
        ("enter", "not_started", "draft", "officer", ""),
        ("submit", "draft", "submitted", "lead", ""),
        ("return", "submitted", "returned", "supervisor", "请核对"),
        ("submit", "returned", "submitted", "lead", "已改"),
    ]
    assert (again.times_submitted, again.times_returned) == (2, 1)


def test_a_change_after_the_check_is_checked_again(
    of_north, children, children_public, north, officer, lead
):
    enter(children, north, "100", actor=officer)
    checked = check_submission(of_north, actor=lead, version=fresh(of_north).version)
    assert checked.state == "checked"
    enter(children_public, north, "60", actor=officer)
    assert fresh(of_north).state == "draft"
    assert refused(submit, checked, actor=lead, version=checked.version) == "submission_moved"


def test_a_question_is_open_until_the_unit_answers(submitted, children, officer, supervisor):
    asked = remark(submitted, children, actor=supervisor, text="为何高于学籍数？")
    answer = remark(submitted, children, actor=officer, text="含借读生。")

    assert [(r.asks, r.text) for r in Remark.objects.all()] == [
        (True, asked.text),
        (False, answer.text),
    ]


def test_a_returned_figure_is_changed_or_answered_before_the_next_submission(
    submitted, children, children_public, north, officer, lead, supervisor
):
    remark(submitted, children_public, actor=lead, text="早先的说明。")
    back = send_back(submitted, supervisor, children="与年报不符", children_public="请说明")
    said = {"actor": lead, "version": back.version}
    with pytest.raises(Refusal) as caught:
        submit(back, **said)
    assert (caught.value.code, caught.value.params["n"]) == ("returned_not_answered", 2)

    enter(children, north, "120", actor=officer)
    with pytest.raises(Refusal) as caught:
        submit(back, **said)
    assert caught.value.params["names"] == children_public.name

    remark(back, children_public, actor=officer, text="与年报一致。")
    assert submit(back, **said).state == "submitted"


def test_an_open_question_is_answered_before_the_next_submission(
    reopened, children, children_public, north, officer, lead, supervisor
):
    enter(children, north, "130", actor=officer)
    remark(reopened, children_public, actor=supervisor, text="为何高于学籍数？")
    said = {"actor": lead, "version": reopened.version}
    assert refused(submit, reopened, **said) == "questions_open"

    remark(reopened, children_public, actor=officer, text="含借读生。")
    assert submit(reopened, **said).state == "submitted"


def test_strangers_ask_nothing(submitted, children, other_officer, auditor):
    for person in (other_officer, auditor):
        assert refused(remark, submitted, children, actor=person, text="?") == "not_your_act"


# --- After the closing ----------------------------------------------------------------------------


@pytest.fixture
def returned_after_closing(approved, children, north, officer, lead, supervisor):
    """Frozen by the closing, reopened, submitted, and sent back once more."""
    asked = approved.round
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")
    opened = reopening(fresh(approved), supervisor)
    enter(children, north, "130", actor=officer)
    again = submit(opened, actor=lead, version=opened.version)
    return send_back(again, supervisor)


def reopening(submission, supervisor):
    return reopen(
        submission,
        actor=supervisor,
        version=submission.version,
        reason="更正",
        until=today() + days(3),
        figures={"children": "统计口径有误"},
    )


def test_what_is_returned_after_the_closing_can_be_reopened_and_approved(
    returned_after_closing, children, north, officer, lead, supervisor
):
    assert refused(enter, children, north, "1", actor=officer) == "round_closed"

    opened = reopening(returned_after_closing, supervisor)
    enter(children, north, "140", actor=officer)
    again = submit(opened, actor=lead, version=opened.version)
    assert approve(again, actor=supervisor, version=again.version).state == "frozen"
    assert stands(children, north) == [140, 140]


def test_what_is_returned_is_not_reopened_while_the_round_runs(submitted, supervisor):
    back = send_back(submitted, supervisor)
    assert refused(reopening, back, supervisor) == "not_in_this_state"


def test_what_is_worked_out_is_not_sent_back_but_what_it_comes_from(submitted, supervisor):
    assert refused(send_back, submitted, supervisor, share="偏高") == "computed_not_returned"
