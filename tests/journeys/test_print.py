"""On paper: tables whole and on their side, their heads on each page, lines to sign on below."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import enter
from tests.journeys.sheet import indicator, unit

pytestmark = [pytest.mark.page, pytest.mark.thorough]

ON_ITS_SIDE = 1032  # px across a page of A4 within its margins
PRINTED = """() => {
    const shown = (name) => [...document.querySelectorAll(name)]
        .filter((node) => getComputedStyle(node).display !== "none").length;
    const box = document.querySelector(".wide:has(tbody), .sheet-panel");
    return {
        navigation: shown(".menu, .tabs, .sticky, .acts, .site-footer, .table-tools, .filters"),
        signatures: shown(".signatures span"),
        buttons_in_heads: [...document.querySelectorAll("thead .sort")]
            .filter((node) => getComputedStyle(node).display !== "contents").length,
        cut: box.scrollHeight - box.clientHeight,
    };
}"""


def sizes(page):
    """Width and height of the pages of the PDF, in points."""
    boxes = re.findall(rb"/MediaBox \[([\d. ]+)\]", page.pdf(prefer_css_page_size=True))
    return {tuple(round(float(side)) for side in box.split()[2:]) for box in boxes}


@pytest.fixture
def figures(whole_city):
    for district in ("500103", "500106"):
        enter(indicator("preschool_total"), unit(district), "9000", year=2021)


@pytest.mark.parametrize(
    ("role", "address", "signatures"),
    [
        ("supervisor", "/overview/?rows=all", 0),
        ("supervisor", "/units/", 0),
        ("officer", "/entry/500106/2022/quality/", 4),
    ],
)
def test_tables_are_printed_whole_on_their_side(
    visitor, sign_in, figures, role, address, signatures
):
    page = sign_in(visitor(), role)
    page.goto(address)
    assert sizes(page) == {(842, 595)}

    page.emulate_media(media="print")
    printed = page.evaluate(PRINTED)
    assert printed == {"navigation": 0, "signatures": signatures, "buttons_in_heads": 0, "cut": 0}


def test_the_brief_is_one_page_upright(visitor, sign_in, figures):
    page = sign_in(visitor(), "supervisor")
    page.goto("/brief/")
    pdf = page.pdf(prefer_css_page_size=True)

    assert sizes(page) == {(595, 842)}
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1


def test_the_heat_map_is_printed_whole_and_in_its_shades(visitor, sign_in, figures):
    page = sign_in(visitor(width=ON_ITS_SIDE), "supervisor")
    page.goto("/heat-map/?area=quality")
    page.emulate_media(media="print")
    shade = "(cell) => getComputedStyle(cell).printColorAdjust"
    beyond = "(table) => table.scrollWidth - table.closest('main').clientWidth"

    assert page.locator(".heat td").first.evaluate(shade) == "exact"
    assert page.locator(".heat").evaluate(beyond) <= 0


def test_slips_are_printed_two_beside_each_other(visitor, sign_in, whole_city):
    page = sign_in(visitor(), "administrator")
    page.goto("/accounts/table/")
    lines = [f"deng{number}\t邓{number}\t市级\t填报员" for number in range(12)]
    city = unit("500000").name
    page.fill("#table", "\n".join(["用户名\t姓名\t单位\t角色", *lines]).replace("市级", city))
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确认新建 12 项").click()
    expect(page.locator(".slip")).to_have_count(12)
    assert sizes(page) == {(595, 842)}
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.slips')).display") == "grid"
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2


def test_the_guide_is_printed_upright(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    page.goto("/guide/terms/")
    assert sizes(page) == {(595, 842)}
