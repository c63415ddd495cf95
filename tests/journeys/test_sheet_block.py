"""A block from a spreadsheet into the sheet, and out of it again."""

import pytest
from playwright.sync_api import expect

from tests.journeys.sheet import HEAR, box, feedback, paste, settled, stored, type_in
from tests.journeys.sheet import sheet as sheet

pytestmark = pytest.mark.page

# What the clipboard got.
COPY = """() => {
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true});
  document.dispatchEvent(event);
  return clipboardData.getData("text/plain");
}"""


def test_a_block_goes_down_the_rows_and_across_to_the_explanation(sheet):
    block = '12,480\t"含""民办""\n和公办"\r\n6402\t\r\n很多\t来自表格\r\n'
    paste(sheet, "preschool_total-value", block)
    settled(sheet, unsaved=1)

    assert stored("preschool_total").number == 12480
    assert stored("preschool_total").note == '含"民办" 和公办'
    assert stored("preschool_public").number == 6402
    expect(box(sheet, "preschool_inclusive")).to_have_value("很多")
    expect(box(sheet, "preschool_inclusive", "note")).to_have_value("来自表格")
    expect(feedback(sheet, "preschool_inclusive")).to_contain_text("无法识别")
    expect(sheet.locator("#unplaced")).to_be_hidden()


def test_what_finds_no_box_is_shown_with_its_line_before_anything_is_filled_in(sheet):
    rows = sheet.locator("tr[data-save]").count()
    lines = [f"{number}\t说明{number}\t多余{number}" for number in range(1, rows + 2)]
    paste(sheet, "preschool_total-value", "\n".join(lines))

    left = sheet.locator("#unplaced")
    expect(left).to_contain_text("第 1 行：多余1")
    expect(left).to_contain_text(f"第 {rows + 1} 行：{rows + 1}")
    expect(box(sheet, "preschool_total")).to_have_value("")
    left.get_by_role("button", name="取消").click()
    expect(left).to_be_hidden()
    expect(box(sheet, "preschool_total")).to_have_value("")

    paste(sheet, "preschool_total-value", "\n".join(lines))
    left.get_by_role("button", name=f"填入其余 {rows} 项").click()
    expect(left).to_be_hidden()
    expect(box(sheet, "preschool_total")).to_have_value("1")


def test_a_cell_with_two_lines_is_not_one_number(sheet):
    """52⏎483 became 52 483."""
    paste(sheet, "preschool_total-value", '"52\n483"\n')
    left = sheet.locator("#unplaced")
    expect(left).to_contain_text("52⏎483（一格内有多行）")
    expect(box(sheet, "preschool_total")).to_have_value("")


TABLE = """指标名称\t单位\t2020年\t2021年\t备注
1.普惠性幼儿园在园幼儿数（人）\t人\t11000\t11,290\t含民办
在园幼儿总数\t人\t12000\t12480\t
preschool_public_share\t%\t50\t51.3\t算出的
公办幼儿园在园幼儿数\t人\t6100\t - \t
"""


def test_a_table_goes_by_name_or_code_and_by_year_wherever_it_is_pasted(sheet):
    type_in(sheet, "preschool_public", "6402")
    expect(feedback(sheet, "preschool_public")).to_contain_text("已保存")
    paste(sheet, "compulsory_enrolment-note", TABLE)
    settled(sheet)

    expect(sheet.locator("#unplaced")).to_be_hidden()
    assert stored("preschool_inclusive").as_entered == "11,290人"
    assert stored("preschool_inclusive").note == "含民办"
    assert (stored("preschool_total").number, stored("preschool_total").note) == (12480, "")
    assert stored("preschool_public").number == 6402  # a dash leaves it alone
    expect(box(sheet, "compulsory_enrolment", "note")).to_have_value("")


def test_lines_of_another_sheet_or_year_are_shown_and_the_others_wait(sheet):
    paste(sheet, "preschool_total-value", "在园幼儿总数\t12480\n一般公共预算支出\t805亿元\n")
    left = sheet.locator("#unplaced")
    expect(left).to_contain_text("第 2 行：一般公共预算支出 805亿元（不在本表）")
    left.get_by_role("button", name="填入其余 1 项").click()
    settled(sheet)
    assert stored("preschool_total").number == 12480

    paste(sheet, "preschool_total-value", "指标\t2015年\n在园幼儿总数\t999\n")
    expect(left).to_contain_text("不是本表年份")
    expect(box(sheet, "preschool_total")).to_have_value("12480")


def test_a_number_beside_a_figure_is_never_an_explanation(sheet):
    paste(sheet, "preschool_total-value", "12480\t12000\n6402\t6100\n")
    expect(sheet.locator("#unplaced")).to_contain_text("第 1 行：12000")
    paste(sheet, "preschool_total-value", "在园幼儿总数\t12480\t12000\n")
    expect(sheet.locator("#unplaced")).to_contain_text("有多列数值，未注明年份")
    expect(box(sheet, "preschool_total", "note")).to_have_value("")


def test_an_empty_cell_leaves_its_box_and_a_state_is_chosen_by_its_word(sheet):
    type_in(sheet, "preschool_public", "6402")
    expect(feedback(sheet, "preschool_public")).to_contain_text("已保存")
    paste(sheet, "preschool_total-value", "暂无数据\t四月提供\n\t\n11290\t")
    settled(sheet)

    assert (stored("preschool_total").state, stored("preschool_total").state_reason) == (
        "not_available",
        "四月提供",
    )
    assert stored("preschool_public").number == 6402
    assert stored("preschool_inclusive").number == 11290


def test_a_paste_is_undone_and_redone_as_one_step(sheet):
    paste(sheet, "preschool_total-value", "100\n50\n60")
    settled(sheet)
    sheet.keyboard.press("Control+z")
    settled(sheet)
    assert {stored(c).state for c in ("preschool_total", "preschool_public")} == {"blank"}

    sheet.keyboard.press("Control+Shift+z")
    settled(sheet)
    assert stored("preschool_inclusive").number == 60


def test_one_word_is_pasted_into_the_box_as_anywhere(sheet):
    assert not paste(sheet, "preschool_total-value", "12480\r\n")
    assert paste(sheet, "preschool_total-value", "12480\r\n6402")


def test_a_selection_of_rows_and_the_column_are_copied_as_plain_numbers(sheet):
    paste(sheet, "preschool_total-value", "1.248万\t含民办\n6 402\n不适用\t没有")
    settled(sheet)
    sheet.evaluate(
        """() => document.getSelection().setBaseAndExtent(
        document.getElementById("row_preschool_total"), 0,
        document.getElementById("row_preschool_inclusive"), 3)"""
    )
    assert sheet.evaluate(COPY) == "12480\t含民办\n6402\t\n不适用\t没有"

    sheet.evaluate(HEAR)
    sheet.click("#copy-column")
    assert sheet.evaluate("window.copied").split("\n")[:3] == ["12480", "6402", "不适用"]
