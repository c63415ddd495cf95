"""Long tables keep their heads in sight, and 360 and its like draw pages by their new engine."""

import pytest

pytestmark = pytest.mark.page

HEADS = """() => [...document.querySelectorAll("table.figures thead th")]
    .map((cell) => getComputedStyle(cell).position)"""


@pytest.mark.parametrize("address", ["/overview/", "/units/", "/heat-map/?year=2022"])
def test_heads_of_tables_stay_in_sight(visitor, sign_in, address):
    page = sign_in(visitor(), "supervisor")
    page.goto(address)

    assert set(page.evaluate(HEADS)) == {"sticky"}


def test_browsers_of_two_engines_are_asked_for_the_new_one(visitor, whole_city):
    page = visitor()
    page.goto("/login/")

    assert page.locator("meta[name=renderer]").get_attribute("content") == "webkit"
