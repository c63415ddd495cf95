"""What the journeys through the sheet do over and over."""

import pytest
from playwright.sync_api import expect

from indicators.models import Indicator, Jurisdiction, YearlyValue
from tests.cast import enter

# Says whether the page took the event for itself.
PASTE = """([name, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const box = document.querySelector(`[name="${name}"]`);
  const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
  box.focus();
  return !box.dispatchEvent(event);
}"""
# What the clipboard gets is kept for the test.
HEAR = """() => document.addEventListener("copy", (event) => {
  window.copied = event.clipboardData.getData("text/plain");
})"""
QUALITY = "/entry/500106/2022/quality/"


@pytest.fixture
def sheet(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    page.goto(QUALITY)
    return page


def unit(code="500106"):
    return Jurisdiction.objects.valid_in(2022).get(code=code)


def indicator(code):
    return Indicator.objects.get(code=code)


def year_of(code):
    return indicator(code).year_for(2022)


def last_year(code, text):
    enter(indicator(code), unit(), text, year=year_of(code) - 1)


def stored(code):
    return YearlyValue.objects.get(indicator__code=code, jurisdiction=unit(), year=year_of(code))


def row(page, code):
    return page.locator(f"#row_{code}")


def box(page, code, kind="value"):
    return page.locator(f"[name={code}-{kind}]")


def feedback(page, code):
    return page.locator(f"#feedback_{code}")


def type_in(page, code, text):
    box(page, code).fill(text)
    box(page, code).press("Tab")


def paste(page, name, text):
    return page.evaluate(PASTE, [name, text])


def settled(page, unsaved=0):
    expect(page.locator("[data-unsaved]")).to_have_count(unsaved)


def nothing_is_filled_in(page, text):
    """Of the block that was pasted all is told, and nothing is offered."""
    left = page.locator("#unplaced")
    expect(left).to_be_visible()
    expect(left.get_by_role("button", name="填入其余")).to_be_hidden()
    left.get_by_role("button", name="取消").click()
    for code in ("preschool_total", "preschool_public"):
        assert box(page, code).input_value() == "", text
