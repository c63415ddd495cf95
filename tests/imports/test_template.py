"""The workbook that is handed out: what it holds, for whom, and what is locked in it."""

import io

import openpyxl
import pytest

from indicators.imports.claims import SHEET, claims_in
from indicators.models import DutyArea, EntryUnit
from indicators.spreadsheets import read_workbook
from tests.cast import YEAR, enter, make_indicator, make_statement, make_target
from tests.imports.workbooks import confirm, fill, outcomes, saved, template_of, upload
from tests.round_cast import make_round


def cells(book, code, head="数值"):
    """The row of the indicator by the heads of its sheet."""
    for page in book.worksheets:
        heads = [cell.value for cell in page[3]]
        for row in page.iter_rows(min_row=4):
            found = dict(zip(heads, row, strict=True)) if "指标编码" in heads else {}
            if found and found["指标编码"].value == code:
                return found
    raise LookupError(code)


def test_a_row_tells_what_the_entry_sheet_tells(at_work, officer, north, children):
    make_target(children, "ge", 900, level="city")
    enter(children, north, "800", year=YEAR - 2, actor=officer)
    enter(children, north, "900", year=YEAR - 1, actor=officer)
    enter(children, north, "1000", actor=officer, note="含民办")
    row = cells(template_of(at_work), "children")
    told = {head: cell.value for head, cell in row.items()}
    assert told == {
        "指标编码": "children",
        "指标": "指标children",
        "计量单位": "人",
        "年份": YEAR,
        "口径": "口径",
        "前年": 800,
        "上年": 900,
        "目标": told["目标"],
        "数值": 1000,
        "状态": None,
        "说明": "含民办",
    }


def test_only_the_cells_to_fill_in_are_unlocked(at_work):
    row = cells(template_of(at_work), "children")
    unlocked = {head for head, cell in row.items() if not cell.protection.locked}
    assert unlocked == {"数值", "状态", "说明"}


def test_pages_are_protected_frozen_and_print_on_a4_landscape(at_work):
    page = template_of(at_work).worksheets[0]
    assert page.protection.sheet
    assert page.freeze_panes == "B4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$3:$3"


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("1,000", "1000"),
        ("=1200+340", "1540"),
        ("3.62万", "3.62万"),
        ("805亿", "805亿"),
        ("42余万", "42余万"),
    ],
)
def test_a_figure_stands_as_a_number_only_where_that_says_the_same(
    at_work, officer, north, children, typed, cell
):
    enter(children, north, typed, actor=officer)
    answer = at_work.get(f"/imports/template.xlsx?unit=500101&year={YEAR}")
    found = read_workbook(answer.content, "t.xlsx").sheets[0].rows[-1]
    texts = [one.text for one in found.cells]
    assert cell in texts
    assert outcomes(upload(at_work, saved(template_of(at_work)))) == {"children": "unchanged"}


def test_amounts_stand_in_the_unit_of_measure_that_the_officer_prefers(at_work, officer, north):
    money = make_indicator("money", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")
    EntryUnit.objects.create(user=officer, duty_area=DutyArea.objects.get(), unit="wan_yuan")
    enter(money, north, "335000万元", actor=officer)
    book = template_of(at_work)
    row = cells(book, "money")
    assert (row["计量单位"].value, row["数值"].value) == ("万元", 335000)
    fill(book, {"money": 33.5})
    confirm(at_work, upload(at_work, saved(book)))
    assert cells(template_of(at_work), "money")["数值"].value == 33.5


def test_a_statement_is_chosen_from_its_words(at_work):
    make_statement("done", reporting_level="units")
    page = template_of(at_work).worksheets[0]
    lists = {one.formula1 for one in page.data_validations.dataValidation if one.type == "list"}
    assert lists == {'"达到,部分达到,未达到"', '"不适用,暂无数据"'}


def test_a_round_says_what_is_asked(at_work, supervisor, city, north, children):
    other = make_indicator("other")
    make_round(city, supervisor, [other], [city, north])
    codes = {place[1] for place in _claims(at_work).versions}
    assert codes == {"other"}


def test_what_is_locked_is_locked_in_the_workbook_and_says_why(
    at_work, officer, lead, supervisor, city, north, children
):
    from indicators.recording.submission import submit
    from tests.round_cast import fresh

    asked = make_round(city, supervisor, [children], [city, north])
    enter(children, north, "5", actor=officer)
    submission = fresh(asked.submissions.get(jurisdiction=north))
    submit(submission, actor=lead, version=submission.version)
    book = template_of(at_work)
    assert all(cell.protection.locked for cell in cells(book, "children").values())
    (message,) = {one.prompt for one in book.worksheets[0].data_validations.dataValidation}
    assert message == "数据已报送，正在等待市级审核；退回后方可修改。"


def test_versions_are_told_in_a_hidden_sheet_and_in_the_files_properties(
    at_work, officer, north, children
):
    enter(children, north, "5", actor=officer)
    enter(children, north, "6", actor=officer)
    answer = at_work.get(f"/imports/template.xlsx?unit=500101&year={YEAR}")
    found = read_workbook(answer.content, "t.xlsx")
    assert [sheet.hidden for sheet in found.sheets if sheet.name == SHEET] == [True]
    assert _claims(at_work).version(("500101", "children", YEAR)) == 2

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    del book[SHEET]
    assert _read(book).version(("500101", "children", YEAR)) == 2


def test_what_the_file_says_of_versions_is_only_a_claim(at_work, officer, north, children):
    enter(children, north, "5", actor=officer)
    book = template_of(at_work)
    enter(children, north, "6", actor=officer)
    page = book[SHEET]
    for row in page.iter_rows():
        if row[1].value == "children":
            row[3].value = "7"
    fill(book, {"children": 8})
    assert outcomes(upload(at_work, saved(book))) == {"children": "conflict"}


def test_one_workbook_holds_all_units_that_the_citys_officer_enters_for(
    client, city_officer, north, south
):
    children = make_indicator("children")
    enter(children, north, "5")
    client.force_login(city_officer)
    book = template_of(client, unit="")
    units = [cell.value for cell in book.worksheets[0]["B"][3:]]
    assert units == ["山城", "北区", "南区"] or units == ["北区", "南区"]
    fill(book, {"children": 7})
    of_import = upload(client, saved(book), reason="各区断网")
    assert set(of_import.rows.values_list("jurisdiction__name_zh", "outcome")) >= {
        ("北区", "changed"),
        ("南区", "new"),
    }


def test_a_template_of_another_unit_is_none_of_ones_business(at_work, south):
    assert at_work.get(f"/imports/template.xlsx?unit=500102&year={YEAR}").status_code == 404


def test_an_officer_of_one_duty_area_gets_its_sheet_only(client, officer, children):
    other = DutyArea.objects.create(code="other", name_zh="其他")
    make_indicator("elsewhere", duty_area=other)
    officer.memberships.get().duty_areas.add(other)
    client.force_login(officer)
    assert template_of(client).sheetnames == ["其他", SHEET]


def _claims(client):
    answer = client.get(f"/imports/template.xlsx?unit=500101&year={YEAR}")
    return claims_in(read_workbook(answer.content, "t.xlsx"))


def _read(book):
    file = io.BytesIO()
    book.save(file)
    return claims_in(read_workbook(file.getvalue(), "t.xlsx"))
