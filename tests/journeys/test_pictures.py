"""Takes the pictures of the guide. With EDUCATION_DUTY_PICTURES set, they replace those kept."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.journeys.under_way import RETURNED, WAITING

pytestmark = [pytest.mark.page, pytest.mark.thorough]

KEPT = Path(settings.BASE_DIR) / "indicators/static/indicators/guide"
SHEET = "/entry/500106/2022/quality/"


@pytest.fixture
def take(tmp_path):
    folder = KEPT if os.environ.get("EDUCATION_DUTY_PICTURES") else tmp_path

    def picture(page, name):
        path = folder / f"{name}.png"
        page.wait_for_timeout(400)  # a chart draws itself in
        page.screenshot(path=path)
        assert path.stat().st_size > 10_000

    return picture


def fill(page, **texts):
    for code, text in texts.items():
        page.fill(f"[name={code}-value]", text)
        page.press(f"[name={code}-value]", "Tab")
        expect(page.locator(f"#feedback_{code}")).to_contain_text("已保存")


def test_the_pictures_of_the_guide_show_the_pages_as_they_are(visitor, sign_in, take):
    officer = sign_in(visitor(height=720), "officer")
    officer.goto(SHEET)
    fill(officer, preschool_total="4.82万", preschool_public="26120", preschool_inclusive="45,310")
    take(officer, "sheet")

    colleague = sign_in(visitor(height=720), "colleague")
    colleague.goto(SHEET)
    fill(colleague, preschool_total="48300")
    officer.fill("[name=preschool_total-value]", "4.83万")
    officer.press("[name=preschool_total-value]", "Tab")
    officer.click("text=对照选择")
    take(officer, "conflict")

    supervisor = sign_in(visitor(height=720), "supervisor")
    for name, address in {
        "overview": "/overview/",
        "indicator": "/indicators/preschool_public_share/",
        "figure": "/figures/preschool_public_share/500106/2021/",
    }.items():
        supervisor.goto(address)
        take(supervisor, name)


def test_the_pictures_of_a_round_show_its_pages_as_they_are(visitor, sign_in, under_way, take):
    lead = sign_in(visitor(height=720), "lead")
    lead.goto(f"/entry/{RETURNED}/2022/")
    take(lead, "submission")

    supervisor = sign_in(visitor(height=720), "supervisor")
    supervisor.goto("/rounds/2022/")
    take(supervisor, "round")
    supervisor.goto(f"/review/2022/{WAITING}/")
    supervisor.check("#chosen_preschool_total")
    supervisor.fill("#reason_preschool_total", "约为上年 10 倍，请核对")
    take(supervisor, "review")
