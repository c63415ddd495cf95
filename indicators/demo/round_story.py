"""The demonstration's round of 2022, day by day: who does what, and why. No database here.

Days are counted from the day on which the demonstration is made, so that the round is alive then:
opened forty days ago, due ten days ago, open for corrections for twenty days more. What a visitor
finds (`story` tells of the figures themselves):

- 沙坪坝: returned, with reasons for two figures, and a question about a third is open.
- 渝中: approved, three figures reopened, put right and approved again; now one figure is open again
  for nine days.
- 合川, 秀山, 黔江, 忠县, 南川: submitted, waiting for review. 忠县 came late, with an extension;
  南川 was returned once and says more now; 黔江 has answered a question.
- 城口: late, has begun, extended for ten days more. 巫溪: late, without a word. What stands of
  these two was handed in on paper before the round was opened.
- the city's own offices: a draft that lacks nothing, extended, waits for its lead.
- all others: approved.

渝中 and 沙坪坝 have handed in two achievements each with their figures; 城口 has a draft of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.demo.accounts import CITY
from indicators.demo.data import Figure
from indicators.demo.story import (
    CHENGKOU,
    HECHUAN,
    NANCHUAN,
    QIANJIANG,
    SHAPINGBA,
    WUXI,
    XIUSHAN,
    YUZHONG,
    ZHONG,
)
from indicators.models import Act

OPENS, DUE, CLOSES = -40, -10, 20
SEEN_UNTIL = -9  # what people were told by then they have seen
TITLE = "2022 年度履行教育职责自评数据填报"
INSTRUCTIONS = (
    "请按各指标口径填报。经费和学校情况为 2021 年数，其余为 2022 年数。\n"
    "没有数的，选“不适用”或“暂无数据”并写明原因；与上年相差较大的，在“说明”中写明原因。\n"
    "由审核人核对全部数据后统一报送。"
)
EXTENDED_UNTIL = 10
# When their officers put the figures right that were entered wrong, twice each.
CORRECTED = {SHAPINGBA: (-30, -26), YUZHONG: (-25, -21)}


# What leads say to the warnings of the rules before they submit: by rule, or to one of a unit.
EXPLANATIONS = {
    "copied_unchanged": "已与上年台账核对，两年确为同一数",
    "stands_out": "已与台账逐项核对，数据无误",
    "only_increase": "已与财政决算核对，原因见说明",
}
EXPLANATION = "已与原始台账核对，数据无误"
EXPLANATIONS_OF = {
    (HECHUAN, "average_enrolment"): "年报尚未定稿，先按上年数填报",
    (XIUSHAN, "recurrent_fiscal_revenue"): "按财政部门提供的数填报",
}


@dataclass(frozen=True)
class Step:
    """What is done on a day with the submission of a unit; `figures` are reasons by indicator."""

    day: int
    unit: str
    act: Act
    reason: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    until: int | None = None


@dataclass(frozen=True)
class Saying:
    """A question of the city about a figure, or the unit's answer."""

    day: int
    unit: str
    indicator: str
    text: str
    asks: bool = True


@dataclass(frozen=True)
class Entering:
    """One figure is entered, or entered again: `says` is what differs from what it said."""

    day: int
    unit: str
    indicator: str
    says: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True)
class Filling:
    """The unit's officer enters all that the unit has."""

    day: int
    unit: str


@dataclass(frozen=True)
class Adding:
    """The unit's officer enters an achievement, which the title marks as made up."""

    day: int
    unit: str
    area: str
    kind: str
    title: str
    issued_by: str
    level: str
    description: str
    proof: str = ""


Deed = Step | Saying | Entering | Filling | Adding

