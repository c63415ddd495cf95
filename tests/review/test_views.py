"""The reviewer sees first what needs judgement, and what was typed is never lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.figures.review import review_of
from indicators.figures.submissions import queue_for
from indicators.models import Membership, Remark, User
from indicators.recording.round import close_round
from indicators.recording.submission import (
    extend,
    remark,
    return_submission,
    submit,
    take_back,
)
from tests.cast import YEAR, enter, make_unit, make_user
from tests.round_cast import days, fresh, make_round


@pytest.fixture
def page(client, north):
    """Opens the review of North's submission as somebody; with data, posts to it."""

    def open_as(user, name="submission", **data):
        client.force_login(user)
        url = reverse(f"review:{name}", args=[YEAR, north.code])
        return client.post(url, data) if data else client.get(url)

    return open_as


def text_of(response):
    return response.content.decode()


@pytest.fixture
def returned(submitted, supervisor):
    """Returned for its children."""
    return return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "与年报不符"},
    )


@pytest.fixture
def resubmitted(returned, children, north, officer, lead):
    """The children changed from 100 to 120, and submitted again."""
    enter(children, north, "120", actor=officer, note="按年报更正")
    return submit(returned, actor=lead, version=returned.version)


def test_what_changed_comes_first_with_what_stood_before(resubmitted, supervisor):
    first, *others = review_of(supervisor, fresh(resubmitted))

    assert (first.code, first.was_changed) == ("children", True)
    assert (first.before.number, first.now.number) == (100, 120)
    assert (first.returned, first.explanation) == ("与年报不符", "按年报更正")
    assert [other.was_changed for other in others] == [False, False]


def test_in_a_first_submission_nothing_is_called_changed(submitted, supervisor):
    assert [row.was_changed for row in review_of(supervisor, fresh(submitted))] == [False] * 3


def test_a_draft_under_work_is_not_shown_to_the_reviewer(
    submitted, children, north, officer, supervisor
):
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "错"},
    )
    enter(children, north, "7777", actor=officer)
    rows = {row.code: row for row in review_of(supervisor, fresh(submitted))}
    assert rows["children"].now.number == 100
    assert rows["children"].figure.number == 100


def test_an_open_question_is_something_to_look_at(submitted, children, supervisor, officer):
    remark(submitted, children, actor=supervisor, text="为何？")
    first = review_of(supervisor, fresh(submitted))[0]
    assert (first.code, first.thread.is_open) == ("children", True)
    remark(submitted, children, actor=officer, text="含借读生")
    assert all(row.weight == 0 for row in review_of(supervisor, fresh(submitted)))


def test_the_supervisor_approves(submitted, page, supervisor):
    done = page(supervisor, act="approve", version=submitted.version, confirmed=1)
    assert (done.status_code, fresh(submitted).state) == (302, "approved")


def test_the_supervisor_returns_with_a_reason_for_each_figure(submitted, page, supervisor):
    done = page(
        supervisor,
        act="return",
        version=submitted.version,
        reason="请核对",
        chosen=["children"],
        reason_children="与年报不符",
    )
    assert (done.status_code, fresh(submitted).state) == (302, "returned")


def test_a_return_without_reason_keeps_what_was_typed_and_chosen(submitted, page, supervisor):
    refused = page(
        supervisor,
        act="return",
        version=submitted.version,
        reason="总体意见",
        chosen=["children", "children_public"],
        reason_children="与年报不符",
        reason_children_public=" ",
    )
    assert (refused.status_code, fresh(submitted).state) == (422, "submitted")
    text = text_of(refused)
    assert "请填写“指标children_public”的理由" in text
    assert 'value="与年报不符"' in text
    assert 'value="总体意见"' in text
    chosen = {row.code: is_chosen for row, is_chosen, _why in refused.context["rows"]}
    assert chosen == {"children": True, "children_public": True, "share": False}


def test_a_reason_for_a_figure_that_is_not_chosen_is_not_passed_over(submitted, page, supervisor):
    given = {
        "reason": "总体意见",
        "reason_children": "与年报不符",
        "reason_children_public": "口径",
    }
    for act, chosen in (("return", ["children_public"]), ("approve", [])):
        refused = page(supervisor, act=act, version=submitted.version, chosen=chosen, **given)
        assert (refused.status_code, fresh(submitted).state) == (422, "submitted")
        text = text_of(refused)
        assert "填了理由但没有勾选：指标children" in text
        assert 'value="与年报不符"' in text
        assert 'value="口径"' in text
        assert [row.code for row, is_chosen, _why in refused.context["rows"] if is_chosen] == chosen


def test_all_figures_are_in_the_one_form_whichever_are_seen(resubmitted, page, supervisor):
    shown = page(supervisor)

    assert shown.context["show"] == "look"
    counts = {name: count for name, _label, count in shown.context["groups"]}
    assert counts == {"look": 1, "returned": 1, "changed": 1, "all": 3}
    form = text_of(shown).partition('<form method="post" id="decision">')[2].partition("</form>")[0]
    for code in ("children", "children_public"):
        assert f'name="reason_{code}"' in form


