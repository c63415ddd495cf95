"""A doubt travels: sums, shares and lights say that they rest on it, and lead to it."""

import csv
import io

import pytest
from django.urls import reverse

from indicators.figures import figures_of
from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from indicators.recording.examination import examine_due, examine_otherwise
from tests.cast import YEAR, enter, make_indicator, make_target, make_unit

pytestmark = pytest.mark.usefixtures("usual_rules")


@pytest.fixture
def ten_times(children, children_public, share, north, south):
    """Of one district's children ten times too many; of the other's nothing is odd."""
    for unit in (north, south):
        for year, children_there, public in ((YEAR - 1, "1000", "500"), (YEAR, "1010", "506")):
            enter(children, unit, children_there, year=year)
            enter(children_public, unit, public, year=year)
    enter(children, north, "10100")
    examine_due()


def marks(user, unit, *codes, **more):
    found = {figure.code: figure.doubt for figure in figures_of(user, unit, YEAR, **more)}
    return [found[code] for code in codes]


def test_sum_and_share_of_the_city_say_so_and_what_does_not_rest_on_it_does_not(
    ten_times, supervisor, city, north, south
):
    codes = ("children", "children_public", "share")
    assert marks(supervisor, north, *codes) == ["待核", "", "待核"]
    assert marks(supervisor, city, *codes) == ["含待核数据", "", "含待核数据"]
    assert marks(supervisor, south, *codes) == ["", "", ""]


def test_a_light_that_compares_with_a_doubted_last_year_says_so(
    ten_times, supervisor, city, children, north, south
):
    make_target(children, "not_below_last_year")
    for unit in (north, south):
        enter(children, unit, "1020", year=YEAR + 1, note="已核对")
    examine_due()
    [of_next] = [f for f in figures_of(supervisor, city, YEAR + 1) if f.code == "children"]
    assert (of_next.status, of_next.doubt) == ("missed", "含待核数据")


def test_what_the_city_states_rests_on_nothing_but_the_sum_beside_it_does(
    ten_times, supervisor, city, children
):
    enter(children, city, "2020")
    [stated] = [f for f in figures_of(supervisor, city, YEAR) if f.code == "children"]
    assert (stated.doubt, stated.computed_doubt) == ("", "含待核数据")


def test_what_a_district_entered_before_there_was_a_formula_rests_on_nothing(
    ten_times, supervisor, north
):
    rate = make_indicator(
        "rate", aggregation="none", unit="percent", display_unit="percent", quantity_kind="share"
    )
    enter(rate, north, "50")
    formula = "children_public / children * 100"
    now = Definition(indicator=rate, valid_from=YEAR, meaning_zh="口径", formula=formula)
    save_definition(now, actor=None)
    [figure] = [one for one in figures_of(supervisor, north, YEAR) if one.code == "rate"]

    assert (figure.result.basis, figure.doubt, figure.computed_doubt) == (
        "stated",
        "",
        "含待核数据",
    )


@pytest.fixture
def stated_otherwise(usual_rules, children, city, north, south, city_officer):
    """The districts make 2234, the city states 5000."""
    enter(children, north, "1000")
    enter(children, south, "1234")
    enter(children, city, "5000", actor=city_officer)
    examine_otherwise()
    examine_due()


def test_that_the_citys_figure_disagrees_with_its_sum_is_marked_for_its_own_people(
    stated_otherwise, city, officer, supervisor, editor, client
):
    seen = {user: marks(user, city, "children") for user in (supervisor, editor, officer)}
    assert seen == {supervisor: ["待核"], editor: ["待核"], officer: [""]}
    rows = {}
    for user in (supervisor, officer):
        client.force_login(user)
        file = b"".join(client.get("/export/figures.csv?tier=reported").streaming_content)
        rows[user] = [line for line in file.decode().splitlines() if "5000" in line]
    assert "待核" in rows[supervisor][0]
    assert "待核" not in rows[officer][0]


def test_what_was_approved_is_not_marked(ten_times, supervisor, city):
    assert marks(supervisor, city, "children", tier="approved") == [""]


def figure_page(client, user, unit, code="children"):
    client.force_login(user)
    return client.get(reverse("dashboards:figure", args=[code, unit.code, YEAR])).content.decode()


def test_the_page_of_the_sum_leads_to_the_source_and_says_what_is_odd(
    ten_times, client, supervisor, city, north
):
    page = figure_page(client, supervisor, city)
    assert 'id="doubt"' in page
    source = reverse("dashboards:figure", args=["children", north.code, YEAR])
    assert f'<li><a href="{source}">北区 · 指标children · {YEAR} 年</a>' in page
    assert "约为上年" in page


def test_who_may_not_see_the_source_sees_the_mark_only(
    ten_times, client, other_officer, city, north, children
):
    for number in range(6):  # so many that the sum is told to a district
        unit = make_unit(f"50012{number}", f"第{number}区", parent=city)
        enter(children, unit, "1000")
    page = figure_page(client, other_officer, city)
    assert "含待核数据" in page
    assert "待核数据属于您无权查看明细的单位" in page
    assert "北区" not in page
    assert north.code not in page


def test_the_overview_and_the_file_carry_the_mark(ten_times, client, supervisor, city):
    client.force_login(supervisor)
    assert "含待核数据" in client.get(reverse("dashboards:overview")).content.decode()
    answer = client.get(reverse("exchange:figures"), {"tier": "reported"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {
        (row["指标编码"], row["单位编码"]): row["待核标记"]
        for row in csv.DictReader(io.StringIO(text))
        if row["年份"] == str(YEAR)
    }
    assert rows["children", city.code] == "含待核数据"
    assert rows["children", "500101"] == "待核"
    assert rows["children_public", city.code] == ""


@pytest.mark.parametrize("page", ["/figures/children/500000/2021/", "/doubts/"])
def test_a_doubt_about_the_citys_own_figure_tells_no_sum(
    stated_otherwise, officer, supervisor, client, page
):
    seen = {}
    for user in (officer, supervisor):
        client.force_login(user)
        seen[user] = client.get(page).content.decode().replace("\u2009", "")

    assert 'class="doubt"' not in seen[officer]
    assert "2234" in seen[supervisor]
    assert "2234" not in seen[officer]
    assert "2766" not in seen[officer]
