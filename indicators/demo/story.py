"""What a visitor of the demonstration can find. All of it is made up, about places that are real.

How the figures of 2022 came in, and who waits for whom, is told by `round_story`. In that
evaluation year:

- late: 城口 has handed in nothing on safety and on seconded teachers, 巫溪 nothing on safety,
  沙坪坝 no number of seconded teachers. What is computed beside the city's own figures waits.
- missing with a reason: 忠县's non-personnel expenditure, 武隆's seconded teachers, 酉阳's tests of
  Putonghua. The city's non-personnel expenditure per pupil names 忠县 as what it waits for.
- not applicable: four units have no private compulsory schools, one has no vocational school, in
  three zones nobody tests Putonghua. That counts as reported: their sums are complete.
- slipping: in 南川 and 巴南 the expenditure per pupil is below last year's; in several districts
  less than half of the children are in public kindergartens.
- suspicious: 秀山's recurrent revenue is ten times what it was, a point one place too far, and by
  it the city's funding seems to grow too slowly; 合川's enrolment is last year's, unchanged.
- partly: 黔江 says of its guard posts that some schools lack them.
- reported, not approved yet: 沙坪坝, 合川, 秀山, 黔江, 忠县, 南川; what 城口, 巫溪 have.
- corrected: officers of 渝中 and 沙坪坝 changed three figures each, twice, with reasons; of 渝中
  the first version was approved before the last one was.

All other years are complete and approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YUZHONG, SHAPINGBA = "500103", "500106"
BANAN, QIANJIANG, HECHUAN, NANCHUAN = "500113", "500114", "500117", "500119"
WULONG, CHENGKOU, ZHONG, WUXI = "500156", "500229", "500233", "500238"
XIUSHAN, YOUYANG = "500241", "500242"
LIANGJIANG, HIGH_TECH, WANSHENG = "995001", "995002", "995003"

EVALUATION_YEAR = 2022

# The district's part of the year's total, in per mille of what it would be.
SLIPPING = {
    ("general_public_budget_education_expenditure", NANCHUAN, 2021): 905,
    ("general_public_budget_education_expenditure", BANAN, 2021): 915,
}
_NO_PRIVATE = dict.fromkeys((WULONG, CHENGKOU, WUXI, WANSHENG), "辖区无民办义务教育学校")
_NO_VOCATIONAL = {LIANGJIANG: "辖区未设职业院校"}
_NO_TESTS = dict.fromkeys((LIANGJIANG, HIGH_TECH, WANSHENG), "辖区未设普通话水平测试站点")
# By indicator: where it does not apply, in every year, and why.
NOT_APPLICABLE: Mapping[str, Mapping[str, str]] = {
    "private_compulsory_enrolment": _NO_PRIVATE,
    "public_private_schools_separated": _NO_PRIVATE,
    "internship_survey_respondents": _NO_VOCATIONAL,
    "internship_survey_satisfied": _NO_VOCATIONAL,
    "skilled_workers_trained_for_enterprises": _NO_VOCATIONAL,
    "putonghua_tests": _NO_TESTS,
}
NOT_AVAILABLE = {
    ("public_operating_expenditure", ZHONG): "决算尚未批复，公用经费待核定",
    ("seconded_teachers_returned", WULONG): "清理工作尚未结束，人数待核定",
    ("putonghua_tests", YOUYANG): "测试站数据尚未从管理系统导出",
}
_SAFETY = (
    "security_guards_coverage",
    "school_guard_post_coverage",
    "closed_campus_coverage",
    "alarm_network_coverage",
)
LATE = {
    *((code, CHENGKOU) for code in (*_SAFETY, "seconded_teachers_returned")),
    *((code, WUXI) for code in _SAFETY),
    ("seconded_teachers_returned", SHAPINGBA),
}
TEN_TIMES = {("recurrent_fiscal_revenue", XIUSHAN)}
COPIED = {("average_enrolment", HECHUAN)}
PARTLY = {("school_guard_post_coverage", QIANJIANG)}
NOTES = {
    ("general_public_budget_education_expenditure", NANCHUAN): "上年集中支付校舍建设款，本年回落",
    ("general_public_budget_education_expenditure", BANAN): "上年含一次性化解校舍建设债务支出",
    ("school_guard_post_coverage", QIANJIANG): "3个教学点尚未设置护学岗，年内补齐",
}
# Handed in on paper before the round was opened; that stands as reported.
ON_PAPER = {CHENGKOU, WUXI}
REPORTED_ONLY = {SHAPINGBA, HECHUAN, XIUSHAN, QIANJIANG, ZHONG, NANCHUAN, *ON_PAPER}


@dataclass(frozen=True)
class Correction:
    """A figure of EVALUATION_YEAR that was entered wrong, then put right in two steps.

    `first` and `second` are what was entered, in per mille of what is right.
    """

    indicator: str
    unit: str
    officer: str
    first: int
    second: int
    reasons: tuple[str, str]


CORRECTIONS = [
    Correction(
        "preschool_public",
        YUZHONG,
        "officer-yuzhong",
        *(968, 1012),
        ("漏计小学附设幼儿班，补报", "与教育事业统计年报核对，更正重复计入的一所园"),
    ),
    Correction(
        "after_school_service_pupils",
        YUZHONG,
        "officer-yuzhong",
        *(955, 990),
        ("补报两所九年一贯制学校", "以学期末台账为准更正"),
    ),
    Correction(
        "public_compulsory_places_added",
        YUZHONG,
        "officer-yuzhong",
        *(800, 1100),
        ("补报改扩建学位", "扣除尚未投用的学位"),
    ),
    Correction(
        "compulsory_enrolment",
        SHAPINGBA,
        "officer",
        *(985, 1004),
        ("补报特殊教育学校在校生", "剔除高新区代管学校学生"),
    ),
    Correction(
        "average_enrolment",
        SHAPINGBA,
        "officer",
        *(1020, 995),
        ("按年平均数重新计算", "全日制折算后更正"),
    ),
    Correction(
        "skilled_workers_trained_for_enterprises",
        SHAPINGBA,
        "officer",
        *(900, 1030),
        ("补报下半年培训", "剔除重复登记的班次"),
    ),
]
