"""From an empty report to a frozen edition and back from LibreOffice, in a browser."""

import zipfile

from indicators.models import Edition, Report
from tests.cast import make_user
from tests.journeys.looking import faults_in_every_window, follow
from tests.journeys.sheet import unit
from tests.office import needs_libreoffice, saved_again

TEXT = "全市一般公共预算教育经费"


@needs_libreoffice
def test_a_report_is_frozen_and_comes_back_edited(visitor, sign_in, whole_city, tmp_path):
    make_user("city_lead", "lead", unit("500000"), full_name="陆长河")
    page = sign_in(visitor(), "city_officer")
    page.goto("/reports/")
    assert faults_in_every_window(page) == []
    page.fill("#id_year", "2022")
    follow(page, page.get_by_role("button", name="生成初稿"))
    assert page.get_by_text("一般公共预算教育经费805亿元").is_visible()
    assert faults_in_every_window(page) == []

    follow(page, page.get_by_role("link", name="在此新增段落").last)
    page.fill("#id_text", f"（补充）{TEXT}")
    page.get_by_text("引用数据", exact=True).click()
    page.select_option("#id_bind-indicator", "general_public_budget_education_expenditure")
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
    assert supervisor.get_by_text("均与现行审核通过的数据一致").is_visible()
    assert faults_in_every_window(supervisor) == []

    with supervisor.expect_download() as download:
        supervisor.get_by_role("link", name="可编辑文档").click()
    path = tmp_path / "report.docx"
    download.value.save_as(path)
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


def change(path, old, new):
    """Another figure at its first place, as somebody types it over."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
