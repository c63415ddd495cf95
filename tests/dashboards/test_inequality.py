"""The panel of how unequal units are: what its title says, and what its boxes hold."""

import pytest
from django.urls import reverse

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_indicator, make_target, make_unit

PAGE = reverse("dashboards:indicator", args=["share"])


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return lambda address=PAGE: client.get(address).context


@pytest.fixture
def units(city, north, south):
    return [north, south, make_unit("500103", "东区", parent=city)]


@pytest.fixture
def tell(units, children, children_public, share):
    """Shares of units in a year, of 100 children each or of as many as are said."""

    def act(year, *shares, of=units, whole=100):
        for unit, number in zip(of, shares, strict=False):
            enter(children, unit, str(whole), year=year)
            enter(children_public, unit, str(number), year=year)

    return act


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((50, 60, 70), "2020 年至 2021 年各单位差距缩小，差异系数由 0.490 到 0.136"),
        ((10, 50, 90), "2020 年至 2021 年各单位差距扩大，差异系数由 0.490 到 0.653"),
        ((20, 50, 80), "2020 年至 2021 年各单位差异系数不变，为 0.490"),
    ],
)
def test_the_title_says_whether_the_gap_narrowed(page, tell, shares, said):
    tell(YEAR - 1, 20, 50, 80)
    tell(YEAR, *shares)

    assert page()["inequality_finding"] == said


def test_a_change_that_its_digits_do_not_show_is_none(page, tell):
    tell(YEAR - 1, 5000, 6000, 7000, whole=10_000)
    tell(YEAR, 5001, 6000, 7000, whole=10_000)

    assert page()["inequality_finding"] == "2020 年至 2021 年各单位差异系数不变，为 0.136"


def test_one_year_is_told_by_itself(page, tell):
    tell(YEAR, 20, 50, 80)
    found = page()

    assert found["inequality_finding"] == "2021 年各单位差异系数为 0.490"
    assert found["inequality_sub_title"] == "% · 山城 · 2021 年 · 已报 3 / 3"
    assert found["inequality_chart"]["labels"] == ["2021"]


def test_figures_below_zero_have_a_range_and_no_coefficient(page, units):
    growth = make_indicator(
        "growth", unit="percent", display_unit="percent", quantity_kind="rate", lower_limit=None,
        aggregation="none",
    )  # fmt: skip
    for unit, number in zip(units, ("-5", "0", "4"), strict=True):
        enter(growth, unit, number)
    found = page(reverse("dashboards:indicator", args=["growth"]))

    assert found["inequality_finding"] == "2021 年最低北区 −5%，最高东区 4%"
    assert found["inequality_chart"]["boxes"][0]["min"] == "-5.0000"


def test_the_sub_title_has_unit_area_years_and_how_many_reported(page, tell, city):
    tell(YEAR - 1, 20, 50, 80)
    tell(YEAR, 20, 50, 80)
    make_unit("500104", "西区", parent=city)

    assert page()["inequality_sub_title"] == "% · 山城 · 2020—2021 年 · 2021 年已报 3 / 4"


def test_without_a_year_nothing_is_drawn(page, tell):
    tell(YEAR, 20)
    found = page()

    assert (found["inequality_chart"], found["inequality_sub_title"]) == (None, "")


def test_a_box_holds_what_the_table_says(page, tell):
    tell(YEAR, 20, 50, 80)
    (box,) = page()["inequality_chart"]["boxes"]

    ends = ("min", "q1", "median", "q3", "max")
    assert [float(box[name]) for name in ends] == [20, 35, 50, 65, 80]
    assert (float(box["whiskerMin"]), float(box["whiskerMax"]), box["outliers"]) == (20, 80, [])
    assert box["words"] == ["最高 80%", "上四分位 65%", "中位数 50%", "下四分位 35%", "最低 20%"]


def test_outliers_are_named_up_to_six(page, tell, city):
    many = [make_unit(f"50{1200 + n}", f"第{n}区", parent=city) for n in range(40)]
    tell(YEAR, *range(1, 9), *([50] * 24 + [51] * 8), of=many)
    (box,) = page()["inequality_chart"]["boxes"]

    assert len(box["outliers"]) == 16
    assert box["words"][5:] == [
        *(f"离群：第{n}区 51%" for n in range(32, 38)),
        "另有 10 个离群值",
    ]


def test_a_year_that_is_not_told_keeps_its_place(page, tell):
    tell(YEAR - 2, 20, 50, 80)
    tell(YEAR, 20, 50, 80)
    chart = page()["inequality_chart"]

    assert chart["labels"] == ["2019", "2020", "2021"]
    assert [box is None for box in chart["boxes"]] == [False, True, False]


def test_a_change_of_definition_is_told_at_the_first_box(page, tell, children):
    tell(YEAR - 1, 20, 50, 80)
    tell(YEAR, 20, 50, 80)
    save_definition(
        Definition(indicator=children, valid_from=YEAR, meaning_zh="新口径"), actor=None
    )
    found = page()

    assert found["inequality_chart"]["labels"] == ["2021"]
    assert found["inequality_chart"]["breaks"] == [{"at": 0, "words": "2021 年口径变动"}]
    assert found["inequality_sub_title"].endswith(" · 2021 年口径变动，此前年份不列")


def test_a_target_is_drawn_where_it_binds_all_units(page, tell, share):
    tell(YEAR, 20, 50, 80)
    assert page()["inequality_chart"]["target"] is None

    make_target(share, "ge", 60, level="county")
    chart = page()["inequality_chart"]
    assert (chart["target"], chart["target_name"]) == ("60.0000", "目标 ≥ 60%")


@pytest.mark.parametrize(("highest", "most"), [(80, None), (99, "100.0000"), (100, "100.0000")])
def test_the_scale_of_a_share_ends_at_the_whole(page, tell, highest, most):
    tell(YEAR, 20, 50, highest)
    found = page()["inequality_chart"]["most"]

    assert (found and float(found)) == (most and float(most))


def test_who_does_not_see_every_unit_is_sent_no_box(client, officer, editor, tell):
    tell(YEAR, 20, 50, 80)
    for user in (officer, editor):
        client.force_login(user)
        answer = client.get(PAGE)

        assert answer.context["inequality_chart"] is None
        assert "inequality-data" not in answer.content.decode()
        assert "boxplot" not in answer.content.decode()


def test_the_title_is_of_the_last_year_though_that_has_no_coefficient(page, tell):
    tell(YEAR - 1, 0, 0, 100)
    tell(YEAR, 0, 0, 0)

    assert page()["inequality_finding"] == f"{YEAR} 年各单位均为 0%"
