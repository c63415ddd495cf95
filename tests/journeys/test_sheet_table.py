"""A pasted table: which unit its numbers are in, and which of them are the figure at all."""

import pytest
from playwright.sync_api import expect

from indicators.measures.characters import visible
from indicators.models import YearlyValue
from tests.journeys.sheet import box, feedback, paste, settled, stored
from tests.journeys.sheet import sheet as sheet

pytestmark = pytest.mark.page

TOTAL, PUBLIC = "在园幼儿总数", "公办幼儿园在园幼儿数"
UNFIT, ODD, TWICE = "计量单位与本指标不符", "不能确定是本指标的数", "同一格有多个内容"


def is_left(page, text, *said, waiting=0):
    """What is pasted is shown as having no place, but for so many figures; nothing is filled in."""
    paste(page, "preschool_total-value", text)
    left = page.locator("#unplaced")
    for words in said:
        expect(left).to_contain_text(words)
    fill = left.get_by_role("button", name=f"填入其余 {waiting} 项")
    expect(fill).to_have_count(1 if waiting else 0)
    left.get_by_role("button", name="取消").click()
    expect(left).to_be_hidden()
    for code in ("preschool_total", "preschool_public"):
        expect(box(page, code)).to_have_value("")
    assert not YearlyValue.objects.filter(change__origin="entered").exists()


IN_TEN_THOUSANDS = [
    "指标名称\t2021年（万人）\n{name}\t{n}\n",
    "指标名称\t数值 ( 单位：万人 )\t上年（万人）\n{name}\t{n}\t1.2\n",
    "指标名称\t2021年/万人\n{name}\t{n}\n",
    "指标名称\t万人\n{name}\t{n}\n",
    "项目（万人）\t2021年\n{name}\t{n}\n",
    "单位：万人\n{name}\t{n}\n",
    "单位：万人、万元\n指标名称\t2021年\n{name}\t{n}\n",
    "{name}\t万人\t{n}\n",
    "{name}\t{n}\t单位：万人\n",
    "{name}（万人）\t{n}\n",
    "2021年（万人）\t2020年（万人）\n{n}\t1.2\n",
    "单位：万人\n{n}\n",
    # In the corner of the head, under it, or with words around it.
    "指标名称\t2021年\t单位：万人\n{name}\t{n}\n",
    "指标名称\t2021年\t单位：万人、万元\n{name}\t{n}\t\n",
    "指标名称\t2021年\t2020年\n\t万人\t万人\n{name}\t{n}\t1.2\n",
    "\t（万人）\t（万人）\n指标名称\t2021年\t2020年\n{name}\t{n}\t1.2\n",
    "数据单位：万人\n指标名称\t2021年\n{name}\t{n}\n",
    "填报单位：沙坪坝区教委\t2021年\t单位：万人\n指标名称\t2021年\n{name}\t{n}\n",
]


def test_a_number_is_in_the_unit_that_the_table_names(sheet):
    """12480 under 2021年（万人） was 12480 persons."""
    for more, text in enumerate(IN_TEN_THOUSANDS):
        number = f"1.{248 + more}"
        paste(sheet, "preschool_total-value", text.format(name=TOTAL, n=number))
        expect(sheet.locator("#unplaced")).to_be_hidden()
        expect(box(sheet, "preschool_total")).to_have_value(f"{number}万人")
        expect(feedback(sheet, "preschool_total")).to_contain_text(f"版本 {more + 1}")
    assert stored("preschool_total").number == 12480 + 10 * more


def test_what_cannot_be_seen_takes_no_unit_from_a_number(sheet):
    """335,000 with such a sign behind it under 本年（万元） was 335,000元."""
    unseen = [chr(at) for at in range(0x10000) if not visible(chr(at))]
    for more, sign in enumerate(unseen):
        number = f"1.{248 + more}"
        head = f"单位：万人{sign}\n指标{sign}\t2021年\n" if more % 2 else "指标\t2021年（万人）\n"
        text = f"{head}{TOTAL}\t{sign}{number}{sign}\n"
        paste(sheet, "preschool_total-value", text)
        expect(sheet.locator("#unplaced")).to_be_hidden()
        expect(box(sheet, "preschool_total")).to_have_value(f"{number}万人")
    settled(sheet)
    assert stored("preschool_total").number == 12470 + 10 * len(unseen)


