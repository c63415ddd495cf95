"""Pages of the seeds' city in the browser: access, width, language, and what a table offers."""

import csv
import io

import openpyxl
import pytest

from indicators.models import (
    AchievementVersion,
    Citation,
    DutyArea,
    Indicator,
    Jurisdiction,
)
from indicators.models.report import Level
from indicators.recording.achievement import add_achievement
from indicators.recording.report import Draft, begin_report
from tests.browser import access_violations
from tests.cast import enter
from tests.journeys.looking import faults_in_every_window, stray_english
from tests.journeys.sheet import unit

pytestmark = pytest.mark.page

# Every other page is looked at by test_every_address.
PAGES = {
    "officer": ["/", "/entry/500106/2022/quality/"],
    "supervisor": [
        "/overview/?page=2",
        "/overview/?year=1066",
        "/nowhere/",
        "/indicators/preschool_public_share/",
        "/figures/preschool_public_share/500000/2021/",
    ],
}


@pytest.mark.parametrize("role", PAGES)
def test_pages_are_accessible_fit_the_window_and_speak_chinese(visitor, sign_in, role):
    page = sign_in(visitor(), role)
    for address in PAGES[role]:
        page.goto(address)
        assert faults_in_every_window(page) == [], address


def test_the_way_in_is_accessible_and_chinese(visitor, whole_city):
    page = visitor()
    page.goto("/login/")

    assert access_violations(page) == []
    assert stray_english(page) == set()


def test_an_achievement_is_read_on_a_telephone_whatever_was_typed(visitor, sign_in, whole_city):
    """Addresses without a blank, in its own page, among others and where a report cites it."""
    officer, city = whole_city["city_officer"], unit("500000")
    said = AchievementVersion(
        kind="document",
        level="city",
        title="9" * 200,
        issued_by="9" * 100,
        proof="9" * 300,
        description="9" * 900,
    )
    area = DutyArea.objects.get(code="quality")
    achievement = add_achievement(city, 2022, area, said, actor=officer)
    report = begin_report(
        city, 2022, actor=officer, title="报告", drafts=[Draft(Level.TEXT, text="印发{C1}。")]
    )
    Citation.objects.create(
        report=report,
        number=1,
        achievement=achievement,
        as_cited="9" * 200,
        change=report.paragraphs.get().change,
    )
    page = sign_in(visitor(), "city_officer")
    for address in (
        "/achievements/",
        achievement.get_absolute_url(),
        f"{achievement.get_absolute_url()}edit/",
        report.get_absolute_url(),
        report.paragraphs.get().get_absolute_url(),
    ):
        page.goto(address)
        assert faults_in_every_window(page) == [], address


@pytest.mark.parametrize("theme", ["深色", "浅色"])
def test_either_paper_is_legible(visitor, sign_in, theme):
    page = sign_in(visitor(), "supervisor", "/")
    page.click(f"text={theme}")
    for address in ["/", "/overview/", "/indicators/preschool_public_share/", "/guide/terms/"]:
        page.goto(address)
        assert access_violations(page) == [], address


def test_the_language_is_chosen_at_the_foot_of_the_page(visitor, sign_in):
    page = sign_in(visitor(), "supervisor", "/")
    page.click("text=English")
    page.goto("/overview/")

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Chongqing Municipality: education duties in 2022"


def test_a_table_is_copied_and_downloaded_as_it_stands(visitor, sign_in):
    page = sign_in(visitor(permissions=["clipboard-read", "clipboard-write"]), "supervisor")
    page.goto("/units/")
    page.click("text=复制表格")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].split("\t")[:3] == ["单位", "比较组", "已报送"]
    assert len(copied) == 43

    with page.expect_download() as download:
        page.locator(".table-tools button", has_text="CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [len(line) for line in lines] == [7] * 43
    assert lines[0][:3] == ["单位", "比较组", "已报送"]

    with page.expect_download() as download:
        page.locator(".table-tools button", has_text="工作簿").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    found = [["" if cell.value is None else cell.value for cell in row] for row in book.active]
    assert found == lines
    assert page.url.endswith("/units/")


@pytest.fixture
def two_units(whole_city):
    total = Indicator.objects.get(code="preschool_total")
    for code, text in (("500106", "48000"), ("500103", "9000")):
        enter(total, Jurisdiction.objects.valid_in(2021).get(code=code), text, year=2021)


def test_a_table_sorts_by_any_column_and_gives_numbers_as_numbers(visitor, sign_in, two_units):
    page = sign_in(visitor(permissions=["clipboard-read", "clipboard-write"]), "supervisor")
    page.goto("/indicators/preschool_total/?year=2021")
    table = page.locator("table.figures")
    value = table.locator("thead .sort", has_text="数值")

    value.click()
    assert table.locator("th[aria-sort=ascending]").inner_text().startswith("数值")
    assert table.locator("tbody tr").first.locator("th").inner_text() == "渝中区"
    value.click()
    assert table.locator("tbody tr").first.locator("th").inner_text() == "沙坪坝区"
    assert table.locator("tbody tr").last.locator("td.value").inner_text() == "—"

    page.locator("section[aria-labelledby=apart] >> text=复制表格").click()
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].split("\t")[:5] == ["单位", "上年", "计量单位", "数值", "计量单位"]
    assert copied[1].split("\t")[3:5] == ["48000", "人"]
