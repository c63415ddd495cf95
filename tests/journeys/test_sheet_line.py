"""The line is cut, the session ends, somebody else was faster: nothing typed is lost or hidden."""

import re

import pytest
from playwright.sync_api import expect

from indicators.models import YearlyValue
from tests.browser import access_violations
from tests.cast import PASSWORD, enter
from tests.journeys.sheet import (
    QUALITY,
    box,
    feedback,
    indicator,
    row,
    stored,
    type_in,
    unit,
    year_of,
)
from tests.journeys.sheet import sheet as sheet

pytestmark = pytest.mark.page

CODES = ("preschool_total", "preschool_public", "preschool_inclusive")


def kept(page):
    return page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('sheet:')).length"
    )


def lose_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in_elsewhere(page, name):
    other = page.context.new_page()
    other.goto("/login/")
    other.fill("[name=username]", name)
    other.fill("[name=password]", PASSWORD)
    other.click("button.primary")
    other.wait_for_load_state()
    return other


def test_what_is_typed_without_a_line_is_marked_and_sent_when_it_is_back(sheet):
    sheet.context.set_offline(True)
    for number, code in enumerate(CODES, start=101):
        type_in(sheet, code, str(number))
    for code in CODES:
        expect(feedback(sheet, code)).to_contain_text("未送出：网络不通")
    expect(sheet.locator("#unsaved")).to_contain_text("未保存 3")
    assert kept(sheet) == 3
    assert not YearlyValue.objects.filter(jurisdiction=unit()).exists()

    sheet.context.set_offline(False)
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    expect(sheet.locator("#trouble")).to_be_hidden()
    assert [stored(code).number for code in CODES] == [101, 102, 103]
    assert kept(sheet) == 0


def test_what_was_not_sent_is_sent_at_the_next_visit(sheet):
    sheet.context.set_offline(True)
    type_in(sheet, "preschool_total", "104")
    box(sheet, "preschool_public").fill("50")  # never left
    expect(feedback(sheet, "preschool_total")).to_contain_text("未送出")
    context = sheet.context
    sheet.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(QUALITY)
    expect(again.locator("[data-unsaved]")).to_have_count(0)
    expect(box(again, "preschool_total")).to_have_value("104")
    assert (stored("preschool_total").number, stored("preschool_public").number) == (104, 50)


def test_what_was_typed_after_the_session_ended_is_sent_once_signed_in_again(sheet):
    lose_session(sheet)
    type_in(sheet, "preschool_total", "105")
    expect(feedback(sheet, "preschool_total")).to_contain_text("登录已失效")
    expect(sheet.get_by_role("link", name="在另一窗口登录")).to_be_visible()

    sign_in_elsewhere(sheet, "officer").close()
    sheet.bring_to_front()
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存", timeout=15000)
    assert stored("preschool_total").change.actor.username == "officer"


def test_another_user_of_the_machine_neither_sees_it_nor_sends_it(sheet):
    lose_session(sheet)
    type_in(sheet, "preschool_total", "106106")
    expect(feedback(sheet, "preschool_total")).to_contain_text("登录已失效")

    other = sign_in_elsewhere(sheet, "colleague")
    other.goto(QUALITY)
    expect(box(other, "preschool_total")).to_have_value("")
    assert "106106" not in other.content()
    sheet.bring_to_front()
    expect(feedback(sheet, "preschool_total")).to_contain_text("由他人登录", timeout=15000)
    assert not YearlyValue.objects.filter(jurisdiction=unit()).exists()

    sign_in_elsewhere(sheet, "officer").goto(QUALITY)
    expect(sheet.locator("[data-unsaved]")).to_have_count(0, timeout=30000)
    assert stored("preschool_total").change.actor.username == "officer"


@pytest.mark.parametrize(("choice", "number"), [("保留对方的", 300), ("保存我的", 107)])
def test_somebody_elses_figure_saved_meanwhile_is_a_conflict(sheet, choice, number):
    sheet.context.set_offline(True)
    type_in(sheet, "preschool_total", "107")
    expect(feedback(sheet, "preschool_total")).to_contain_text("未送出")
    enter(indicator("preschool_total"), unit(), "300", year=year_of("preschool_total"))

    sheet.context.set_offline(False)
    expect(feedback(sheet, "preschool_total")).to_contain_text("其他人已先保存")
    assert stored("preschool_total").number == 300
    sheet.reload()
    expect(feedback(sheet, "preschool_total")).to_contain_text("其他人已先保存")

    sheet.click("text=对照选择")
    sheet.check(f"text={choice}")
    sheet.click("text=按选择保存")
    expect(box(sheet, "preschool_total")).to_have_value(str(number))
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    assert stored("preschool_total").number == number
    assert kept(sheet) == 0


