"""The number check in the browser, without scripts: a text is pasted, and what differs is seen."""

import pytest

from tests.browser import access_violations
from tests.journeys.looking import faults_in_every_window

pytestmark = pytest.mark.page

TEXT = (
    "重庆市义务教育巩固率95.67%，学校标准化建设达标率85%。\n检查学校100所，其中甲类60所、乙类41所。"
)


def test_a_supervisor_pastes_a_text_and_sees_what_differs(visitor, sign_in):
    page = sign_in(visitor(), "supervisor")
    page.goto("/")
    page.click("text=数据核对")
    page.fill("textarea", TEXT)
    page.click("text=核对数字")
    page.wait_for_selector("mark")

    assert page.locator("mark.differs").all_inner_texts()[0].startswith("85%")
    assert "不相符" in page.inner_text("main")
    assert access_violations(page) == []
    assert faults_in_every_window(page) == []
