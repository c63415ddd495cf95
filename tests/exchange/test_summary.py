"""The wide table: what stands in it, who gets which part of it, and how it is laid out to print."""

import io
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.exchange.summary import summaries_of
from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from indicators.recording.examination import examine_due
from tests.cast import (
    YEAR,
    enter,
    enter_approved,
    make_indicator,
    make_share,
    make_statement,
    make_unit,
)
from tests.imports.workbooks import upload


def table(user, city, year=YEAR, tier="reported"):
    """The table's cells as texts by the row's name."""
    [found] = summaries_of(user, city, year, tier=tier)
    return {row.name: [cell.text for cell in row.cells] for row in (*found.rows, found.total)}


def notes(user, city):
    [found] = summaries_of(user, city, YEAR, tier="reported")
    return " ".join(found.notes)


def workbook(client, user, **asked):
    client.force_login(user)
    answer = client.get(reverse("exchange:summary_xlsx"), {"year": YEAR, **asked})
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows_of(book):
    """The first sheet by the text in its first column."""
    return {row[0].value: row for row in book.worksheets[0].iter_rows() if row[0].value}


def test_a_unit_has_this_year_beside_the_last_and_the_city_what_stands(
    supervisor, city, north, south, children
):
    for unit, before, now in ((north, "1", "2000"), (south, "3", "4000")):
        enter(children, unit, before, year=YEAR - 1)
        enter(children, unit, now)
    space = "\u2009"
    assert table(supervisor, city) == {
        "北区": ["1", f"2{space}000"],
        "南区": ["3", f"4{space}000"],
        "山城合计": ["4", f"6{space}000"],
    }


def test_the_last_row_is_what_the_city_states_and_not_a_sum_made_here(
    supervisor, city, north, south, children
):
    for unit in (north, south):
        enter(children, unit, "5")
    enter(children, city, "12")
    [found] = summaries_of(supervisor, city, YEAR, tier="reported")
    assert found.total.cells[1].number == Decimal(12)
    assert found.sources.cells[1].text == "公布；与各单位汇总不一致"


def test_the_two_years_of_another_definition_are_marked_on_page_and_paper(
    client, supervisor, city, north, children, children_public
):
    """They stood side by side without a word."""
    for indicator in (children, children_public):
        enter(indicator, north, "1", year=YEAR - 1)
        enter(indicator, north, "2")
    new = Definition(indicator=children, valid_from=YEAR, meaning_zh="新口径")
    save_definition(new, actor=None)
    [found] = summaries_of(supervisor, city, YEAR, tier="reported")
    assert [year.endswith("※") for year in found.years] == [False, True, False, False]
    said = f"※ 指标children：口径自 {YEAR} 年起变更，与上年不可比。"
    assert [note for note in found.notes if "※" in note] == [said]
    assert found.of_indicators(1, 2).notes == [note for note in found.notes if "※" not in note]

    book = workbook(client, supervisor)
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert sum(text.endswith("※") for text in texts) == 1
    assert any(said in text for text in texts)
    page = client.get(reverse("exchange:summary"), {"year": YEAR}).content.decode()
    assert said in page


def test_a_partial_sum_never_looks_whole(client, supervisor, city, north, south, children):
    enter(children, north, "5")
    [found] = summaries_of(supervisor, city, YEAR, tier="reported")
    assert (found.total.cells[1].text, found.sources.cells[1].text) == (
        "5（部分）",
        "汇总；已报 1 / 2",
    )
    assert "不是全部" in notes(supervisor, city)
    cell = rows_of(workbook(client, supervisor))["山城合计"][2]
    assert (cell.value, cell.number_format) == (5, '#,##0"（部分）"')


def test_missing_not_applicable_and_zero_are_three_things(supervisor, city, north, south, children):
    west = make_unit("500103", "西区", parent=city)
    enter(children, north, "0")
    enter(children, south, state="not_applicable", state_reason="没有")
    found = table(supervisor, city)
    assert [found[name][1] for name in ("北区", "南区", west.name)] == ["0", "不适用", "—"]


