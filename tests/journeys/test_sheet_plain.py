"""The whole sheet once more with JavaScript off, through the server's form, by keyboard as well.

Without JavaScript nothing is pasted over several boxes, and a row is not sent by itself, so there
is no line to cut under it: the sheet goes as one form. All else is as in `test_sheet_whole`.
"""

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

TEXT, WRONG, STALE = "count_13", "count_34", "count_37"
TYPED = {code: str(number) for code, number in FIGURES.items()} | {TEXT: "很多", WRONG: "12.5"}


@pytest.mark.thorough
def test_forty_figures_are_entered_and_found_again_without_javascript(visitor, forty):
    page = visitor(java_script_enabled=False)
    keyboard = Keyboard(page)
    page.goto("/login/")
    keyboard.sign_in("officer")
    keyboard.follow(page.get_by_role("link", name="2021 年度优先保障"))
    type_forty(page, keyboard)
    saved_meanwhile(STALE, forty["colleague"])
    keyboard.press("Enter")
    nothing_typed_is_lost(page)
    choose_and_mend_one(page, keyboard)
    mend_the_other(page, keyboard)

    assert stored() == FIGURES
    they_are_seen_in_the_history(page, keyboard)


def type_forty(page, keyboard):
    for code, text in TYPED.items():
        keyboard.to(box(page, code))
        keyboard.type(text)


def nothing_typed_is_lost(page):
    """The conflict is laid side by side, the wrong ones stand below it; the others are saved."""
    expect(page.locator("h1")).to_have_text("两人修改了同一项数据")
    expect(page.locator(".finding")).to_contain_text("其余 37 项已保存")
    alert = page.locator("[role=alert]")
    expect(alert).to_contain_text("有 2 处没有保存")
    expect(page.locator(f"[aria-labelledby=conflict_{STALE}]")).to_contain_text(TYPED[STALE])
    for code, why in ((TEXT, "无法识别"), (WRONG, "须填整数")):
        expect(alert).to_contain_text(f"指标{code}")
        expect(box(page, code)).to_have_value(TYPED[code])
        expect(feedback(page, code)).to_contain_text(why)
    right = {code: number for code, number in FIGURES.items() if code not in (TEXT, WRONG)}
    assert stored() == right | {STALE: 5555}


def choose_and_mend_one(page, keyboard):
    mine, theirs = (page.locator(f"[value={whose}]") for whose in ("mine", "theirs"))
    keyboard.to(theirs)
    keyboard.to(mine, "ArrowDown")
    keyboard.to(box(page, TEXT))
    keyboard.type(str(FIGURES[TEXT]))
    keyboard.follow(page.get_by_role("button", name="按选择保存"))
    expect(page.locator("[role=alert]")).to_contain_text("有 1 处没有保存 · 已保存 2 处")
    expect(box(page, WRONG)).to_have_value(TYPED[WRONG])


def mend_the_other(page, keyboard):
    keyboard.follow(page.locator("#summary li a").first)
    keyboard.to(box(page, WRONG))
    keyboard.type(str(FIGURES[WRONG]))
    keyboard.press("Enter")
    expect(page.locator("[role=status]").first).to_have_text("已保存 1 项。")


def they_are_seen_in_the_history(page, keyboard):
    wanted = {code: [told(code)] for code in CODES} | {STALE: [told(STALE, version=2), THEIRS]}
    assert {code: versions(code) for code in CODES} == wanted

    keyboard.follow(row(page, STALE).locator("summary"))
    keyboard.follow(row(page, STALE).get_by_role("link", name="数据来源和全部版本"))
    assert history(page) == wanted[STALE]
