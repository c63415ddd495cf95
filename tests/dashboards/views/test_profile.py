"""The profile of a unit: its course through the years, and its place in its comparison group."""

import pytest
from django.urls import reverse

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_indicator, make_statement, make_unit

PAGE = reverse("dashboards:profile")
RATE = {"unit": "percent", "display_unit": "percent", "quantity_kind": "rate"}


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return lambda **asked: client.get(PAGE, {"jurisdiction": "500111", **asked})


@pytest.fixture
def rate(db):
    return make_indicator("rate", direction="higher_better", aggregation="none", decimals=1, **RATE)


@pytest.fixture
def told(city, rate, children):
    """A unit of a group of five, and one of another group."""
    units = [
        make_unit(f"50011{n}", f"第{n}区", parent=city, group_zh="主城" if n < 6 else "山区")
        for n in range(1, 7)
    ]
    for unit, number in zip(units, (80, 70, 75, 90, 60, 5), strict=True):
        enter(rate, unit, str(number))
        enter(children, unit, "100")
    for year, number in ((YEAR - 3, 77), (YEAR - 1, 79)):
        enter(rate, units[0], str(number), year=year)
    return units


def only_line(answer):
    [line] = answer.context["lines"]
    return line


def test_it_is_held_against_the_median_of_the_other_units_of_its_group(page, told):
    answer = page()
    line = only_line(answer)

    assert str(line.median_words) == "72.5%"
    assert line.verdict == "better"
    assert answer.context["finding"] == "可与同组比较的 1 项中，1 项好于中位数，0 项差于中位数。"
    assert [one.name for one in answer.context["peers"]] == [f"第{n}区" for n in range(2, 6)]
    compare = (
        f"{reverse('dashboards:compare')}?year={YEAR}&amp;jurisdiction=500111&amp;other=500112"
    )
    assert compare in answer.content.decode()


def test_its_course_leaves_a_longer_way_where_a_year_is_missing(page, told):
    line = only_line(page())

    assert line.course.points == "0,24 80,8 120,0"
    assert line.course_words == f"{YEAR - 3}: 77% → {YEAR - 1}: 79% → {YEAR}: 80%"


def test_no_course_crosses_a_change_of_the_definition(page, told, rate, editor):
    save_definition(
        Definition(indicator=rate, valid_from=YEAR - 1, meaning_zh="新口径"),
        actor=editor,
    )

    assert only_line(page()).course.points == "0,24 120,0"


def test_where_too_few_of_the_group_have_a_figure_no_median_is_told(page, told, rate):
    for unit in told[3:5]:
        enter(rate, unit, "", version=1)

    answer = page()
    assert only_line(answer).median_words is None
    assert only_line(answer).verdict == ""
    assert answer.context["finding"] == "可与上年比较的 1 项中，1 项向好，0 项变差。"


def test_counts_are_not_in_it_and_statements_are(page, told):
    covered = make_statement("covered")
    enter(covered, told[0], "已落实", statement="met")

    assert {one.figure.code for one in page().context["lines"]} == {"rate", "covered"}


def test_a_district_sees_its_course_and_nothing_of_its_group(
    client, officer, north, city, rate, told
):
    enter(rate, north, "50")
    enter(rate, north, "49", year=YEAR - 1)
    client.force_login(officer)
    answer = client.get(PAGE)  # of the own unit, where none is asked for

    assert answer.context["peers"] == []
    assert only_line(answer).course.points == "0,24 120,0"
    assert "同组中位数" not in answer.content.decode()
    assert client.get(PAGE, {"jurisdiction": "500111"}).status_code == 404