NOT_UNDERSTOOD = [
    "单位：人民币万元\n指标\t2021年\n",
    "单位：元（现价）\n指标\t2021年\n",
    "以万人计\n指标\t2021年\n",
    "指标\t2021年\t单位：约万人\n",
    "指标\t2021年\t2020年\n\t本年（万人）\t占比\n",
    "指标\t2021年\t2020年\n\t\t万人\n",
    "在园情况（单位：万人）\n指标\t2021年\n",
    "一、在园情况（万人）\t\n指标\t2021年\n",
]


def test_a_unit_that_is_not_understood_leaves_no_number_without_one(sheet):
    for head in NOT_UNDERSTOOD:
        is_left(sheet, f"{head}{TOTAL}\t12480\n", f"12480（{UNFIT}")
    is_left(sheet, "单位：人民币万元\n12480\n", f"第 1 行：单位：人民币万元（{UNFIT}", UNFIT)
    # A number that says its unit needs none, and 单位 may be an office.
    own = f"单位：人民币万元\n指标\t2021年\n{TOTAL}\t12480人\n{PUBLIC}\t6402\n"
    is_left(sheet, own, f"第 4 行：6402（{UNFIT}", waiting=1)
    paste(sheet, "preschool_total-value", f"填报单位：沙坪坝区教委\n{TOTAL}\t12480\n")
    sheet.get_by_role("button", name="填入其余 1 项").click()
    settled(sheet)
    assert stored("preschool_total").as_entered == "12480"


def test_a_period_or_a_month_is_not_the_year_in_which_it_begins(sheet):
    for head in ("2021-2025年", "2021—2025年", "2021-06", "2021/6", "2021年6月", "2021年1-6月"):
        is_left(sheet, f"指标\t{head}\n{TOTAL}\t12480\n", f"第 2 行：{head} 12480（{ODD}）")
    is_left(sheet, f"指标\t2020-2025年\n{TOTAL}\t12480\n", "不是本表年份")
    for more, head in enumerate(("2021-2022", "2021—22", "2021-2022学年", "2021/22学年度")):
        paste(sheet, "preschool_total-value", f"指标\t{head}\n{TOTAL}\t{12480 + more}\n")
        expect(sheet.locator("#unplaced")).to_be_hidden()
        expect(box(sheet, "preschool_total")).to_have_value(str(12480 + more))
    settled(sheet)


def test_a_title_that_is_not_known_is_shown_and_its_unit_respected(sheet):
    paste(sheet, "preschool_total-value", f"指标名称\t在园人数（万人）\n{TOTAL}\t1.248\n")
    expect(sheet.locator("#unplaced")).to_contain_text(
        "第 1 行：指标名称 在园人数（万人）（不在本表）"
    )
    sheet.get_by_role("button", name="填入其余 1 项").click()
    settled(sheet)
    assert stored("preschool_total").number == 12480


def test_what_says_its_unit_keeps_it_and_words_about_a_number_stay_around_it(sheet):
    lines = [f"{TOTAL}\t12,480人", f"{PUBLIC}\t约五十余", "普惠性幼儿园在园幼儿数\t不适用\t未开展"]
    paste(sheet, "preschool_total-value", "指标名称\t2021年（万人）\t备注\n" + "\n".join(lines))
    settled(sheet)

    assert stored("preschool_total").as_entered == "12,480人"
    assert stored("preschool_public").as_entered == "约五十余万人"
    assert stored("preschool_public").number == 500_000
    assert stored("preschool_inclusive").state == "not_applicable"


