"""Every page of the dashboards without a mouse: all that can be clicked is reached by Tab, in the
order of the page, and it shows where one is; what is drawn is told to who does not see it."""

import pytest

from tests.cast import enter
from tests.journeys.looking import DASHBOARDS
from tests.journeys.sheet import indicator, unit

pytestmark = [pytest.mark.page, pytest.mark.thorough]

FIELDS_WITHIN = 10  # days, months and years are fields of their own within a date's
# Numbers what can be clicked, and is seen, in the order in which it stands.
NUMBERED = """() => {
    const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const seen = [...document.querySelectorAll(all)].filter((one) => !one.disabled
        && one.type !== "hidden" && one.tabIndex >= 0 && one.checkVisibility());
    seen.forEach((one, at) => { one.dataset.at = at; });
    document.activeElement.blur();
    return seen.length;
}"""
HERE = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const at = one.dataset.at ?? null;
    return [at, marked || style.boxShadow !== "none", one.outerHTML.slice(0, 90)];
}"""
# Pictures without words, and tables that do not say what they are of.
UNTOLD = """() => [
    ...[...document.querySelectorAll("main canvas, main svg")].filter((one) =>
        !one.closest("[aria-hidden=true]") && !one.getAttribute("aria-label")
        && !one.getAttribute("aria-labelledby") && !one.querySelector("title")),
    ...[...document.querySelectorAll("main table")].filter((one) =>
        !one.caption && !one.closest("section, [aria-labelledby]")),
].map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def told(whole_city):
    total, public = indicator("preschool_total"), indicator("preschool_public")
    for at, code in enumerate(("500101", "500102", "500103", "500104")):
        for year in (2020, 2021):
            enter(total, unit(code), str(1000 + at), year=year)
            enter(public, unit(code), str(500 + 30 * at), year=year)


@pytest.mark.parametrize("role", ["supervisor", "lead"])
def test_every_page_is_gone_through_by_tab(visitor, sign_in, told, role):
    page = sign_in(visitor(), role)
    faults = {}
    for address in DASHBOARDS:
        if page.goto(address).status != 200:
            assert role == "lead", address
            continue
        there = page.evaluate(NUMBERED)
        reached, unmarked = [], []
        while len(set(reached)) < there and len(reached) < there + FIELDS_WITHIN:
            page.keyboard.press("Tab")
            at, marked, what = page.evaluate(HERE)
            reached.append(at)
            if not marked:
                unmarked.append(what)
        untold = page.evaluate(UNTOLD)
        in_order = list(dict.fromkeys(reached)) == [str(at) for at in range(there)]
        if unmarked or untold or not in_order:
            faults[address] = (unmarked[:3], untold[:3], in_order)
    assert faults == {}