REOPENED_BEFORE = {
    "preschool_public": "漏计小学附设幼儿班，请补报后与教育事业统计核对",
    "after_school_service_pupils": "与学期末台账不一致，请核对",
    "public_compulsory_places_added": "改扩建学位漏报，请补报",
}
_SHAPINGBA = (
    Filling(-33, SHAPINGBA),
    Adding(
        -21,
        SHAPINGBA,
        "whole_person",
        "case",
        "劳动教育进社区案例（演示）",
        "市教委",
        "provincial",
        "六所学校与社区共建劳动实践点，每周开放半天。",
        "案例文本和批文存区教委档案室",
    ),
    Adding(
        -21,
        SHAPINGBA,
        "double_reduction",
        "document",
        "课后服务收费管理细则（演示）",
        "区政府办公室",
        "county",
        "明确收费上限、减免对象和经费用途。",
    ),
    Entering(
        -20,
        SHAPINGBA,
        "seconded_teachers_returned",
        {"state": "not_available", "state_reason": "清退名单正在逐校核实，暂未形成数据"},
    ),
    Step(-14, SHAPINGBA, Act.SUBMIT),
    Saying(
        -9,
        SHAPINGBA,
        "skilled_workers_trained_for_enterprises",
        "培训人次中是否包含企业自办的岗前培训？请说明统计范围。",
    ),
    Step(
        -8,
        SHAPINGBA,
        Act.RETURN,
        "两项数据请核实后重新报送，其余数据无需改动。",
        {
            "seconded_teachers_returned": "清退工作年内已结束，请据实填报人数，不以“暂无数据”代替",
            "compulsory_enrolment": "与教育事业统计不一致，请核对高新区代管学校的学生是否已剔除",
        },
    ),
)
_YUZHONG = (
    Filling(-38, YUZHONG),
    Adding(
        -37,
        YUZHONG,
        "teachers",
        "honour",
        "教师队伍建设先进集体（演示）",
        "市教委、市人力社保局",
        "provincial",
        "两年内交流轮岗教师占应交流人数的三成以上。",
        "奖牌和表彰文件存区教委人事科",
    ),
    Adding(
        -37,
        YUZHONG,
        "equity",
        "case",
        "集团化办学共享课程案例（演示）",
        "市教科院",
        "provincial",
        "四个教育集团共用一套课程库，薄弱学校每周共享课时过半。",
    ),
    Step(-36, YUZHONG, Act.SUBMIT),
    Step(-33, YUZHONG, Act.APPROVE),
    Step(
        -28,
        YUZHONG,
        Act.REOPEN,
        "经核对，三项数据需要更正",
        REOPENED_BEFORE,
        until=-18,
    ),
    Step(-20, YUZHONG, Act.SUBMIT, "三项数据已更正"),
    Step(-17, YUZHONG, Act.APPROVE, "更正依据充分"),
    Step(
        -5,
        YUZHONG,
        Act.REOPEN,
        "财政决算已经批复，公用经费按批复数更正",
        {"public_operating_expenditure": "报送数为决算草案数，请按批复数更正"},
        until=9,
    ),
)
_CITY = (
    Entering(
        -12,
        CITY,
        "university_counsellors",
        {"state": "not_available", "state_reason": "部分高校尚未报送，待汇总"},
    ),
    Step(-11, CITY, Act.EXTEND, "高校数据由市教委汇总，延期报送", until=EXTENDED_UNTIL),
)
_CHENGKOU = (
    Adding(
        -4,
        CHENGKOU,
        "safety",
        "document",
        "校园安全隐患排查工作方案（演示）",
        "县教委",
        "county",
        "逐校建立隐患清单，整改一项销号一项。",
    ),
    Step(
        -9,
        CHENGKOU,
        Act.EXTEND,
        "校园安全台账正在逐校核查，同意延期",
        until=EXTENDED_UNTIL,
    ),
    Entering(
        -3,
        CHENGKOU,
        "seconded_teachers_returned",
        {"state": "not_available", "state_reason": "清退名单正在核实"},
    ),
)
_ZHONG = (
    Filling(-15, ZHONG),
    Step(-10, ZHONG, Act.EXTEND, "等待财政决算批复，同意延期一周", until=-3),
    Step(-6, ZHONG, Act.SUBMIT, "公用经费待财政决算批复后补报"),
)
_QIANJIANG = (
    Filling(-25, QIANJIANG),
    Step(-13, QIANJIANG, Act.SUBMIT),
    Saying(-7, QIANJIANG, "school_guard_post_coverage", "3 个教学点的护学岗何时补齐？"),
    Saying(
        -6,
        QIANJIANG,
        "school_guard_post_coverage",
        "均已列入本年度计划，秋季开学前补齐，届时报送验收材料。",
        asks=False,
    ),
)
_NANCHUAN_AGAIN = "general_public_budget_education_expenditure"
_NANCHUAN = (
    Filling(-30, NANCHUAN),
    Step(-24, NANCHUAN, Act.SUBMIT),
    Step(
        -19,
        NANCHUAN,
        Act.RETURN,
        "教育经费低于上年，请核实并写明原因。",
        {_NANCHUAN_AGAIN: "低于上年，与“只增不减”的要求不符，请核实金额并写明原因"},
    ),
    Entering(
        -15,
        NANCHUAN,
        _NANCHUAN_AGAIN,
        {
            "note": "上年集中支付校舍建设款，本年回落。已与财政决算核对，金额无误；"
            "扣除该项后较上年增长"
        },
        "补充说明下降原因",
    ),
    Step(-12, NANCHUAN, Act.SUBMIT, "金额已核实无误，补充了原因说明"),
)
OF_THEIR_OWN = {
    SHAPINGBA: _SHAPINGBA,
    YUZHONG: _YUZHONG,
    CITY: _CITY,
    CHENGKOU: _CHENGKOU,
    WUXI: (),
    ZHONG: _ZHONG,
    QIANJIANG: _QIANJIANG,
    NANCHUAN: _NANCHUAN,
    HECHUAN: (Filling(-22, HECHUAN), Step(-12, HECHUAN, Act.SUBMIT)),
    XIUSHAN: (Filling(-18, XIUSHAN), Step(-11, XIUSHAN, Act.SUBMIT)),
}


def deeds(units: Sequence[str], figures: Sequence[Figure]) -> list[Deed]:
    """All that is done in the round by and with the units (codes), day by day."""
    found = [deed for some in OF_THEIR_OWN.values() for deed in some]
    for place, unit in enumerate(unit for unit in units if unit not in OF_THEIR_OWN):
        found += _as_most(unit, place)
    for figure in figures:
        for day, change in zip(CORRECTED.get(figure.unit, ()), figure.changes, strict=False):
            says = {"text": change.text}
            found.append(Entering(day, figure.unit, figure.indicator, says, change.reason))
    return sorted(found, key=lambda deed: deed.day)


def _as_most(unit: str, place: int) -> Iterator[Deed]:
    """Filled, submitted in time, approved some days later."""
    filled = OPENS + 2 + place * 7 % 18
    submitted = filled + 3 + place % 5
    yield Filling(filled, unit)
    yield Step(submitted, unit, Act.SUBMIT)
    yield Step(min(submitted + 3 + place % 4, -2), unit, Act.APPROVE)
