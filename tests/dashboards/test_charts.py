"""The data of the pictures: where a line breaks, and which target it is held against."""

import pytest
from django.urls import reverse

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_target

PAGE = reverse("dashboards:indicator", args=["children"])


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return lambda: client.get(PAGE).context


@pytest.fixture
def course(children, north):
    for year, text in {YEAR - 2: "10", YEAR - 1: "20", YEAR: "30"}.items():
        enter(children, north, text, year=year)


def redefine(indicator, year):
    save_definition(
        Definition(indicator=indicator, valid_from=year, meaning_zh="新口径"), actor=None
    )


def test_a_course_without_a_change_of_definition_has_no_break(page, course):
    found = page()

    assert found["trend_chart"]["breaks"] == []
    assert found["trend_finding"] == "2019 年 10 人，2021 年 30 人"


def test_a_change_of_definition_breaks_the_line_and_is_told(page, course, children):
    redefine(children, YEAR)
    found = page()

    assert found["trend_chart"]["breaks"] == [{"at": 2, "words": "口径变动"}]
    assert found["trend_finding"] == "2019 年 10 人，2021 年 30 人，2021 年口径变动"


def test_every_change_is_told(page, course, children):
    redefine(children, YEAR - 1)
    redefine(children, YEAR)
    found = page()

    assert [one["at"] for one in found["trend_chart"]["breaks"]] == [1, 2]
    assert found["trend_finding"].endswith("，2020、2021 年口径变动")


def test_a_change_in_the_first_year_breaks_nothing(page, course, children):
    redefine(children, YEAR - 2)
    found = page()

    assert found["trend_chart"]["breaks"] == []
    assert "口径变动" not in found["trend_finding"]


def test_the_target_is_a_line_with_words(page, course, children):
    make_target(children, "ge", 50)
    chart = page()["trend_chart"]

    assert (chart["target"], chart["target_name"]) == ("50.0000", "目标 ≥ 50 人")


def test_without_a_target_there_is_no_line(page, course):
    assert page()["trend_chart"]["target"] is None
