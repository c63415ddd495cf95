"""A table of the reader's own choice, all of it in the address."""

import re

import pytest
from django.urls import reverse

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_indicator

PAGE = reverse("dashboards:custom_table")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return lambda **asked: client.get(PAGE, asked)


@pytest.fixture
def told(children, children_public, north, south, city):
    for unit, number in ((north, 100), (south, 200)):
        for back in (0, 1):
            enter(children, unit, str(number - back), year=YEAR - back)
            enter(children_public, unit, str(number // 2 - back), year=YEAR - back)


ALL = {
    "indicator": ["children", "children_public"],
    "unit": ["500101", "500102"],
    "year": [str(YEAR), str(YEAR - 1)],
}


def drawn(answer):
    return {
        str(table.of): {
            str(line.head): [str(one.figure.value) if one.figure else None for one in line.cells]
            for line in table.lines
        }
        for table in answer.context["tables"]
    }


def test_units_by_indicators_a_table_a_year(page, told):
    assert drawn(page(**ALL)) == {
        str(YEAR - 1): {"北区": ["99 人", "49 人"], "南区": ["199 人", "99 人"]},
        str(YEAR): {"北区": ["100 人", "50 人"], "南区": ["200 人", "100 人"]},
    }


def test_any_two_of_the_three_stand_on_rows_and_columns(page, told):
    found = drawn(page(**ALL, rows="years", columns="units"))
    assert list(found) == ["指标children", "指标children_public"]
    assert found["指标children"] == {
        str(YEAR - 1): ["99 人", "199 人"],
        str(YEAR): ["100 人", "200 人"],
    }
    found = drawn(page(**ALL, rows="indicators", columns="years"))
    assert found["北区"]["指标children"] == ["99 人", "100 人"]


def test_a_number_leads_to_its_figure_and_goes_into_files_as_one(page, told):
    content = page(**ALL).content.decode()

    assert f'href="{reverse("dashboards:figure", args=["children", "500101", YEAR])}"' in content
    assert 'data-number="100"' in content


def test_nothing_is_shown_and_nothing_refused_until_something_is_asked(page, told):
    answer = page()

    assert answer.status_code == 200
    assert "tables" not in answer.context
    assert "必填" not in answer.content.decode()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"columns": "units"}, "行和列不能相同"),
        ({"year": []}, "这个字段是必填项"),
        ({"unit": ["500199"]}, "500199"),
        ({"rows": "nonsense"}, "nonsense"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words_and_the_rest_is_kept(page, told, other, words):
    answer = page(**(ALL | other))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert '<option value="children" selected>' in answer.content.decode()


def test_too_many_cells_are_refused_with_their_number(page, told, monkeypatch):
    monkeypatch.setattr("indicators.dashboards.custom_table_form.MOST_CELLS", 7)

    assert "共 8 格，一页放不下，请控制在 7 格以内" in page(**ALL).content.decode()


def test_where_an_indicator_is_not_asked_the_cell_says_so(page, told):
    make_indicator("of_city", name_zh="本级数", reporting_level="above")
    answer = page(**(ALL | {"indicator": ["children", "of_city"]}))

    assert drawn(answer)[str(YEAR)]["北区"] == ["100 人", None]
    assert "不填报" in answer.content.decode() or "不适用" in answer.content.decode()


def test_a_district_chooses_among_what_it_sees(client, officer, told):
    client.force_login(officer)
    offered = client.get(PAGE).context["form"].fields["unit"].choices

    assert [code for code, _name in offered] == ["500000", "500101"]
    assert drawn(client.get(PAGE, ALL))[str(YEAR)] == {"北区": ["100 人", "50 人"]}
    assert client.get(PAGE, ALL | {"unit": "500102"}).status_code == 400


def test_what_is_asked_twice_is_shown_once(page, told):
    twice = ALL | {"indicator": ["children", "children"], "year": [str(YEAR), str(YEAR)]}

    assert drawn(page(**twice)) == {str(YEAR): {"北区": ["100 人"], "南区": ["200 人"]}}


def redefined(indicator):
    new = Definition(indicator=indicator, valid_from=YEAR, meaning_zh="新口径")
    save_definition(new, actor=None)


def test_years_on_both_sides_of_another_definition_say_so(page, told, children):
    """They stood side by side as if they could be compared."""
    redefined(children)
    answer = page(**ALL, rows="indicators", columns="years")
    marks = {
        (str(table.of), str(line.head)): [cell.broken for cell in line.cells]
        for table in answer.context["tables"]
        for line in table.lines
    }
    said = ["", f"{YEAR} 年口径变动"]
    assert {of for of, cells in marks.items() if cells == said} == {
        ("北区", "指标children"),
        ("南区", "指标children"),
    }
    assert {of for of, cells in marks.items() if cells == ["", ""]} == {
        ("北区", "指标children_public"),
        ("南区", "指标children_public"),
    }
    # Beside the number in its cell: a file of the table has it in the column 页面所示.
    cell = re.search(r'data-number="100"[^>]*>(.*?)</td>', answer.content.decode(), re.S)[1]
    assert f'<span class="aside">{YEAR} 年口径变动</span>' in cell


def test_a_year_alone_is_compared_with_nothing(page, told, children):
    redefined(children)
    answer = page(**ALL | {"year": [str(YEAR)]})
    assert "口径变动" not in answer.content.decode()


def test_a_year_without_a_figure_between_hides_no_change_of_definition(
    page, north, children, children_public
):
    redefined(children)
    enter(children, north, "90", year=YEAR - 1)
    enter(children_public, north, "50")
    enter(children, north, "100", year=YEAR + 1)
    years = [str(YEAR - 1), str(YEAR), str(YEAR + 1)]
    answer = page(**ALL | {"year": years}, rows="indicators", columns="years")
    [table] = [one for one in answer.context["tables"] if str(one.of) == "北区"]
    assert [one.broken for one in table.lines[0].cells] == ["", "", f"{YEAR} 年口径变动"]


def test_of_how_many_units_a_part_tells_is_said_once(page, children, north, south):
    enter(children, north, "100")
    answer = page(indicator="children", unit="500000", year=YEAR)

    assert answer.content.decode().count("已报 1 / 2") == 1
