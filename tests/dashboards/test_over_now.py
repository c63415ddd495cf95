"""The switch between boundaries of then and of today: on an indicator, a profile, a heat map."""

import pytest
from django.urls import reverse

from indicators.models import JurisdictionChange
from tests.cast import YEAR, enter, make_target, make_unit, make_user
from tests.results.test_predecessors import change_of

BEFORE = YEAR - 1
NOW = {"boundaries": "now", "year": BEFORE}
INDICATOR = reverse("dashboards:indicator", args=["share"])
PROFILE = reverse("dashboards:profile")
HEAT = reverse("dashboards:heat_map")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def units(city, north, south):
    """甲县 and 乙县 became 丙区 in YEAR, a part of the north went to the south; a second 东区 has
    the name of one that ended before."""
    old = [
        make_unit("500201", "甲县", parent=city, valid_to=YEAR),
        make_unit("500202", "乙县", parent=city, valid_to=YEAR),
    ]
    new = make_unit("500203", "丙区", parent=city, valid_from=YEAR)
    renamed = [
        make_unit("500204", "东区", parent=city, valid_to=YEAR),
        make_unit("500205", "东区", parent=city, valid_from=YEAR),
    ]
    change_of("merge", old, [new])
    change_of("upgrade", renamed[:1], renamed[1:])
    change_of("transfer", [north], [south])
    return {"old": old, "new": new, "renamed": renamed}


@pytest.fixture
def told(units, north, south, children, children_public, share):
    make_target(share, "ge", 30, level="county")
    places = [*units["old"], units["renamed"][0], north, south]
    for unit, part, whole in zip(places, (10, 90, 40, 20, 20), (100, 300, 50, 40, 80), strict=True):
        enter(children_public, unit, str(part), year=BEFORE)
        enter(children, unit, str(whole), year=BEFORE)
    return units


def rows_of(answer):
    return {one.name: one for one in answer.context["across_now"]}


def text_of(answer):
    return answer.content.decode()


# --- The page of an indicator -------------------------------------------------------------------


def test_then_is_what_is_shown_where_nothing_is_asked(page, told):
    answer = page.get(INDICATOR, {"year": BEFORE})

    assert [one.unit_name for one in answer.context["across"]] == [
        *("甲县", "南区", "东区（至 2020 年）", "北区", "乙县")
    ]
    assert "across_now" not in answer.context
    assert f'data-name="指标share {BEFORE} 按当时区划"' in text_of(answer)
    assert text_of(page.get(INDICATOR, {"year": BEFORE, "boundaries": "then"})) != ""


def test_now_has_the_units_of_today_with_figures_or_reasons(page, told):
    answer = page.get(INDICATOR, NOW)
    found = rows_of(answer)

    assert [*found] == ["东区（2021 年起）", "丙区", "北区", "南区"]
    assert found["丙区"].figure.number == 25  # (10 + 90) / (100 + 300), no average of 10 and 30
    assert found["东区（2021 年起）"].figure.number == 80
    reason = f"无法按现行区划推算：{YEAR} 年北区部分区域划入南区。"
    assert found["北区"].refused == found["南区"].refused == reason
    assert answer.context["across_now_finding"] == (
        "现有 4 个单位：1 个沿用原单位数据、1 个由多个单位推算、2 个无法推算"
    )


def test_its_table_says_in_title_and_column_over_which_boundary(page, told):
    html = text_of(page.get(INDICATOR, NOW))

    assert f'data-name="指标share {BEFORE} 按现行区划"' in html
    assert '<th scope="col">区划</th>' in html
    links = "、".join(
        f'<a href="/figures/share/{unit.code}/{BEFORE}/">{unit.name}</a>' for unit in told["old"]
    )
    assert f'data-label="区划">由{links}按现行区划推算</td>' in html
    assert html.count(f"{YEAR} 年北区部分区域划入南区。</td>") == 2