def test_after_a_refusal_the_same_are_seen_unless_others_are_worked_on(
    resubmitted, page, supervisor
):
    def seen(**given):
        refused = page(supervisor, act="return", version=resubmitted.version, **given)
        assert refused.status_code == 422
        return refused.context["show"]

    assert seen(show="changed", reason_children="口径") == "changed"
    assert seen(show="changed", reason_children_public="口径") == "all"
    assert seen(show="nonsense") == "all"


def test_what_was_returned_and_not_changed_is_something_to_look_at(
    returned, children, lead, supervisor
):
    remark(returned, children, actor=lead, text="与年报一致。")
    again = submit(returned, actor=lead, version=returned.version)

    first, *others = review_of(supervisor, fresh(again))

    assert (first.code, first.was_changed, first.weight > 0) == ("children", False, True)
    assert [other.weight for other in others] == [0, 0]


def test_approving_with_figures_chosen_for_return_is_a_contradiction(submitted, page, supervisor):
    refused = page(
        supervisor, act="approve", version=submitted.version, chosen=["children"], reason=""
    )
    assert (refused.status_code, fresh(submitted).state) == (422, "submitted")


def test_a_stale_decision_is_told(submitted, page, supervisor):
    refused = page(supervisor, act="approve", version=submitted.version - 1)
    assert refused.status_code == 409
    assert "已先行操作" in text_of(refused)


def test_extending_and_reopening(approved, page, supervisor):
    until = timezone.localdate() + days(3)
    for given in ({}, {"until": ""}):
        refused = page(supervisor, act="reopen", version=approved.version, reason="更正", **given)
        assert "请填写截止日期" in text_of(refused)
    done = page(
        supervisor,
        act="reopen",
        version=approved.version,
        reason="更正",
        until=until.isoformat(),
        chosen=["children"],
        reason_children="录入错误",
    )
    assert (done.status_code, fresh(approved).reopened_until) == (302, until)


def test_an_odd_day_is_told(approved, page, supervisor):
    refused = page(supervisor, act="reopen", version=approved.version, until="明天", reason="x")
    assert refused.status_code == 400
    assert "2022-03-31" in text_of(refused)


def test_a_question_is_asked_on_the_page(submitted, page, supervisor):
    done = page(supervisor, "ask", indicator="children", text="为何？")
    assert (done.status_code, Remark.objects.get().text) == (302, "为何？")


@pytest.mark.parametrize("name", ["auditor", "city_officer"])
def test_other_city_roles_read_and_decide_nothing(submitted, page, name, request):
    person = request.getfixturevalue(name)
    shown = page(person)
    assert (shown.status_code, shown.context["acts"]) == (200, set())
    assert page(person, act="approve", version=submitted.version).status_code == 422
    assert fresh(submitted).state == "submitted"


@pytest.mark.parametrize("name", ["officer", "lead", "other_officer", "editor", "administrator"])
def test_others_do_not_find_it(submitted, page, client, name, request):
    assert page(request.getfixturevalue(name)).status_code == 404
    assert client.get(reverse("review:queue")).status_code == 403


def test_the_queue_puts_what_waits_first(submitted, client, supervisor):
    client.force_login(supervisor)
    queue = client.get(reverse("review:queue")).context["queue"]
    assert [row.submission.jurisdiction.code for row in queue.waiting] == ["500101"]
    assert len(queue.others) == 2
    assert "北区" in queue.finding


def test_the_page_says_first_what_came_when_and_how_much_to_look_at(
    resubmitted, page, supervisor, lead
):
    today = timezone.localdate().isoformat()

    assert page(supervisor).context["finding"] == (
        f"第 2 次报送：{lead.get_full_name()}，{today}。"
        "上次退回 1 项，已修改 1 项。1 项需核对，其余 2 项无异常。"
    )


def test_before_a_first_submission_the_page_says_so(of_north, page, supervisor):
    assert page(supervisor).context["finding"] == "尚未报送。"


def test_what_stood_before_is_struck_out_only_where_it_was_another(
    resubmitted, page, supervisor, officer, lead, children, north
):
    assert "<s>100 人</s>" in text_of(page(supervisor))
    back = return_submission(
        fresh(resubmitted),
        actor=supervisor,
        version=fresh(resubmitted).version,
        reason="说明",
        figures={"children": "请说明"},
    )
    enter(children, north, "120", actor=officer, note="已核对")
    submit(back, actor=lead, version=back.version)

    first = review_of(supervisor, fresh(resubmitted))[0]

    assert (first.before_words, first.says_the_same) == ("120 人", True)
    assert "<s>" not in text_of(page(supervisor))


