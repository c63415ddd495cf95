"""A table of the reader's own by the boundaries of today: what its units were in earlier years."""

import re

import pytest

from indicators.models import Definition, JurisdictionChange, SavedQuestion, YearlyResult
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_unit, make_user
from tests.dashboards.test_over_now import BEFORE, text_of, told, units  # noqa: F401
from tests.dashboards.test_over_now import page as browser  # noqa: F401
from tests.dashboards.views.test_custom_table import PAGE, drawn
from tests.results.test_predecessors import change_of

REASON = f"无法按现行区划推算：{YEAR} 年北区部分区域划入南区。"
ASKED = {
    "indicator": ["children", "share"],
    "unit": ["500203", "500205", "500101"],
    "year": [str(BEFORE), str(YEAR)],
    "rows": "units",
    "columns": "years",
}
NOW = ASKED | {"boundaries": "now"}


@pytest.fixture
def page(browser):  # noqa: F811
    return lambda **asked: browser.get(PAGE, asked)


@pytest.fixture
def both_years(told, north, children, children_public):  # noqa: F811
    for unit, part, whole in ((told["new"], 120, 400), (told["renamed"][1], 41, 50)):
        enter(children_public, unit, str(part))
        enter(children, unit, str(whole))
    enter(children, north, "40")
    return told


def cells_of(answer, code, unit):
    [table] = [one for one in answer.context["tables"] if str(one.of) == f"指标{code}"]
    [line] = [one for one in table.lines if one.head.code == unit]
    return line.cells


def row_of(answer, unit):
    """Of the first table."""
    [row] = [
        one
        for one in text_of(answer).split("</table>")[0].split("<tr>")
        if f'class="name">{unit}</th>' in one
    ]
    return row


def test_units_of_today_have_a_year_before_they_were_there(page, both_years):
    answer = page(**NOW)

    for code, merged, renamed in (
        ("children", [400, 400], [50, 50]),
        ("share", [25, 30], [80, 82]),
    ):
        assert [one.figure.number for one in cells_of(answer, code, "500203")] == merged
        assert [one.figure.number for one in cells_of(answer, code, "500205")] == renamed
    worked_out, own = cells_of(answer, "share", "500203")
    assert (worked_out.now.is_worked_out, own.now.is_unchanged) == (True, True)


def test_by_the_boundaries_of_then_they_are_not_asked(page, both_years):
    answer = page(**ASKED)

    assert drawn(answer)["指标children"]["丙区"] == [None, "400 人"]
    assert all(one.now is None for one in cells_of(answer, "children", "500203"))
    assert "按当时区划" in text_of(answer)
    assert "推算" not in text_of(answer)


def test_a_cell_says_what_was_worked_out_and_leads_to_what_was_reported(page, both_years):
    answer = page(**NOW)

    assert '<span class="aside">推算</span>' in row_of(answer, "丙区")
    assert f"/figures/children/500203/{BEFORE}/" not in row_of(answer, "丙区")
    assert f"/figures/children/500203/{YEAR}/" in row_of(answer, "丙区")
    assert f"/figures/children/500204/{BEFORE}/" in row_of(answer, "东区")


def test_where_parts_were_exchanged_the_cell_is_empty_and_the_transfer_named_below(
    page, both_years
):
    answer = page(**NOW)
    before, now = cells_of(answer, "children", "500101")

    assert (before.now.refused, now.figure.number) == (REASON, 40)
    assert f'title="{REASON}">区划调整</span>' in row_of(answer, "北区")
    below = [one for one in re.findall("<li>(.*?)</li>", text_of(answer)) if "推算" in one]
    assert below == ["丙区：由甲县、乙县按现行区划推算", f"北区：{REASON}"] * 2


def test_the_numbers_that_go_into_its_file_are_those_on_the_page(page, both_years):
    """The file is made of what stands in the cells: a number, its unit, and what is said of it."""
    answer = page(**NOW)
    numbers = re.findall('data-number="(.*?)"', text_of(answer))

    assert numbers == [
        one.figure.digits
        for table in answer.context["tables"]
        for line in table.lines
        for one in line.cells
    ]
    assert numbers[:6] == ["400", "400", "50", "50", "", "40"]
    assert 'data-name="指标children 按现行区划"' in text_of(answer)
    assert 'data-name="指标children 按当时区划"' in text_of(page(**ASKED))