def test_what_was_worked_out_has_no_light_and_no_page(page, told):
    html = text_of(page.get(INDICATOR, NOW))
    [line] = [row for row in html.split("<tr>") if '<th scope="row" class="name">丙区</th>' in row]

    assert "不判定" in line
    assert "达标" not in line.replace("达标情况", "")
    assert f"/figures/share/{told['new'].code}/" not in html


def test_its_bars_are_of_units_of_today(page, told):
    chart = page.get(INDICATOR, NOW).context["across_chart"]

    assert chart["labels"] == ["● 东区（2021 年起）", "丙区"]
    assert chart["names"]["no_target"] == "不判定"
    assert chart["target"] == "30.0000"  # that binds the unit that it was


def test_a_boundary_that_there_is_not_is_refused(page, told):
    for address in (INDICATOR, PROFILE, HEAT):
        assert page.get(address, {"boundaries": "soon"}).status_code == 400


def test_the_switch_is_a_list_that_needs_no_script(page, told):
    html = text_of(page.get(INDICATOR, NOW))

    assert '<option value="now" selected>按现行区划</option>' in html
    assert "terms/#boundaries" in html


def test_it_costs_the_same_with_one_merger_or_ten(
    page, told, city, children, django_assert_max_num_queries
):
    page.get(INDICATOR, NOW)
    with django_assert_max_num_queries(20) as one:
        page.get(INDICATOR, NOW)
    for number in range(9):
        two = [
            make_unit(f"5003{number}{n}", f"县{number}{n}", parent=city, valid_to=YEAR)
            for n in range(2)
        ]
        for unit in two:
            enter(children, unit, "5", year=BEFORE)
        change_of(
            "merge", two, [make_unit(f"5004{number}", f"区{number}", parent=city, valid_from=YEAR)]
        )
    page.get(INDICATOR, NOW)
    with django_assert_max_num_queries(20) as ten:
        page.get(INDICATOR, NOW)

    assert len(one) == len(ten)


# --- Those who do not see the parts -------------------------------------------------------------


@pytest.fixture
def stated(told, city, share):
    """The city's own figure, which everybody sees, so that pages of the year open for all."""
    enter(share, city, "27", year=BEFORE)
    return told


@pytest.mark.parametrize("address", [INDICATOR, PROFILE, HEAT])
def test_a_district_is_told_no_figure_of_units_that_it_does_not_see(client, stated, address):
    client.force_login(make_user("of_new", "officer", stated["new"]))
    answer = client.get(address, NOW)
    html = text_of(answer)

    assert answer.status_code == 200
    assert "无权查看并入前各单位的数据" in html
    for secret in ("25%", "25.00", "10.00", "30.00", "北区", "南区", "东区"):
        assert secret not in html


def test_of_its_own_past_it_is_told_once_it_answers_for_the_units_that_ended(client, stated):
    people = make_user("of_new", "officer", stated["new"])
    JurisdictionChange.objects.filter(kind="merge").update(answered_by=stated["new"])
    client.force_login(people)
    found = rows_of(client.get(INDICATOR, NOW))

    assert [*found] == ["丙区"]
    assert found["丙区"].figure.number == 25


def test_one_of_the_parts_alone_is_not_told_the_other(client, stated):
    client.force_login(make_user("of_old", "officer", stated["old"][0]))
    answer = client.get(INDICATOR, NOW)

    assert answer.context["across_now"] == []
    assert "25.00" not in text_of(answer)


# --- The profile --------------------------------------------------------------------------------


def line_of(answer):
    [line] = [one for one in answer.context["lines"] if one.figure.code == "share"]
    return line


