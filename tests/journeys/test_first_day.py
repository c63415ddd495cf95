"""The first day of a city: from an empty database to an approved submission and its paper.

As people go, in their order: each does in the browser what README and guide tell, and the shell
is used for `migrate` and `create_city` alone.
"""

import io
import re
import shutil
import subprocess

import openpyxl
import pytest
from django.core.management import call_command

from indicators.models import Submission, YearlyResult, YearlyValue
from tests.cast import PASSWORD
from tests.journeys.looking import follow

UNITS = ["北区", "南区", "东区"]
PEOPLE = [
    ("yu", "余渝", "北区", "填报员"),
    ("lu", "陆远", "北区", "审核人"),
    ("cheng", "程文", "山城市", "填报员"),
    ("du", "杜思远", "山城市", "市级督导"),
]
YEARS = [2023, 2024, 2025]
NEXT = 2026
LAND = {("北区", 2023): "100.5", ("南区", 2023): "200.5", ("东区", 2023): "300"}


@pytest.fixture
def city(transactional_db, tmp_path):
    """The shell's part: the code of the first start, and the editor's."""
    printed = io.StringIO()
    call_command("migrate", stdout=printed, skip_checks=True)
    (first,) = re.findall(r"enter, once: (\S+)", printed.getvalue())
    units = tmp_path / "units.txt"
    units.write_text("".join(f"99010{n} {name}\n" for n, name in enumerate(UNITS, 1)), "utf-8")

    def create():
        told = io.StringIO()
        call_command(
            "create_city",
            "--no-input",
            "--name=山城市",
            "--code=990000",
            "--level=city",
            f"--units={units}",
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
    past_years(people["cheng"], tmp_path)
    found = YearlyResult.objects.get(
        indicator__code="own_land", jurisdiction__code="990000", year=2023, tier="reported"
    )
    assert (str(found.number), found.reported) == ("601.0000", 3)

    open_round(people["du"])
    fill_in(people["yu"], tmp_path)
    submit(people["lu"])
    approve(people["du"])
    paper = download(people["lu"], "下载上报确认表", tmp_path / "确认表.pdf")
    assert paper.read_bytes().startswith(b"%PDF")
    assert Submission.objects.get(jurisdiction__code="990101").state == "approved"


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
    add(page, "unitofmeasure", name_zh="亩", name_en="mu", code="mu", factor="1")
    for code, name, unit in (
        ("own_land", "校园占地面积", "mu"),
        ("own_rooms", "专用教室", "rooms"),
    ):
        add(
            page,
            "indicator",
            code=code,
            name_zh=name,
            name_en=code,
            duty_area="优先保障",
            quantity_kind="count",
            unit=unit,
            display_unit=unit,
            aggregation="sum",
            period_kind="school_year",
        )
        follow(page, page.get_by_role("link", name=f"请为“{name}”新建口径"))
        page.fill("[name=valid_from]", "2020")
        page.fill("[name=meaning_zh]", "学年初统计。")
        follow(page, page.locator("[name=_save]"))
        assert page.get_by_text("成功添加").is_visible()


def add(page, model, **given):
    page.goto(f"/admin/indicators/{model}/add/")
    for name, text in given.items():
        box = page.locator(f"form [name={name}]").last
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)
    follow(page, page.locator("[name=_save]"))


def past_years(page, tmp_path):
    """A workbook of the office's own: a sheet a year, a title, a head of two rows, a total."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in YEARS:
        sheet = book.create_sheet(f"{year}年")
        sheet.append([f"山城市{year}年办学条件统计表"])
        sheet.append(["区县", "办学条件", None])
        sheet.append([None, "校园占地面积（亩）", "专用教室（间）"])
        for area in ("A1:C1", "A2:A3", "B2:C2"):
            sheet.merge_cells(area)
        for place, unit in enumerate(UNITS):
            sheet.append([unit, float(LAND.get((unit, year), 50)), 10 + place])
        total = sum(float(LAND.get((unit, year), 50)) for unit in UNITS)
        sheet.append(["合计", total, 33])
    book.save(tmp_path / "往年.xlsx")
    page.goto("/imports/")
    page.set_input_files("#id_file", tmp_path / "往年.xlsx")
    page.fill("main [name=reason]", "由市级统一导入往年数据")
    follow(page, page.get_by_role("button", name="上传并查看"))
    boxes = page.locator("select[name^=columns][name$=indicator]").all()
    for box, label in zip(boxes, ("校园占地面积", "专用教室"), strict=True):
        box.select_option(label=label)
    follow(page, page.get_by_role("button", name="查看将有哪些变化"))
    follow(page, page.get_by_role("button", name="导入 18 项数据"))
    assert YearlyValue.objects.count() == len(UNITS) * len(YEARS) * 2


def open_round(page):
    page.goto("/rounds/new/")
    page.fill("[name=evaluation_year]", str(NEXT))
    follow(page, page.locator("button[value='indicators-all']"))
    for name in ("校园占地面积", "专用教室"):
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
        row[8].value = {"own_land": 120.25, "own_rooms": 12}[row[0].value]
    book.save(template)
    if shutil.which("soffice"):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        kind = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"))
        call = ["soffice", "--headless", profile, *kind, str(template)]
        subprocess.run(call, check=True, capture_output=True, timeout=120)
        template = tmp_path / "out" / template.name
    page.goto("/imports/")
    page.set_input_files("#id_file", template)
    follow(page, page.get_by_role("button", name="上传并查看"))
    follow(page, page.get_by_role("button", name="导入 2 项数据"))
    page.goto("/")
    follow(page, page.get_by_role("link", name="送审核人初审"))
    follow(page, page.get_by_role("button", name="送审核人初审"))


def submit(page):
    page.goto("/")
    follow(page, page.locator("main").get_by_role("link", name="初审与报送"))
    follow(page, page.get_by_role("button", name="确认报送"))
    assert page.get_by_text("已报送，等待市级审核。").is_visible()


def approve(page):
    page.goto(f"/review/{NEXT}/990101/")
    follow(page, page.get_by_role("button", name="全部通过"))
    follow(page, page.get_by_role("button", name="确认全部通过"))
    assert page.get_by_text("已审核通过：北区。").is_visible()


def download(page, label, path):
    if path.suffix == ".pdf":
        page.goto(f"/entry/990101/{NEXT}/")
    with page.expect_download() as found:
        page.get_by_text(label, exact=True).click()
    found.value.save_as(path)
    return path
