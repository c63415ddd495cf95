"""The story of a problem in a browser: raised from a figure, passed down as a task, answered,
handed in, sent back, accepted, and relapsed by a figure. From each role's home it is found by links
alone, and everybody reads of it what is theirs to know.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indicators.models import Problem
from tests.cast import enter_approved, make_user
from tests.journeys.looking import faults_in_every_window, follow
from tests.journeys.sheet import indicator, unit
from tests.round_cast import days

pytestmark = pytest.mark.thorough

FIGURE, CITY = "compulsory_retention_rate", "500000"
TITLE, MEASURE = "义务教育巩固率偏低", "逐校核对辍学学生名单"
DESKS = ["officer", "lead", "city_officer", "city_lead", "supervisor", "editor", "auditor"]
# What was done, the latest first: what the city alone did, and what the district had to do.
DECIDED = [
    "复发 由数据触发 · 复发：重庆市 2022 年“九年义务教育巩固率”未保持约定的≥ 95%",
    "验收 杜思远 · 已验收",
    "提请验收 陆长河 · 待验收：巩固率已达到95%",
    f"验收 杜思远 · {MEASURE} · 已验收",
    f"提请验收 陆长河 · {MEASURE} · 待验收：各区县名单已汇总",
]
TASK = [
    f"验收 杜思远 · {MEASURE} · 沙坪坝区 · 已验收",
    f"提请验收 陆远 · {MEASURE} · 沙坪坝区 · 待验收：转学学生去向已补充",
    f"退回 杜思远 · {MEASURE} · 沙坪坝区 · 已退回：请补充转学学生去向",
    f"提请验收 陆远 · {MEASURE} · 沙坪坝区 · 待验收：名单已全部核对",
    f"开始整改 沈小平 · {MEASURE} · 沙坪坝区 · 整改中：已向各校下发核对表",
]
PASSED = f"下达任务 杜思远 · {MEASURE} · 沙坪坝区"
BEGUN = "开始整改 沈小平 · 整改中：已向各校下发核对表"
RAISED = [f"增加措施 杜思远 · {MEASURE}", "提出 杜思远"]
WHOLE = [*DECIDED, *TASK, BEGUN, PASSED, *RAISED]
READS = dict.fromkeys(["city_officer", "city_lead", "supervisor", "auditor"], WHOLE) | {
    "officer": [*TASK, PASSED],
    "lead": [*TASK, PASSED],
    # That somebody below was given something, not who.
    "editor": [*DECIDED, BEGUN, "增加措施 杜思远", *RAISED],
}


@pytest.fixture
def people(visitor, sign_in, whole_city):
    """Each in a window of their own."""
    make_user("city_lead", "lead", unit(CITY), full_name="陆长河")
    return {name: sign_in(visitor(), name, "/") for name in DESKS}


def looked_at(page):
    assert faults_in_every_window(page) == [], page.url
    page.set_viewport_size({"width": 1440, "height": 900})


def from_home(page, *words):
    """By links alone: a task, or an entry of the menu, and on from there by names."""
    page.goto("/")
    looked_at(page)
    first, *others = words
    task = page.locator(".tasks li", has_text=first).locator("a")
    follow(page, task.first if task.count() else page.locator("nav a", has_text=first))
    for word in others:
        follow(page, page.locator("main a", has_text=word).first)
    looked_at(page)


def does(page, act, words=""):
    page.fill("[name=reason]", words)
    follow(page, page.locator(f"form.sticky button[value={act}]"))
    expect(page.locator("main [role=alert]")).to_have_count(0)
    looked_at(page)


def saves(page):
    looked_at(page)
    follow(page, "main form button.primary")


def raises(page):
    """From a figure of the city that is near its target only, by one click."""
    from_home(page, "全市指标：接近", "九年义务教育巩固率", "提出问题")
    assert page.input_value("[name=criteria-0-value]") == "96%"
    page.fill("[name=title]", TITLE)
    page.fill("[name=criteria-0-value]", "95%")
    saves(page)
    expect(page.locator(".finding")).to_have_text("还没有安排措施。1 项指标中已达到 0 项。")


def passes_down(page):
    follow(page, page.locator("main a", has_text="增加措施"))
    page.fill("[name=title]", MEASURE)
    saves(page)
    follow(page, page.locator("main th a", has_text=MEASURE))
    follow(page, page.locator("main a", has_text="下达到下级单位"))
    page.fill("[name=due_on]", (timezone.localdate() + days(9)).isoformat())
    page.locator("label", has_text="沙坪坝区").locator("input").check()
    saves(page)


def told_of(page):
    """What was done, the latest first, without the moment."""
    lines = page.locator(".events > li").all_inner_texts()
    return [re.sub(r"^[-0-9]+ [0-9:]+ ", "", " ".join(line.split())) for line in lines]


def is_solved(supervisor, city_lead):
    """What the city has to do itself, then the problem, once a figure shows it."""
    enter_approved(indicator(FIGURE), unit(CITY), "95.8%", year=2022)
    from_home(city_lead, "问题台账", TITLE, MEASURE)
    does(city_lead, "hand_in", "各区县名单已汇总")
    from_home(supervisor, MEASURE)
    does(supervisor, "accept")
    from_home(city_lead, "问题台账", TITLE)
    does(city_lead, "hand_in", "巩固率已达到95%")
    from_home(supervisor, TITLE, TITLE)
    does(supervisor, "accept")
    expect(supervisor.locator("main")).to_contain_text("已证明解决")
    from_home(city_lead, "问题台账", "查看已验收问题", TITLE)


def test_a_problem_is_followed_until_solved_and_found_from_every_home(people, visitor, sign_in):
    supervisor, officer, lead = (people[name] for name in ("supervisor", "officer", "lead"))
    raises(supervisor)
    passes_down(supervisor)
    from_home(officer, MEASURE)
    does(officer, "start", "已向各校下发核对表")
    from_home(lead, MEASURE)
    does(lead, "hand_in", "名单已全部核对")
    from_home(supervisor, MEASURE)
    does(supervisor, "send_back", "请补充转学学生去向")
    from_home(lead, "被退回的措施")
    does(lead, "hand_in", "转学学生去向已补充")
    from_home(supervisor, MEASURE)
    does(supervisor, "accept")
    is_solved(supervisor, people["city_lead"])

    enter_approved(indicator(FIGURE), unit(CITY), "94.1%", year=2022)
    from_home(supervisor, "复发待决定的问题", TITLE)
    for said in ("95.67%", "94.1%", "尚未达到"):
        expect(supervisor.locator("table.course tbody")).to_contain_text(said)
    for name, page in people.items():
        from_home(page, "问题台账", TITLE)
        assert (name, told_of(page)) == (name, READS[name])
        expect(page.locator("h1")).to_contain_text("复发")

    neighbour = sign_in(visitor(), "neighbour")
    from_home(neighbour, "问题台账")
    expect(neighbour.locator("main")).not_to_contain_text(TITLE)
    is_told_that_it_sees_nothing(sign_in(visitor(), "administrator", "/"))


def is_told_that_it_sees_nothing(administrator):
    looked_at(administrator)
    expect(administrator.locator("nav a", has_text="问题台账")).to_have_count(0)
    for address, told in (
        ("/problems/", "您的角色不能访问此页面。"),
        (f"/problems/{Problem.objects.get(title=TITLE).pk}/", "页面不存在，或您无权查看。"),
    ):
        administrator.goto(address)
        looked_at(administrator)
        expect(administrator.locator("main")).to_contain_text(told)
        expect(administrator.locator("main")).not_to_contain_text(TITLE)
