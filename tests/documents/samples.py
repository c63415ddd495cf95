"""A report as an office writes it, and what somebody writes who means harm."""

from dataclasses import replace
from decimal import Decimal

from indicators.documents import Document, Figure, Paragraph, Table
from indicators.documents.chart import Goal
from tests.documents.charts import CHARTS, chart


def figure(id, text, value="", unit="", name="指标"):
    return Figure(id, text, value, unit, name)


INPUT = figure("F1", "805亿元", "80500000000", "yuan", "教育总投入")
GROWTH = figure("F2", "增加1.14个百分点", "1.14", "percentage_points", "学前教育毛入园率")
SHARE = figure("F3", "54.45％", "54.45", "percent", "公办园在园幼儿占比")
RANK = figure("F4", "全国第四", "4", "rank", "高等教育规模")
PERSONS = figure("F5", "42余万人次", "420000", "person_times", "资助学生")
NINE = figure("F6", "9所", "9", "schools", "新建学校")
FIGURES = (INPUT, GROWTH, SHARE, RANK, PERSONS, NINE)

REPORT = Document(
    title="某某市人民政府2022年履行教育职责自查自评报告",
    issuer="某某市人民政府教育督导委员会",
    date="2023年3月20日",
    paragraphs=(
        Paragraph(0, "", "", ("按照国家有关要求，现将履行教育职责情况报告如下。",)),
        Paragraph(1, "一、", "主要做法和成效", ()),
        Paragraph(2, "（一）", "加大投入。", ("2021年，全市教育总投入", INPUT, "，比上年增长。")),
        Paragraph(
            2,
            "（二）",
            "学前教育普惠发展。",
            ("毛入园率比上年", GROWTH, "，公办园在园幼儿占比达到", SHARE, "，规模居", RANK, "。"),
        ),
        Paragraph(3, "1．", "资助不漏一人。", ("全年资助", PERSONS, "，新建学校", NINE, "。")),
        Paragraph(3, "2．", "“双减”落地", ()),
        Paragraph(0, "", "", ("校外培训机构全部纳入监管，作业总量有效压减。",)),
        Paragraph(1, "二、", "存在的问题", ()),
        Paragraph(0, "", "", ("城区学位供给仍然偏紧，乡村教师队伍结构有待优化。",)),
    ),
    annexes=(
        Table(
            "数据来源表",
            ("序号", "指标", "数值", "来源", "截至日期"),
            (
                ("1", "教育总投入", "80,500,000,000", "市财政局", "2021-12-31"),
                ("2", "公办园在园幼儿占比", "54.45％", "市教委", "2021-09-01"),
            ),
            "注：数值以定稿时为准。",
        ),
        Table("目标对照表", ("指标", "目标"), (("公办园在园幼儿占比", "50％"),)),
    ),
    digest="5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
)

WITH_CHARTS = replace(
    REPORT, annexes=(replace(REPORT.annexes[1], charts=CHARTS[:5]), *REPORT.annexes)
)

HOSTILE = [
    "<script>alert(1)</script>",
    "{% load x %}{{ settings.SECRET_KEY }}",
    '"><img src=x onerror=1>',
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd") $x^2$ \\ ] *b* _i_ @ref <label> // c /* c */ `r`',
    "</w:t></w:r></w:p><w:p>&amp;&#65;]]>",
    "{ INCLUDETEXT C:/x } MERGEFIELD",
    "=cmd|'/c calc'!A1",
    "_x000B_",
    "15\u202e51\u2066\u200f",
    "a\0b\x0b\x1b\x85\ud800\ufffe",
    "a\r\nb\tc\n\nd\u2028e",
    "  two  spaces  ",
    "\u00ad\u2011\u200b\u2060",
    "𠮷👩‍👧",
]


def said_everywhere(text):
    """A document that says the text in each place where there is one."""
    bound = Figure("F1", text or "1", text, text, text)
    return Document(
        text,
        text,
        text,
        (
            Paragraph(1, text, text, ()),
            Paragraph(2, text, text, (text, bound, text)),
            Paragraph(3, text, text, ()),
            Paragraph(0, "", "", (text,)),
        ),
        (Table(text, (text, text), ((text, text),), text), Table(text, (text,), ())),
        text,
    )


def said_in_a_chart(text):
    """A document whose chart says the text wherever one does. A name is never empty."""
    one = chart({2020: "1", 2021: "2"}, title=f"图1　{text}", caption=f"单位：{text}")
    goal = replace(one, description=text, goal=Goal((Decimal(2),), text))
    points = tuple(replace(point, label=text) for point in one.points)
    drawn = replace(goal, points=points)
    return Document("题", "", "", (), (Table("表", ("指标",), ((text,),), "", (drawn,)),), "")
