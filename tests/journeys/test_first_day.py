"""The first day of a city: from an empty database to an approved submission and its paper.

As people go, in their order: each does in the browser what README and guide tell, and the shell
is used for `migrate` and `create_city` alone.
"""

import io
import re
import shutil
import subprocess

import openpyxl
import pypdf
import pytest
from django.core.management import call_command

from indicators.models import Jurisdiction, Submission, YearlyResult, YearlyValue
from tests.cast import PASSWORD
from tests.journeys.looking import follow

PEOPLE = [
    ("yu", "余　渝", "上城区", "填报员"),
    ("lu", "陆远", "上城区", "审核人"),
    ("cheng", "程文", "杭州市", "填报员"),
    ("du", "杜思远", "杭州市", "市级督导"),
]
YEARS = [2023, 2024, 2025]
NEXT = 2026
# A word for what stands below it, which no catalogue knows.
GROUP = "学校与场地"
OWN = {"own_land": "校园占地面积", "own_rooms": "专用教室", "own_tablets": "平板电脑"}
DENSITY = "每亩专用教室"


@pytest.fixture
def city(transactional_db):
    """The shell's part: the code of the first start, and the editor's."""
    printed = io.StringIO()
    call_command("migrate", stdout=printed, skip_checks=True)
    (first,) = re.findall(r"enter, once: (\S+)", printed.getvalue())

    def create():
        told = io.StringIO()
        call_command(
            "create_city",
            "--no-input",
            "--name=杭州市",
            "--since=2020",  # with units of one name before and after the merger of 2021
            "--editor=bian",
            stdout=told,
        )
        return re.findall(r"bian: editor, start-up code (\S+)", told.getvalue())[0]

    return first, create


@pytest.mark.thorough
def test_from_an_empty_database_to_an_approved_submission_in_a_day(visitor, city, tmp_path):
    first, create = city
    administrator = first_account(visitor(), first)
    editor = start(visitor(), "bian", create())
    people = {
        name: start(visitor(), name, code)
        for name, code in bring_in_people(administrator, tmp_path).items()
    }
    assert list(people) == [name for name, *_rest in PEOPLE]

    own_indicators(editor)
    by_year(people["cheng"], tmp_path)
    by_unit(people["cheng"], tmp_path)
    assert YearlyValue.objects.count() == len(names()) * len(YEARS) * len(OWN)
    assert figure_of("own_land", 2023) == ("9145.5000", 13)  # 100.5 times 1 to 13
    assert figure_of("own_tablets", 2025) == ("1391.0000", 13)

    open_round(people["du"])
    fill_in(people["yu"], tmp_path)
    submit(people["lu"])
    approve(people["du"])
    paper = download(people["lu"], "下载上报确认表", tmp_path / "确认表.pdf")
    assert Submission.objects.get(jurisdiction__code="330102").state == "approved"
    said = text_of(paper)
    assert "上城区2026年度教育履职数据上报确认表" in said
    for figure in ("120.25亩", "12间", "0.10间/亩", "37台"):
        assert figure in said


def names():
    """The units that report today."""
    today = Jurisdiction.objects.valid_in(NEXT).exclude(parent=None)
    return list(today.order_by("code").values_list("name_zh", flat=True))


def figure_of(code, year):
    """The city's, and of how many units it is the sum."""
    found = YearlyResult.objects.get(
        indicator__code=code, jurisdiction__code="330100", year=year, tier="reported"
    )
    return str(found.number), found.reported


def first_account(page, code):
    page.goto("/first-start/")
    for name, text in {"code": code, "username": "guan", "full_name": "管宁"}.items():
        page.fill(f"[name={name}]", text)
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", PASSWORD)
    follow(page, "button.primary")
    return page


def start(page, name, code):
    page.goto("/start/")
    for box, text in {"username": name, "code": code}.items():
        page.fill(f"[name={box}]", text)
    for box in ("password1", "password2"):
        page.fill(f"[name={box}]", PASSWORD)
    follow(page, "button.primary")
    return page


