"""Own tables whose labels say less, or more, than they seem to: no figure comes of a guess."""

import openpyxl
import pytest

from tests.cast import YEAR, make_indicator
from tests.imports.workbooks import csv_file, saved, upload


@pytest.fixture
def at_work(client, city_officer, north, south):
    make_indicator("children", name_zh="在园幼儿数")
    make_indicator("money", name_zh="教育经费", unit="yuan", quantity_kind="amount")
    client.force_login(city_officer)
    return client


def brought(client, *rows, merged=(), **fields):
    """The import of a workbook with these rows."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "统计"
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    return upload(client, saved(book), **{"reason": "代填", "year": str(YEAR)} | fields)


def read(of_import):
    """Every figure with what became of it."""
    return {
        row.cell: (row.outcome, row.unit_said, row.indicator_said, row.year, row.text)
        for row in of_import.rows.all()
    }


def taken(of_import):
    """Cells of which figures would be stored."""
    return {cell for cell, found in read(of_import).items() if found[0] == "new"}


def test_a_change_beside_a_figure_is_not_the_figure(at_work):
    of_import = brought(
        at_work,
        ["区县", "在园幼儿数", None],
        [None, "2021年", "比2020年增减"],
        ["北区", 500, 7],
        merged=["B1:C1"],
    )
    assert taken(of_import) == {"B3"}
    assert of_import.rows.get(cell="B3").year == 2021


def test_a_part_of_a_figure_is_not_the_figure(at_work):
    below = brought(
        at_work,
        ["区县", "在园幼儿数", None],
        [None, "合计", "其中：女"],
        ["北区", 5, 3],
        merged=["B1:C1"],
    )
    assert taken(below) == {"B3"}
    beside = brought(
        at_work,
        ["区县", "类别", "在园幼儿数"],
        ["北区", "合计", 500],
        ["北区", "其中：民办", 400],
    )
    assert taken(beside) == {"C2"}


def test_a_span_of_years_is_no_year(at_work):
    of_import = brought(at_work, ["区县", "在园幼儿数"], [None, "2019-2021年合计"], ["北区", 500])
    assert taken(of_import) == set()


@pytest.mark.parametrize("title", ["填表日期：2020年1月5日", "渝教发〔2019〕15号", "2019年统计"])
def test_the_users_year_goes_before_a_title(at_work, title):
    of_import = brought(at_work, [title], ["区县", "在园幼儿数"], ["北区", 500])
    assert of_import.rows.get().year == YEAR


def test_a_title_gives_the_year_where_the_user_does_not(at_work):
    rows = (["2019年统计"], ["区县", "在园幼儿数"], ["北区", 500])
    assert brought(at_work, *rows, year="").rows.get().year == 2019


def test_an_unknown_unit_is_never_the_chosen_unit(at_work):
    of_import = brought(at_work, ["区县", "在园幼儿数"], ["东区", 5], unit="500101")
    assert read(of_import) == {"B2": ("refused", "东区", "children", YEAR, "5")}


def test_a_row_without_a_label_is_of_nobody(at_work):
    rows = (["区县", "在园幼儿数"], ["北区", 5], [None, 77])
    of_import = brought(at_work, *rows, unit="500102")
    assert taken(of_import) == {"B2"}
    assert read(of_import)["B3"] == ("left", "", "", None, "77")


def test_a_total_of_columns_is_no_units(at_work):
    of_import = brought(at_work, ["项目", "城区", "合计"], ["在园幼儿数", 500, 900], unit="500101")
    assert taken(of_import) == set()


def test_column_and_row_that_contradict_each_other_say_nothing(at_work):
    of_import = brought(at_work, ["区县", "2020年在园幼儿数"], ["北区 2019年", 5], ["南区", 6])
    assert taken(of_import) == {"B3"}


def test_a_long_label_is_told_and_not_cut_into_a_fault(at_work):
    of_import = brought(at_work, ["区县", "在园幼儿数"], ["北区", 5], ["注" * 250, 6])
    assert taken(of_import) == {"B2"}


def test_years_in_a_column_of_their_own_are_the_years_of_the_rows(at_work):
    rows = (["区县", "年份", "在园幼儿数"], ["北区", 2019, 5], ["北区", 2020, 6], ["南区", 2020, 7])
    of_import = brought(at_work, *rows)
    assert list(of_import.rows.values_list("unit_said", "year", "text", "outcome")) == [
        ("500101", 2019, "5", "new"),
        ("500101", 2020, "6", "new"),
        ("500102", 2020, "7", "new"),
    ]


def test_figures_under_another_head_are_not_the_first_heads(at_work):
    of_import = brought(
        at_work,
        ["区县", "在园幼儿数"],
        ["北区", 500],
        [],
        ["（单位：万元）"],
        ["区县", "教育经费"],
        ["南区", 7],
    )
    assert {cell: found[2] for cell, found in read(of_import).items()} == {
        "B2": "children",
        "B6": "money",
    }
    assert of_import.rows.get(cell="B6").in_unit == "万元"
    assert taken(of_import) == {"B2", "B6"}


def test_a_figure_of_several_units_at_once_is_of_none(at_work):
    rows = (["区县", "在园幼儿数"], ["北区", 5], ["南区", None], ["南区", 6])
    of_import = brought(at_work, *rows, merged=["B2:B3"])
    assert taken(of_import) == {"B4"}


def test_what_is_hidden_or_holds_no_table_is_told(at_work):
    book = openpyxl.Workbook()
    shown, hidden, plain = book.active, book.create_sheet("隐"), book.create_sheet("说明")
    shown.title = "统计"
    for row in (["区县", "在园幼儿数"], ["北区", 5], ["南区", 6]):
        shown.append(row)
        hidden.append(row)
    shown.row_dimensions[3].hidden = True
    hidden.sheet_state = "hidden"
    plain.append(["填报说明", "无"])
    of_import = upload(at_work, saved(book), year=str(YEAR), reason="代填")
    assert of_import.remarks == [
        "工作表“统计”中隐藏的 1 行也已读取。",
        "工作表“隐”已隐藏，未读取。",
        "工作表“说明”中没有可识别的数据表，未读取。",
    ]


def test_a_row_hidden_in_every_sheet_is_told_once(at_work):
    book = openpyxl.Workbook()
    for number in range(7):
        page = book.create_sheet(f"第{number}张")
        for row in (["区县", "在园幼儿数"], ["北区", 5], ["南区", 6], ["合计", 11]):
            page.append(row)
        page.row_dimensions[3].hidden = True
    of_import = upload(at_work, saved(book), year=str(YEAR), reason="代填")
    five = "“第0张”、“第1张”、“第2张”、“第3张”、“第4张”及另外 2 张"
    assert of_import.remarks == [
        f"{five}的合计与各行相符，合计不导入。",
        f"工作表{five}中隐藏的 7 行也已读取。",
    ]


def test_hidden_columns_that_were_read_are_told(at_work):
    """They were taken without a word, where hidden rows are told."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "统计"
    for row in (["区县", "备用", "在园幼儿数", "教育经费"], ["北区", "x", 5, 6]):
        page.append(row)
    for letter in "BCDF":
        page.column_dimensions[letter].hidden = True
    of_import = upload(at_work, saved(book), year=str(YEAR), reason="代填")
    assert of_import.remarks == ["工作表“统计”中隐藏的列也已读取：C、D。"]

    page.delete_rows(1, 2)
    for row in (["指标编码", "年份", "单位编码", "数值"], ["children", YEAR, "500101", 5]):
        page.append(row)
    of_import = upload(at_work, saved(book), reason="代填")
    assert of_import.remarks == ["工作表“统计”中隐藏的列也已读取：B、C、D。"]


