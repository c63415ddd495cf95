"""The overview: what stands against targets, for whom, and in how many queries."""

import csv

import pytest
from django import forms
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from indicators.dashboards.forms import Select
from indicators.models import DutyArea
from tests.cast import YEAR, enter, make_indicator, make_target

OVERVIEW = reverse("dashboards:overview")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


def cells(response):
    """Texts of the table by indicator code, as the CSV has them."""
    return {row.record.code: row for row in response.context["table"].rows}


def test_the_finding_counts_and_names_the_furthest(page, children, city, north):
    make_target(children, "ge", 100)
    enter(children, north, "96")
    finding = page.get(OVERVIEW).context["finding"]

    assert finding == ("可与目标比较的 1 项指标中，1 项接近。指标children距目标差 4 人。")


def test_cells_are_drawn_not_written_out(page, children, city, north):
    make_target(children, "ge", 5)
    enter(children, north, "10")
    html = page.get(OVERVIEW).content.decode()

    assert '<svg class="shape"' in html
    assert "&lt;" not in html


def test_with_nothing_reported_the_page_says_so(page, children, city):
    response = page.get(OVERVIEW)

    assert response.status_code == 200
    assert response.context["finding"] == "本年度尚无报送数据。"


def test_the_overview_follows_what_an_officer_enters(
    page, children, share, children_public, city, north, south
):
    enter(children, city, "300")
    for unit, text in ((north, "100"), (south, "200")):
        enter(children, unit, text)
        figure = cells(page.get(OVERVIEW))["children"].record
    assert (str(figure.value), str(figure.computed)) == ("300 人", "300 人")
    assert (figure.coverage, figure.agrees) == ("2 / 2", True)

    enter(children, south, "250")
    html = page.get(OVERVIEW).content.decode()
    assert "不一致" in html
    assert "350" in html


def test_each_area_is_tallied(page, children, city, north):
    make_target(children, "ge", 5)
    enter(children, north, "10")
    make_indicator("silent")
    tally = page.get(OVERVIEW).context["kinds"][0][1][0]

    assert (tally.met, tally.near, tally.missed, tally.no_data, tally.no_target) == (1, 0, 0, 1, 0)


def test_results_are_counted_apart_from_duties(page, children, city, north):
    quality = DutyArea.objects.create(code="quality", name_zh="教育质量", kind="result", position=9)
    make_target(children, "ge", 5)
    make_target(make_indicator("better", duty_area=quality), "ge", 5)
    enter(children, north, "10")
    response = page.get(OVERVIEW)

    kinds = [(kind, sum_.met, sum_.no_data) for kind, _some, sum_ in response.context["kinds"]]
    assert kinds == [("职责", 1, 0), ("成效", 0, 1)]
    assert "成效小计" in response.content.decode()


def test_value_previous_change_target_gap_status_and_period(page, children, city, north):
    make_target(children, "ge", 105, year=2025, basis="national_plan", confirmed=False)
    enter(children, north, "100", year=2020)
    enter(children, north, "110", year=2021)
    figure = cells(page.get(OVERVIEW))["children"].record

    assert [str(figure.previous), str(figure.value), str(figure.change), str(figure.gap)] == [
        "100 人",
        "110 人",
        "+10.00%",
        "+5 人",
    ]
    assert [figure.target_words, figure.target_year, figure.period] == [
        "≥ 105 人",
        "到 2025 年",
        "2021 年",
    ]
    assert "未查证" in page.get(OVERVIEW).content.decode()


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"status": "met"}, ["children"]),
        ({"q": "SIL"}, ["silent"]),
        ({"sort": "-value"}, ["children", "silent"]),
        ({"sort": "value", "status": "no_data"}, ["silent"]),
        ({"area": "funding"}, ["children", "silent"]),
    ],
)
def test_the_table_sorts_filters_and_searches(page, children, city, north, asked, codes):
    make_target(children, "ge", 5)
    make_indicator("silent")
    enter(children, north, "10")

    assert list(cells(page.get(OVERVIEW, asked))) == codes


def test_the_table_has_pages(page, city, north):
    for number in range(30):
        make_indicator(f"i{number:02}")
    enter(make_indicator("filled"), north, "1")

    first = page.get(OVERVIEW, {"sort": "name"}).context["table"]
    assert len(first.page.object_list) == 25
    assert page.get(OVERVIEW, {"page": 2}).status_code == 200
    assert page.get(OVERVIEW, {"page": 99}).status_code == 200


def test_all_rows_stand_on_one_page_to_be_printed(page, city):
    for number in range(30):
        make_indicator(f"i{number:02}")

    assert "显示全部行" in page.get(OVERVIEW).content.decode()
    whole = page.get(OVERVIEW, {"rows": "all"})
    assert len(whole.context["table"].lines) == 30
    assert "分页显示" in whole.content.decode()


