"""Cells of a pasted table: where their unit stands, and what the head of their column says."""

from decimal import Decimal

import pytest

from indicators.measures.running_text.check import check, read
from indicators.measures.running_text.comparing import ComparableFigure
from tests.measures.running_text import seeds

HEAD = "学段\t学校（所）\t在校生（万人）\n"


def cells(text):
    """The figures of the text."""
    reading = read(text)
    return [
        (str(one.value), one.unit)
        for one, why in zip(reading.quantities, reading.reasons, strict=True)
        if not why
    ]


@pytest.mark.parametrize(
    "table",
    [
        HEAD + "小学\t73\t3.36",
        HEAD.replace("\t", "    ") + "小学    73    3.36",
        "| 学段 | 学校（所） | 在校生（万人） |\n| 小学 | 73 | 3.36 |",
        "学段｜学校/所｜在校生/万人\r\n小学｜73｜3.36\r\n",
        "一句。\n" + HEAD + "小学\t73\t3.36\n一句。",
        "区县\t" + HEAD + "小学\t73\t3.36",  # a cell is missing
    ],
)
def test_the_unit_stands_at_the_head_of_the_column(table):
    assert cells(table) == [("73", "所"), ("33600", "人")]


def test_the_unit_stands_in_the_row():
    text = "指标\t单位\t2021年\t2022年\n投入\t亿元\t11.62\t12.08\n备用\t（略）\t5"
    assert cells(text)[:2] == [("1162000000", "yuan"), ("1208000000", "yuan")]


def test_the_unit_stands_beside_the_name_or_above_the_table():
    rows = "项目\t2021年\t2022年\n投入\t3\t4\n学校（所）\t5\t6"
    assert cells(f"单位：万元\n{rows}") == [
        ("30000", "yuan"),
        ("40000", "yuan"),
        ("5", "所"),
        ("6", "所"),
    ]
    assert cells(f"单位：（略）\n{rows}")[:2] == [("3", ""), ("4", "")]
    assert cells(f"一句。\n{rows}")[:2] == [("3", ""), ("4", "")]
    assert cells("项目\t甲（亿）\t乙\n投入\t3\t4")[0] == ("300000000", "")


def test_the_name_of_the_column_tells_shares_and_ratios():
    assert cells("学段\t生师比\t入学率\n小学\t16.94\t99.8") == [
        ("16.94", "ratio"),
        ("99.8", "percent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "序号\t名称\t联系电话\n1\t小学\t62345678",
        "5\t6\t7\n8\t9\t10",  # no head
        "学段\t学校（所）\t在校生\n小学",  # no row
        "学段\t\t学校\n小学\t5\t无",  # a column without a name
        HEAD + "小学\t三五\t—",
    ],
)
def test_what_tells_no_figure(text):
    assert cells(text) == []


def test_a_number_within_words_keeps_its_unit():
    assert cells(HEAD + "小学\t73所（含2个教学点）\t3.36万人") == [
        ("73", "所"),
        ("2", "个"),
        ("33600", "人"),
    ]


def test_numbers_of_two_years_are_held_against_their_own():
    code = "compulsory_retention_rate"
    figures = {
        code: {
            2020: ComparableFigure(2020, Decimal("94")),
            2022: ComparableFigure(2022, Decimal("95")),
        }
    }
    row = "九年义务教育巩固率"
    text = f"指标\t2020年\t2022年\t增减\t全国（%）\n{row}\t94%\t96%\t2%\t95.5"

    found = [one for one in check(text, seeds.setting(figures)) if one.raw in "94%96%2%95.5"]

    assert [(one.raw, one.verdict) for one in found] == [
        ("94%", "agrees"),
        ("96%", "differs"),
        ("2%", "no_such_figure"),
        ("95.5", "no_such_figure"),
    ]
