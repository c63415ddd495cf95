"""A city's officer enters for a district, in a browser: no reason, no saving; then all at once."""

from playwright.sync_api import expect

from tests.journeys.sheet import feedback, stored, type_in


def test_rows_wait_for_the_reason_and_are_saved_once_it_is_there(visitor, sign_in):
    page = sign_in(visitor(), "city_officer")
    page.goto("/entry/500000/2022/quality/")
    page.select_option("#unit", label="沙坪坝区")
    page.click("text=打开")
    expect(page.locator(".on-behalf")).to_contain_text("您正在代沙坪坝区填报")

    type_in(page, "preschool_total", "12480")
    expect(feedback(page, "preschool_total")).to_contain_text("请先在“代填原因”中写明")
    type_in(page, "preschool_public", "6400")
    expect(page.locator("#unsaved")).to_contain_text("2")

    page.fill("#reason", "该区网络中断")
    page.press("#reason", "Tab")
    expect(page.locator("[data-unsaved]")).to_have_count(0)
    assert (stored("preschool_total").change.way, stored("preschool_public").number) == (
        "on_behalf",
        6400,
    )