def test_the_queue_names_what_is_on_its_way_before_what_is_settled(
    approved, page, client, supervisor, south
):
    extend(
        approved.round.submissions.get(jurisdiction=south),
        actor=supervisor,
        version=1,
        reason="停电",
        until=timezone.localdate() + days(40),
    )
    client.force_login(supervisor)

    others = client.get(reverse("review:queue")).context["queue"].others

    assert [row.submission.state for row in others] == ["not_started", "not_started", "approved"]


def test_enter_in_the_box_of_a_reason_approves_nothing(submitted, page, supervisor):
    text = text_of(page(supervisor))
    first = min(text.index(f'name="act" value="{act}"') for act in ("return", "approve"))
    assert text[first:].startswith('name="act" value="return"')


def test_the_queue_costs_the_same_with_1_3_and_41_units(
    city, supervisor, children, children_public, django_assert_num_queries
):
    for year, count in ((YEAR, 1), (YEAR - 1, 3), (YEAR - 2, 41)):
        units = [make_unit(f"51{year % 100}{n:02}", f"区{n}", parent=city) for n in range(count)]
        asked = make_round(
            city, supervisor, [children, children_public], units, evaluation_year=year
        )
        user = type(supervisor).objects.get(pk=supervisor.pk)
        assert user.scope.whole
        with django_assert_num_queries(3):
            queue = queue_for(user)
        assert len(queue.others) >= count
        close_round(asked, actor=supervisor, version=asked.version, reason="到期")


def test_the_reopened_figures_stand_first(reopened, supervisor, officer, lead, children, north):
    enter(children, north, "101", actor=officer)
    again = submit(reopened, actor=lead, version=fresh(reopened).version)

    first = review_of(supervisor, again)[0]
    assert (first.code, first.reopened) == ("children", "录入错误")


def test_what_was_taken_back_says_so_until_it_is_sent_again(submitted, page, supervisor, lead):
    taken = take_back(submitted, actor=lead, version=submitted.version)
    assert "撤回" in page(supervisor).context["finding"]
    submit(taken, actor=lead, version=taken.version)
    assert "撤回" not in page(supervisor).context["finding"]


# --- Approving all is asked first -----------------------------------------------------------------


def test_to_approve_is_asked_first_and_the_opinion_goes_along(submitted, page, supervisor):
    asked = page(supervisor, act="approve", version=submitted.version, reason="齐全")
    assert (asked.status_code, fresh(submitted).state) == (200, "submitted")
    text = text_of(asked)
    assert "将审核通过 3 项数据" in text
    assert 'value="齐全"' in text
    assert f'name="version" value="{submitted.version}"' in text
    assert "确认全部通过" in text


def test_the_summary_tells_corrections_warnings_and_open_questions(
    usual_rules, of_north, page, supervisor, officer, lead, children, children_public, north
):
    enter(children, north, "20", year=YEAR - 1)
    enter(children, north, "200", actor=officer, note="两校并入")
    enter(children_public, north, state="not_available", state_reason="停办", actor=officer)
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)
    back = return_submission(
        sent, actor=supervisor, version=sent.version, reason="核对", figures={"children": "偏大"}
    )
    enter(children, north, "190", actor=officer, note="按年报更正")
    again = submit(back, actor=lead, version=back.version)
    remark(again, children, actor=supervisor, text="为何？")
    asked = page(supervisor, act="approve", version=again.version)
    text = text_of(asked)

    assert "指标children_public（暂无数据：停办）" in text
    assert "200 人 → 190 人" in text
    assert "按年报更正" in text
    assert asked.context["doubted"]
    assert "1 个提问尚未答复" in text


def test_a_confirmation_over_what_was_taken_back_is_refused(submitted, page, supervisor, lead):
    page(supervisor, act="approve", version=submitted.version)
    take_back(submitted, actor=lead, version=submitted.version)

    refused = page(supervisor, act="approve", version=submitted.version, confirmed=1, reason="齐")
    assert (refused.status_code, fresh(submitted).state) == (409, "draft")
    assert "已先行操作" in text_of(refused)


@pytest.mark.parametrize("hand", ["entered", "submitted"])
def test_who_had_a_hand_in_it_is_told_so_instead_of_offered_to_approve(
    of_north, page, city, north, officer, lead, children, children_public, hand
):
    both = make_user("both", "supervisor", city)
    Membership.objects.create(user=both, jurisdiction=north, role="lead")
    Membership.objects.create(user=both, jurisdiction=north, role="officer")
    enter(children, north, "100", actor=both if hand == "entered" else officer)
    enter(children_public, north, "60", actor=officer)
    sender = User.objects.get(pk=both.pk) if hand == "submitted" else lead
    sent = submit(of_north, actor=sender, version=fresh(of_north).version)

    shown = page(both)
    assert "请由其他督导审核通过" in text_of(shown)
    assert shown.context["acts"] == {"return"}
    for given in ({}, {"confirmed": 1}):
        refused = page(both, act="approve", version=sent.version, **given)
        assert (refused.status_code, fresh(sent).state) == (422, "submitted")
