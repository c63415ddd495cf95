"""Whether targets will be met in time: of one unit in a list, of one figure on its page."""

import pytest
from django.urls import reverse

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import enter, make_indicator, make_target

PAGE = reverse("dashboards:outlook")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


def rising(code, city, numbers, year, *, target=100, **fields):
    """An indicator of the city with a figure each year to 2021, to be at the target in `year`."""
    made = make_indicator(
        code, reporting_level="above", aggregation="none", unit="persons", **fields
    )
    make_target(made, "ge", target, basis="city_plan", year=year)
    for number, at in zip(numbers, range(2022 - len(numbers), 2022), strict=True):
        enter(made, city, str(number), year=at)
    return made


def outlooks(page, **asked):
    found = page.get(PAGE, asked).context["outlooks"]
    return {one.figure.code: (one.code, one.ratio) for one in found}


@pytest.fixture
def seven(city):
    rising("on_track", city, [80, 85, 90], 2023)
    rising("hurried", city, [80, 83, 87], 2023)
    rising("slow", city, [80, 82, 84], 2023)
    rising("falling", city, [80, 78, 76], 2023)
    rising("there", city, [80, 90, 101], 2023)
    rising("single", city, [80], 2023)
    rising("late", city, [80, 85, 90], 2021)


def test_what_presses_most_stands_first_and_numbers_are_those_of_the_page(page, seven):
    answer = page.get(PAGE)

    assert outlooks(page) == {
        "late": ("not_in_time", "50.0%"),
        "falling": ("moving_away", "−40.0%"),
        "slow": ("limited", "40.0%"),
        "hurried": ("accelerate", "70.0%"),
        "on_track": ("on_track", "100.0%"),
        "there": ("achieved", ""),
        "single": ("too_few_figures", ""),
    }
    assert [one.figure.code for one in answer.context["outlooks"]] == [*outlooks(page)]
    assert answer.context["finding"] == (
        "6 项目标中，照此下去有 4 项不能按期达到。最需关注：指标late，到期未达。"
    )
    text = answer.content.decode()
    assert "2019 年至 2021 年由 80 人到 84 人，年均变化 2 人。" in text
    assert "到 2023 年达到 ≥ 100 人，年均需变化 5 人。" in text


def test_statutes_have_no_year_and_some_targets_have_no_way(page, city, children, north):
    make_target(children, "not_below_last_year", level="county")
    statute = make_indicator("statute", reporting_level="above", aggregation="none")
    make_target(statute, "ge", 100, year=2019)
    for year in (2020, 2021):
        enter(children, north, "10", year=year)
        enter(statute, city, "90", year=year)

    assert outlooks(page) == {"statute": ("no_target_year", "")}
    assert outlooks(page, jurisdiction="500101") == {}


def test_a_year_of_another_definition_is_not_compared(page, city, editor):
    changed = rising("changed", city, [10, 80, 90], 2023)
    save_definition(
        Definition(indicator=changed, valid_from=2020, meaning_zh="新口径"), actor=editor
    )

    assert outlooks(page) == {"changed": ("on_track", "150.0%")}


def test_what_is_less_than_its_number_is_not_called_achieved(page, city):
    rising("less", city, [80, "不足100"], 2023)

    assert outlooks(page) == {}


def test_the_page_of_the_indicator_tells_the_same(page, seven):
    answer = page.get(reverse("dashboards:indicator", args=["slow"]))

    assert answer.context["outlook"].code == "limited"
    chart = answer.context["trend_chart"]
    assert chart["labels"] == ["2019", "2020", "2021", "2022", "2023"]
    assert chart["values"] == ["80.0000", "82.0000", "84.0000", None, None]
    assert chart["way"] == ["80.0000", None, None, None, "100.0000"]
    assert "R = 实际年变化 ÷ 所需年变化 = 40.0%" in answer.content.decode()


def test_an_officer_sees_those_of_the_own_unit(client, officer, south, seven):
    client.force_login(officer)

    assert client.get(PAGE, {"jurisdiction": "500101"}).context["outlooks"] == []
    assert client.get(PAGE, {"jurisdiction": "500102"}).status_code == 404


def test_a_target_without_a_year_is_not_counted_among_those_in_time(page, city):
    statute = make_indicator("statute", reporting_level="above", aggregation="none")
    make_target(statute, "ge", 100)
    enter(statute, city, "90")
    assert page.get(PAGE).context["finding"] == "本年度没有可以判断进度的数据。"

    rising("there", city, [80, 90, 101], 2023)
    assert page.get(PAGE).context["finding"] == "有期限的目标都没有落后于进度。"