AGREE = "“统计”的合计与各行相符，合计不导入。"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("北区", 5), ("南区", 6), ("小计", 11), ("合计", 11)], [AGREE]),
        (
            [("北区", 5), ("南区", 6), ("小计", 11), ("合计", 999)],
            ["“统计”中 B5 的合计是 999，各行之和是 11。"],
        ),
        ([("合计", 11), ("北区", 5), ("南区", 6)], [AGREE]),
        (
            [("合计", 999), ("北区", 5), ("南区", 6)],
            ["“统计”中 B2 的合计是 999，各行之和是 11。"],
        ),
        ([("北区", 5), ("城区小计", 5), ("南区", 6), ("郊区小计", 6), ("2区县合计", 11)], [AGREE]),
        ([("小计", 5), ("北区", 5), ("小计", 6), ("南区", 6), ("总计", 11)], [AGREE]),
        ([("北区", 5), ("南区", 6), ("全市", 11)], [AGREE]),
        ([("北区", 5), ("南区", 7), ("全市平均", 6), ("合计", 12)], [AGREE]),
        (
            [("北区", 5), ("南区", "约6"), ("合计", 999)],
            ["“统计”的合计无法与各行核对，合计不导入。"],
        ),
    ],
)
def test_totals_of_every_level_are_compared_or_said_not_to_be(at_work, rows, told):
    of_import = brought(at_work, ["区县", "在园幼儿数"], *map(list, rows))
    assert of_import.remarks == told
    assert not {row.row_label for row in of_import.rows.filter(outcome="new")} - {"北区", "南区"}


def test_codes_and_years_that_became_numbers_label_the_rows_too(at_work):
    """Of a CSV, where a program has put a decimal behind them."""
    lines = "单位代码,年份,在园幼儿数\n500101.0,2020.0,5\n500102.0,2021.0,6\n"
    of_import = upload(at_work, csv_file(lines), reason="代填")
    assert list(of_import.rows.values_list("unit_said", "year", "text", "outcome")) == [
        ("500101", 2020, "5", "new"),
        ("500102", 2021, "6", "new"),
    ]


def test_years_as_numbers_and_in_words_in_one_column_are_not_told_as_unread(at_work):
    rows = (["年份", "在园幼儿数"], [2019, 5], ["2020年", 6])
    of_import = brought(at_work, *rows, unit="500101", year="")
    assert of_import.remarks == []
    assert list(of_import.rows.values_list("year", flat=True)) == [2019, 2020]


@pytest.mark.thorough
def test_a_page_of_very_many_labels_can_be_sent(at_work):
    rows = [["北区", f"校{number}", 5000 + number] for number in range(1200)]
    of_import = brought(at_work, ["区县", "学校", "在园幼儿数"], *rows)
    page = f"/imports/{of_import.pk}/mapping/"
    shown = at_work.get(page)
    axis = shown.context["axes"][1]
    assert (len(axis.lines), axis.not_shown) == (100, 1100)
    assert "还有 1100 个标签未列出" in shown.text
    answers = {
        f"{axis.code}-{label.key}-{part}": ""
        for axis in shown.context["axes"]
        for label in (line.label for line in axis.lines)
        for part in ("indicator", "unit", "year", "measure")
    }
    assert at_work.post(page, answers).status_code == 302
