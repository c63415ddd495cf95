"""A round in a browser, as four people: one supervisor plans, opens and reopens, an officer enters,
a lead submits, another supervisor returns and approves; each act is told under its own name."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indicators.models import Submission, YearlyResult
from tests.journeys.looking import follow, look_at
from tests.journeys.sheet import QUALITY, box, feedback, last_year, row, type_in
from tests.round_cast import days

ANSWER, REVIEW, PROGRESS = "/entry/500106/2022/", "/review/2022/500106/", "/rounds/2022/"
ASKED = ["在园幼儿总数", "公办幼儿园在园幼儿数", "公办园在园幼儿占比"]
UNITS = ["沙坪坝区", "渝中区"]
DESKS = ["supervisor", "reviewer", "officer", "lead"]
# Who did what, the latest first, as the page of the submission tells it in the end; of the officer
# it tells the first entry, the history of each figure tells the others.
DONE = [
    "审核通过 秦简",
    "报送 陆远",
    "重新开放 杜思远",
    "审核通过 秦简",
    "报送 陆远",
    "退回 秦简",
    "报送 陆远",
    "初审 陆远",
    "填报 沈小平",
    "开启轮次 杜思远",
]


@pytest.fixture
def people(visitor, sign_in):
    """Each in a window of their own."""
    return [sign_in(visitor(), name, "/") for name in DESKS]


@pytest.fixture
def look(tmp_path):
    seen = []

    def at(page, name):
        seen.append(name)
        look_at(page, tmp_path, f"{len(seen):02} {name}")

    return at


def state():
    return Submission.objects.get(jurisdiction__code="500106").state


def stands(code="preschool_total"):
    """What stands as reported and as approved."""
    found = YearlyResult.objects.filter(
        indicator__code=code, jurisdiction__code="500106", year=2021
    )
    numbers = dict(found.values_list("tier", "number"))
    return [numbers.get("reported"), numbers.get("approved")]


def tick_only(page, name, wanted):
    """Leave only the wanted of a list of boxes ticked, as very many clicks would."""
    page.evaluate(
        """([name, wanted]) => document.querySelectorAll(`[name=${name}]`).forEach((box) => {
            box.checked = wanted.includes(box.closest("label").textContent.trim());
        })""",
        [name, wanted],
    )


def told_of(page):
    """The acts on the page of a submission, each with whoever did it."""
    acts = page.locator(".events > li").evaluate_all(
        """(acts) => acts.map((act) => {
            const strong = act.querySelector("strong");
            return `${strong.textContent} ${strong.nextSibling.textContent.trim()}`;
        })"""
    )
    return [act.partition("：")[0].partition(" ·")[0] for act in acts]


def opens_a_round(page, look):
    follow(page, "nav >> text=轮次")
    follow(page, "text=新建轮次")
    page.fill("[name=evaluation_year]", "2022")
    page.click("text=全不选 指标")
    expect(page.locator("[name=indicators]:checked")).to_have_count(0)
    page.fill("[name=title]", "2022 年度数据填报")
    page.fill("[name=instructions]", "请按教育事业统计年报口径填报。")
    tick_only(page, "indicators", ASKED)
    tick_only(page, "jurisdictions", UNITS)
    look(page, "plan")
    follow(page, "text=保存计划")
    look(page, "planned")
    follow(page, "main button >> text=开启轮次")
    expect(page.locator("main")).to_contain_text("2 个区县")
    look(page, "open")


def enters(page, look):
    """The officer finds the way from the home page; a warning is explained."""
    page.goto("/")
    look(page, "officer home")
    page.goto(QUALITY)
    type_in(page, "preschool_total", "90000")
    expect(feedback(page, "preschool_total")).to_contain_text("10 倍")
    type_in(page, "preschool_public", "50000")
    expect(feedback(page, "preschool_public")).to_contain_text("已保存")
    look(page, "sheet")
    follow(page, "main >> text=初审与报送")
    explain = page.locator(".found li", has_text="10 倍")
    explain.locator("[name=text]").fill("上年误按百人填报，今年改正")
    look(page, "answer")
    explain.locator("button").click()
    expect(page.locator(".found")).to_contain_text("上年误按百人填报")


def submits(page, look, note):
    page.goto(ANSWER)
    if page.locator("button[value=check]").count():
        follow(page, "button[value=check]")
    page.fill("[name=reason]", note)
    follow(page, "button[value=submit]")
    look(page, f"asked {note}")
    follow(page, "button[value=submit]")
    expect(page.locator("button[value=take_back]")).to_be_visible()
    look(page, f"submitted {note}")
    assert state() == "submitted"


def asks_and_returns(page, look):
    follow(page, "nav >> text=审核")
    look(page, "queue")
    follow(page, "main a >> text=沙坪坝区")
    page.select_option("#indicator", "preschool_total")
    page.fill("#question", "附设班是否计入？")
    page.click("button >> text=提问")
    expect(page.locator(".thread")).to_contain_text("附设班")
    page.check("#chosen_preschool_total")
    follow(page, "button[value=return]")  # without a reason
    expect(page.locator("[role=alert]")).to_be_visible()
    look(page, "return refused")
    page.fill("#reason_preschool_total", "与年报 89 000 不符")
    page.fill("#reason", "请核对在园幼儿总数")
    look(page, "return")
    follow(page, "button[value=return]")
    assert state() == "returned"


def corrects(page, look):
    page.goto("/")
    expect(page.locator("main")).to_contain_text("退回")
    look(page, "officer returned")
    page.goto("/messages/")
    look(page, "officer messages")
    page.goto(QUALITY)
    expect(row(page, "preschool_total")).to_contain_text("与年报 89 000 不符")
    assert box(page, "preschool_public").count() == 0  # what was not returned stays locked
    look(page, "returned sheet")
    type_in(page, "preschool_total", "89000")
    expect(feedback(page, "preschool_total")).to_contain_text("已保存")
    # The note of the figure before does not explain this one; said after it, it does.
    box(page, "preschool_total", "note").fill("上年误按百人填报")
    box(page, "preschool_total").focus()
    expect(row(page, "preschool_total").locator("[name$=version]")).to_have_value("3")
    page.goto(ANSWER)
    page.fill("#text_preschool_total", "附设班已计入")
    page.click("button >> text=发送")
    expect(page.locator(".thread")).to_contain_text("附设班已计入")


def reopens(page, look):
    """One figure is opened once more; until it is approved again the old one stands."""
    page.goto(REVIEW)
    page.click("label >> text=全部")
    page.check("#chosen_preschool_public")
    page.fill("#reason_preschool_public", "口径有误")
    page.fill("#reason", "年报更正")
    page.fill("#until", (timezone.localdate() + days(3)).isoformat())
    look(page, "reopen")
    follow(page, "button[value=reopen]")
    assert state() == "reopened"


@pytest.mark.thorough
def test_from_opening_a_round_to_approval_and_back_through_a_return(people, look):
    supervisor, reviewer, officer, lead = people
    last_year("preschool_total", "9000")

    opens_a_round(supervisor, look)
    enters(officer, look)
    assert stands() == [None, None]
    submits(lead, look, "首次报送")
    assert stands() == [90000, None]

    asks_and_returns(reviewer, look)
    corrects(officer, look)
    assert stands() == [90000, None]
    submits(lead, look, "已核对")
    assert stands() == [89000, None]

    reviewer.goto(REVIEW)
    expect(reviewer.locator("#row_preschool_total s")).to_contain_text("90")
    look(reviewer, "review again")
    follow(reviewer, "button[value=approve]")
    look(reviewer, "approval asked")
    follow(reviewer, "button[value=approve]")
    assert (state(), stands()) == ("approved", [89000, 89000])

    reopens(supervisor, look)
    officer.goto(QUALITY)
    look(officer, "reopened sheet")
    type_in(officer, "preschool_public", "49000")
    expect(feedback(officer, "preschool_public")).to_contain_text("已保存")
    submits(lead, look, "更正")
    assert stands("preschool_public") == [49000, 50000]
    reviewer.goto(REVIEW)
    follow(reviewer, "button[value=approve]")
    look(reviewer, "approval asked")
    follow(reviewer, "button[value=approve]")
    assert stands("preschool_public") == [49000, 49000]

    supervisor.goto(PROGRESS)
    look(supervisor, "progress")
    for person, address in ((officer, ANSWER), (supervisor, REVIEW)):
        person.goto(address)
        assert told_of(person) == DONE
    expect(officer.locator(".thread")).to_contain_text("附设班是否计入？ 秦简")
    expect(officer.locator(".thread")).to_contain_text("附设班已计入 沈小平")
    supervisor.goto("/figures/preschool_public/500106/2021/")
    versions = supervisor.locator("[aria-labelledby=versions] tbody tr")
    expect(versions).to_contain_text(["49 000", "50 000"])
    expect(versions).to_contain_text(["沈小平", "沈小平"])