def test_a_doubt_and_what_rests_on_it_are_marked_in_both_years(
    usual_rules, client, supervisor, city, north, children
):
    enter(children, north, "1000", year=YEAR - 1)
    enter(children, north, "10000")
    examine_due()
    marked = table(supervisor, city)
    assert [text.endswith("？") for text in marked["北区"] + marked["山城合计"]] == [
        False,
        True,
        False,
        True,
    ]
    [next_year] = summaries_of(supervisor, city, YEAR + 1, tier="reported")
    assert next_year.rows[0].cells[0].text.endswith("？")
    assert rows_of(workbook(client, supervisor))["北区"][2].number_format == '#,##0"？"'


def test_what_was_said_of_a_number_is_in_its_format(client, supervisor, city, north, children):
    enter(children, north, "约120")
    cell = rows_of(workbook(client, supervisor))["北区"][2]
    assert (cell.value, cell.number_format) == (120, '"约"#,##0')


def test_numbers_stand_in_the_display_unit_no_more_exact_than_given(
    client, supervisor, city, north, south
):
    money = make_indicator(
        "money", unit="yuan", display_unit="yi_yuan", quantity_kind="amount", decimals=2
    )
    enter(money, north, "3355000000")
    enter(money, south, "33亿")
    book = rows_of(workbook(client, supervisor))
    assert [(book[name][2].value, book[name][2].number_format) for name in ("北区", "南区")] == [
        (33.55, "#,##0.00"),
        (33, "#,##0"),
    ]


def test_digits_that_a_spreadsheet_would_cut_off_are_written_as_text(
    client, supervisor, city, north, children
):
    enter(children, north, "12345678901234")
    share = make_indicator(
        "exact", upper_limit=None, unit="percent", display_unit="percent", quantity_kind="rate"
    )
    enter(share, north, "12345678901234.5678")
    row = rows_of(workbook(client, supervisor))["北区"]
    assert [cell.value for cell in row[2:5:2]] == [12345678901234, "12345678901234.5678"]


def test_an_indicator_of_the_city_alone_is_left_out_and_told(supervisor, city, north, children):
    make_indicator("plans", reporting_level="above")
    enter(children, north, "1")
    [found] = summaries_of(supervisor, city, YEAR, tier="reported")
    assert [figure.code for figure in found.figures] == ["children"]
    assert "另有 1 项" in notes(supervisor, city)


def test_a_unit_that_began_this_year_is_asked_for_no_other(supervisor, city, north, children):
    later = make_indicator("later", lag=-1)
    make_unit("500103", "新区", parent=city, valid_from=YEAR)
    enter(children, north, "1")
    [found] = summaries_of(supervisor, city, YEAR, tier="reported")
    assert [figure.code for figure in found.figures] == ["children", later.code]
    asked = {row.name: [cell.is_asked for cell in row.cells] for row in found.rows}
    assert asked == {"北区": [True] * 4, "新区": [True, True, False, False]}


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("officer", ["北区", "山城合计"]),
        ("lead", ["北区", "山城合计"]),
        ("other_officer", ["南区", "山城合计"]),
        ("city_officer", ["北区", "南区", "山城合计"]),
        ("supervisor", ["北区", "南区", "山城合计"]),
        ("auditor", ["北区", "南区", "山城合计"]),
        ("editor", ["山城合计"]),
    ],
)
def test_each_role_sees_its_own_units_and_of_the_city_what_it_may(
    request, city, north, south, children, reader, seen
):
    enter(children, north, "71")
    enter(children, south, "83")
    user = request.getfixturevalue(reader)
    found = table(user, city)
    assert list(found) == seen
    told = "154" if user.scope.whole or user.scope.named else "—"
    assert found["山城合计"][1] == told


def test_nobody_is_told_of_a_draft_or_of_what_was_not_approved(supervisor, city, north, children):
    enter_approved(children, north, "5")
    enter(children, north, "6")
    assert table(supervisor, city, tier="reported")["北区"][1] == "6"
    assert table(supervisor, city, tier="approved")["北区"][1] == "5"


