"""The page of one indicator: trend, units, meaning, targets, and the light explained."""

import pytest
from django.urls import reverse

from indicators.figures.formatting import THIN_SPACE
from indicators.models import Definition, Tier, YearlyValue
from indicators.recording import Entry, save_values
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_statement, make_target, make_unit

PAGE = reverse("dashboards:indicator", args=["children"])


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def told(children, city, north, south):
    make_target(children, "ge", 50)
    make_target(children, "ge", 30, level="county")
    for year, (one, other) in {2019: ("10", "20"), 2020: ("20", "24"), 2021: ("20", "28")}.items():
        enter(children, north, one, year=year)
        enter(children, south, other, year=year)


def test_the_finding_has_figure_gap_change_and_units_short_of_their_target(page, told):
    assert page.get(PAGE).context["finding"] == (
        "2021 年 48 人，较目标 −2 人，较上年 +9.09%。2 个单位未达到目标。"
    )


def test_the_trend_begins_with_the_first_figure(page, told):
    context = page.get(PAGE).context

    assert [f.year for f in context["trend"]] == [2019, 2020, 2021]
    assert context["trend_finding"] == "2019 年 30 人，2021 年 48 人"
    assert context["trend_chart"]["values"] == ["30.0000", "44.0000", "48.0000"]
    assert context["trend_chart"]["target"] == "50.0000"


def test_units_stand_side_by_side_the_highest_first(page, told):
    context = page.get(PAGE).context

    assert context["across_chart"]["labels"] == ["▲ 南区", "▲ 北区"]
    assert context["across_chart"]["statuses"] == ["missed", "missed"]
    assert context["across_chart"]["limit"] is None
    assert context["across_finding"] == "最低北区 20 人，最高南区 28 人"


def test_in_the_table_the_worst_stands_first(page, told, children, city):
    enter(children, make_unit("500103", "东区", parent=city), "90")
    make_unit("500104", "西区", parent=city)

    assert [str(f.jurisdiction) for f in page.get(PAGE).context["across"]] == [
        *("北区", "南区", "东区", "西区")
    ]


def test_an_outlier_does_not_flatten_the_other_bars(page, children, city, north):
    for number in range(6):
        enter(children, make_unit(f"50012{number}", f"第{number}区", parent=city), f"{10 + number}")
    enter(children, north, "4000")
    chart = page.get(PAGE).context["across_chart"]

    assert (chart["limit"], chart["words"][0]) == ("17.250000", f"4{THIN_SPACE}000 人")


def test_to_the_city_all_districts_are_its_own(page, children, city, north):
    enter(children, north, "10")
    assert page.get(PAGE).context["across_finding"] == "各区县已报 1 / 1"

    for number in range(9):
        enter(children, make_unit(f"50012{number}", f"第{number}区", parent=city), "10")
    assert page.get(PAGE).context["others"] == (
        "各区县：下四分位 10 人，中位数 10 人，上四分位 10 人。"
    )


def test_one_year_makes_no_trend(page, children, north, south):
    enter(children, north, "1")
    enter(children, south, "1")

    assert page.get(PAGE).context["trend_chart"] is None


def test_a_light_says_what_is_lacking_in_points_and_in_heads(
    page, share, children, children_public, north, south
):
    make_target(share, "ge", 50)
    for unit in (north, south):
        enter(children, unit, "1000")
        enter(children_public, unit, "458")
    lacks = page.get(reverse("dashboards:indicator", args=["share"])).context["explanation"].lacks

    assert lacks == "还差 4 个百分点，约合指标children_public 84 人"


def test_what_is_no_share_of_heads_lacks_what_the_gap_says(page, told):
    assert page.get(PAGE).context["explanation"].lacks == "还差 2 人"


def test_the_formula_is_told_in_names(page, share, children, children_public, city):
    html = page.get(reverse("dashboards:indicator", args=["share"])).content.decode()

    assert "指标children_public ÷ 指标children × 100" in html
    assert "children_public / children" not in html


def test_who_has_not_reported_is_listed(page, told, city):
    make_unit("500103", "东区", parent=city)

    assert [str(f.jurisdiction) for f in page.get(PAGE).context["silent"]] == ["东区"]


