"""What every page is looked at for: words that are not Chinese, bars to its use, its picture."""

import re

from tests.browser import serious_violations

# Codes stand in <code>; these are names of things in any language.
NAMES = {"CSV", "Excel", "WPS", "ESI", "Cookie", "English", "Ctrl"}


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


def look_at(page, folder, name):
    """No violation of policy or access, no English; and a picture of it in the folder."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    found = (page.url, serious_violations(page), stray_english(page))
    assert found == (page.url, [], set()), found


def faults_of(page, width):
    """What bars somebody from the page: access, sideways scrolling, words that are not Chinese."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"{wide} px wide"] if wide > width else []
    return [*serious_violations(page), *too_wide, *sorted(stray_english(page))]
