"""What the cells of a file mean: each kind of cell, and what is told where one means nothing."""

import datetime

import pytest

from indicators.models import YearlyValue
from tests.cast import YEAR, enter, make_indicator, make_share, make_statement
from tests.imports.workbooks import (
    HEAD,
    answer_rows,
    confirm,
    csv_file,
    outcomes,
    said,
    table,
    upload,
)


@pytest.fixture
def money(db):
    return make_indicator("money", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")


def number(code):
    return YearlyValue.objects.get(indicator__code=code).number


@pytest.mark.parametrize("text", ["", "—", "-", "－－", " "])
def test_blank_and_dash_leave_the_figure_alone(at_work, officer, north, children, text):
    enter(children, north, "5", actor=officer)
    rows = [["children", "人", YEAR, text, "", ""], ["children", "人", 2020, 3, "", ""]]
    of_import = upload(at_work, table(*rows))
    confirm(at_work, of_import)
    assert YearlyValue.objects.get(year=YEAR).number == 5


def test_zero_is_zero(at_work):
    confirm(at_work, upload(at_work, table(["children", "人", YEAR, 0])))
    assert number("children") == 0


@pytest.mark.parametrize("text", ["/", "无"])
def test_what_says_neither_number_nor_state_is_asked_about(at_work, text):
    of_import = upload(at_work, table(["children", "人", YEAR, text]))
    assert outcomes(of_import) == {"children": "question"}
    answer = {"choice-1": "not_available", "reason-1": "尚未统计"}
    answer_rows(at_work, of_import, answer)
    assert outcomes(of_import) == {"children": "new"}
    confirm(at_work, of_import)
    value = YearlyValue.objects.get()
    assert (value.state, value.state_reason) == ("not_available", "尚未统计")


def test_a_state_without_a_reason_is_not_taken_for_an_answer(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, "/"]))
    answer_rows(at_work, of_import, {"choice-1": "not_available"})
    assert outcomes(of_import) == {"children": "refused"}


def test_a_state_is_chosen_in_its_column(at_work):
    row = ["children", "人", YEAR, "", "不适用", "没有这类学校"]
    confirm(at_work, upload(at_work, table(row)))
    assert YearlyValue.objects.get().state == "not_applicable"


def test_a_share_as_a_plain_number_below_one_is_asked_about(at_work, percent):
    of_import = upload(at_work, table(["percent", "%", YEAR, 0.9561]))
    assert outcomes(of_import) == {"percent": "question"}
    assert of_import.rows.get().readings == ["0.9561%", "95.61%"]
    answer_rows(at_work, of_import, {"choice-1": "other"})
    confirm(at_work, of_import)
    assert str(number("percent")) == "95.6100"


def test_a_share_that_is_stored_so_is_not_asked_about(at_work, officer, north, percent):
    enter(percent, north, "0.95", actor=officer)
    of_import = upload(at_work, table(["percent", "%", YEAR, 0.95]))
    assert outcomes(of_import) == {"percent": "unchanged"}


@pytest.mark.parametrize(
    ("unit", "text", "meant"),
    [("万元", 33.5, 335000), ("元", 33, 33), ("", 33, 33), ("亿元", "1.2", 120000000)],
)
def test_the_files_unit_of_measure_counts(at_work, money, unit, text, meant):
    confirm(at_work, upload(at_work, table(["money", unit, YEAR, text])))
    assert number("money") == meant


def test_another_unit_of_measure_is_refused(at_work, money):
    of_import = upload(at_work, table(["money", "人", YEAR, 33]))
    assert said(of_import) == "文件中以“人”计，本指标的计量单位是“元”。"


def test_what_may_be_a_thousand_or_not_is_asked_about(at_work, money):
    of_import = upload(at_work, table(["money", "万元", YEAR, "3千"]))
    assert of_import.rows.get().readings == ["3000元", "3000万元"]
    answer_rows(at_work, of_import, {"choice-1": "one"})
    confirm(at_work, of_import)
    assert number("money") == 3000


def test_a_statement_is_read_by_its_word(at_work):
    make_statement("done", reporting_level="units")
    confirm(at_work, upload(at_work, table(["done", "", YEAR, "达到"])))
    assert YearlyValue.objects.get().statement == "met"


def test_a_word_that_is_no_statement_is_refused_with_those_there_are(at_work):
    make_statement("done", reporting_level="units")
    of_import = upload(at_work, table(["done", "", YEAR, "很好"]))
    assert "很好" in said(of_import)
    assert "达到" in said(of_import)


def test_a_date_is_no_figure(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, datetime.date(2021, 9, 1)]))
    assert outcomes(of_import) == {"children": "refused"}
    assert "日期" in said(of_import)


def test_a_figure_that_the_file_says_twice_is_refused_at_both_places(at_work):
    rows = (["children", "人", YEAR, 5], ["指标children", "人", YEAR, 6])
    of_import = upload(at_work, table(*rows))
    assert [row.outcome for row in of_import.rows.all()] == ["refused", "refused"]
    assert said(of_import) == (
        "文件中这项数据出现了两次，另一处在 D3，请只留一处。 "
        "文件中这项数据出现了两次，另一处在 D2，请只留一处。"
    )


def test_what_is_stored_stands_beside_both_places_that_say_it(at_work, officer, north, children):
    enter(children, north, "4", actor=officer)
    rows = (["children", "人", YEAR, 5], ["children", "人", YEAR, 6])
    page = at_work.get(f"/imports/{upload(at_work, table(*rows)).pk}/")
    assert [row.before for row in page.context["rows"]] == ["4 人", "4 人"]


