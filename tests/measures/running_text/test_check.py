"""A text held against a few figures: which indicator, unit and year each number is of."""

from decimal import Decimal

import pytest

from indicators.measures.running_text.catalogue import Catalogue, Subject
from indicators.measures.running_text.check import Setting, check, read
from indicators.measures.running_text.comparing import ComparableFigure
from indicators.measures.running_text.rows import of_rows
from tests.measures.shipped import UNITS

CITY, NORTH = "500000", "500101"
SUBJECTS = [
    Subject("retention", ("九年义务教育巩固率", "巩固率"), "rate", UNITS["percent"]),
    Subject("funding", ("一般公共预算教育经费",), "amount", UNITS["yuan"], -1),
    Subject("growth", ("一般公共预算教育经费比上年增长",), "growth_rate", UNITS["percent"], -1),
    Subject("primary", ("小学招生数",), "count", UNITS["pupils"]),
    Subject("lower", ("初中招生数",), "count", UNITS["pupils"]),
    Subject("score", ("技能大赛总成绩位次",), "rank", UNITS["rank"]),
    Subject("gold", ("技能大赛金牌数位次",), "rank", UNITS["rank"]),
    Subject("ratio", ("小学师生比",), "average", UNITS["ratio"]),
    Subject("points", ("巩固率比上年变动",), "percentage_points", UNITS["percentage_points"]),
    Subject("pupil_funding", ("小学生均公用经费",), "average", UNITS["yuan_per_pupil"]),
    Subject("closed", ("校园封闭化管理达标",), "statement"),
    Subject("guards", ("专职保安配备达标",), "statement"),
    Subject("added", ("新增学位",), "count", UNITS["places"]),
]
FIGURES = {
    ("retention", CITY): {
        2022: ComparableFigure(2022, Decimal("95.67")),
        2021: ComparableFigure(2021, Decimal("94")),
    },
    ("retention", NORTH): {2022: ComparableFigure(2022, Decimal("97.1"))},
    ("funding", CITY): {2021: ComparableFigure(2021, Decimal("80500000000"))},
    ("growth", CITY): {2021: ComparableFigure(2021, Decimal("6.1"))},
    ("primary", CITY): {2022: ComparableFigure(2022, Decimal(1200))},
    ("lower", CITY): {2022: ComparableFigure(2022, Decimal(900))},
    ("score", CITY): {2022: ComparableFigure(2022, Decimal(4))},
    ("gold", CITY): {2022: ComparableFigure(2022, Decimal(4))},
    ("ratio", CITY): {2022: ComparableFigure(2022, Decimal("17.6"))},
    ("points", CITY): {2022: ComparableFigure(2022, Decimal("1.67"))},
    ("pupil_funding", CITY): {2022: ComparableFigure(2022, Decimal(650))},
    ("closed", CITY): {2022: ComparableFigure(2022, statement="met")},
    ("guards", CITY): {2022: ComparableFigure(2022, statement="met")},
    ("added", CITY): {2022: ComparableFigure(2022, Decimal(300), since=2021)},
}
SETTING = Setting(
    Catalogue(SUBJECTS),
    lambda indicator, unit: FIGURES.get((indicator, unit), {}),
    CITY,
    2022,
    {"北区": NORTH},
)


def told(text):
    return [
        (one.raw, one.verdict, [figure.indicator for figure in one.figures])
        for one in check(text, SETTING)
        if one.verdict != "not_a_figure"
    ]


@pytest.mark.parametrize(
    ("text", "raw", "verdict", "indicators"),
    [
        ("全市巩固率95.67%。", "95.67%", "agrees", ["retention"]),
        ("全市巩固率95.7%。", "95.7%", "agrees_rounded", ["retention"]),
        ("全市巩固率95.76%。", "95.76%", "differs", ["retention"]),
        ("满意率95.67%。", "95.67%", "no_such_figure", []),
        ("去年巩固率94%。", "94%", "agrees", ["retention"]),
        ("2021年巩固率94%。", "94%", "agrees", ["retention"]),
        ("2015年巩固率94%。", "94%", "no_such_figure", []),
        ("到2025年，巩固率达到97%。", "97%", "no_such_figure", []),
        ("北区巩固率97.1%。", "97.1%", "agrees", ["retention"]),
        ("北区小学巩固率95.67%。", "95.67%", "agrees", ["retention"]),
        ("北区突出，全市巩固率95.67%。", "95.67%", "agrees", ["retention"]),
        ("一般公共预算教育经费805亿元。", "805亿元", "agrees", ["funding"]),
        ("一般公共预算教育经费805。", "805", "not_a_figure", []),
        ("一般公共预算教育经费达805。", "805", "differs", ["funding"]),
        ("小学招生达1200。", "1200", "agrees", ["primary"]),
        ("小学招生1200名。", "1200名", "agrees", ["primary"]),
        ("小学招生1200所。", "1200所", "agrees", ["primary"]),
        ("小学招生1200%。", "1200%", "no_such_figure", []),
        ("小学招生1200元。", "1200元", "no_such_figure", []),
        ("小学招生增加1200人。", "1200人", "no_such_figure", []),
        ("新增学位，增加300个。", "300个", "agrees", ["added"]),
        ("2021年新增学位300个。", "300个", "agrees", ["added"]),
        ("小学师生比1:17.6。", "1:17.6", "agrees", ["ratio"]),
        ("小学生均公用经费650元。", "650元", "agrees", ["pupil_funding"]),
        ("巩固率提高1.67个百分点。", "1.67个百分点", "agrees", ["points"]),
        ("一般公共预算教育经费增长6.1%。", "6.1%", "agrees", ["growth"]),
        ("一般公共预算教育经费占6.1%。", "6.1%", "no_such_figure", []),
        ("技能大赛总成绩和金牌数居全国第四。", "第四", "agrees", ["score", "gold"]),
        ("技能大赛总成绩居全国第四。", "第四", "agrees", ["score"]),
        ("巩固率3‰。", "3‰", "no_such_figure", []),
        ("校园封闭化管理和专职保安配备全面达标。", "全面达标", "agrees", ["closed", "guards"]),
    ],
)
def test_one_number(text, raw, verdict, indicators):
    [one] = [one for one in check(text, SETTING) if one.raw == raw]
    assert (one.verdict, sorted(f.indicator for f in one.figures)) == (verdict, sorted(indicators))


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("小学、初中招生分别为1200人、900人。", [["primary"], ["lower"]]),
        ("小学、初中招生分别为900人，持平。", [["lower"]]),
        ("小学、初中招生分别为900人，另有外省的学生共计800人。", [["lower"], []]),
        ("招生分别为1200人、900人。", [[], []]),
        ("小学招生1200人，初中招生900人；巩固率95.67%。", [["primary"], ["lower"], ["retention"]]),
        ("巩固率由94%提高到95.67%，提高1.67个百分点。", [[], ["retention"], ["points"]]),
        ("巩固率95.67%，比上年的94%提高1.67个百分点。", [["retention"], ["retention"], ["points"]]),
        ("小学招生、初中招生均达1200人。", [["primary", "lower"]]),
    ],
)
def test_several_numbers_of_a_sentence(text, indicators):
    assert [sorted(codes) for _raw, _verdict, codes in told(text)] == [
        sorted(codes) for codes in indicators
    ]