def test_a_number_in_a_unit_that_the_figure_does_not_have_is_shown_and_not_filled_in(sheet):
    for unit in ("万元", "%", "人次"):
        head = f"指标名称\t2021年（{unit}）\n"
        is_left(sheet, f"{head}{TOTAL}\t12480\n", f"第 2 行：12480（{UNFIT}")
    is_left(sheet, f"指标名称\t2021年（吨）\n{TOTAL}\t12480\n", f"2021年（吨） 12480（{ODD}")
    is_left(sheet, f"单位：亿元\n{TOTAL}\t12480\n", f"第 2 行：12480（{UNFIT}")
    is_left(sheet, f"{TOTAL}\t万元\t12480\n", f"12480（{UNFIT}")
    # Two units that differ, and 3千 that names a power and no unit.
    is_left(sheet, f"指标名称\t2021年（万人）\n{TOTAL}（人）\t12480\n", f"12480（{UNFIT}")
    is_left(sheet, f"指标名称\t2021年（万人）\n{TOTAL}\t3千\n", f"3千（{UNFIT}")


def test_a_column_that_may_be_a_part_or_a_forecast_is_not_the_figure(sheet):
    columns = "指标名称\t2021年（预计）\t2021年（其中女）\n"
    is_left(
        sheet,
        f"{columns}{TOTAL}\t12480\t6000\n{PUBLIC}\t6402\t3000\n",
        f"第 2 行：2021年（预计） 12480（{ODD}）",
        f"第 2 行：2021年（其中女） 6000（{ODD}）",
        f"第 3 行：2021年（其中女） 3000（{ODD}）",
    )
    paste(
        sheet, "preschool_total-value", f"{columns.replace('预计', '实际')}{TOTAL}\t12480\t6000\n"
    )
    sheet.get_by_role("button", name="填入其余 1 项").click()
    settled(sheet)
    assert stored("preschool_total").number == 12480


def test_of_two_cells_for_one_box_neither_is_taken(sheet):
    """The last was taken, without a word."""
    for head in ("2021年\t2021年", "2021年\t本年", "2021年（人）\t2021年（万人）"):
        is_left(
            sheet,
            f"指标名称\t{head}\n{TOTAL}\t12480\t13000\n{PUBLIC}\t6402\t-\n",
            "第 2 行：12480",
            "第 2 行：13000",
            TWICE,
            waiting=1,
        )
    two_lines = f"{TOTAL}\t12480\n{TOTAL}\t6402\n"
    is_left(sheet, two_lines, f"第 1 行：12480（{TWICE}", f"第 2 行：6402（{TWICE}")


def test_a_name_with_other_brackets_is_another_row(sheet):
    """在园幼儿总数（公办） 6402 was written over 在园幼儿总数 12480."""
    part = f"{TOTAL}（公办）\t6402\n"
    is_left(sheet, part, f"{TOTAL}（公办） 6402（不在本表）")
    is_left(sheet, f"{TOTAL}\t12480\n{part}", f"{TOTAL}（公办） 6402（不在本表）", waiting=1)

    rows = f"{TOTAL}（preschool_total）\t12480\npreschool_public（{PUBLIC}）\t6402\n"
    paste(sheet, "preschool_total-value", rows)
    settled(sheet)
    assert (stored("preschool_total").number, stored("preschool_public").number) == (12480, 6402)


def test_a_column_in_ten_thousand_yuan_stays_so_on_a_sheet_in_another_unit(sheet):
    sheet.goto("/entry/500106/2022/funding/")
    sheet.select_option("#unit-choice", "yi_yuan")
    sheet.get_by_role("button", name="更换单位").click()
    table = "指标\t本年（万元）\n一般公共预算支出\t335,000\n"
    paste(sheet, "general_public_budget_expenditure-value", table)
    settled(sheet)

    value = YearlyValue.objects.get(
        indicator__code="general_public_budget_expenditure",
        jurisdiction__code="500106",
        change__origin="entered",
    )
    assert (value.as_entered, value.number) == ("335,000万元", 3_350_000_000)
