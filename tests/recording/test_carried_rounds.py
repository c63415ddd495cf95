"""What a unit has answered to a round goes along in its state; merged ones are asked afresh."""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.figures.submissions import events_of, queue_for, threads_of
from indicators.home.unit_tasks import tasks_of_unit
from indicators.models import (
    Finding,
    Submission,
)
from indicators.recording.findings import explain, find
from indicators.recording.jurisdiction_change import (
    record_jurisdiction_change,
)
from indicators.recording.round import close_round
from indicators.recording.submission import (
    approve,
    extend,
    hand_over,
    remark,
    reopen,
    return_submission,
    submit,
    take_back,
)
from indicators.results import current_snapshot
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_indicator, make_user, result
from tests.recording.carried_cast import again, of
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import days, fresh, make_round, move_days


def test_what_was_submitted_waits_for_review_as_the_next_unit_s(
    submitted, rename_north, north, supervisor, children, city
):
    new = rename_north()

    goes_on = of(new)
    assert (goes_on.state, goes_on.times_submitted) == ("submitted", 1)
    assert goes_on.submitted_at == fresh(submitted).submitted_at
    assert [one.submission.unit_name for one in queue_for(supervisor).waiting] == ["北城区"]
    assert result(children, new).number == 100
    assert result(children, city).number == 100
    approved = approve(goes_on, actor=supervisor, version=goes_on.version)
    assert approved.state == "approved"
    assert result(children, new, tier="approved").number == 100
    assert check()[1] == []


def test_who_did_what_when_and_why_is_told_of_the_next_unit(
    submitted, rename_north, north, editor, lead
):
    was = list(submitted.events.order_by("pk").values_list("act", "change"))
    new = rename_north()

    told = events_of(again(lead), of(new))
    assert [(one.event.act, one.event.change_id) for one in reversed(told)][:-1] == was
    assert (told[0].event.act, told[0].event.change.actor) == ("carry", editor)
    assert (told[0].event.change.reason, told[0].event.to_state) == ("更名", "submitted")
    # The history of the unit that ended is as it was, and ends there.
    acts = list(submitted.events.order_by("pk").values_list("act", flat=True))
    assert acts == [act for act, _change in was] + ["drop"]


def test_people_are_told_and_what_they_were_told_before_leads_there(
    submitted, rename_north, officer, lead, supervisor
):
    back = return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="单位有误",
        figures={"children": "单位"},
    )
    assert back.state == "returned"
    new = rename_north()

    for person in (officer, lead):
        told = person.notices.filter(submission__jurisdiction=new)
        assert set(told.values_list("kind", flat=True)) == {"returned", "carried"}


def test_what_was_returned_is_returned_with_its_reasons(
    submitted, rename_north, officer, lead, supervisor, children, children_public
):
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="单位有误",
        figures={"children": "单位"},
    )
    new = rename_north()
    answer = of(new)

    assert answer.state == "returned"
    with pytest.raises(Refusal) as refused:
        submit(answer, actor=again(lead), version=answer.version)
    assert refused.value.code == "returned_not_answered"
    with pytest.raises(Refusal) as refused:
        enter(children_public, new, "61", actor=again(officer))
    assert refused.value.code == "not_returned"
    enter(children, new, "101", actor=again(officer))
    assert submit(answer, actor=again(lead), version=answer.version).state == "submitted"


def test_what_was_reopened_is_open_until_its_day(
    reopened, rename_north, officer, lead, supervisor, children, children_public
):
    new = rename_north()
    answer = of(new)

    assert (answer.state, answer.reopened_until) == ("reopened", reopened.reopened_until)
    with pytest.raises(Refusal):
        enter(children_public, new, "61", actor=again(officer))
    enter(children, new, "130", actor=again(officer), note="更正")
    sent = submit(answer, actor=again(lead), version=answer.version)
    approve(sent, actor=make_user("third", "supervisor", sent.round.city), version=sent.version)
    assert result(children, new, tier="approved").number == 130
    assert check()[1] == []


def test_what_was_approved_stays_locked(approved, rename_north, officer, children):
    new = rename_north()

    assert of(new).state == "approved"
    with pytest.raises(Refusal) as refused:
        enter(children, new, "130", actor=again(officer))
    assert refused.value.code == "approved_locked"


def test_in_a_closed_round_it_can_be_reopened_for_the_next_unit(
    approved, asked, rename_north, officer, supervisor, children
):
    asked.refresh_from_db()
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")
    new = rename_north()
    answer = of(new)
    assert answer.state == "frozen"

    until = timezone.localdate() + days(3)
    reopen(
        answer,
        actor=supervisor,
        version=answer.version,
        reason="更正",
        until=until,
        figures={"children": "录入错误"},
    )
    assert enter(children, new, "130", actor=again(officer), note="更正").number == 130