def test_a_profile_has_the_course_over_the_boundary_of_today(page, told, children, children_public):
    enter(children_public, told["new"], "120")
    enter(children, told["new"], "400")
    answer = page.get(PROFILE, {"boundaries": "now", "year": YEAR, "jurisdiction": "500203"})
    line = line_of(answer)

    assert line.course_words == f"{BEFORE}: 25% → {YEAR}: 30%"
    assert (line.now.how, line.figure.change_number) == ("区划未变", 5)
    then = line_of(page.get(PROFILE, {"year": YEAR, "jurisdiction": "500203"}))
    assert (then.course, then.now) == (None, None)


def test_a_profile_of_a_year_before_the_unit_began_is_worked_out(page, told):
    answer = page.get(PROFILE, NOW | {"jurisdiction": "500203"})
    line = line_of(answer)

    assert (str(line.figure.value), line.now.is_worked_out) == ("25%", True)
    assert "由<a href" in text_of(answer)
    assert 'data-name="丙区 2020 按现行区划"' in text_of(answer)
    assert [name for _unit, name in answer.context["then"]] == ["甲县", "乙县"]
    assert "/overview/?year=2020&amp;jurisdiction=500203" not in text_of(answer)


def test_a_profile_of_which_nothing_can_be_told_says_why_in_its_place(page, told):
    answer = page.get(PROFILE, NOW | {"jurisdiction": "500101"})

    assert answer.context["finding"] == f"无法按现行区划推算：{YEAR} 年北区部分区域划入南区。"
    assert "该年没有可以按现行区划列出的数据。" in text_of(answer)
    assert "50%" not in text_of(answer)


@pytest.mark.parametrize(
    ("boundaries", "asked", "shown"),
    [("now", "500201", "500203"), ("then", "500203", "500201"), ("now", "500204", "500205")],
)
def test_switching_goes_on_with_what_the_unit_became_or_was(page, told, boundaries, asked, shown):
    answer = page.get(PROFILE, {"year": BEFORE, "boundaries": boundaries, "jurisdiction": asked})

    assert answer.context["unit"].code == shown


def test_switching_leads_nobody_to_a_unit_that_is_not_theirs(client, told, officer):
    client.force_login(officer)

    assert client.get(PROFILE, {"boundaries": "now", "jurisdiction": "500201"}).status_code == 404


# --- The heat map -------------------------------------------------------------------------------


def test_a_heat_map_over_the_boundaries_of_today(page, told):
    answer = page.get(HEAT, NOW)
    [at] = [n for n, one in enumerate(answer.context["map"].figures) if one.code == "share"]
    cells = {line.name: line.cells[at] for line in answer.context["map"].lines}

    assert [*cells] == ["山城", "北区", "南区", "丙区", "东区（2021 年起）"]
    assert (cells["丙区"].figure.number, cells["丙区"].now.is_worked_out) == (25, True)
    assert cells["丙区"].shade not in ("met", "near", "missed", "missing")
    assert cells["东区（2021 年起）"].shade == "met"
    assert (cells["北区"].figure.has_figure, cells["北区"].shade) == (False, "")
    html = text_of(answer)
    assert html.count(f"<li>北区：无法按现行区划推算：{YEAR} 年北区部分区域划入南区。</li>") == 1
    assert "按现行区划" in html.split('data-name="')[1].split('"')[0]


def test_a_heat_map_of_then_has_the_units_of_then(page, told):
    lines = page.get(HEAT, {"year": BEFORE}).context["map"].lines

    assert lines[0].name == "山城"
    assert {one.name for one in lines[1:]} == {"北区", "南区", "甲县", "乙县", "东区（至 2020 年）"}
    assert all(cell.now is None for one in lines for cell in one.cells)


def test_lights_have_words_over_the_boundaries_of_today(
    page, north, south, children, children_public, share
):
    make_target(share, "ge", 50, level="county")
    for unit, number in ((north, "20"), (south, "80")):
        enter(children, unit, "100")
        enter(children_public, unit, number)
    asked = {"area": "funding", "boundaries": "now"}
    html = text_of(page.get("/heat-map/", asked)).split("<tbody>")[1]

    assert (html.count("未达"), html.count("达标")) == (1, 1)
