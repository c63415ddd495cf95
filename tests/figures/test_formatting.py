"""Figures in the words of an official, in both languages."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from django.utils import translation
from hypothesis import given

from indicators.figures import formatting
from indicators.figures.formatting import MINUS, THIN_SPACE, Words
from indicators.measures.quantities import read_quantity
from indicators.models import Comparator, Framework, Indicator, Target
from tests.measures.numbers import EXACT
from tests.measures.shipped import UNITS


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def indicator(unit, display_unit="", decimals=0, **fields):
    return Indicator(unit=unit, display_unit=display_unit or unit, decimals=decimals, **fields)


def as_entered(text, unit, display_unit="", decimals=0):
    """The words for what somebody typed."""
    read = read_quantity(text, UNITS[unit])
    return formatting.number_words(
        read.number,
        indicator(unit, display_unit, decimals),
        place=read.last_place,
        qualifier=read.qualifier,
    )


@pytest.mark.parametrize(
    ("text", "unit", "display_unit", "said"),
    [
        ("805亿元", "yuan", "yi_yuan", "805 亿元"),
        ("80500000000", "yuan", "yi_yuan", "805 亿元"),
        ("80500.25万元", "yuan", "yi_yuan", "8.050025 亿元"),
        ("3.62万个", "places", "wan_places", "3.62 万个"),
        ("3.60万个", "places", "wan_places", "3.60 万个"),
        ("36215", "places", "wan_places", "3.6215 万个"),
        ("36200", "places", "wan_places", "3.62 万个"),
        ("3", "places", "wan_places", "0.0003 万个"),
        ("36215", "places", "places", f"36{THIN_SPACE}215 个"),
        ("42余万人次", "person_times", "wan_person_times", "42余万人次"),
        ("4000余万元", "yuan", "wan_yuan", f"4{THIN_SPACE}000余万元"),
        ("超过93%", "percent", "percent", "超过93%"),
        ("超93%", "percent", "percent", "超过93%"),
        ("95%以上", "percent", "percent", "95%以上"),
        ("4万以上", "persons", "wan_persons", "4 万人以上"),
        ("不足4万", "persons", "wan_persons", "不足4 万人"),
        ("4万左右", "persons", "wan_persons", "约4 万人"),
        ("约5万人", "persons", "wan_persons", "约5 万人"),
        ("99.61％", "percent", "percent", "99.61%"),
        ("95.60%", "percent", "percent", "95.60%"),
        ("1.14个百分点", "percentage_points", "percentage_points", "1.14 个百分点"),
        ("-5.1", "yuan", "yuan", "−5.1 元"),
        ("第四", "rank", "rank", "第4位"),
        ("约第九", "rank", "rank", "约第9位"),
        ("0", "places", "wan_places", "0 万个"),
        ("0.00", "percent", "percent", "0.00%"),
    ],
)
def test_a_figure_is_shown_as_exactly_as_it_was_given(text, unit, display_unit, said):
    assert str(as_entered(text, unit, display_unit, decimals=1)) == said


def test_what_stands_around_the_digits_is_told_apart_so_that_it_can_be_drawn_smaller():
    remainder = as_entered("42余万人次", "person_times", "wan_person_times")

    assert remainder == Words("42", "万人次", after="余")
    assert as_entered("超过93%", "percent") == Words("93", "%", before="超过")
    assert as_entered("第四", "rank") == Words("4", before="第", after="位")


@pytest.mark.parametrize(
    ("text", "unit", "display_unit", "said"),
    [
        ("805亿元", "yuan", "yi_yuan", "805 hundred million yuan"),
        (
            "42余万人次",
            "person_times",
            "wan_person_times",
            "more than 42 ten thousand person-times",
        ),
        ("超过93%", "percent", "", "more than 93%"),
        ("约5万人", "persons", "persons", f"about 50{THIN_SPACE}000 persons"),
        ("1.14个百分点", "percentage_points", "", "1.14 percentage points"),
        ("第四", "rank", "", "rank 4"),
    ],
)
def test_a_visitor_reads_it_in_english(text, unit, display_unit, said):
    with translation.override("en"):
        assert str(as_entered(text, unit, display_unit)) == said


@pytest.mark.parametrize(
    ("number", "decimals", "said"),
    [
        ("36215", 2, "3.62 万人"),
        ("36250", 1, "3.6 万人"),
        ("36500", 0, "4 万人"),
        ("0", 2, "0.00 万人"),
        # Three people are not nobody.
        ("3", 2, "3 人"),
        ("49", 2, "49 人"),
        ("50", 2, "0.01 万人"),
        ("-3", 2, "−3 人"),
    ],
)
def test_what_was_computed_is_rounded_as_the_catalogue_says_but_never_to_nothing(
    number, decimals, said
):
    shown = indicator("persons", "wan_persons", decimals)

    assert str(formatting.number_words(D(number), shown)) == said


def test_a_share_too_small_for_its_decimals_is_told_all_the_same():
    assert str(formatting.number_words(D("0.0040"), indicator("percent", decimals=2))) == "0.004%"


def test_the_exact_number_is_in_the_base_unit_without_trailing_zeros():
    shown = indicator("yuan", "yi_yuan")

    assert formatting.exact_words(D("80500000000.5000"), shown).replace(THIN_SPACE, " ") == (
        "80 500 000 000.5 元"
    )


@given(EXACT, st.sampled_from(sorted(UNITS)), st.integers(0, 4))
def test_no_figure_but_zero_reads_as_zero(number, unit, decimals):
    shown = indicator(UNITS[unit].base, unit, decimals)
    digits = formatting.number_words(number, shown).digits

    assert bool(digits.strip(f"0.{MINUS}{THIN_SPACE}")) is bool(number)


@given(EXACT)
def test_grouped_digits_are_the_digits(number):
    text = formatting.digits(number, 4)

    assert D(text.replace(THIN_SPACE, "").replace(MINUS, "-")) == number
    whole = text.lstrip(MINUS).partition(".")[0].split(THIN_SPACE)
    assert len(whole[0]) <= 3
    assert {len(group) for group in whole[1:]} <= {3}


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("1.14", 2, "+1.14"),
        ("-1.14", 2, "−1.14"),
        ("0", 2, "0.00"),
        ("1.145", 2, "+1.15"),
        ("-1.145", 2, "−1.15"),
        ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"),
        ("0.005", 2, "+0.01"),
        ("-12345.6", 0, f"−12{THIN_SPACE}346"),
    ],
)
def test_rise_and_fall_are_told_by_sign_and_nothing_has_none(number, decimals, text):
    assert formatting.signed(D(number), decimals) == text


def target(comparator, value=None, **fields):
    basis = fields.pop("basis", "statute")
    given = {"value": value and D(value), "value_to": fields.pop("value_to", None)}
    return Target(comparator=comparator, framework=Framework(basis=basis), **given, **fields)


@pytest.mark.parametrize(
    ("comparator", "value", "shown", "chinese", "english"),
    [
        ("ge", "96.0000", ("percent",), "≥ 96%", "≥ 96%"),
        ("gt", "96.5000", ("percent",), "> 96.5%", "> 96.5%"),
        ("le", "5", ("percent",), "≤ 5%", "≤ 5%"),
        ("lt", "-1", ("percentage_points",), "< −1 个百分点", "< −1 percentage points"),
        ("eq", "100", ("percent",), "= 100%", "= 100%"),
        ("eq", "0", ("places", "wan_places"), "= 0 万个", "= 0 ten thousand places"),
        ("ge", "20000", ("places", "wan_places"), "≥ 2 万个", "≥ 2 ten thousand places"),
        ("ge", "36215", ("places", "wan_places"), "≥ 3.6215 万个", "≥ 3.6215 ten thousand places"),
        ("ge", "80000000000", ("yuan", "yi_yuan"), "≥ 800 亿元", "≥ 800 hundred million yuan"),
        ("le", "3", ("rank",), "≤ 第3位", "≤ rank 3"),
        ("all", None, ("percent",), "全覆盖", "full coverage"),
        ("all", "100", ("percent",), "全覆盖 100%", "full coverage 100%"),
        ("not_below_last_year", None, ("yuan",), "不低于上年", "not below last year"),
    ],
)
def test_a_target_is_told_without_digits_that_nobody_set(
    comparator, value, shown, chinese, english
):
    set_by_law = target(comparator, value)

    assert formatting.target_words(set_by_law, indicator(*shown, decimals=2)) == chinese
    with translation.override("en"):
        assert formatting.target_words(set_by_law, indicator(*shown, decimals=2)) == english


def test_a_range_has_its_unit_once():
    between = target("range", "90", value_to=D("95.5"))

    assert formatting.target_words(between, indicator("percent")) == "90—95.5%"


def test_every_comparator_can_be_told():
    for comparator in Comparator:
        words = formatting.target_words(
            target(comparator, "5", value_to=D(6)), indicator("percent")
        )
        assert words.endswith("%")


@pytest.mark.parametrize(
    ("year", "basis", "chinese", "english"),
    [
        (None, "statute", "每年", "every year"),
        (None, "city_plan", "每年", "every year"),
        (2025, "city_plan", "到 2025 年", "by 2025"),
        (2025, "national_plan", "到 2025 年", "by 2025"),
        (2017, "statute", "自 2017 年起", "from 2017 on"),
        (2017, "county_evaluation", "自 2017 年起", "from 2017 on"),
    ],
)
def test_a_plans_year_means_by_then_a_statutes_from_then_on(year, basis, chinese, english):
    one = target("ge", "5", year=year, basis=basis)

    assert formatting.target_year_words(one) == chinese
    with translation.override("en"):
        assert formatting.target_year_words(one) == english


@pytest.mark.parametrize(
    ("kind", "period_from", "part", "chinese", "english"),
    [
        ("calendar_year", 2021, False, "2021 年", "2021"),
        ("calendar_year", None, False, "2021 年", "2021"),
        ("school_year", 2021, False, "2021/22 学年", "school year 2021/22"),
        ("point_in_time", 2021, False, "2021 年末", "end of 2021"),
        ("cumulative", 2020, False, "2020—2021 年", "2020–2021"),
        ("cumulative", 2016, False, "2016—2021 年", "2016–2021"),
        ("cumulative", 2021, False, "2021 年", "2021"),
        ("cumulative", None, False, "2020—2021 年", "2020–2021"),
        ("calendar_year", 2021, True, "2021 年以来", "part of 2021"),
    ],
)
def test_each_kind_of_period_has_its_words(kind, period_from, part, chinese, english):
    def words():
        shown = indicator("persons", period_kind=kind)
        return formatting.period_words(shown, 2021, period_from, part_of_year=part)

    assert words() == chinese
    with translation.override("en"):
        assert words() == english


@pytest.mark.parametrize(("year", "words"), [(1999, "1999/00 学年"), (2008, "2008/09 学年")])
def test_a_school_year_names_both_years(year, words):
    shown = indicator("persons", period_kind="school_year")

    assert formatting.period_words(shown, year, year) == words


@given(
    st.integers(1, 99_999_999),
    st.sampled_from(["{}", "超{}", "不足{}", "约{}", "{}以上", "{}左右", "{}余"]),
    st.sampled_from(["", "万"]),
)
def test_what_is_shown_is_read_again_as_what_was_typed(number, form, power):
    text = f"{number}余{power}" if form == "{}余" else form.format(f"{number}{power}")
    with translation.override("zh-hans"):
        shown = str(as_entered(text, "yuan", "wan_yuan"))

    read, again = (read_quantity(one, UNITS["yuan"]) for one in (text, shown))
    assert (again.number, again.qualifier) == (read.number, read.qualifier)
