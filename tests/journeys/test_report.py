"""From an empty report to a frozen edition and back from LibreOffice, in a browser."""

import re
import zipfile

import pytest

from indicators.models import Edition, Report
from tests.cast import enter_approved, make_user
from tests.journeys.looking import faults_in_every_window, follow
from tests.journeys.sheet import indicator, unit
from tests.office import needs_libreoffice, saved_again

TEXT, MONEY = "全市一般公共预算教育经费", "general_public_budget_education_expenditure"
FILES = {"docx": "可编辑文档", "pdf": "打印件", "txt": "纯文本", "html": "网页"}


@needs_libreoffice
@pytest.mark.thorough
def test_a_report_is_frozen_and_comes_back_edited(visitor, sign_in, whole_city, tmp_path):
    make_user("city_lead", "lead", unit("500000"), full_name="陆长河")
    page = sign_in(visitor(), "city_officer")
    page.goto("/reports/")
    assert faults_in_every_window(page) == []
    page.fill("#id_year", "2022")
    follow(page, page.get_by_role("button", name="生成初稿"))
    assert page.get_by_text("一般公共预算教育经费805亿元").is_visible()
    assert faults_in_every_window(page) == []

    follow(page, page.get_by_role("link", name="在此新增段落").nth(2))
    page.fill("#id_text", f"（补充）{TEXT}")
    page.get_by_text("引用数据", exact=True).click()
    page.select_option("#id_bind-indicator", MONEY)
    page.fill("#id_bind-year", "2021")
    follow(page, page.get_by_role("button", name="插入标记"))
    assert faults_in_every_window(page) == []
    typed = page.input_value("#id_text")
    assert typed.startswith(f"（补充）{TEXT}{{F")
    page.fill("#id_text", f"{typed}。")
    follow(page, page.get_by_role("button", name="保存"))
    assert page.get_by_text(f"（补充）{TEXT}805亿元。").is_visible()

    lead = sign_in(visitor(), "city_lead")
    lead.goto(Report.objects.get().get_absolute_url())
    follow(lead, lead.get_by_role("button", name="送审"))
    supervisor = sign_in(visitor(), "supervisor")
    supervisor.goto(Report.objects.get().get_absolute_url())
    follow(supervisor, supervisor.get_by_role("link", name="版本与批注").last)
    supervisor.get_by_label("批注内容").fill("口径与决算一致")
    follow(supervisor, supervisor.get_by_role("button", name="提交批注"))
    assert faults_in_every_window(supervisor) == []
    supervisor.goto(Report.objects.get().get_absolute_url())
    follow(supervisor, supervisor.get_by_role("button", name="审定"))
    follow(supervisor, supervisor.get_by_role("button", name="定稿"))

    edition = Edition.objects.get()
    assert supervisor.get_by_text(edition.digest).first.is_visible()
    assert supervisor.get_by_text("均与现行审核通过的一致").is_visible()
    assert faults_in_every_window(supervisor) == []

    written = {kind: downloaded(supervisor, link) for kind, link in FILES.items()}
    numbers_agree(supervisor, written)
    supervisor.goto(edition.get_absolute_url())
    path = tmp_path / "report.docx"
    path.write_bytes(written["docx"])
    with zipfile.ZipFile(path) as package:
        told = package.read("word/document.xml").decode().count("805亿元")
    assert told == 3  # in the draft's sentence, in the added one, in the list of figures
    change(path, "805亿元", "806亿元")
    path.write_bytes(saved_again(path, "docx"))
    supervisor.set_input_files("#id_file", path)
    follow(supervisor, supervisor.get_by_role("button", name="上传并查看"))
    rows = supervisor.locator("table", has_text="文档表述").locator("tbody tr").all()
    assert ["805亿元" in row.inner_text() and "806亿元" in row.inner_text() for row in rows] == [
        True,
        False,  # how many are as they were
    ]
    assert faults_in_every_window(supervisor) == []
    a_correction_stands_in_the_errata(supervisor, edition, written)


def downloaded(page, link):
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    return download.value.path().read_bytes()


def numbers_agree(page, written):
    """Each file is held against the figures; of the web page the text, as it is copied from it."""
    page.set_viewport_size({"width": 1440, "height": 900})
    text = page.inner_text("article.report-text")
    counted = set()
    for kind, content in written.items():
        follow(page, page.get_by_role("link", name="数据核对"))
        if kind == "html":
            assert re.search("<article|<p", content.decode())
            page.fill("#id_text", text)
        else:
            file = {"name": f"r.{kind}", "mimeType": "application/octet-stream", "buffer": content}
            page.set_input_files("#id_file", file)
        follow(page, page.get_by_role("button", name="核对数字"))
        assert page.get_by_text("没有与系统数据不一致的数字").is_visible(), kind
        counted.add(page.locator("mark.agrees").count())
        assert page.locator("mark.no_such_figure").all_inner_texts() == [], kind
        assert page.locator("mark.agrees", has_text="805亿元").count() == 3, kind
        if kind != "pdf":  # read from which, a sentence begins with a space
            assert faults_in_every_window(page) == []
            page.set_viewport_size({"width": 1440, "height": 900})
    assert len(counted) == 1, counted


def a_correction_stands_in_the_errata(page, edition, written):
    """And every file has the bytes that it had."""
    enter_approved(indicator(MONEY), unit("500000"), "806亿元", year=2021)
    page.goto(edition.get_absolute_url())
    errata = page.locator("table[data-name=勘误] tbody tr")
    assert [("805亿元" in one, "806亿元" in one) for one in errata.all_inner_texts()] == [
        (True, True)
    ]
    assert faults_in_every_window(page) == []
    assert {kind: downloaded(page, link) for kind, link in FILES.items()} == written


def change(path, old, new):
    """Another figure at its first place, as somebody types it over."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