def test_the_approved_tier_shows_only_what_is_approved(page, children, city, north):
    enter(children, north, "10")

    assert cells(page.get(OVERVIEW, {"tier": "reported"}))["children"].record.has_figure
    assert not cells(page.get(OVERVIEW, {"tier": "approved"}))["children"].record.has_figure


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "1066"},
        {"year": "x"},
        {"year": "²²²²"},
        {"tier": "draft"},
        {"status": "x"},
        {"area": "x"},
    ],
)
def test_what_cannot_be_is_told_in_words(page, children, city, north, asked):
    enter(children, north, "10")
    response = page.get(OVERVIEW, asked)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_a_district_sees_itself_and_the_city_and_no_other(
    client, officer, children, city, north, south
):
    enter(children, north, "111")
    enter(children, south, "77777")
    client.force_login(officer)

    assert client.get(OVERVIEW, {"jurisdiction": "500101"}).status_code == 200
    assert client.get(OVERVIEW, {"jurisdiction": "500000"}).status_code == 200
    for code in ("500102", "999999"):
        hidden = client.get(OVERVIEW, {"jurisdiction": code})
        assert hidden.status_code == 404
        assert "南区" not in hidden.content.decode()
    assert "南区" not in client.get(OVERVIEW).content.decode()


def test_a_districts_page_has_the_citys_value_beside_its_own(page, children, city, north):
    enter(children, city, "300")
    enter(children, north, "111")
    table = page.get(OVERVIEW, {"jurisdiction": "500101"}).context["table"]

    figure = table.paginated_rows[0].record
    beside = table.figure_beside(figure)
    assert [str(beside.value), figure.origin] == ["300 人", "填报"]
    assert "city" not in page.get(OVERVIEW).context["table"].columns.names()