def test_the_workbook_prints_on_a4_across_with_its_heads_and_lines_to_sign_on(
    client, supervisor, city, north, south, children
):
    done = make_statement("done", reporting_level="units")
    enter(children, north, "1")
    enter(done, north, statement="met")
    page = workbook(client, supervisor).worksheets[0]
    assert page.title == "优先保障"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)
    assert (page.print_title_rows, page.freeze_panes) == ("$1:$6", "B7")
    assert page.print_area == "'优先保障'!$A$1:$E$12"
    merged = {str(area) for area in page.merged_cells.ranges}
    assert merged >= {"A1:E1", "A3:E3", "A4:A6", "B4:C4", "B5:C5", "D4:E4", "A12:E12"}
    heads = [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_row=6)]
    assert heads == [
        ["优先保障", None, None, None, None],
        ["单位", "指标children", None, "指标done", None],
        [None, "人", None, None, None],
        [None, "2020 年", "2021 年", "2020 年", "2021 年"],
    ]
    assert "填报人" in page["A12"].value
    assert "盖章" in page["A12"].value


def test_columns_that_do_not_fit_go_on_on_a_sheet_of_their_own(client, supervisor, city, north):
    for number in range(14):
        enter(make_indicator(f"i{number:02}"), north, "123456789")
    pages = workbook(client, supervisor).worksheets
    assert [page.title for page in pages] == ["优先保障", "优先保障 (2)"]
    heads = [cell.value for page in pages for cell in page[4][1:] if cell.value]
    assert heads == [f"指标i{number:02}" for number in range(14)]
    assert [page["A7"].value for page in pages] == ["北区", "北区"]


def test_the_page_shows_the_same_table(client, supervisor, city, north, children):
    enter(children, north, "7")
    client.force_login(supervisor)
    page = client.get(reverse("exchange:summary")).content.decode()
    assert '<th scope="row">北区</th><td>—</td><td>7</td>' in page
    assert "summary/table.xlsx?year=2021&amp;jurisdiction=500000&amp;area=funding" in page


@pytest.mark.parametrize("place", ["exchange:summary", "exchange:summary_xlsx"])
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"year": "abc"}, 400),
        ({"year": "9" * 5000}, 400),
        ({"area": "x\x00"}, 400),
        ({"tier": "draft"}, 400),
        ({"jurisdiction": "500102"}, 404),
        ({"jurisdiction": "50\x00"}, 404),
    ],
)
def test_what_cannot_be_is_said_and_what_is_not_seen_is_not_there(
    client, officer, north, south, children, place, asked, status
):
    enter(children, north, "7")
    client.force_login(officer)
    assert client.get(reverse(place), asked).status_code == status


def test_a_city_without_figures_has_a_page_and_no_file(client, supervisor):
    client.force_login(supervisor)
    assert client.get(reverse("exchange:summary")).status_code == 200
    assert client.get(reverse("exchange:summary_xlsx")).status_code == 404


def test_a_table_that_comes_back_changes_nothing(
    client, city_officer, city, north, south, children
):
    """Nothing is new and nothing changed; what the number does not say itself is asked about."""
    money = make_indicator("money", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    portion = make_indicator(
        "portion",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        aggregation="none",
        decimals=2,
    )
    done = make_statement("done", reporting_level="units")
    make_share("whole", "children / children * 100")
    for unit in (north, south):
        for year in (YEAR - 1, YEAR):
            enter(children, unit, "36,215", year=year)
            enter(money, unit, "33.5亿", year=year)
            enter(done, unit, statement="partly", year=year)
    enter(portion, north, "0.96")
    enter(children, south, "约120")
    enter(portion, south, state="not_available", state_reason="未统计")
    client.force_login(city_officer)
    content = client.get(reverse("exchange:summary_xlsx"), {"year": YEAR}).content
    file = SimpleUploadedFile("汇总表.xlsx", content)
    rows = upload(client, file, reason="代填", year=str(YEAR)).rows.all()
    became = Counter((row.indicator_said, row.outcome) for row in rows if row.indicator_said)
    assert became == {
        ("children", "unchanged"): 3,
        ("children", "conflict"): 1,
        ("money", "unchanged"): 4,
        ("done", "unchanged"): 4,
        ("portion", "unchanged"): 1,
        ("portion", "left"): 2,
        ("portion", "question"): 1,
        ("whole", "left"): 4,
    }
    assert {row.outcome for row in rows if not row.indicator_said} == {"left"}