def test_a_changed_definition_is_told_of_the_unit_of_today(page, both_years, children):
    save_definition(
        Definition(indicator=children, valid_from=YEAR, meaning_zh="新口径"), actor=None
    )
    answer = page(**NOW)

    for unit in ("500203", "500205"):  # though the earlier figures are other units'
        marks = [one.broken for one in cells_of(answer, "children", unit)]
        assert marks == ["", f"{YEAR} 年口径变动"]


def test_a_part_of_the_sum_says_so(page, both_years, children):
    enter(children, both_years["old"][1], "", year=BEFORE, reason="误报")
    row = row_of(page(**NOW), "丙区")

    assert "已报 1 / 2" in row
    assert 'data-number=""' in row  # a file gets the words


def test_units_to_choose_from_are_those_of_today(page, told, children, north):  # noqa: F811
    """No figure is of the year of the change yet: by then they are those of the year before."""
    asked = {"indicator": "children", "year": BEFORE}
    of_then = ["500201", "500202", "500204"]
    then = page(**asked, unit=of_then)
    now = page(**asked, unit=of_then, boundaries="now")

    def chosen(answer):
        return answer.context["form"].data.getlist("unit")

    assert chosen(then) == of_then
    assert [*dict.fromkeys(chosen(now))] == ["500203", "500205"]
    back = page(**asked, unit=["500203", "500205"], boundaries="then")
    assert chosen(back) == of_then


def test_saved_tables_keep_the_switch(browser, page, both_years):  # noqa: F811
    asked = {"act": "save", "name": "合并前后"}
    shown = browser.get(PAGE, NOW)
    query = shown.context["query"]
    saved = browser.post(f"{PAGE}?{query}", asked)

    assert SavedQuestion.objects.get().query.endswith("&boundaries=now")
    again = browser.get(saved["Location"])
    assert drawn(again) == drawn(shown)
    assert again.context["over_now"]
    assert [one.is_shown for one in again.context["saved"]] == [True]


def test_a_table_saved_without_the_switch_is_still_the_one_on_the_page(page, both_years):
    assert "boundaries" not in page(**ASKED).context["query"]
    assert page(**ASKED, boundaries="then").context["query"] == page(**ASKED).context["query"]


def test_a_boundary_that_there_is_not_is_refused(page, both_years):
    assert page(**ASKED, boundaries="soon").status_code == 400


def test_nothing_of_it_is_stored(page, both_years):
    stored = YearlyResult.objects.count()
    page(**NOW)

    assert YearlyResult.objects.count() == stored


def test_who_does_not_see_the_parts_sees_none(client, both_years, city, share):
    enter(share, city, "27", year=BEFORE)
    people = make_user("of_new", "officer", both_years["new"])
    client.force_login(people)
    answer = client.get(PAGE, NOW | {"unit": "500203"})

    assert "丙区：无权查看并入前各单位的数据。" in text_of(answer)
    for secret in ("25%", "10.00", "100", "300", "甲县", "乙县", "北区"):
        assert secret not in text_of(answer).split("<h2")[1]
    JurisdictionChange.objects.filter(kind="merge").update(answered_by=both_years["new"])
    client.force_login(people)
    answer = client.get(PAGE, NOW | {"unit": "500203"})
    assert cells_of(answer, "share", "500203")[0].figure.number == 25


def test_it_costs_the_same_with_one_unit_or_ten(
    page, both_years, city, children, django_assert_max_num_queries
):
    page(**NOW)
    with django_assert_max_num_queries(16) as few:
        page(**NOW)
    for n in range(9):
        ended = make_unit(f"50030{n}", f"县{n}", parent=city, valid_to=YEAR)
        enter(children, ended, "5", year=BEFORE)
        change_of(
            "rename", [ended], [make_unit(f"50040{n}", f"区{n}", parent=city, valid_from=YEAR)]
        )
    many = NOW | {"unit": [*NOW["unit"], *(f"50040{n}" for n in range(9))]}
    page(**many)
    with django_assert_max_num_queries(16) as more:
        page(**many)

    assert len(few) == len(more)
