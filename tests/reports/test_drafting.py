"""The first draft: a sentence an approved figure, saying only what the figure says."""

import pytest

from indicators.models import Measure, Problem, SentencePattern
from indicators.reports.drafting import FirstDraft
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_share, make_statement


def drafted(unit, user, year=YEAR):
    """The text of the only duty area, its marks as they read."""
    draft = FirstDraft(unit, year, user)
    (text,) = [one.text for one in draft.paragraphs if one.level == 3]
    for bound in draft.figures:
        text = text.replace(bound.mark, bound.as_bound)
    return text


def test_chapters_stand_in_the_official_order(city, city_officer, money):
    draft = FirstDraft(city, YEAR, city_officer)

    assert [(one.level, one.heading) for one in draft.paragraphs] == [
        (1, "主要做法和成效"),
        (2, "主要做法"),
        (3, "优先保障"),
        (2, "主要成效"),
        (1, "存在的主要问题"),
        (1, "下一步工作打算"),
    ]
    assert draft.title == f"山城人民政府{YEAR}年履行教育职责情况自查自评报告"


def test_a_rise_is_called_one_and_a_fall_is_not_hidden(city, city_officer, money):
    enter_approved(money, city, "800亿元", year=YEAR - 1)
    enter_approved(money, city, "805亿元")
    assert drafted(city, city_officer) == f"教育经费805亿元，较{YEAR - 1}年增长0.63%。"

    enter_approved(money, city, "790亿元")
    assert drafted(city, city_officer) == f"教育经费790亿元，较{YEAR - 1}年下降1.25%。"


def test_what_is_only_reported_is_not_spoken_of(city, city_officer, money):
    enter(money, city, "805亿元", actor=city_officer)

    assert drafted(city, city_officer) == ""


def test_a_part_is_not_spoken_of(city, north, south, city_officer, children):
    enter_approved(children, north, "100")

    assert drafted(city, city_officer) == ""


def test_shares_differ_by_points(city, city_officer, children, children_public):
    make_share("rate", "children_public / children * 100")
    for year, public in ((YEAR - 1, "50"), (YEAR, "62.5")):
        enter_approved(children, city, "1000", year=year)
        enter_approved(children_public, city, f"{float(public) * 10:.0f}", year=year)

    text = drafted(city, city_officer)
    assert text.startswith(f"指标children1000人，与{YEAR - 1}年持平。")
    assert f"指标rate达63%，较{YEAR - 1}年增加12.5个百分点。" in text


@pytest.mark.parametrize(
    ("name", "statement", "sentence"),
    [
        ("党的工作覆盖", "met", "党的工作全覆盖。"),
        ("党的工作覆盖", "partly", "党的工作部分覆盖。"),
        ("保安配备达标", "met", "保安配备全面达标。"),
        ("保安配备达标", "not_met", "保安配备尚未全面达标。"),
        ("公用经费只增不减", "not_met", "公用经费未做到只增不减。"),
        ("制度建立", "met", "制度建立：达标。"),
    ],
)
def test_a_statement_is_said_in_the_words_of_its_name(
    city, city_officer, name, statement, sentence
):
    enter_approved(make_statement("state", name_zh=name), city, statement=statement)

    assert drafted(city, city_officer) == sentence


@pytest.mark.parametrize(
    ("typed", "said"), [("6.1", "增长6.1%"), ("-3.20", "下降3.20%"), ("0", "持平")]
)
def test_a_growth_says_its_own_direction(city, city_officer, typed, said):
    growth = make_indicator(
        "growth",
        name_zh="经费比上年增长",
        unit="percent",
        display_unit="percent",
        quantity_kind="growth_rate",
        aggregation="none",
        reporting_level="above",
        lower_limit=None,
        decimals=2,
    )
    enter_approved(growth, city, typed)

    assert drafted(city, city_officer) == f"经费比上年{said}。"


def test_a_rank_is_written_in_numerals(city, city_officer):
    rank = make_indicator(
        "rank",
        name_zh="大赛金牌数全国位次",
        unit="rank",
        display_unit="rank",
        quantity_kind="rank",
        aggregation="none",
        reporting_level="above",
    )
    enter_approved(rank, city, "14")

    assert drafted(city, city_officer) == "大赛金牌数全国位居第十四。"


def test_what_says_itself_more_is_not_introduced_twice(city, city_officer):
    rate = make_indicator(
        "rate",
        name_zh="实习满意率",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
        aggregation="none",
        reporting_level="above",
    )
    enter_approved(rate, city, "超过93%")

    assert drafted(city, city_officer) == "实习满意率超过93%。"


def test_a_counting_word_is_not_said_twice(city, city_officer):
    count = make_indicator(
        "count",
        name_zh="市领导讲课人次",
        unit="person_times",
        display_unit="person_times",
        aggregation="none",
        reporting_level="above",
    )
    enter_approved(count, city, "19")

    assert drafted(city, city_officer) == "市领导讲课19人次。"


def test_an_own_pattern_comes_before_the_plain_one(city, city_officer, money):
    SentencePattern.objects.create(indicator=money, text_zh="全市{name}达到{value}，比上年{change}")
    enter_approved(money, city, "805亿元")
    # Without last year's figure there is no change to put into the pattern.
    assert drafted(city, city_officer) == "教育经费805亿元。"

    enter_approved(money, city, "700亿元", year=YEAR - 1)
    assert drafted(city, city_officer) == "全市教育经费达到805亿元，比上年增长15%。"


def test_problems_that_are_not_solved_and_what_is_ahead_come_from_the_ledger(
    city, north, city_officer, supervisor, money
):
    def problem(code, unit, state="open", **fields):
        return Problem.objects.create(
            code=code,
            jurisdiction=unit,
            duty_area=money.duty_area,
            title=code,
            year=YEAR,
            state=state,
            **fields,
        )

    open_one = problem("P1", city, group_title="均衡发展", description="学位不足。")
    problem("P2", city, group_title="均衡发展", description="布点滞后")
    problem("P3", city, state="accepted", group_title="教材监管")
    problem("P4", north, group_title="区县自己的")
    for number, unit, state in ((1, city, "open"), (2, city, "accepted"), (3, north, "open")):
        Measure.objects.create(
            problem=open_one, number=number, title=f"措施{number}", unit=unit, state=state
        )

    draft = FirstDraft(city, YEAR, city_officer)

    told = [(one.heading, one.text) for one in draft.paragraphs if one.level < 3]
    assert told[-4:] == [
        ("存在的主要问题", ""),
        ("均衡发展", "学位不足。布点滞后。"),
        ("下一步工作打算", ""),
        ("均衡发展", "措施1。"),
    ]
