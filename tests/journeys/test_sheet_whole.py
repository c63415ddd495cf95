"""A whole sheet with the keyboard alone, from the way in to the history of what was entered."""

import pytest
from playwright.sync_api import expect

from tests.journeys.forty import (
    CODES,
    FIGURES,
    THEIRS,
    history,
    saved_meanwhile,
    stored,
    told,
    versions,
)
from tests.journeys.keyboard import Keyboard
from tests.journeys.sheet import box, feedback, row

pytestmark = pytest.mark.page

BLOCK, BY_HAND = CODES[:30], CODES[30:]
LONG = 30_000  # milliseconds for thirty rows, each saved by itself
TEXT, WRONG, STALE = "count_13", "count_34", "count_37"


@pytest.fixture
def page(visitor, forty):
    return visitor(permissions=["clipboard-read", "clipboard-write"])


@pytest.mark.thorough
def test_forty_figures_are_entered_and_found_again_with_the_keyboard_alone(page, forty):
    keyboard = Keyboard(page)
    page.goto("/login/")
    keyboard.sign_in("officer")
    keyboard.follow(page.get_by_role("link", name="2021 年度优先保障"))
    keyboard.to(box(page, CODES[0]))
    paste_thirty_lines_of_two(page, keyboard)
    type_ten_without_a_line(page, keyboard, forty["colleague"])
    the_wrong_ones_are_told(page)
    mend_them(page, keyboard)

    expect(page.locator("[data-unsaved]")).to_have_count(0)
    assert stored() == FIGURES
    assert stored(note__startswith="说明") == {code: FIGURES[code] for code in BLOCK}
    they_are_seen_in_the_history(page, keyboard)


def paste_thirty_lines_of_two(page, keyboard):
    lines = [f"{FIGURES[code]}\t说明{code}" for code in BLOCK]
    lines[BLOCK.index(TEXT)] = f"很多\t说明{TEXT}"
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(lines) + "\r\n")
    keyboard.press("Control+v")
    expect(feedback(page, TEXT)).to_contain_text("无法识别", timeout=LONG)
    expect(page.locator("[data-unsaved]")).to_have_count(1, timeout=LONG)
    assert stored() == {code: FIGURES[code] for code in BLOCK if code != TEXT}


def type_ten_without_a_line(page, keyboard, colleague):
    keyboard.to(box(page, BY_HAND[0]), "ArrowDown")
    page.context.set_offline(True)
    saved_meanwhile(STALE, colleague)
    for code in BY_HAND:
        expect(box(page, code)).to_be_focused()
        keyboard.type("12.5" if code == WRONG else str(FIGURES[code]))
        keyboard.press("Enter")
    for code in BY_HAND:
        expect(feedback(page, code)).to_contain_text("未送出：网络不通")
    page.context.set_offline(False)
    expect(page.locator("[data-unsaved]")).to_have_count(3, timeout=LONG)
    expect(page.locator("#trouble")).to_be_hidden()


def the_wrong_ones_are_told(page):
    expect(page.locator("#errors")).to_contain_text("有误 3")
    expect(feedback(page, WRONG)).to_contain_text("须填整数")
    expect(feedback(page, STALE)).to_contain_text("其他人已先保存")
    lines = page.locator("#summary .error li")
    expect(lines).to_have_count(3)
    for code, line in zip((TEXT, WRONG, STALE), lines.all(), strict=True):
        expect(line).to_contain_text(f"指标{code}")
    right = {code: FIGURES[code] for code in CODES if code not in (TEXT, WRONG)}
    assert stored() == right | {STALE: 5555}


def mend_them(page, keyboard):
    """From the count of errors to the list, from there to the box, then on down the column."""
    keyboard.follow(page.locator("#errors"))
    keyboard.follow(page.locator("#summary li a").first)
    for code in (TEXT, WRONG):
        keyboard.to(box(page, code), "ArrowDown")
        keyboard.type(str(FIGURES[code]))
        keyboard.press("Enter")
        expect(feedback(page, code)).to_contain_text("已保存")
    keyboard.to(box(page, STALE), "ArrowDown")
    keyboard.follow(feedback(page, STALE).get_by_role("button", name="对照选择"))
    mine, theirs = (page.locator(f"[value={whose}]") for whose in ("mine", "theirs"))
    keyboard.to(theirs)
    keyboard.to(mine, "ArrowDown")
    keyboard.follow(page.get_by_role("button", name="按选择保存"))
    expect(box(page, STALE)).to_have_value(str(FIGURES[STALE]))


def they_are_seen_in_the_history(page, keyboard):
    notes = {code: f"说明{code}" for code in BLOCK}
    wanted = {code: [told(code, note=notes.get(code, ""))] for code in CODES}
    wanted[STALE] = [told(STALE, version=2), THEIRS]
    assert {code: versions(code) for code in CODES} == wanted

    keyboard.to(box(page, CODES[0]))
    keyboard.to(box(page, STALE), "ArrowDown")
    keyboard.follow(row(page, STALE).locator("summary"), "Shift+Tab")
    keyboard.follow(row(page, STALE).get_by_role("link", name="数据来源和全部版本"))
    assert history(page) == wanted[STALE]
