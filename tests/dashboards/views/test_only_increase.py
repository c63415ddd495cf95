"""What may not fall below last year, unit by unit: what fell, what cannot be compared."""

import pytest
from django.urls import reverse

from indicators.models import Jurisdiction
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from tests.cast import YEAR, enter, make_indicator, make_target
from tests.recording.test_jurisdiction_change import asked_for

PAGE = reverse("dashboards:only_increase")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def told(city, north, south, children):
    money = make_indicator("money", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")
    make_target(money, "not_below_last_year")
    for unit, before, now in ((north, "300万", "290万"), (south, "500万", "520万")):
        enter(money, unit, before, year=YEAR - 1)
        enter(money, unit, now)
        enter(children, unit, "10")
    return money


def changes(answer):
    return {
        str(line.unit): [one and str(one.change) for one in line.figures]
        for line in answer.context["lines"]
    }


def test_each_unit_is_held_against_the_year_before(page, told):
    answer = page.get(PAGE)

    assert [one.code for one in answer.context["indicators"]] == ["money"]
    assert changes(answer) == {"山城": ["+1.25%"], "北区": ["−3.33%"], "南区": ["+4.00%"]}
    assert answer.context["finding"] == "1 个单位有应当只增不减的数据下降。"
    assert answer.content.decode().count("下降</span>") == 1


def test_where_it_fell_stands_first(page, told, south):
    enter(told, south, "100万")

    assert [*changes(page.get(PAGE))] == ["山城", "北区", "南区"]
    enter(told, south, "600万", year=YEAR - 2)
    assert page.get(PAGE, {"year": YEAR}).context["finding"] == (
        "3 个单位有应当只增不减的数据下降。"
    )


def test_those_in_which_nothing_fell_can_be_left_out(page, told):
    answer = page.get(PAGE, {"fallen": "yes"})

    assert [*changes(answer)] == ["北区"]
    assert answer.context["finding"] == "1 个单位有应当只增不减的数据下降。"


def test_what_cannot_be_compared_is_counted(page, told, north):
    enter(told, north, state="not_available", state_reason="决算未批复")

    answer = page.get(PAGE)
    assert answer.context["finding"] == ("应当只增不减的数据没有下降。2 项数据暂时不能比较。")
    assert "决算未批复" in answer.content.decode()


def test_an_officer_sees_the_own_unit_beside_the_city(client, officer, told):
    client.force_login(officer)

    assert "南区" not in changes(client.get(PAGE))


def test_without_such_a_target_the_page_says_so(page, children, city, north):
    enter(children, north, "10")

    assert page.get(PAGE).context["finding"] == "本年度没有可以与上年比较的数据。"


# What may not fall follows the units before: through a new name, and as the sum of merged ones.


@pytest.fixture
def money(north, south):
    money = make_indicator("money", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")
    make_target(money, "not_below_last_year")
    for unit, before in ((north, "300万"), (south, "500万")):
        enter(money, unit, before, year=YEAR - 1)
    return money


def test_a_renamed_unit_is_held_against_what_it_was(
    client, money, north, south, supervisor, editor
):
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    enter(money, Jurisdiction.objects.get(code="500188"), "290万")
    enter(money, south, "520万")
    client.force_login(supervisor)

    found = changes(client.get(PAGE))
    assert found == {"山城": ["+1.25%"], "新区": ["−3.33%"], "南区": ["+4.00%"]}


def test_a_merged_one_against_the_sum_of_theirs(client, money, north, south, supervisor, editor):
    merger = asked_for("merge", [north, south], ("500188", "两江区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")
    enter(money, Jurisdiction.objects.get(code="500188"), "780万")
    client.force_login(supervisor)

    assert changes(client.get(PAGE))["两江区"] == ["−2.50%"]