def bring_in_people(page, tmp_path):
    """The codes on the slips, by user name."""
    book = openpyxl.Workbook()
    book.active.append(["用户名", "姓名", "单位", "角色"])
    for person in PEOPLE:
        book.active.append(person)
    book.save(tmp_path / "名册.xlsx")
    page.goto("/accounts/table/")
    page.set_input_files("#file", tmp_path / "名册.xlsx")
    follow(page, page.get_by_role("button", name="预览"))
    follow(page, page.get_by_role("button", name="确认新建 4 项"))
    slips = page.locator(".slip").all()
    return dict(slip.locator("code").all_inner_texts() for slip in slips)


def own_indicators(page):
    """Counts in an own unit of measure and in one that there is, and what comes of two of them."""
    add(page, "unitofmeasure", name_zh="亩", name_en="mu", code="mu", factor="1")
    per_mu = {"name_zh": "间/亩", "name_en": "rooms per mu", "code": "rooms_per_mu"}
    add(page, "unitofmeasure", **per_mu, factor="1", dimension="rooms / mu")
    for code, unit in zip(OWN, ("mu", "rooms", "devices"), strict=True):
        indicator(page, code, OWN[code], unit, quantity_kind="count", aggregation="sum")
    density = {"quantity_kind": "average", "decimals": "2", "aggregation": "none"}
    indicator(page, "own_density", DENSITY, "rooms_per_mu", "own_rooms / own_land", **density)


def indicator(page, code, name, unit, formula="", **given):
    """With its first definition, to which the page leads."""
    given |= {"code": code, "name_zh": name, "name_en": code, "period_kind": "school_year"}
    add(page, "indicator", duty_area="优先保障", unit=unit, display_unit=unit, **given)
    follow(page, page.get_by_role("link", name=f"请为“{name}”新建口径"))
    said = {"valid_from": "2020", "meaning_zh": "学年初统计。", "formula": formula}
    for box, text in said.items():
        page.fill(f"[name={box}]", text)
    follow(page, page.locator("[name=_save]"))
    assert page.get_by_text("已增加口径").is_visible()


def add(page, model, **given):
    page.goto(f"/admin/indicators/{model}/add/")
    for name, text in given.items():
        box = page.locator(f"form [name={name}]").last
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)
    follow(page, page.locator("[name=_save]"))


def by_year(page, tmp_path):
    """A sheet a year: title, remarks, a head of two rows, a total, a column of notes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in YEARS:
        sheet = book.create_sheet(f"{year}年")
        sheet.append([f"杭州市{year}年办学条件统计表"])
        sheet.append(["填报单位：杭州市教育局", None, "单位：见表头"])
        sheet.append(["区县", GROUP, None, "备注"])
        sheet.append([None, "校园占地面积（亩）", "专用教室（间）", None])
        for area in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
            sheet.merge_cells(area)
        for place, unit in enumerate(names(), 1):
            sheet.append([unit, place * 100.5, 10 + place, "含民办" if place == 2 else None])
        sheet.append(["合计", "=SUM(B5:B17)", "=SUM(C5:C17)"])
    mapped = bring(page, in_libreoffice(book, tmp_path, "办学条件.xlsx"))
    offered = mapped.locator("select[name^=columns][name$=indicator]").all()
    assert [chosen(box) for box in offered] == ["校园占地面积", "专用教室", "不导入"]
    units = mapped.locator("select[name^=rows][name$=unit]").all()
    assert chosen(units[0]) == "上城区（按数据的年份）"
    take(mapped, len(names()) * len(YEARS) * 2)


def by_unit(page, tmp_path):
    """A sheet a unit: indicators in rows with their units of measure, years in columns."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, unit in enumerate(names(), 1):
        sheet = book.create_sheet(unit)
        sheet.append([f"{unit}教育事业主要指标"])
        sheet.append(["序号", "指标名称", "计量单位", *(f"{year}年" for year in YEARS)])
        sheet.append([1, "平板电脑", "台", 98 + place, 99 + place, 100 + place])
        sheet.append([2, "内部测算数", "人", 1, 2, 3])
        sheet.row_dimensions[4].hidden = True
    mapped = bring(page, in_libreoffice(book, tmp_path, "主要指标.xlsx"))
    assert mapped.get_by_text("中隐藏的 13 行也已读取").count() == 1
    inner = mapped.locator("tr.unknown")
    assert inner.locator("th").all_inner_texts() == ["内部测算数 / 人"]
    inner.locator("select[name$=indicator]").select_option(label="不导入")
    mapped.fill("#id_name", "主要指标")
    take(mapped, len(names()) * len(YEARS))