def test_two_windows_of_one_person_do_not_overwrite_each_other(sheet):
    second = sheet.context.new_page()
    second.goto(QUALITY)
    type_in(sheet, "preschool_total", "108")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")
    type_in(second, "preschool_total", "109")
    expect(feedback(second, "preschool_total")).to_contain_text("其他人已先保存")

    assert stored("preschool_total").number == 108


def test_a_conflict_is_told_while_typing_and_the_old_text_put_back_gives_way(sheet):
    enter(indicator("preschool_total"), unit(), "300", year=year_of("preschool_total"))
    box(sheet, "preschool_total").press_sequentially("107")
    expect(feedback(sheet, "preschool_total")).to_contain_text("其他人已先保存")
    expect(sheet.locator("#errors")).to_contain_text("有误 1")
    box(sheet, "preschool_total").press("Tab")
    expect(sheet.locator("#summary .error li")).to_contain_text("其他人已先保存")

    sheet.keyboard.press("Control+z")
    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    expect(box(sheet, "preschool_total")).to_have_value("300")
    expect(sheet.locator("#errors")).to_be_hidden()
    box(sheet, "preschool_total", "note").fill("含民办")
    box(sheet, "preschool_total", "note").press("Tab")
    expect(feedback(sheet, "preschool_total")).to_contain_text("已保存")
    assert (stored("preschool_total").number, stored("preschool_total").version) == (300, 2)


def test_a_refused_row_is_still_there_after_a_reload(sheet):
    type_in(sheet, "preschool_total", "很多")
    expect(feedback(sheet, "preschool_total")).to_contain_text("无法识别")
    sheet.reload()

    expect(box(sheet, "preschool_total")).to_have_value("很多")
    expect(feedback(sheet, "preschool_total")).to_contain_text("无法识别")
    expect(row(sheet, "preschool_total")).to_have_attribute("data-unsaved", "1")


def test_an_answer_that_is_lost_after_the_save_is_asked_for_again(sheet):
    """The line breaks between the commit and the page: the figure is stored, once."""
    lost = []

    def lose_one(route):
        if not lost:
            lost.append(route.fetch())
            route.abort("internetdisconnected")
        else:
            route.continue_()

    sheet.route("**/quality/preschool_total/", lose_one)
    type_in(sheet, "preschool_total", "107")
    expect(feedback(sheet, "preschool_total")).to_contain_text("没有收到答复")
    assert (stored("preschool_total").number, stored("preschool_total").version) == (107, 1)

    expect(sheet.locator("[data-unsaved]")).to_have_count(0)
    expect(feedback(sheet, "preschool_total")).to_contain_text("版本 1")
    assert stored("preschool_total").version == 1
    assert kept(sheet) == 0


def test_a_row_waits_while_the_database_is_away_and_is_sent_when_it_is_back(sheet):
    away = True

    def answer(route):
        if away:
            route.fulfill(status=503, headers={"Retry-After": "10", "X-Unsaved": "1"}, body="")
        else:
            route.continue_()

    sheet.route("**/quality/preschool_total/", answer)
    type_in(sheet, "preschool_total", "107")
    expect(feedback(sheet, "preschool_total")).to_contain_text("尚未保存：数据库暂时无法访问")
    expect(sheet.locator("#unsaved")).to_contain_text("未保存 1")
    assert kept(sheet) == 1

    away = False
    expect(sheet.locator("[data-unsaved]")).to_have_count(0, timeout=15000)
    assert stored("preschool_total").number == 107
    assert kept(sheet) == 0


def sign_out(page):
    page.click("details.account summary")
    page.click("form[action$='/logout/'] button")


def test_signing_out_sends_what_is_still_kept(sheet):
    sheet.context.set_offline(True)
    type_in(sheet, "preschool_total", "108")
    expect(feedback(sheet, "preschool_total")).to_contain_text("未送出")
    sheet.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    sheet.context.set_offline(False)
    sign_out(sheet)

    expect(sheet).to_have_url(re.compile("/login/"))
    assert stored("preschool_total").number == 108


def test_signing_out_elsewhere_asks_about_rows_that_are_still_kept(sheet):
    sheet.context.set_offline(True)
    type_in(sheet, "preschool_total", "109")
    expect(feedback(sheet, "preschool_total")).to_contain_text("未送出")
    other = sheet.context.new_page()
    sheet.close()
    other.context.set_offline(False)
    other.goto("/")
    sign_out(other)
    question = other.locator("#kept-rows")
    expect(question).to_contain_text("本机还有 1 行数据没有保存到服务器。")
    assert access_violations(other) == []

    question.get_by_role("link").click()
    expect(box(other, "preschool_total")).to_have_value("109")  # the sheet is there with its rows
    expect(other.locator("[data-unsaved]")).to_have_count(0)
    assert stored("preschool_total").number == 109
    sign_out(other)
    expect(other).to_have_url(re.compile("/login/"))
