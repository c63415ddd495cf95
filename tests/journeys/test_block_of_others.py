"""A block that says whose figures it holds, of which year, and how exact, is taken at its word."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.sheet import HEAR, box, nothing_is_filled_in, paste, settled, stored, type_in
from tests.journeys.sheet import sheet as sheet

pytestmark = [pytest.mark.page, pytest.mark.thorough]


def test_lines_of_other_districts_are_not_this_ones_figures(sheet):
    """On the sheet of 沙坪坝区 lines that name 渝中区 and 江北区 are shown, and fill no box. Their
    figures stood in the boxes at once, without a word, and were saved."""
    paste(
        sheet,
        "preschool_total-value",
        "渝中区\t在园幼儿总数\t9000\n江北区\t公办幼儿园在园幼儿数\t4000\n",
    )

    assert [box(sheet, code).input_value() for code in ("preschool_total", "preschool_public")] == [
        "",
        "",
    ]
    expect(sheet.locator("#unplaced")).to_be_visible()


@pytest.mark.parametrize("title", ["2020年教育统计", "渝中区2021年教育统计"])
def test_what_stands_under_a_title_of_another_year_or_unit_is_not_offered(sheet, title):
    """The sheet is 沙坪坝区's, of 2021. The title was told as 不在本表, and a button filled in the
    rest."""
    paste(sheet, "preschool_total-value", f"{title}\n指标\t数值\n在园幼儿总数\t999\n")
    left = sheet.locator("#unplaced")

    expect(left).to_contain_text(title)
    expect(left.get_by_role("button", name="填入其余")).to_be_hidden()


OTHERS = [
    # Lines that say whose they are, by name or code; joined cells say it once.
    "区县\t指标\t数值\n渝中区\t在园幼儿总数\t9000\n\t公办幼儿园在园幼儿数\t4000\n",
    "500103\t在园幼儿总数\t9000\n",
    "在园幼儿总数\t渝中区\t9000\n",
    "成都市\t在园幼儿总数\t9000\n",
    "全市\t在园幼儿总数\t9000\n",
    "渝中区\t9000\n江北区\t4000\n",
    # Columns of another unit, or of something else than the year's figure.
    "指标\t渝中区\n在园幼儿总数\t9000\n",
    "指标\t渝中区2021年\n在园幼儿总数\t9000\n",
    "项目名\t渝中区在园人数\n在园幼儿总数\t9000\n",
    "指标\t2021年目标\n在园幼儿总数\t9000\n",
    "指标\t2021年上半年\n在园幼儿总数\t9000\n",
    "指标\t目标值\n在园幼儿总数\t9000\n",
    "项目名\t计划人数\n在园幼儿总数\t9000\n",
    "2021年目标\n9000\n",
    # Under titles.
    "重庆市2021年教育统计\n指标\t数值\n在园幼儿总数\t9000\n",
    "填报单位：渝中区教委\t\t单位：人\n指标\t数值\n在园幼儿总数\t9000\n",
    "二〇二〇年教育统计\n在园幼儿总数\t9000\n",
    "2016—2020年\n在园幼儿总数\t9000\n",
    "2020年教育统计\n9000\n4000\n",
    "渝中区\n9000\n4000\n",
    # By their short names, which the page does not have.
    "指标\t渝中\n在园幼儿总数\t9000\n",
    "指标\t渝中2021年\n在园幼儿总数\t9000\n",
    "渝中\t在园幼儿总数\t9000\n",
    "渝中\n在园幼儿总数\t9000\n",
    "渝中\n9000\n4000\n",
    "渝中\t9000\n",
    # Two units in a title: who reports stands before 报.
    "渝中区报重庆市教委数据\n指标\t数值\n在园幼儿总数\t9000\n",
    "渝中区教委报送沙坪坝区数据\n9000\n",
    # Words that are no name on the sheet.
    "城市\t9000\n",
    "城市\t9000\n镇区\t4000\n乡村\t20\n",
    "总计\t9000\n",
]


def test_nothing_is_filled_in_of_what_is_said_to_be_another_figure(sheet):
    for text in OTHERS:
        paste(sheet, "preschool_total-value", text)
        nothing_is_filled_in(sheet, text)


OWN = [
    "渝中区\t在园幼儿总数\t9000\n重庆市沙坪坝区\t在园幼儿总数\t{n}\n",
    "渝中区\t在园幼儿总数\t9000\n500106\t在园幼儿总数\t{n}\n",
    "渝中区\t9000\n沙坪坝区\t{n}\n",
    "渝中\t9000\n沙坪坝\t{n}\n",
    "沙坪坝区报重庆市教委数据\n指标\t数值\n在园幼儿总数\t{n}\n",
    "沙坪坝区教委报重庆市教委数据\n{n}\n",
    "重庆市教育统计\t\n填报单位：沙坪坝区教委\t\t单位：人\n指标\t数值\n在园幼儿总数\t{n}\n",
    "2020年\n在园幼儿总数\t9000\n2021年\n公办幼儿园在园幼儿数\t{p}\n在园幼儿总数\t{n}\n",
]
WITHOUT_A_WORD = [
    "指标\t渝中区\t沙坪坝区\n在园幼儿总数\t9000\t{n}\n",
    "指标\t渝中区\t\t沙坪坝区\t\n\t2020年\t2021年\t2020年\t2021年\n在园幼儿总数\t1\t2\t3\t{n}\n",
    "全区\t在园幼儿总数\t{n}\n",
    "指标\t渝中\t沙坪坝\n在园幼儿总数\t9000\t{n}\n",
    "沙坪坝\n{n}\n",
    "沙坪坝\t{n}\n",
    "制表时间：2022年3月1日\t\t单位：人\n指标\t2021年末\n在园幼儿总数\t{n}\n",
    "2022年统计年鉴\t\t单位：人\n指标\t2020年\t2021年\n在园幼儿总数\t9000\t{n}\n",
]


def test_of_several_units_and_years_its_own_is_taken(sheet):
    for more, text in enumerate([*OWN, *WITHOUT_A_WORD]):
        number = str(12480 + more)
        paste(sheet, "preschool_total-value", text.format(n=number, p=6000))
        if text in OWN:
            expect(sheet.locator("#unplaced")).to_be_visible()
            expect(box(sheet, "preschool_total")).not_to_have_value(number)
            sheet.get_by_role("button", name="填入其余").click()
        expect(sheet.locator("#unplaced")).to_be_hidden()
        expect(box(sheet, "preschool_total")).to_have_value(re.compile(f"^{number}人?$"))


def test_less_than_a_number_is_not_copied_as_the_number(sheet):
    """What is copied and put back says the same. 不足4万 was copied as 40000, which is exact."""
    type_in(sheet, "preschool_total", "不足4万")
    settled(sheet)
    sheet.evaluate(HEAR)
    sheet.click("#copy-column")
    copied = sheet.evaluate("window.copied").splitlines()[0]
    with sheet.expect_response(lambda answer: "/preschool_total/" in answer.url):
        type_in(sheet, "preschool_total", copied)

    assert stored("preschool_total").qualifier == "less_than", copied


@pytest.mark.parametrize("text", ["超过4万", "4万以上", "约4万", "42余万"])
def test_nor_are_other_words_about_a_number(sheet, text):
    type_in(sheet, "preschool_total", text)
    settled(sheet)
    given = stored("preschool_total")
    sheet.evaluate(HEAR)
    sheet.click("#copy-column")
    paste(sheet, "preschool_total-value", sheet.evaluate("window.copied") + "\n")
    settled(sheet)

    told = stored("preschool_total")
    assert (told.qualifier, told.number) == (given.qualifier, given.number)