def test_the_citys_values_stand_on_every_page_of_the_table_and_in_the_csv(page, city, north):
    for number in range(30):
        indicator = make_indicator(f"i{number:02}")
        enter(indicator, north, "1")
        enter(indicator, city, f"7{number:02}")
    drawn = "".join(
        page.get(OVERVIEW, {"jurisdiction": "500101", "page": at}).content.decode() for at in (1, 2)
    )
    response = page.get(reverse("dashboards:overview_csv"), {"jurisdiction": "500101"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[1:]

    told = [f"7{number:02}" for number in range(30)]
    assert all(f'<td class="city" data-label="全市">{number} 人</td>' in drawn for number in told)
    assert [line.split(",")[5] for line in lines] == told


def test_a_cell_has_its_columns_name_and_is_marked_where_there_is_nothing(page, children, north):
    enter(children, north, "10")
    html = page.get(OVERVIEW, {"jurisdiction": "500101"}).content.decode()

    assert '<td class="origin" data-label="录入方式">填报</td>' in html
    assert '<td class="gap blank" data-label="与目标差距">—</td>' in html


def test_a_select_is_drawn_as_django_draws_it():
    choices = [("", "全部"), (2022, "2022"), ("<a>", "<b>")]
    asked = {"name": "year", "value": 2022, "attrs": {"id": "id_year", "aria-invalid": "true"}}

    assertHTMLEqual(
        Select(choices=choices).render(**asked), forms.Select(choices=choices).render(**asked)
    )


def csv_of(page, asked=None):
    """The table's file as dictionaries by the heading."""
    response = page.get(reverse("dashboards:overview_csv"), asked or {})
    assert "filename*=" in response.headers["Content-Disposition"]
    body = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    return list(csv.DictReader(body))


def test_the_csv_is_the_table_on_screen(page, children, city, north):
    make_target(children, "ge", 5)
    make_indicator("silent")
    enter(children, north, "1.2万")

    assert [row["指标"] for row in csv_of(page, {"status": "met"})] == ["指标children"]
    assert [row["指标"] for row in csv_of(page)] == ["指标children", "指标silent"]


def test_in_the_csv_numbers_are_numbers_and_units_stand_beside_them(page, city, north):
    spent = make_indicator("spent", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    make_target(spent, "ge", 80_000_000_000)
    enter(spent, city, "800亿元", year=YEAR - 1)
    enter(spent, city, "805亿元")
    enter(spent, north, "3亿元")
    (row,) = csv_of(page)

    assert {name: row[name] for name in ("指标编码", "计量单位", "上年", "数值", "与目标差距")} == {
        "指标编码": "spent",
        "计量单位": "亿元",
        "上年": "800",
        "数值": "805",
        "与目标差距": "5",
    }
    assert (row["较上年变化"], row["变化的单位"]) == ("0.625", "%")
    assert (row["判定方式"], row["目标"], row["差距的单位"]) == ("≥", "800", "亿元")
    assert (row["已报送"], row["应报"], row["达标情况"]) == ("1", "1", "达标")


def test_blanks_sort_last_whichever_way(page, city):
    for number, text in enumerate(("5", "", "7")):
        indicator = make_indicator(f"i{number}", aggregation="none")
        if text:
            enter(indicator, city, text)

    assert list(cells(page.get(OVERVIEW, {"sort": "value"}))) == ["i0", "i2", "i1"]
    assert list(cells(page.get(OVERVIEW, {"sort": "-value"}))) == ["i2", "i0", "i1"]


def test_changes_are_sorted_within_the_units_that_can_be_compared(page, city):
    for code, unit, before, now in (
        ("rose_percent", "persons", "10", "12"),
        ("rose_points", "percent", "10%", "60%"),
        ("fell_percent", "persons", "10", "9"),
        ("fell_points", "percent", "60%", "10%"),
    ):
        indicator = make_indicator(code, unit=unit, display_unit=unit, aggregation="none")
        enter(indicator, city, before, year=YEAR - 1)
        enter(indicator, city, now)

    assert list(cells(page.get(OVERVIEW, {"sort": "-change"}))) == [
        *("rose_percent", "fell_percent"),
        *("rose_points", "fell_points"),
    ]


def test_the_worst_stands_first(page, city):
    for code, text in (("met", "120"), ("far", "10"), ("nearer", "80"), ("near", "99")):
        indicator = make_indicator(code, aggregation="none")
        make_target(indicator, "ge", 100)
        enter(indicator, city, text)
    make_indicator("silent")

    assert list(cells(page.get(OVERVIEW))) == ["far", "nearer", "near", "met", "silent"]


def finding_of_chart(page, city, *figures):
    """A figure a pair: its duty area, and what of 100 it reaches."""
    for number, (area, reached) in enumerate(figures):
        duty, _made = DutyArea.objects.get_or_create(code=area, defaults={"name_zh": area})
        indicator = make_indicator(f"i{number}", duty_area=duty, aggregation="none")
        make_target(indicator, "ge", 100)
        enter(indicator, city, str(reached))
    return page.get(OVERVIEW).context["chart_finding"]


def test_missed_and_near_are_told_apart(page, city):
    finding = finding_of_chart(page, city, ("a", 10), ("b", 98))
    assert finding == "a有“未达”指标，b有“接近”指标"


def test_an_area_has_most_only_where_no_other_has_as_many(page, city):
    assert finding_of_chart(page, city, ("a", 10), ("b", 20)) == "2 项职责有“未达”指标"


def test_an_area_that_has_most_is_named(page, city):
    finding = finding_of_chart(page, city, ("a", 10), ("b", 20), ("b", 30))
    assert finding == "2 项职责有“未达”指标，b最多"


def test_the_computed_figure_is_shown_where_it_does_not_agree(page, children, city, north):
    enter(children, city, "300")
    enter(children, north, "300")
    assert "计算" not in page.get(OVERVIEW).content.decode()

    enter(children, north, "299")
    assert "计算" in page.get(OVERVIEW).content.decode()


def test_a_part_of_a_sum_is_marked_on_the_page_and_in_the_csv(page, children, city, north, south):
    for unit in (north, south):
        enter(children, unit, "60", year=YEAR - 1)
    enter(children, north, "60")
    asked = {"jurisdiction": "500000", "year": YEAR}
    html = page.get(OVERVIEW, asked).content.decode()
    (row,) = csv_of(page, asked)

    assert '<small class="note">（已报 1 / 2）</small>' in html
    assert (row["数值"], row["上年"], row["已报送"], row["应报"]) == ("60", "120", "1", "2")

    asked["jurisdiction"] = "500101"
    assert "60 人（已报 1 / 2）</td>" in page.get(OVERVIEW, asked).content.decode()
    assert csv_of(page, asked)[0]["全市"] == ""  # the city's part, beside the district's whole


def test_last_years_part_is_left_out_of_the_csv(page, children, city, north, south):
    enter(children, north, "60", year=YEAR - 1)
    for unit in (north, south):
        enter(children, unit, "60")
    (row,) = csv_of(page, {"jurisdiction": "500000", "year": YEAR})

    assert (row["数值"], row["上年"]) == ("120", "")


def test_an_overview_costs_the_same_queries_with_one_figure_or_thirty(
    page, children, city, north, django_assert_max_num_queries
):
    enter(children, north, "5")
    page.get(OVERVIEW)
    with django_assert_max_num_queries(15) as one:
        page.get(OVERVIEW)
    for number in range(30):
        enter(make_indicator(f"more{number}"), north, "5")
    page.get(OVERVIEW)
    with django_assert_max_num_queries(15) as thirty:
        page.get(OVERVIEW)

    assert len(thirty) == len(one)


def test_year_is_the_latest_unless_asked(page, children, city, north):
    enter(children, north, "1", year=2019)
    enter(children, north, "1", year=YEAR)

    assert page.get(OVERVIEW).context["year"] == YEAR
    assert page.get(OVERVIEW, {"year": 2019}).context["year"] == 2019


def test_english_is_there_for_who_chose_it(page, children, city, north):
    enter(children, north, "1")
    page.cookies["django_language"] = "en"
    with translation.override("en"):
        assert page.get(OVERVIEW).context["finding"] == (
            "No figure of this year can be held against a target yet."
        )