def test_it_can_be_taken_back_until_review_begins(submitted, rename_north, lead):
    answer = of(rename_north())
    taken = take_back(answer, actor=again(lead), version=answer.version)
    assert taken.state == "draft"


def test_what_was_asked_and_said_goes_along(
    submitted, rename_north, officer, lead, supervisor, children
):
    remark(submitted, children, actor=supervisor, text="是否含民办")
    new = rename_north()
    answer = of(new)

    thread = threads_of(again(lead), answer)[0]
    assert (thread.remarks[0].author, thread.is_open) == (supervisor, True)
    with pytest.raises(Refusal) as refused:
        take_back(answer, actor=again(lead), version=answer.version)
    assert refused.value.code == "review_begun"


def test_what_was_explained_stays_explained(
    usual_rules, asked, of_north, north, rename_north, officer, lead, children, children_public
):
    enter(children, north, "20", year=YEAR - 1)
    enter(children, north, "200000", actor=officer)
    enter(children_public, north, "60000", actor=officer)
    find(current_snapshot(), of_north, at=timezone.now())
    for one in Finding.objects.filter(submission=of_north).select_related("rule", "indicator"):
        explain(of_north, one.rule, one.indicator, actor=officer, text="新建学校")
    before = Finding.objects.filter(submission=of_north).exclude(explanation="").count()
    assert before
    answer = of(rename_north())

    assert Finding.objects.filter(submission=answer).exclude(explanation="").count() == before
    assert submit(answer, actor=again(lead), version=answer.version).state == "submitted"


def test_an_extension_holds_on(asked, of_north, rename_north, officer, supervisor, children):
    move_days(asked, opens=-20, due=-10, closes=-5)
    until = timezone.localdate() + days(2)
    extend(of_north, actor=supervisor, version=of_north.version, reason="停电", until=until)
    new = rename_north()
    assert of(new).extended_until == until
    enter(children, new, "7", actor=again(officer))


def test_the_lead_is_told_once_that_it_is_ready(
    of_north, rename_north, officer, lead, north, children, children_public
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    hand_over(fresh(of_north), actor=officer, version=fresh(of_north).version)
    before = {str(task.label) for task in tasks_of_unit(again(officer))}
    rename_north()
    assert {str(task.label) for task in tasks_of_unit(again(officer))} == before


def test_an_old_page_of_the_unit_is_stale(submitted, rename_north, supervisor):
    answer = of(rename_north())
    with pytest.raises(Refusal) as refused:
        approve(answer, actor=supervisor, version=submitted.version)
    assert refused.value.code == "submission_moved"


def test_both_are_asked_where_figures_of_earlier_years_belong_to_the_old_one(
    city, north, supervisor, editor, officer, lead, children, rename_north
):
    lagged = make_indicator("lagged", lag=-1)
    asked = make_round(city, supervisor, [children, lagged], [north])
    enter(children, north, "7", actor=officer)
    enter(lagged, north, "5", year=YEAR - 1, actor=officer)
    one = asked.submissions.get()
    submit(one, actor=lead, version=one.version)
    new = rename_north()

    assert of(new).state == of(north).state == "submitted"
    for answer in (of(new), of(north)):
        approve(answer, actor=supervisor, version=answer.version)
    assert result(children, city, tier="approved").number == 7
    assert result(lagged, city, year=YEAR - 1, tier="approved").number == 5
    assert check()[1] == []


def test_what_a_merged_unit_has_submitted_is_kept_and_asked_anew(
    submitted, north, south, merge_both, officer, lead, supervisor, children, city
):
    done = merge_both()
    new = done.answering

    assert [unit.name_zh for unit in done.rounds[0].sent] == ["北区"]
    assert of(new).state == "not_started"
    assert officer.notices.filter(submission__jurisdiction=new, kind="opened").exists()
    assert [one.submission.unit_name for one in queue_for(supervisor).waiting] == []
    kept = fresh(submitted)
    assert (kept.state, kept.times_submitted, kept.dropped_at is not None) == ("submitted", 1, True)
    assert kept.events.latest("pk").act == "drop"
    assert result(children, north).reported is None
    assert check()[1] == []


def test_a_split_unit_that_has_submitted_is_asked_as_its_parts(submitted, north, editor, lead):
    done = record_jurisdiction_change(
        asked_for("split", [north], ("500111", "上区"), ("500112", "下区")),
        actor=editor,
        reason="分设",
    )
    states = Submission.objects.asked().filter(jurisdiction__in=done.begun)
    assert set(states.values_list("state", flat=True)) == {"not_started"}
    assert [unit.name_zh for unit in done.rounds[0].sent] == ["北区"]
    assert check()[1] == []
