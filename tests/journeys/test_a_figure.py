"""The journey of one figure, in a browser: typed in a district, seen by the city, taken out."""

import csv
import struct

from playwright.sync_api import expect

SHEET = "/entry/500106/2022/quality/"


def type_in(page, code, text):
    box = page.locator(f"[name={code}-value]")
    box.fill(text)
    box.press("Tab")


def feedback(page, code):
    return page.locator(f"#feedback_{code}")


def test_from_the_sheet_to_the_overview_and_into_a_file(visitor, sign_in):
    officer = sign_in(visitor(), "officer")
    officer.goto(SHEET)
    type_in(officer, "preschool_total", "２万")
    expect(feedback(officer, "preschool_total")).to_contain_text("已保存")
    type_in(officer, "preschool_public", "11,000")
    expect(officer.locator("#row_preschool_public_share")).to_contain_text("55.00")

    supervisor = sign_in(visitor(), "supervisor")
    supervisor.goto("/overview/")
    expect(supervisor.locator("h1")).to_contain_text("重庆市 2022 年度")
    supervisor.fill("[name=q]", "preschool_public_share")
    supervisor.click("text=筛选")
    row = supervisor.locator("table.figures tbody tr")
    expect(row).to_contain_text("54.45")
    expect(row).to_contain_text("计算值 55.00")
    expect(row).to_contain_text("1 / 41")
    assert (
        supervisor.locator("[data-chart=statuses-data]").evaluate(
            "c => Chart.getChart(c).data.labels.length"
        )
        == 11
    )

    with supervisor.expect_download() as download:
        supervisor.click("text=保存图片")
    assert download.value.suggested_filename == "重庆市 2022 年度履行教育职责情况.png"
    image = download.value.path().read_bytes()
    width, height = struct.unpack(">2I", image[16:24])
    assert image.startswith(b"\x89PNG")
    assert width > 300
    assert height > 440  # the chart, its head and its foot

    with supervisor.expect_download() as download:
        supervisor.click("text=导出本表 CSV")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert [line[0] for line in csv.reader(text.splitlines())][1:] == ["公办园在园幼儿占比"]


def test_a_refused_figure_stays_in_its_box(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    page.goto(SHEET)
    type_in(page, "preschool_total", "很多")
    expect(feedback(page, "preschool_total")).to_contain_text("无法识别")

    page.click("button.primary")
    expect(page.locator("[role=alert]")).to_contain_text("有 1 处没有保存")
    expect(page.locator("[name=preschool_total-value]")).to_have_value("很多")


def test_two_people_at_one_figure_choose(visitor, sign_in):
    mine, theirs = sign_in(visitor(), "officer"), sign_in(visitor(), "colleague")
    for page in (mine, theirs):
        page.goto(SHEET)
    type_in(theirs, "preschool_total", "100")
    expect(feedback(theirs, "preschool_total")).to_contain_text("已保存")
    type_in(mine, "preschool_total", "200")
    expect(feedback(mine, "preschool_total")).to_contain_text("其他人已先保存")

    mine.click("text=对照选择")
    expect(mine.locator("h1")).to_contain_text("两人修改了同一项数据")
    mine.check("text=保存我的")
    mine.click("text=按选择保存")
    expect(mine.locator("[role=status]").first).to_contain_text("已保存 1 项")
    expect(mine.locator("[name=preschool_total-value]")).to_have_value("200")


def test_two_changes_of_one_row_in_quick_succession_are_both_saved(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    page.goto(SHEET)
    type_in(page, "preschool_total", "100")
    page.locator("[name=preschool_total-note]").fill("含民办")
    page.locator("[name=preschool_total-note]").press("Tab")
    type_in(page, "preschool_total", "101")
    expect(page.locator("[data-unsaved]")).to_have_count(0)

    page.reload()
    expect(page.locator("[name=preschool_total-value]")).to_have_value("101")
    expect(page.locator("[name=preschool_total-note]")).to_have_value("含民办")


def test_when_the_line_is_down_the_figure_stays_and_says_so(visitor, sign_in):
    page = sign_in(visitor(), "officer")
    page.goto(SHEET)
    page.route(
        "**/preschool_total/",
        lambda route: route.fulfill(status=302, headers={"location": "/login/"}),
    )
    type_in(page, "preschool_total", "100")
    expect(feedback(page, "preschool_total")).to_contain_text("登录已失效")
    expect(page.locator("[name=preschool_total-value]")).to_have_value("100")

    page.unroute("**/preschool_total/")
    type_in(page, "preschool_total", "102")
    expect(feedback(page, "preschool_total")).to_contain_text("已保存")


def test_without_javascript_the_same_form_saves(visitor, sign_in):
    page = sign_in(visitor(java_script_enabled=False), "officer")
    page.goto(SHEET)
    page.fill("[name=preschool_total-value]", "2万")
    page.fill("[name=preschool_public-value]", "1.1万")
    page.click("button.primary")

    expect(page.locator("[role=status]").first).to_contain_text("已保存 2 项")
    expect(page.locator("#row_preschool_public_share")).to_contain_text("55.00")