def test_an_unknown_indicator_is_named(at_work):
    of_import = upload(at_work, table(["无此指标", "人", YEAR, 5]))
    assert said(of_import) == "没有编码或名称为“无此指标”的指标。"


def test_the_unit_and_the_year_are_asked_for_where_nothing_says_them(client, city_officer, north):
    make_indicator("children")
    client.force_login(city_officer)
    file = csv_file("指标编码,数值\nchildren,5\n")
    of_import = upload(client, file, reason="该区断网")
    assert said(of_import) == "文件没有写明是哪一年的数据，请在上方选择。"
    page = client.get(f"/imports/{of_import.pk}/")
    assert page.context["missing"].fields.keys() >= {"unit"}

    client.post(f"/imports/{of_import.pk}/place/", {"unit": "500101", "year": str(YEAR)})
    assert outcomes(of_import) == {"children": "new"}
    confirm(client, of_import)
    value = YearlyValue.objects.get()
    assert (value.jurisdiction, value.change.on_behalf) == (north, True)


def test_entering_on_behalf_needs_its_reason(client, city_officer, north):
    make_indicator("children")
    client.force_login(city_officer)
    of_import = upload(client, table(["北区", "children", "人", YEAR, 5], head=["单位", *HEAD]))
    assert "代填原因" in said(of_import)
    page = client.get(f"/imports/{of_import.pk}/")
    assert list(page.context["missing"].fields) == ["reason"]
    client.post(f"/imports/{of_import.pk}/place/", {"reason": "该区断网"})
    confirm(client, of_import)
    assert YearlyValue.objects.get().change.reason == "该区断网"


def test_what_is_computed_is_left_beside_what_is_entered(at_work, children):
    make_share("share", "children / children * 100")
    rows = (["children", "人", YEAR, 5], ["share", "%", YEAR, 100])
    of_import = upload(at_work, table(*rows))
    assert outcomes(of_import) == {"children": "new", "share": "left"}
    confirm(at_work, of_import)
    assert YearlyValue.objects.get().number == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_offices_have(at_work, encoding):
    lines = f"指标编码,单位,年份,数值,说明\nchildren,北区,{YEAR},3.62万,含民办\n"
    confirm(at_work, upload(at_work, csv_file(lines, encoding=encoding)))
    assert number("children") == 36200


def test_a_program_that_writes_whole_numbers_with_a_decimal_is_understood(at_work):
    """As pandas writes a column of numbers with a gap in it."""
    lines = f"单位编码,指标编码,年份,数值\n500101.0,children,{YEAR}.0,36215.0\n"
    of_import = upload(at_work, csv_file(lines))
    assert of_import.rows.get().becomes["figure"] == "36\u2009215 人"
    confirm(at_work, of_import)
    again = upload(at_work, table(["children", "人", YEAR, 36215]))
    assert outcomes(again) == {"children": "unchanged"}


@pytest.mark.parametrize("text", ["1803.5999999999999", "1803.6000000000001"])
def test_a_double_in_all_its_digits_is_what_a_person_saw(at_work, money, text):
    lines = f"指标编码,计量单位,年份,数值\nmoney,万元,{YEAR},{text}\n"
    confirm(at_work, upload(at_work, csv_file(lines)))
    assert number("money") == 18036000


def test_a_file_without_a_table_is_told_what_a_head_needs(at_work):
    answer = at_work.post("/imports/", {"file": csv_file("区县,人数\n北区,若干\n")})
    assert answer.status_code == 422
    assert answer.context["error"] == (
        "没有找到数据表：表头须有“指标编码”或“指标”一列，以及“数值”一列。文件中的表头是：区县、人数。"
    )


def test_titles_above_the_head_and_a_head_that_comes_again_are_passed_over(at_work):
    lines = f"某某区教育数据\n\n指标编码,年份,数值\nchildren,{YEAR},5\n指标编码,年份,数值\n"
    of_import = upload(at_work, csv_file(lines))
    assert outcomes(of_import) == {"children": "new"}
    assert of_import.rows.get().cell == "C4"


def test_the_same_file_again_is_recognised(at_work):
    file = table(["children", "人", YEAR, 5])
    content = file.read()
    file.seek(0)
    confirm(at_work, upload(at_work, file))
    again = csv_file("", name="again.xlsx")
    again.file.write(content)
    again.file.seek(0)
    again.size = len(content)
    assert "同一个文件您已于" in upload(at_work, again).remarks[0]


def test_rules_say_what_looks_odd(at_work, officer, north, children, usual_rules):
    enter(children, north, "1000", year=YEAR - 1, actor=officer)
    of_import = upload(at_work, table(["children", "人", YEAR, 10000]))
    assert outcomes(of_import) == {"children": "new"}
    assert "10 倍" in " ".join(of_import.rows.get().doubts)


def test_years_of_one_file_are_held_against_each_other(at_work, children, usual_rules):
    of_import = upload(
        at_work,
        table(
            *[["children", "人", year, text] for year, text in ((2019, 1234), (YEAR, 123450))],
            ["children", "人", 2020, 12340],
        ),
    )
    doubts = {row.year: " ".join(row.doubts) for row in of_import.rows.all()}
    assert (doubts[2019], "10 倍" in doubts[2020], "10 倍" in doubts[YEAR]) == ("", True, True)