def test_a_number_too_far_back_is_left_aside():
    text = "小学招生1200人，" + "另有一些与此无关的话" * 20 + "，巩固率95.67%。"
    assert [codes for _raw, _verdict, codes in told(text)] == [["primary"], ["retention"]]


def test_the_worst_of_two_figures_is_told():
    assert told("小学招生、初中招生均达1200人。")[0][1] == "differs"


def test_a_year_without_a_figure_of_the_other_unit():
    [one] = [one for one in check("北区一般公共预算教育经费805亿元。", SETTING) if one.value != 1]
    assert one.verdict == "no_such_figure"


def test_without_names_of_units_all_is_of_the_one():
    alone = Setting(SETTING.catalogue, SETTING.figures, CITY, 2022, {})
    [one] = check("北区巩固率95.67%。", alone)
    assert [figure.unit for figure in one.figures] == [CITY]


def test_confidence_is_between_nothing_and_all():
    text = "全市巩固率95.67%，满意率3%，统一管理，小学的招生是多少呢共计1200人。"
    assert all(0 < one.confidence <= 1 for one in check(text, SETTING))


def test_an_indicator_whose_name_only_says_that_it_counts():
    [subject] = Catalogue([Subject("x", ("总数", ""), "count", UNITS["items"])]).subjects
    assert subject.words >= {"个", "项"}
    assert Subject("y", ("达标",), "statement").words == frozenset()


# --- Rows of a table ----------------------------------------------------------------------------

HEAD = "编号\t指标\t单位\t时段\t文中表述\t目标\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("F1\t巩固率\t全市\t2022年\t95.67%\t≥96%", ["agrees"]),
        ("F1\t巩固率\t全市\t2022年\t95.76%\t≥96%", ["differs"]),
        ("F1\t巩固率\t全市\t2022年\t95.67%\t96%", ["agrees", "no_such_figure"]),
        ("F1\t巩固率\t全市\t2022年\t95.67%\t全覆盖", ["agrees"]),
        ("F1 巩固率 全市 2021—2022年 95.67% 公布 ≥96% 2026-11-30", ["agrees"]),
        ("F2\t“巩固率”\t北区\t2022年\t97.1%", ["agrees"]),
        ("F3\t一般公共预算教育经费\t全市\t2021年\t增长6.1%", ["no_such_figure"]),
        ("F4\t一般公共预算教育经费\t全市\t2021年\t805亿元", ["agrees"]),
        ("F4 一般公共预算教育经费 全市 2021 年 805亿元 填报 — 第1版", ["agrees"]),
        ("F5\t没有的指标\t全市\t2022年\t12.3%", ["no_such_figure"]),
    ],
)
def test_a_row_is_of_the_indicator_that_a_cell_names(row, expected):
    text = f"全市巩固率95.67%。\n{HEAD}{row}\n"

    assert [verdict for _raw, verdict, _of in told(text)] == ["agrees", *expected]


def test_a_statement_within_the_name_of_a_row_is_part_of_the_name():
    names = Catalogue([Subject("never_less", ("生均公用经费只增不减",), "statement")])
    found = read("F7\t生均公用经费只增不减\t2021年\t只增不减\t全覆盖")
    rows, none = of_rows(found.plain, found.quantities, found.contexts, found.reasons, names)

    assert [rows[at] is not None for at in sorted(rows)] == [False, True, False]
    assert len(none) == 2


def test_rows_below_each_other_do_not_mix():
    rows = "小学招生数\t1200人\n初中招生数\t900人\n小学招生数\t1250人\n"

    assert told(rows) == [
        ("1200人", "agrees", ["primary"]),
        ("900人", "agrees", ["lower"]),
        ("1250人", "differs", ["primary"]),
    ]


def test_a_name_that_two_have_names_none():
    both = Catalogue([Subject("one", ("投入",), "count"), Subject("other", ("投入",), "count")])

    assert both.by_name == {}