def chosen(box):
    return box.evaluate("box => box.selectedOptions[0].label").strip()


def bring(page, file):
    page.goto("/imports/")
    page.set_input_files("#id_file", file)
    page.fill("main [name=reason]", "由市级统一导入往年数据")
    follow(page, page.get_by_role("button", name="上传并查看"))
    return page


def take(page, figures):
    follow(page, page.get_by_role("button", name="查看将有哪些变化"))
    follow(page, page.get_by_role("button", name=f"导入 {figures} 项数据"))
    assert page.get_by_text(f"已导入 {figures} 项数据。").is_visible()


def in_libreoffice(book, tmp_path, name):
    """The workbook as LibreOffice saves it, formulas worked out; as it is where there is none."""
    file = tmp_path / name
    book.save(file)
    if not shutil.which("soffice"):
        return file
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"))
    call = ["soffice", "--headless", profile, *kind, str(file)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    return tmp_path / "out" / name


def open_round(page):
    page.goto("/rounds/new/")
    page.fill("[name=evaluation_year]", str(NEXT))
    follow(page, page.locator("button[value='indicators-all']"))
    for name in (*OWN.values(), DENSITY):
        page.get_by_label(name, exact=True).check()
    follow(page, page.get_by_role("button", name="保存计划"))
    follow(page, page.get_by_role("button", name="开启轮次"))
    assert page.get_by_text("轮次已开启").is_visible()


def fill_in(page, tmp_path):
    """The template goes out, is saved by LibreOffice where there is one, and comes back."""
    page.goto("/")
    follow(page, page.get_by_role("link", name=f"{NEXT} 年度优先保障"))
    template = download(page, "Excel 模板", tmp_path / "填报.xlsx")
    book = openpyxl.load_workbook(template)
    for row in book.worksheets[0].iter_rows(min_row=4):
        row[8].value = {"own_land": "=60.25+60", "own_rooms": 12, "own_tablets": 37}[row[0].value]
    template = in_libreoffice(book, tmp_path, "填报.xlsx")
    page.goto("/imports/")
    page.set_input_files("#id_file", template)
    follow(page, page.get_by_role("button", name="上传并查看"))
    follow(page, page.get_by_role("button", name="导入 3 项数据"))
    page.goto("/")
    follow(page, page.get_by_role("link", name="送审核人初审"))
    follow(page, page.get_by_role("button", name="送审核人初审"))


def submit(page):
    page.goto("/")
    follow(page, page.locator("main").get_by_role("link", name="初审与报送"))
    follow(page, page.get_by_role("button", name="确认报送"))
    assert page.get_by_text("已报送，等待市级审核。").is_visible()


def approve(page):
    page.goto(f"/review/{NEXT}/330102/")
    follow(page, page.get_by_role("button", name="全部通过"))
    follow(page, page.get_by_role("button", name="确认全部通过"))
    assert page.get_by_text("已审核通过：上城区。").is_visible()


def download(page, label, path):
    if path.suffix == ".pdf":
        page.goto(f"/entry/330102/{NEXT}/")
    with page.expect_download() as found:
        page.get_by_text(label, exact=True).click()
    found.value.save_as(path)
    return path


def text_of(paper):
    """What is printed, without blanks."""
    pages = pypdf.PdfReader(paper).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
