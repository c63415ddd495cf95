"""The first page while a round runs: each role's part of it, in order of deadline."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.home.task import Task
from indicators.models import DutyArea, Round
from indicators.recording.round import close_round
from indicators.recording.submission import (
    extend,
    hand_over,
    remark,
    reopen,
    return_submission,
)
from tests.cast import YEAR, enter, make_indicator
from tests.round_cast import days, fresh, make_round, move_days

HOME = reverse("home:home")
SUBMISSION = reverse("entry:submission", args=["500101", YEAR])


@pytest.fixture
def tasks(client):
    def of(user):
        client.force_login(user)
        return [(task.label, task.detail, task.due) for task in client.get(HOME).context["tasks"]]

    return of


def today(number=0):
    return timezone.localdate() + days(number)


def test_an_officer_finds_the_missing_figures_of_each_area_by_the_due_day(
    tasks, asked, officer, children, north
):
    enter(children, north, "5", actor=officer)

    assert tasks(officer) == [("2021 年度优先保障", "还有 1 项未填", today(10))]


def test_an_officer_of_one_area_is_asked_for_its_figures_only(tasks, asked, officer):
    other = DutyArea.objects.create(code="safety", name_zh="安全")
    officer.memberships.get().duty_areas.add(other)

    assert tasks(officer) == []


def test_a_round_under_way_leaves_the_gaps_of_years_before_alone(
    tasks, asked, officer, supervisor, children, children_public, north
):
    enter(children, north, "5", year=YEAR - 1)

    assert tasks(officer) == [("2021 年度优先保障", "还有 2 项未填", today(10))]
    assert "尚未报齐的单位" not in [label for label, *_rest in tasks(supervisor)]


def test_a_lead_is_told_how_much_is_missing_before_submitting(tasks, asked, lead):
    assert tasks(lead) == [("初审与报送", "还有 2 项未填", today(10))]


def test_a_lead_is_told_that_nothing_is_missing(
    tasks, asked, officer, lead, children, children_public, north
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)

    assert tasks(lead) == [("初审与报送", "数据已填齐", today(10))]


def test_an_officer_hands_over_what_is_ready_and_is_asked_once(
    tasks, of_north, officer, lead, children, children_public, north
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    assert tasks(officer) == [("送审核人初审", "数据已填齐，没有待处理的问题", today(10))]

    hand_over(of_north, actor=officer, version=fresh(of_north).version)
    assert tasks(officer) == []


def test_what_the_checks_found_waits_for_both_until_it_is_explained(
    usual_rules, tasks, client, asked, officer, lead, children, children_public, north
):
    enter(children, north, "20", year=YEAR - 1)
    enter(children, north, "200", actor=officer)
    enter(children_public, north, "260", actor=officer)
    found = ("校验发现的问题", "错误 1 项待改正、提醒 1 项待说明", today(10))
    assert found in tasks(officer)
    assert found in tasks(lead)
    client.force_login(officer)
    assert f"{SUBMISSION}#found" in client.get(HOME).content.decode()

    enter(children, north, "200", actor=officer, note="两校并入")
    enter(children_public, north, "60", actor=officer)
    labels = {label for label, *_rest in tasks(officer)}
    assert "送审核人初审" in labels
    assert "校验发现的问题" not in labels


def test_missing_figures_lead_to_the_first_of_them(client, asked, officer, children, north):
    enter(children, north, "5", actor=officer)
    client.force_login(officer)

    [task] = client.get(HOME).context["tasks"]
    assert task.url.endswith("/funding/#row_children_public")


def test_the_lead_signs_off_on_the_page_of_all_figures(client, asked, lead):
    client.force_login(lead)

    [task] = client.get(HOME).context["tasks"]
    assert task.url == f"{SUBMISSION}sign-off/"


def test_an_extension_moves_the_day(tasks, asked, of_north, officer, supervisor):
    extend(of_north, actor=supervisor, version=of_north.version, reason="停电", until=today(15))

    assert {due for _label, _detail, due in tasks(officer)} == {today(15)}


def test_what_can_no_longer_be_entered_is_said_once_with_the_way_out(tasks, asked, officer):
    move_days(asked, opens=-20, due=-2, closes=10)

    [(label, detail, due)] = tasks(officer)

    assert (label, due) == (asked.title, today(-2))
    assert "延期" in detail


def test_nothing_waits_for_the_unit_while_the_city_reviews(tasks, submitted, officer, lead):
    assert tasks(officer) == []
    title = submitted.round.title
    assert tasks(lead) == [("撤回报送", f"{title}：已报送，市级尚未开始审核", None)]


def test_once_review_has_begun_nothing_is_left_to_take_back(
    tasks, submitted, lead, supervisor, children, officer
):
    remark(submitted, children, actor=supervisor, text="为何？")
    remark(submitted, children, actor=officer, text="含借读生。")

    assert tasks(lead) == []


def test_returned_figures_are_told_with_the_reason_and_lead_to_them(
    client, tasks, submitted, officer, lead, supervisor, children
):
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="请核对",
        figures={"children": "偏大"},
    )

    assert tasks(officer) == [("退回待改的数据：1 项", "请核对", today(30))]
    remark(submitted, children, actor=officer, text="与年报一致。")
    assert tasks(officer) == [("送审核人初审", "数据已填齐，没有待处理的问题", today(30))]
    assert tasks(lead) == [("核对后重新报送", submitted.round.title, today(30))]
    client.force_login(officer)
    assert SUBMISSION in client.get(HOME).content.decode()


def test_a_reopened_figure_waits_until_its_last_day_and_no_longer(
    tasks, approved, officer, supervisor, monkeypatch
):
    reopen(
        approved,
        actor=supervisor,
        version=approved.version,
        reason="决算批复",
        until=today(3),
        figures={"children": "更正"},
    )
    assert tasks(officer) == [("重新开放的数据：1 项", "决算批复", today(3))]

    day = today(4)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_kwargs: day)
    [(label, detail, _due)] = tasks(officer)
    assert label == approved.round.title
    assert "锁定" in detail


def test_a_question_waits_for_an_answer_even_when_all_is_approved(
    tasks, approved, officer, supervisor, children
):
    remark(approved, children, actor=supervisor, text="怎么算的？")
    assert tasks(officer) == [("市级提问", "1 个问题待答复", None)]

    remark(approved, children, actor=officer, text="按学籍")
    assert tasks(officer) == []


def test_a_supervisor_finds_what_waits_for_review_and_the_closing(tasks, submitted, supervisor):
    assert tasks(supervisor) == [
        ("待审核的报送", "1 个单位：北区", today(30)),
        ("关闭轮次", "3 个单位尚未审核通过", today(30)),
    ]


def test_a_supervisor_finds_who_is_late_first_of_all(tasks, submitted, supervisor):
    move_days(submitted.round, opens=-20, due=-2, closes=10)

    assert tasks(supervisor)[0] == ("逾期未报的单位", "2 个单位：山城、南区", today(-2))


def test_a_supervisor_finds_a_planned_round_by_its_opening_day(
    tasks, city, north, supervisor, children
):
    make_round(city, supervisor, [children], [north], opened=False, opens_on=today(4))

    assert tasks(supervisor) == [("开启轮次", f"{YEAR} 年度填报", today(4))]


def test_an_auditor_finds_how_far_the_round_has_come(tasks, submitted, auditor):
    assert (submitted.round.title, "2 个区县中 1 个已报送，0 个逾期未报", None) in tasks(auditor)


def test_of_a_closed_round_nothing_waits(tasks, approved, officer, supervisor):
    asked = Round.objects.get()
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")

    assert tasks(officer) == []
    assert tasks(supervisor) == []


def test_tasks_come_by_deadline_and_say_how_long_there_is(client, asked, city, officer, children):
    other = make_indicator("schools")
    supervisor = asked.opened_by
    make_round(
        city,
        supervisor,
        [other],
        list(asked.jurisdictions.all()),
        evaluation_year=YEAR + 1,
        due_on=today(3),
    )
    client.force_login(officer)

    found = client.get(HOME).context["tasks"]

    assert [task.due for task in found] == [today(3), today(10)]
    assert [task.due_words for task in found] == ["还有 3 天", "还有 10 天"]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "今天"), (1, "还有 1 天"), (-1, "已过 1 天"), (-9, "已过 9 天")]
)
def test_the_day_is_told_from_today(number, words):
    task = Task("", "", "", today(number))

    assert (task.due_words, task.is_overdue) == (words, number < 0)


def test_new_messages_stand_above_and_are_counted_in_the_header(client, officer, asked):
    client.force_login(officer)

    page = client.get(HOME)

    assert [one.notice.kind for one in page.context["notices"]] == ["opened"]
    [one] = page.context["notices"]
    assert f'<a href="{SUBMISSION}">{one.sentence}</a>' in page.content.decode()
    assert page.context["unseen"]() == 1
    client.post(reverse("notices:seen"), {"latest": page.context["notices"][0].notice.pk})
    assert list(client.get(HOME).context["notices"]) == []


def test_who_is_told_nothing_has_no_messages_in_the_header(client, administrator, editor):
    for user in (administrator, editor):
        client.force_login(user)
        assert reverse("notices:start") not in client.get(HOME).content.decode()


def test_the_number_of_messages_costs_one_query_even_where_it_is_shown_twice(
    client, officer, asked
):
    client.force_login(officer)

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("notices:start"))

    counted = [query["sql"] for query in captured if "COUNT" in query["sql"]]
    assert len([sql for sql in counted if "indicators_notice" in sql]) == 1
