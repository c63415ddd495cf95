"""What every page is looked at for: words that are not Chinese, bars to its use, its picture."""

import re

from tests.browser import access_violations

DASHBOARDS = [
    *("/overview/", "/brief/", "/outlook/", "/compare/", "/changes/", "/days/", "/heat-map/"),
    *("/only-increase/", "/profile/", "/reliability/", "/units/", "/custom-table/", "/doubts/"),
    *("/indicators/", "/indicators/preschool_public_share/?year=2021"),
    "/figures/preschool_public_share/500000/2021/",
]
# Codes stand in <code>; these are names of things in any language.
NAMES = {"CSV", "Excel", "WPS", "ESI", "Cookie", "English", "Ctrl"}
# How many whole pixels the page goes on below its foot; its height is told without a fraction.
BELOW_THE_FOOT = """() => {
    const foot = document.querySelector(".site-footer")?.getBoundingClientRect().bottom;
    const tall = document.documentElement.scrollHeight;
    return foot && tall > innerHeight ? Math.floor(tall - scrollY - foot) : 0;
}"""
# Lines with a space after a full-width sign; small words, links and buttons are set apart by one.
SPACES = """() => {
    const apart = [...document.querySelectorAll(
        "small, .aside, .sub, .tag, .status, .warning, .help-link, p > a, option, button"
    )].filter((node) => !node.hidden);
    apart.forEach((node) => { node.hidden = true; });
    const lines = document.body.innerText.split("\\n");
    apart.forEach((node) => { node.hidden = false; });
    return lines.filter((line) => /[，。；：、？] +\\S/.test(line));
}"""


def follow(page, link):
    """Click what leads to another page, and wait for that one: straight after a click the page
    before it may still be there, and is gone while it is read."""
    with page.expect_navigation():
        (page.locator(link) if isinstance(link, str) else link).click()


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
    found = (page.url, access_violations(page), stray_english(page))
    assert found == (page.url, [], set()), found


def wide_ticks(page):
    """Widths of radio buttons and check boxes that push their words away."""
    return page.evaluate("""() => [...document.querySelectorAll("[type=radio], [type=checkbox]")]
        .map((box) => box.offsetWidth).filter((width) => width > 40)""")


def faults_in_every_window(page):
    """What bars somebody from the page on an office's screen and on a telephone: access, sideways
    scrolling, a page longer than what is on it, words that are not Chinese, spaces between its
    sentences."""
    found = [*sorted(stray_english(page)), *page.evaluate(SPACES)]
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)  # a chart follows its box
        wide = page.evaluate("document.documentElement.scrollWidth")
        below = page.evaluate(BELOW_THE_FOOT)
        found += [f"{below} px of nothing below the foot at {width}"] if below > 0 else []
        found += [f"{wide} px wide at {width}"] if wide > width else []
        found += [f"a box to tick {box} px wide at {width}" for box in wide_ticks(page)]
        found += access_violations(page)
    return found
