"""Every page in the browser, as its role sees it: policy, accessibility, width, language."""

import re

import pytest

from tests.browser import serious_violations

PAGES = {
    "officer": ["/entry/500106/2022/quality/", "/overview/", "/export/", "/password/"],
    "lead": ["/entry/500106/2022/safety/"],
    "city_officer": ["/entry/500000/2022/funding/"],
    "supervisor": ["/overview/", "/overview/?page=2", "/overview/?year=1066", "/nowhere/"],
    "editor": ["/overview/"],
    "auditor": ["/overview/?tier=approved"],
    "administrator": ["/overview/"],
}
# Codes stand in <code>; these are names of things in any language.
NAMES = {"CSV", "Excel", "WPS", "ESI", "Cookie"}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("role", PAGES)
def test_pages_are_accessible_fit_the_window_and_speak_chinese(visitor, sign_in, role, width):
    page = sign_in(visitor(width=width), role)
    for address in PAGES[role]:
        page.goto(address)
        assert serious_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert stray_english(page) == set(), address


def test_the_way_in_is_accessible_and_chinese(visitor, whole_city):
    page = visitor()
    page.goto("/login/")

    assert serious_violations(page) == []
    assert stray_english(page) == set()


def stray_english(page):
    """Words of Latin letters that a reader sees outside codes."""
    seen = page.evaluate("""() => {
        const copy = document.body.cloneNode(true);
        copy.querySelectorAll("code, script, .account summary").forEach((node) => node.remove());
        const told = ["placeholder", "title", "aria-label"].flatMap((name) =>
            [...copy.querySelectorAll(`[${name}]`)].map((node) => node.getAttribute(name)));
        return [copy.textContent, document.title, ...told].join(" ");
    }""")
    return set(re.findall(r"[A-Za-z]{3,}", seen)) - NAMES
