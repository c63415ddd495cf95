"""What heads of official forms, places and explanations say is no other unit's or year's name."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from indicators.models import Jurisdiction
from indicators.results.snapshot import lock_catalogue
from tests.journeys.sheet import QUALITY, box, nothing_is_filled_in, paste
from tests.journeys.sheet import sheet as sheet

pytestmark = [pytest.mark.page, pytest.mark.thorough]


def fill_in(page):
    fill = page.locator("#unplaced").get_by_role("button", name="填入其余")
    if fill.is_visible():
        fill.click()


def first_boxes(page):
    return page.eval_on_selector_all(
        "tr[data-save] input[name$='-value']", "all => all.slice(0, 3).map(one => one.name)"
    )


@pytest.mark.parametrize("note", ["不含高新区", "含城区和镇区", "社区", "重庆市"])
def test_an_explanation_that_ends_like_a_unit_does_not_shift_the_figures(sheet, note):
    """Of three figures in order the first has an explanation. It was refused as another unit's,
    and the others stood one row too high."""
    names = first_boxes(sheet)
    paste(sheet, names[0], f"11\t{note}\n22\t\n33\t\n")
    fill_in(sheet)

    assert [sheet.locator(f"[name={one}]").input_value() for one in names] == ["11", "22", "33"]


@pytest.mark.parametrize("line", ["渝中区\t22", "渝中区"])
def test_a_line_that_is_refused_keeps_its_row(sheet, line):
    """Of three lines in order the second, which is 渝中区's, leaves the second row
    empty, and the third is in the third row."""
    names = first_boxes(sheet)
    paste(sheet, names[0], f"11\n{line}\n33\n")
    fill_in(sheet)

    assert [sheet.locator(f"[name={one}]").input_value() for one in names] == ["11", "", "33"]


HEADS = [
    "基础教育统计表\n有效期至：2024年1月\n指标名称\t数量\n在园幼儿总数\t{n}\n",
    "根据2018年修订的办法\n指标名称\t数量\n在园幼儿总数\t{n}\n",
    "统计时点：2022年1月1日\n指标名称\t数量\n在园幼儿总数\t{n}\n",
    "2020年1月上报\n在园幼儿总数\t{n}\n",
    "填报单位：沙坪坝区教委\n制定机关：重庆市教育委员会\n指标名称\t数量\n在园幼儿总数\t{n}\n",
    "填报单位：沙坪坝区教委\n重庆市教育委员会制\n指标名称\t数量\n在园幼儿总数\t{n}\n",
    "数据来自重庆市统计局\n在园幼儿总数\t{n}\n",
    # Kinds of places, beside names and in titles.
    "指标名称\t城乡\t数量\n在园幼儿总数\t城市\t{n}\n",
    "城区\t在园幼儿总数\t{n}\n",
    "指标名称\t类别\t数量\n在园幼儿总数\t镇区\t{n}\n",
    "主城区\t在园幼儿总数\t{n}\n",
    "城市教育费附加情况\n在园幼儿总数\t{n}\n",
    "指标\t数值\t城区\n在园幼儿总数\t{n}\t9000\n",
    # The year's figure by other words, and the year of the evaluation, which is 2022.
    "指标\t2020年决算\t2021年决算\n在园幼儿总数\t9000\t{n}\n",
    "指标\t2020年完成\t2021年完成\n在园幼儿总数\t9000\t{n}\n",
    "指标\t2020年实绩\t2021年实绩\n在园幼儿总数\t9000\t{n}\n",
    "指标\t2021年完成值\n在园幼儿总数\t{n}\n",
    "指标\t2021年统计数\n在园幼儿总数\t{n}\n",
    "2022年履行教育职责自评表\n指标\t数值\n在园幼儿总数\t{n}\n",
    "沙坪坝区2022年度\n在园幼儿总数\t{n}\n",
    # In order, without names: what stands over the figures takes no row.
    "有效期至：2024年1月\n{n}\n",
    "制定机关：重庆市教育委员会\n{n}\n",
    "有效期至：2025年12月\t表号：教基1\n{n}\n",
    "表号：教基1\t\t有效期至：2025年12月\n{n}\n",
    "表号：教基1\n{n}\n",
    "基础教育统计表\n{n}\n",
]


def test_heads_of_official_forms_keep_no_figure_out(sheet):
    """On the sheet of 沙坪坝区 with figures of 2021. They were refused as of 重庆市, 城市, 城区,
    2018, 2024 and so on."""
    for more, text in enumerate(HEADS):
        number = str(12480 + more)
        paste(sheet, "preschool_total-value", text.format(n=number))
        fill_in(sheet)
        assert box(sheet, "preschool_total").input_value().rstrip("人") == number, text
        expect(sheet.locator("#unplaced")).to_be_hidden()


@pytest.mark.parametrize("first", ["暂无", "两万", "不适用"])
def test_words_that_are_an_answer_keep_their_row(sheet, first):
    names = first_boxes(sheet)
    paste(sheet, names[0], f"{first}\n22\n")

    assert sheet.locator(f"[name={names[1]}]").input_value() == "22"


OTHERS = [
    "填表单位：渝中区教委\n制表时间：2022年3月\n在园幼儿总数\t9000\n",
    "填报单位：渝中区教委\n制定机关：重庆市教育委员会\n在园幼儿总数\t9000\n",
    "2020年教育统计\t制表时间：2022年3月\n在园幼儿总数\t9000\n",
    "指标\t2021年预算\n在园幼儿总数\t9000\n",
    "指标\t主城区\n在园幼儿总数\t9000\n",
    "璧山区2021年教育统计\n在园幼儿总数\t9000\n",
    "500103\t渝中区\t9000\n",
]


def test_beside_such_words_another_unit_or_year_is_still_one(sheet):
    for text in OTHERS:
        paste(sheet, "preschool_total-value", text)
        nothing_is_filled_in(sheet, text)


@pytest.mark.parametrize("name", ["彭水县", "彭水自治县", "彭水", "彭水苗族土家族自治县"])
def test_an_autonomous_county_is_known_by_its_short_names(visitor, sign_in, name):
    """Over the table, over the column and before the name it is the sheet's own unit.
    彭水县 and 彭水自治县 were refused as another's."""
    unit = Jurisdiction.objects.get(code="500106")
    unit.name_zh = "彭水苗族土家族自治县"
    with transaction.atomic():
        lock_catalogue()
        unit.save()
    sheet = sign_in(visitor(), "officer")
    sheet.goto(QUALITY)
    for number, text in (
        ("12480", f"填报单位：{name}教育委员会\n在园幼儿总数\t12480\n"),
        ("12481", f"指标\t{name}\n在园幼儿总数\t12481\n"),
        ("12482", f"{name}\t在园幼儿总数\t12482\n"),
    ):
        paste(sheet, "preschool_total-value", text)
        fill_in(sheet)
        assert box(sheet, "preschool_total").input_value().rstrip("人") == number, text
