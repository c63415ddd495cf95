"""What the sheet says while somebody types, in the server's words; and how keys move and undo."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import access_violations
from tests.journeys.sheet import QUALITY, box, feedback, last_year, row, stored, type_in

pytestmark = pytest.mark.page


@pytest.fixture
def sheet(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    last_year("preschool_total", "12346")
    last_year("preschool_public", "6402")
    page.goto(QUALITY)
    return page


def test_a_number_is_read_at_once_and_still_after_saving(sheet):
    box(sheet, "preschool_total").press_sequentially("1.16万")
    expect(feedback(sheet, "preschool_total")).to_contain_text("读作 11 600 人")

    box(sheet, "preschool_total").press("Tab")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")
    expect(feedback(sheet, "preschool_total")).to_contain_text("读作 11 600 人")
    sheet.reload()
    expect(feedback(sheet, "preschool_total")).to_contain_text("读作 11 600 人")


def test_a_sum_is_worked_out_and_kept_as_typed(sheet):
    type_in(sheet, "preschool_total", "=12000+340")
    expect(feedback(sheet, "preschool_total")).to_contain_text("读作 12 340 人")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")

    assert stored("preschool_total").as_entered == "=12000+340"
    box(sheet, "preschool_public").fill("=5000+preschool_total")
    expect(feedback(sheet, "preschool_public")).to_contain_text("只能写数字")


def test_what_is_odd_is_told_while_typing_and_does_not_hinder_saving(sheet):
    box(sheet, "preschool_total").fill("1.2")
    expect(feedback(sheet, "preschool_total")).to_contain_text("须填整数")
    box(sheet, "preschool_total").fill("12480万")
    expect(feedback(sheet, "preschool_total")).to_contain_text("的 10000 倍，请核对单位")
    type_in(sheet, "preschool_total", "12480")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")

    type_in(sheet, "preschool_public", "15210")
    expect(feedback(sheet, "preschool_public")).to_contain_text(
        "大于在园幼儿总数（15 210 人 > 12 480 人）"
    )
    expect(feedback(sheet, "preschool_public")).to_contain_text("已保存")
    expect(sheet.locator("#doubts")).to_contain_text("需核对 1")
    expect(sheet.locator("#summary")).to_contain_text("有 1 处需要核对")
    assert stored("preschool_public").number == 15210


def test_a_part_is_doubted_as_soon_as_its_whole_changes(sheet):
    type_in(sheet, "preschool_public", "5000")
    expect(feedback(sheet, "preschool_public")).to_contain_text("已保存")
    box(sheet, "preschool_total").fill("4000")
    expect(feedback(sheet, "preschool_public")).to_contain_text("大于在园幼儿总数")


def test_the_bar_the_tabs_and_the_list_of_errors_follow_each_save(sheet):
    expect(sheet.locator("#tabs [aria-current] small")).to_contain_text("0/")
    type_in(sheet, "preschool_total", "12480")
    expect(sheet.locator("#saved-at")).to_contain_text("版本 1")
    expect(sheet.locator("#tabs [aria-current] small")).to_contain_text("1/")
    expect(sheet.locator("#finding")).to_contain_text("已填 1 /")

    type_in(sheet, "preschool_public", "ten")
    expect(sheet.locator("#errors")).to_contain_text("有误 1")
    sheet.click("#summary a")
    expect(box(sheet, "preschool_public")).to_be_focused()
    type_in(sheet, "preschool_public", "6500")
    expect(sheet.locator("#summary .error")).to_have_count(0)
    expect(sheet.locator("#errors")).to_be_hidden()


def test_enter_and_arrows_move_down_and_up_the_column(sheet):
    first, second, third = (
        box(sheet, c) for c in ("preschool_total", "preschool_public", "preschool_inclusive")
    )
    first.focus()
    for key, there in (
        ("Enter", second),
        ("ArrowDown", third),
        ("Shift+Enter", second),
        ("ArrowUp", first),
    ):
        sheet.keyboard.press(key)
        expect(there).to_be_focused()


def test_arrows_leave_a_box_sideways_only_from_the_ends_of_its_text(sheet):
    first = box(sheet, "preschool_total")
    first.fill("12")
    sheet.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    sheet.keyboard.press("ArrowRight")
    sheet.keyboard.press("ArrowRight")
    expect(row(sheet, "preschool_total").locator("select")).to_be_focused()
    sheet.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()


def test_one_key_takes_last_years_figure(sheet):
    box(sheet, "preschool_total").focus()
    sheet.keyboard.press("Control+d")

    expect(box(sheet, "preschool_total")).to_have_value("12346人")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")
    assert stored("preschool_total").number == 12346


def test_undo_and_redo_go_over_all_boxes_and_are_saved(sheet):
    type_in(sheet, "preschool_total", "12480")
    type_in(sheet, "preschool_public", "6500")
    expect(feedback(sheet, "preschool_public")).to_contain_text("已保存")
    sheet.keyboard.press("Control+z")
    expect(box(sheet, "preschool_public")).to_have_value("")
    sheet.keyboard.press("Control+z")
    expect(box(sheet, "preschool_total")).to_have_value("")
    sheet.keyboard.press("Control+y")
    expect(box(sheet, "preschool_total")).to_have_value("12480")
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)

    assert stored("preschool_total").number == 12480
    assert stored("preschool_public").state == "blank"


def test_a_text_put_back_while_its_row_is_on_the_way_is_unsaved_until_it_is_sent(sheet):
    type_in(sheet, "preschool_total", "12480")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")
    held = []
    sheet.route(
        "**/preschool_total/", lambda route: route.continue_() if held else held.append(route)
    )
    with sheet.expect_request("**/preschool_total/"):
        sheet.keyboard.press("Control+z")
    expect(row(sheet, "preschool_total")).to_have_class(re.compile("sending"))
    while not held:  # the request is told of before it is handed over
        sheet.wait_for_timeout(20)
    sheet.keyboard.press("Control+y")
    expect(box(sheet, "preschool_total")).to_have_value("12480")
    expect(sheet.locator("[data-unsaved]")).to_have_count(1)
    kept = "Object.keys(localStorage).some((name) => name.includes('preschool_total'))"
    assert sheet.evaluate(kept)

    held[0].continue_()
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    assert stored("preschool_total").number == 12480
    assert not sheet.evaluate(kept)


def test_the_same_is_told_without_javascript(visitor, sign_in):
    page = sign_in(visitor(java_script_enabled=False), "officer")
    page.goto(QUALITY)
    page.fill("[name=preschool_total-value]", "=12000+340")
    page.fill("[name=preschool_public-value]", "1.5万")
    page.fill("[name=preschool_inclusive-value]", "=1+x")
    page.click("button.primary")

    expect(page.locator("#summary [role=alert]")).to_contain_text("有 1 处没有保存 · 已保存 2 处")
    expect(box(page, "preschool_inclusive")).to_have_value("=1+x")
    expect(feedback(page, "preschool_inclusive")).to_contain_text("只能写数字")
    expect(feedback(page, "preschool_total")).to_contain_text("读作 12 340 人")
    expect(feedback(page, "preschool_public")).to_contain_text("大于在园幼儿总数")
    expect(page.locator("#tools")).to_be_hidden()
    page.fill("[name=preschool_inclusive-value]", "11290")
    page.click("button.primary")
    expect(page.locator("#summary")).to_contain_text("有 1 处需要核对")
    assert stored("preschool_inclusive").number == 11290
    assert stored("preschool_total").as_entered == "=12000+340"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_sheet_with_errors_and_doubts_bars_nobody(visitor, sign_in, width):
    page = sign_in(visitor(width=width), "officer")
    page.goto(QUALITY)
    type_in(page, "preschool_total", "12480")
    type_in(page, "preschool_public", "15210")
    type_in(page, "preschool_inclusive", "ten")
    expect(page.locator("#errors")).to_contain_text("1")
    expect(page.locator("#doubts")).to_contain_text("1")
    page.set_viewport_size({"width": width, "height": 900})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert access_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_offered_under_a_box_goes_into_it(sheet):
    last_year("preschool_total", "12000")
    type_in(sheet, "preschool_total", "120000")
    sheet.get_by_role("button", name="是否为 12 000 人？".replace(" 0", "\u20090")).click()
    expect(box(sheet, "preschool_total")).to_have_value("12000人")
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    assert stored("preschool_total").number == 12000

    type_in(sheet, "preschool_public", "/")
    feedback(sheet, "preschool_public").get_by_role("button", name="暂无数据").click()
    expect(box(sheet, "preschool_public")).to_have_value("")
    expect(box(sheet, "preschool_public", "state")).to_have_value("not_available")
    expect(box(sheet, "preschool_public", "note")).to_be_focused()


FUNDING = "/entry/500106/2022/funding/"


def test_amounts_are_entered_in_the_unit_that_was_chosen(sheet):
    sheet.goto(FUNDING)
    sheet.select_option("#unit-choice", "wan_yuan")
    sheet.get_by_role("button", name="更换单位").click()
    expect(row(sheet, "general_public_budget_expenditure").locator(".unit")).to_have_text("万元")
    type_in(sheet, "general_public_budget_expenditure", "335000")

    expect(feedback(sheet, "general_public_budget_expenditure")).to_contain_text(
        "读作 3\u2009350\u2009000\u2009000 元"
    )
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    assert stored("general_public_budget_expenditure").as_entered == "335000万元"
    assert access_violations(sheet) == []


def test_entry_leads_into_the_box_where_work_is_left(sheet):
    type_in(sheet, "preschool_total", "12400")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")
    sheet.goto("/entry/?year=2022")
    code = sheet.url.partition("#row_")[2]
    assert code
    into = row(sheet, code).locator("[name$=-value], [name$=-statement]")
    expect(into).to_be_focused()
    expect(into).to_be_in_viewport()
