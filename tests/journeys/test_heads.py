"""Long tables keep their heads in sight, and 360 and its like draw pages by their new engine."""

import pytest

from tests.cast import enter
from tests.journeys.looking import faults_in_every_window
from tests.journeys.sheet import indicator, unit

pytestmark = pytest.mark.page

HEADS = """() => [...document.querySelectorAll("table.figures thead th")]
    .map((cell) => getComputedStyle(cell).position)"""


@pytest.mark.parametrize("address", ["/overview/", "/units/", "/heat-map/?year=2022"])
def test_heads_of_tables_stay_in_sight(visitor, sign_in, address):
    page = sign_in(visitor(), "supervisor")
    page.goto(address)

    assert set(page.evaluate(HEADS)) == {"sticky"}


def test_what_stands_in_place_of_rows_is_read_whole_on_a_telephone(visitor, sign_in):
    page = sign_in(visitor(width=390), "supervisor")
    page.goto("/rounds/")
    assert page.evaluate("""() => [...document.querySelectorAll("td.empty")].map((cell) =>
        cell.getBoundingClientRect().right <= innerWidth)""") == [True]


@pytest.mark.parametrize("address", ["/heat-map/?year=2022&area=quality", "/only-increase/"])
def test_a_table_whose_heads_are_links_sorts_as_well(visitor, sign_in, whole_city, address):
    """Those in which a number is missing stay last, whichever way."""
    for district, total, public, spent in (
        ("500106", "1000", "900", "500"),
        ("500103", "1000", "100", "900"),
    ):
        enter(indicator("preschool_total"), unit(district), total, year=2021)
        enter(indicator("preschool_public"), unit(district), public, year=2021)
        for year, more in ((2020, "400"), (2021, spent)):
            enter(
                indicator("general_public_budget_education_expenditure"),
                unit(district),
                f"{more}万元",
                year=year,
            )
    page = sign_in(visitor(), "supervisor")
    page.goto(address)
    table = page.locator("table.figures").first
    buttons = table.locator("thead .sort-beside")
    assert buttons.count() == table.locator("thead th a").count() > 0
    assert max(buttons.evaluate_all("all => all.map((one) => one.offsetWidth)")) <= 32

    numbers = table.locator("tbody td[data-number]:not([data-number=''])")
    at = numbers.first.evaluate("cell => cell.cellIndex")
    button = table.locator("thead th").nth(at).locator(".sort")
    orders = []
    for _way in range(2):
        button.click()
        column = table.locator("tbody tr").evaluate_all(
            f"rows => rows.map(row => row.cells[{at}].dataset.number || null)"
        )
        filled = [float(one) for one in column if one is not None]
        assert column[: len(filled)] == [one for one in column if one is not None]
        orders.append(filled)
    assert orders[0] == sorted(orders[0])
    assert orders[1] == orders[0][::-1]
    assert len(orders[0]) > 1
    assert table.locator("tbody tr").count() > 2
    assert faults_in_every_window(page) == []


def test_browsers_of_two_engines_are_asked_for_the_new_one(visitor, whole_city):
    page = visitor()
    page.goto("/login/")

    assert page.locator("meta[name=renderer]").get_attribute("content") == "webkit"


LINES_OF_CODES = """() => [...document.querySelectorAll("table.figures tbody code")]
    .filter((one) => one.offsetHeight)
    .map((one) => Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"""


def test_codes_of_indicators_keep_to_one_line(visitor, sign_in):
    page = sign_in(visitor(), "supervisor")
    page.goto("/overview/?rows=all")

    lines = page.evaluate(LINES_OF_CODES)
    assert (set(lines), len(lines) > 50) == ({1}, True)


GROUND = """(shade) => {
    const table = document.createElement("table");
    table.className = "heat";
    table.innerHTML = `<tr><td class="number cell shade-${shade}">1</td></tr>`;
    document.querySelector("main").append(table);
    const { backgroundColor, color } = getComputedStyle(table.querySelector("td"));
    return [backgroundColor, color];
}"""


def test_what_is_complete_is_quiet_beside_what_is_not(visitor, sign_in):
    page = sign_in(visitor(), "supervisor")
    page.goto("/rounds/new/")

    (done, done_ink), (half, half_ink) = (page.evaluate(GROUND, shade) for shade in (5, 2))
    assert done == "rgba(0, 0, 0, 0)" != half
    assert done_ink != half_ink
