"""The first page: what each role does next."""

import re

import pytest
from django.urls import reverse

from indicators.models import DutyArea, User
from tests.cast import PASSWORD, enter, make_indicator, make_target

HOME = reverse("home:home")


@pytest.fixture
def tasks(client):
    def of(user):
        client.force_login(user)
        return [(task.label, task.detail) for task in client.get(HOME).context["tasks"]]

    return of


def test_an_officer_finds_the_sheets_with_empty_boxes(
    tasks, officer, children, children_public, share, north
):
    enter(children, north, "5")

    assert tasks(officer) == [("2021 年度优先保障", "还有 1 项未填")]


def test_with_everything_filled_nothing_waits(tasks, officer, children, north):
    enter(children, north, "5")

    assert tasks(officer) == []


def test_an_officer_of_one_area_is_not_sent_to_another(tasks, officer, children, north):
    other = make_indicator("safe", duty_area=DutyArea.objects.create(code="safety", name_zh="安全"))
    officer.memberships.get().duty_areas.add(other.duty_area)
    enter(children, north, "5")

    assert tasks(officer) == [("2021 年度安全", "还有 1 项未填")]


def test_a_supervisor_finds_who_is_late_and_what_misses_its_target(
    tasks, supervisor, children, city, north, south
):
    make_target(children, "ge", 100)
    enter(children, city, "50")
    enter(children, north, "5")

    assert tasks(supervisor) == [
        ("新建首个填报轮次", "还没有填报轮次，各单位没有填报任务"),
        ("尚未报齐的单位", "1 个，其中南区最少"),
        ("全市指标：未达", "共 1 项"),
    ]


def test_a_supervisor_finds_where_stated_and_computed_differ(
    tasks, supervisor, children, city, north
):
    enter(children, city, "50")
    enter(children, north, "5")

    assert ("公布数与计算值不一致", "指标children") in tasks(supervisor)


def test_an_editor_finds_unconfirmed_targets(tasks, editor, children):
    make_target(children, "ge", 5, confirmed=False)

    assert tasks(editor) == [("依据未查证的目标", "1 个")]


def test_an_auditor_finds_how_much_was_changed(tasks, auditor, children, north):
    enter(children, north, "5")
    enter(children, north, "6")

    assert ("数据修改", "共修改 1 次，其中系统外改动 0 次") in tasks(auditor)


def test_an_administrator_finds_accounts_without_a_role_and_no_figure(
    tasks, administrator, children, north
):
    enter(children, north, "5")
    User.objects.create_user("new", password=PASSWORD)

    assert tasks(administrator) == [("未分配角色的账号", "1 个")]


def test_in_a_new_city_administrator_and_supervisor_find_where_to_begin(
    tasks, administrator, supervisor
):
    assert tasks(administrator) == [
        ("各单位人员账号", "还没有填报员，可用表格批量新建账号"),
    ]
    assert ("新建首个填报轮次", "还没有填报轮次，各单位没有填报任务") in tasks(supervisor)


def test_where_nothing_waits_the_other_pages_are_named(client, lead):
    client.force_login(lead)
    page = client.get(HOME)
    assert page.context["tasks"] == []
    (places,) = re.findall("没有待办事项。(.*)</p>", page.text)
    assert "总览</a>" in places
    assert "待办</a>" not in places


def test_while_there_is_no_city_the_first_account_is_told_what_comes_next(tasks, superuser):
    ((label, detail),) = tasks(superuser)

    assert label == "尚未建立单位"
    assert detail.startswith("请运维人员按安装说明建立城市和单位")