def test_attainment_and_distance_covered_are_told_apart(page, told):
    explanation = page.get(PAGE).context["explanation"]

    assert explanation.base == "2019 年 30 人"
    assert explanation.covered == "由基期至目标已完成 90.0%"
    assert explanation.turns == "低于 50 人 为“接近”，低于 47.5 人 为“未达”"
    html = page.get(PAGE).content.decode()
    assert "<dt>与目标差距</dt>" in html
    assert "<dt>目标完成进度</dt>" in html
    assert "<dt>判定界线</dt>" in html


def test_what_has_no_target_says_so(page, children, city):
    enter(children, city, "48")

    assert "未设目标" in page.get(PAGE).content.decode()


def test_where_the_base_year_met_the_target_there_is_no_way_to_cover(page, told, children):
    make_target(children, "ge", 25, year=2025, basis="city_plan")

    assert page.get(PAGE).context["explanation"].covered == "基期已达到目标"


def test_every_version_of_the_definition_is_there_the_one_in_force_open(page, told, children):
    save_definition(
        Definition(indicator=children, valid_from=2022, meaning_zh="新口径"), actor=None
    )
    html = page.get(PAGE).content.decode()

    assert html.index("第 2 版，2022 年起") < html.index("第 1 版，1997 年起")
    assert "第 1 版，1997 年起 · 现行" in html


def test_all_targets_are_listed_with_whom_they_bind(page, told):
    lines = page.get(PAGE).context["targets"]

    assert [(line.words, line.binds) for line in lines] == [
        ("≥ 50 人", "市级"),
        ("≥ 30 人", "区县"),
    ]


def test_a_district_sees_no_other_by_name_and_eight_others_only_as_quartiles(
    client, told, officer, children, city, north, south
):
    client.force_login(officer)
    assert "南区" not in client.get(PAGE).content.decode()
    assert client.get(PAGE).context["others"] == ""

    more = [make_unit(f"50012{number}", f"第{number}区", parent=city) for number in range(7)]
    for number, unit in enumerate([north, south, *more]):
        now = YearlyValue.objects.filter(indicator=children, jurisdiction=unit, year=YEAR).first()
        entry = Entry(children, unit, YEAR, version=now.version if now else 0, text=f"{number}00")
        save_values([entry], actor=None, reason="", origin="seed", tiers=Tier.values)
    response = client.get(PAGE)
    assert (
        response.context["others"] == "其他单位：下四分位 280 人，中位数 450 人，上四分位 630 人。"
    )
    assert "南区" not in response.content.decode()
    assert "第1区" not in response.content.decode()


@pytest.mark.parametrize(("asked", "status"), [({"year": "1066"}, 400), ({"tier": "x"}, 400)])
def test_what_cannot_be_is_told_in_words(page, told, asked, status):
    assert page.get(PAGE, asked).status_code == status


def test_what_does_not_exist_or_is_not_yours_is_not_found(page, client, told, administrator):
    assert page.get(reverse("dashboards:indicator", args=["nothing"])).status_code == 404
    client.force_login(administrator)
    assert client.get(PAGE).status_code == 404


def test_an_indicator_without_any_figure_has_a_page(page, children, city):
    response = page.get(PAGE)

    assert response.status_code == 200
    assert "尚未报送" in response.content.decode()


def test_it_costs_the_same_queries_with_two_units_or_twenty(
    page, told, children, city, django_assert_max_num_queries
):
    page.get(PAGE)
    with django_assert_max_num_queries(16) as two:
        page.get(PAGE)
    for number in range(18):
        enter(children, make_unit(f"5002{number:02}", f"第{number}区", parent=city), "5", year=YEAR)
    page.get(PAGE)
    with django_assert_max_num_queries(16) as twenty:
        page.get(PAGE)

    assert len(two) == len(twenty)


def test_a_statement_has_a_page_in_words(page, city, north, south):
    covered = make_statement("covered")
    enter(covered, north, statement="met")
    enter(covered, south, statement="partly")
    context = page.get(reverse("dashboards:indicator", args=["covered"])).context

    assert context["trend_finding"] == "仅 2021 年有数据：部分达到"
    assert context["across_finding"] == "2 个单位中 1 个达到"
