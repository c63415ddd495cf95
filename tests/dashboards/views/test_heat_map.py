"""Units by the indicators of a duty area: lights, places among the units, and what is missing."""

import pytest
from django.urls import reverse

from tests.cast import YEAR, enter, make_indicator, make_statement, make_target

PAGE = reverse("dashboards:heat_map")
RATE = {"unit": "percent", "display_unit": "percent", "quantity_kind": "rate"}


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def told(city, north, south, children):
    lit = make_indicator("lit", aggregation="none", direction="higher_better", **RATE)
    make_target(lit, "ge", 90, level="county")
    free = make_indicator("free", aggregation="none", direction="lower_better", **RATE)
    safe = make_statement("safe")
    for unit, rate, other in ((north, "95", "10"), (south, "40", "30")):
        enter(lit, unit, rate)
        enter(free, unit, other)
        enter(children, unit, "10")
    enter(safe, north, statement="met")
    return lit, free, safe


def shades(answer):
    return {
        str(line.unit): [cell.shade for cell in line.cells] for line in answer.context["map"].lines
    }


def test_lights_places_and_what_is_missing_are_told_apart(page, told):
    answer = page.get(PAGE)

    assert [one.code for one in answer.context["map"].figures] == ["free", "lit", "safe"]
    found = shades(answer)
    assert found["北区"] == ["fifth5", "met", ""]
    assert found["南区"] == ["fifth1", "missed", "missing"]
    assert answer.context["finding"] == "南区未达目标最多，有 1 项。尚缺 1 项数据。"
    assert "未报送" in answer.content.decode()


def test_what_fell_by_a_little_does_not_look_as_if_it_had_not(page, told, north):
    part, whole = make_indicator("part"), make_indicator("whole")
    kept = make_indicator("kept", formula="part / whole * 100", **RATE, decimals=1)
    make_target(kept, "not_below_last_year", level="county")
    for year, number in ((YEAR - 1, "9500"), (YEAR, "9496")):
        enter(part, north, number, year=year)
        enter(whole, north, "10000", year=year)

    assert ">94.96%</a>" in page.get(PAGE).content.decode()


def test_the_most_problems_stand_first_below_the_unit_above(page, told, city, north, south):
    def order():
        return [line.unit for line in page.get(PAGE).context["map"].lines]

    assert order() == [city, south, north]
    enter(told[0], south, "95")
    enter(told[0], north, "30")
    assert order() == [city, north, south]


def test_several_that_miss_as_many_are_counted(page, told, north):
    enter(told[0], north, "30")

    assert page.get(PAGE).context["finding"] == "2 个单位未达目标最多，各有 1 项。尚缺 1 项数据。"


def test_what_does_not_apply_is_not_missing(page, told, south):
    enter(told[2], south, state="not_applicable", state_reason="不设")

    assert shades(page.get(PAGE))["南区"][2] == ""
    assert page.get(PAGE).context["finding"] == "南区未达目标最多，有 1 项。"


def test_counts_are_not_shown_and_an_area_may_have_none(page, children, north):
    enter(children, north, "10")

    assert page.get(PAGE).context["finding"] == "本领域没有可以在单位之间比较的比例或达到情况。"


def test_an_area_that_there_is_not_is_refused(page, told):
    assert page.get(PAGE, {"area": "nowhere"}).status_code == 400


def test_an_officer_sees_the_own_unit_and_the_city(client, officer, told):
    client.force_login(officer)

    assert set(shades(client.get(PAGE))) == {"山城", "北区"}
