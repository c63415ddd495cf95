"""The administration on dark paper: every link can be read, every column fits the window."""

import pytest

from tests.browser import access_violations

pytestmark = [pytest.mark.thorough, pytest.mark.page]

ADMIN = "/admin/indicators/"
PAGES = {
    "editor": [
        "/admin/",
        *(f"{ADMIN}{name}/" for name in ("indicator", "target", "definition", "jurisdiction")),
        *(f"{ADMIN}{name}/add/" for name in ("target", "rule")),
    ],
    "officer": [f"{ADMIN}yearlyvalue/"],
    "administrator": ["/admin/", f"{ADMIN}user/", f"{ADMIN}user/add/", f"{ADMIN}membership/"],
}


@pytest.mark.parametrize("role", PAGES)
def test_the_administration_is_legible_on_dark_paper(visitor, sign_in, role):
    page = sign_in(visitor(color_scheme="dark"), role)
    faults = {}
    for address in PAGES[role]:
        page.goto(address)
        found = access_violations(page)
        results = page.locator(".results")
        if results.count():
            box = results.first.evaluate("box => [box.scrollWidth, box.clientWidth]")
            found += [f"columns {box[0]} px wide in {box[1]}"] if box[0] > box[1] else []
        if found:
            faults[address] = found
    assert faults == {}
