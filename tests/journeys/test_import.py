"""An officer fills in the template outside and brings it back, in a browser; then changes mind."""

import openpyxl

from indicators.models import Import
from tests.journeys.looking import faults_in_every_window, follow
from tests.journeys.sheet import QUALITY, stored


def test_a_workbook_goes_out_and_comes_in_and_is_taken_back(visitor, sign_in, tmp_path):
    page = sign_in(visitor(), "officer")
    page.goto(QUALITY)
    with page.expect_download() as download:
        page.click("text=Excel 模板")
    path = tmp_path / "填报.xlsx"
    download.value.save_as(path)
    fill(path, {"preschool_total": 12480, "preschool_public": "/"})

    page.goto("/imports/")
    assert faults(page) == []
    page.set_input_files("#id_file", path)
    follow(page, page.get_by_role("button", name="上传并查看"))
    assert faults(page) == []
    page.get_by_label("暂无数据").check()
    page.get_by_label("原因").fill("尚未统计")
    follow(page, page.get_by_role("button", name="保存选择"))
    follow(page, page.get_by_role("button", name="导入 2 项数据"))
    assert page.get_by_text("已导入 2 项数据。").is_visible()
    assert faults(page) == []
    assert stored("preschool_total").number == 12480
    assert stored("preschool_public").state == "not_available"

    follow(page, page.get_by_role("link", name="撤回导入"))
    assert faults(page) == []
    follow(page, page.get_by_role("button", name="撤回 2 项数据"))
    assert page.get_by_text("已撤回 2 项").is_visible()
    assert stored("preschool_total").state == "blank"
    assert Import.objects.get().state == "undone"


def faults(page):
    """What bars from the page; the name of the user's own file is none of it."""
    return [fault for fault in faults_in_every_window(page) if fault != "xlsx"]


def fill(path, figures):
    """Type into the cells of the template."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for cell in sheet[3]}
        for row in sheet.iter_rows(min_row=4) if "数值" in heads else ():
            code = row[heads["指标编码"] - 1].value
            if code in figures:
                row[heads["数值"] - 1].value = figures[code]
    book.save(path)
