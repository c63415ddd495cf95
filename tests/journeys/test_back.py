"""Back and forward show what is stored."""

import pytest
from playwright.sync_api import expect

from indicators.models import YearlyValue
from tests.cast import enter
from tests.journeys.sheet import indicator, stored, unit

pytestmark = [pytest.mark.page, pytest.mark.thorough]

BOX = "[name=preschool_total-value]"
PUBLIC = "[name=preschool_public-value]"
VALUES = YearlyValue.objects.filter(
    indicator__code="preschool_total", jurisdiction__code="500106", year=2021
)
VALUES_OF_PUBLIC = YearlyValue.objects.filter(indicator__code="preschool_public", version=1)
VERSION = "[name=preschool_total-version]"


def test_going_back_to_a_sheet_shows_what_was_saved_there(visitor, sign_in):
    """Where the browser kept only what the server had sent, the box was empty, over version 0; what
    was typed next was a conflict with oneself and stayed unsaved."""
    page = sign_in(visitor(), "officer")
    page.goto("/entry/500106/2022/quality/")
    with page.expect_response(lambda answer: "/preschool_total/" in answer.url):
        page.fill(BOX, "52483")
        page.press(BOX, "Tab")
    assert VALUES.get().number == 52483

    page.goto("/")
    page.go_back()
    page.wait_for_load_state("networkidle")

    assert (page.input_value(BOX), page.input_value(VERSION)) == ("52483", "1")


def test_what_is_typed_and_not_sent_is_there_after_going_back(visitor, sign_in):
    """It is sent then; the rows that were saved are as they are stored."""
    page = sign_in(visitor(), "officer")
    page.goto("/entry/500106/2022/quality/")
    with page.expect_response(lambda answer: "/preschool_total/" in answer.url):
        page.fill(BOX, "52483")
        page.press(BOX, "Tab")
    page.focus(PUBLIC)
    page.keyboard.type("6402")

    page.goto("/")
    assert not VALUES_OF_PUBLIC.exists()
    with page.expect_response(lambda answer: "/preschool_public/" in answer.url):
        page.go_back()
    page.wait_for_load_state("networkidle")

    assert (page.input_value(BOX), page.input_value(VERSION)) == ("52483", "1")
    assert (page.input_value(PUBLIC), stored("preschool_public").number) == ("6402", 6402)


def test_an_answer_older_than_what_was_saved_meanwhile_is_asked_for_again(visitor, sign_in):
    """The row of a figure that was kept and sent stood empty, over version 0, when the sheet of
    before it came in after it."""
    page = sign_in(visitor(), "officer")
    page.goto("/entry/500106/2022/quality/")
    page.focus(PUBLIC)
    page.keyboard.type("6402")
    page.goto("/")
    older, saves = [], []

    def keep_first(route):
        if older or route.request.resource_type != "fetch":
            route.continue_()
        else:
            older.append((route, route.fetch()))

    page.route("**/entry/500106/2022/quality/", keep_first)
    page.route("**/preschool_public/", lambda route: saves.append(route))
    page.go_back()
    while not (older and saves):
        page.wait_for_timeout(20)
    with page.expect_response(lambda answer: "/preschool_public/" in answer.url):
        saves[0].continue_()
    expect(page.locator("#row_preschool_public .saved")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/quality/")):
        older[0][0].fulfill(response=older[0][1])
    page.wait_for_load_state("networkidle")

    assert (page.input_value(PUBLIC), stored("preschool_public").number) == ("6402", 6402)


def test_another_sheet_that_somebody_saved_meanwhile_is_as_it_is_stored(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    page.goto("/entry/500106/2022/quality/")
    page.goto("/")
    enter(indicator("preschool_total"), unit(), "480", year=2021)
    page.go_back()
    page.wait_for_load_state("networkidle")

    assert (page.input_value(BOX), page.input_value(VERSION)) == ("480", "1")
    page.fill(BOX, "481")
    with page.expect_response(lambda answer: "/preschool_total/" in answer.url):
        page.press(BOX, "Tab")
    assert stored("preschool_total").number == 481
