"""What an officer types is read right or refused with its place; never silently wrong."""

import ast
import csv
import inspect
import time
from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from education_duty.bootstrap.places import ROOT
from indicators.measures import quantities
from indicators.measures.exact import exact, fits
from indicators.measures.quantities import Quantity, Unreadable, read_quantity
from tests.measures.shipped import UNITS

# A ratio has a digit before its number: tests/measures/test_ratio.py.
BASE_UNITS = sorted(one.code for one in UNITS.values() if one.is_base and not one.is_ratio)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
THIN, NO_BREAK, NARROW_NO_BREAK, IDEOGRAPHIC = "\u2009", "\u00a0", "\u202f", "\u3000"


def read(text: str, unit: str = "children") -> tuple[D, int, str]:
    found = read_quantity(text, UNITS[unit])
    return found.number, found.last_place, found.qualifier


def refusal(text: str, unit: str = "children") -> tuple[str, dict[str, object]]:
    with pytest.raises(Unreadable) as unreadable:
        read_quantity(text, UNITS[unit])
    return unreadable.value.code, unreadable.value.params


@pytest.mark.parametrize(
    ("text", "unit", "number", "place", "qualifier"),
    [
        ("12345", "children", "12345", 0, "exact"),
        ("１２，３４５", "children", "12345", 0, "exact"),
        ("12,345", "children", "12345", 0, "exact"),
        ("12 345", "children", "12345", 0, "exact"),
        (f"12{THIN}345", "children", "12345", 0, "exact"),
        (f"1{NO_BREAK}234{NO_BREAK}567", "children", "1234567", 0, "exact"),
        (f"1{NARROW_NO_BREAK}234", "children", "1234", 0, "exact"),
        (f"{IDEOGRAPHIC}５{IDEOGRAPHIC}人\r\n", "children", "5", 0, "exact"),
        ("007", "children", "7", 0, "exact"),
        ("0", "children", "0", 0, "exact"),
        ("5.", "children", "5", 0, "exact"),
        ("5.0", "children", "5", 0, "exact"),
        (".5", "yuan", "0.5", -1, "exact"),
        ("+5", "yuan", "5", 0, "exact"),
        ("-5", "yuan", "-5", 0, "exact"),
        ("－５", "yuan", "-5", 0, "exact"),
        ("−5", "yuan", "-5", 0, "exact"),
        ("–5", "yuan", "-5", 0, "exact"),
        ("- 5", "yuan", "-5", 0, "exact"),
        ("负5", "yuan", "-5", 0, "exact"),
        ("3.62万个", "places", "36200", 2, "exact"),
        ("3.62 万 个", "places", "36200", 2, "exact"),
        ("805亿元", "yuan", "80500000000", 8, "exact"),
        ("4000万元", "yuan", "40000000", 4, "exact"),
        ("3千万元", "yuan", "30000000", 7, "exact"),
        ("3百万元", "yuan", "3000000", 6, "exact"),
        ("2千3百万元", "yuan", "23000000", 6, "exact"),
        ("1亿2千3百万元", "yuan", "123000000", 6, "exact"),
        ("0.00000001亿元", "yuan", "1", 0, "exact"),
        ("99.61％", "percent", "99.61", -2, "exact"),
        ("百分之99.61", "percent", "99.61", -2, "exact"),
        ("超过百分之93", "percent", "93", 0, "more_than"),
        ("1.14个百分点", "percentage_points", "1.14", -2, "exact"),
        ("1.14百分点", "percentage_points", "1.14", -2, "exact"),
        ("10000元/生", "yuan_per_pupil", "10000", 0, "exact"),
        ("42余万人次", "person_times", "420000", 4, "remainder"),
        ("4000余万元", "yuan", "40000000", 4, "remainder"),
        ("5万余人", "persons", "50000", 4, "remainder"),
        ("50多人", "persons", "50", 0, "remainder"),
        ("超过93%", "percent", "93", 0, "more_than"),
        ("逾 5 万人", "persons", "50000", 4, "more_than"),
        ("约5人", "persons", "5", 0, "about"),
        ("近5万人", "persons", "50000", 4, "about"),
        ("将近5万人", "persons", "50000", 4, "about"),
        ("95%以上", "percent", "95", 0, "at_least"),
        ("百分之九十五以上", "percent", "95", 0, "at_least"),
        ("不低于95%", "percent", "95", 0, "at_least"),
        ("4万人以上", "persons", "40000", 4, "at_least"),
        ("超4万", "persons", "40000", 4, "more_than"),
        ("超过4万以上", "persons", "40000", 4, "more_than"),
        ("多于50余人", "persons", "50", 0, "remainder"),
        ("约500余人", "persons", "500", 0, "remainder"),
        ("4万左右", "persons", "40000", 4, "about"),
        ("约4万人左右", "persons", "40000", 4, "about"),
        ("不足4万", "persons", "40000", 4, "less_than"),
        ("不到4万人", "persons", "40000", 4, "less_than"),
        ("1亿2000万", "yuan", "120000000", 4, "exact"),
        ("1亿2千万元", "yuan", "120000000", 7, "exact"),
        ("1亿2000余万元", "yuan", "120000000", 4, "remainder"),
        ("1亿零50万", "yuan", "100500000", 4, "exact"),
        ("-1亿2000万", "yuan", "-120000000", 4, "exact"),
        ("3万6千", "persons", "36000", 3, "exact"),
        ("3万6000人", "persons", "36000", 0, "exact"),
        ("1万零500", "persons", "10500", 0, "exact"),
        ("3万亿元", "yuan", "3000000000000", 12, "exact"),
        ("两万", "persons", "20000", 4, "exact"),
        ("两千余人", "persons", "2000", 3, "remainder"),
        ("三万六千", "persons", "36000", 3, "exact"),
        ("三千五百万元", "yuan", "35000000", 4, "exact"),
        ("一百零五", "persons", "105", 0, "exact"),
        ("十二所", "schools", "12", 0, "exact"),
        ("¥1,234.00", "yuan", "1234", -2, "exact"),
        ("￥１，２３４", "yuan", "1234", 0, "exact"),
        ("-¥5", "yuan", "-5", 0, "exact"),
        ("(1,234)", "yuan", "-1234", 0, "exact"),
        ("（1,234）元", "yuan", "-1234", 0, "exact"),
        ("(¥1,234.00)", "yuan", "-1234", -2, "exact"),
        ("5\u200b2", "children", "52", 0, "exact"),
        ("\ufeff5\u200b", "children", "5", 0, "exact"),
        ("\u202a5\u202c", "children", "5", 0, "exact"),
        ("第四", "rank", "4", 0, "exact"),
        ("四", "rank", "4", 0, "exact"),
        ("第十", "rank", "10", 0, "exact"),
        ("第十二", "rank", "12", 0, "exact"),
        ("二十", "rank", "20", 0, "exact"),
        ("第九十九名", "rank", "99", 0, "exact"),
        ("第 4 名", "rank", "4", 0, "exact"),
        ("4位", "rank", "4", 0, "exact"),
        ("1.0000000000", "yuan", "1", -4, "exact"),
        ("99999999999999.9999", "yuan", "99999999999999.9999", -4, "exact"),
    ],
)
def test_what_officials_write_is_read(text, unit, number, place, qualifier):
    assert read(text, unit) == (D(number), place, qualifier)


@pytest.mark.parametrize(
    ("text", "unit", "code", "params"),
    [
        ("", "children", "empty", {}),
        (" \t\u3000\n", "children", "empty", {}),
        ("1" * 101, "children", "too_long", {"limit": 100}),
        ("12e3", "children", "exponent", {}),
        ("1E400人", "children", "exponent", {}),
        ("1.5e-3", "yuan", "exponent", {}),
        ("1.2.3", "children", "two_points", {}),
        ("１．２．３", "children", "two_points", {}),
        ("5..", "children", "two_points", {}),
        ("1.234.567", "children", "two_points", {}),
        ("1,2345", "children", "grouping", {}),
        ("1,23", "children", "grouping", {}),
        ("12,345,67", "children", "grouping", {}),
        ("1,234 567", "children", "grouping", {}),
        ("1,,234", "children", "grouping", {}),
        ("5,", "children", "grouping", {}),
        ("12 34", "children", "grouping", {}),
        ("5 5", "children", "grouping", {}),
        ("1  234", "children", "grouping", {}),
        ("5. 5", "yuan", "grouping", {}),
        # A decimal comma, which elsewhere means 0.123.
        ("0,123", "yuan", "grouping", {}),
        # What would be right is told: the text itself mended, else an example in the unit.
        ("--5", "yuan", "not_a_number", {"found": "--5", "example": "1234.5万元"}),
        ("+-5", "yuan", "not_a_number", {"found": "+-5", "example": "1234.5万元"}),
        ("5e", "children", "wrong_unit", {"found": "e", "unit": "children"}),
        ("abc", "children", "not_a_number", {"found": "abc", "example": "1234人"}),
        ("约 abc", "children", "not_a_number", {"found": "abc", "example": "1234人"}),
        ("  5 children", "children", "not_a_number", {"found": "children", "example": "5 人"}),
        ("１２３。４", "yuan", "not_a_number", {"found": "。4", "example": "123.4"}),
        ("1'234", "children", "not_a_number", {"found": "'234", "example": "1,234"}),
        ("1_000", "children", "not_a_number", {"found": "_000", "example": "1,000"}),
        ("3.62万约", "places", "not_a_number", {"found": "约", "example": "约3.62万"}),
        ("5人约", "persons", "not_a_number", {"found": "人约", "example": "约5人"}),
        ("共12所", "schools", "not_a_number", {"found": "共12所", "example": "12所"}),
        ("0x10", "children", "not_a_number", {"found": "x10", "example": "1234人"}),
        ("=5", "children", "not_a_number", {"found": "=5", "example": "5"}),
        ("5/2", "children", "not_a_number", {"found": "/2", "example": "1234人"}),
        ("-Infinity", "yuan", "not_a_number", {"found": "Infinity", "example": "1234.5万元"}),
        ("NaN", "percent", "not_a_number", {"found": "NaN", "example": "95.67%"}),
        ("约", "children", "not_a_number", {"found": "约", "example": "1234人"}),
        ("百分之", "percent", "not_a_number", {"found": "百分之", "example": "95.67%"}),
        ("第", "rank", "not_a_number", {"found": "第", "example": "第4"}),
        ("名", "rank", "not_a_number", {"found": "名", "example": "第4"}),
        ("第五", "children", "not_a_number", {"found": "第5", "example": "1234人"}),
        ("超过超过5", "children", "not_a_number", {"found": "超过5", "example": "1234人"}),
        ("(-5)", "yuan", "not_a_number", {"found": "(-5)", "example": "1234.5万元"}),
        ("3万6", "persons", "unclear", {"found": "3万6", "example": "3.6万"}),
        ("1.5亿2000万", "yuan", "unclear", {"found": "1.5亿2000万", "example": "1234.5万元"}),
        ("1亿20000万", "yuan", "unclear", {"found": "1亿20000万", "example": "1234.5万元"}),
        ("12千3百万", "yuan", "unclear", {"found": "12千3百万", "example": "1234.5万元"}),
        ("1.2万5", "children", "unclear", {"found": "1.2万5", "example": "1234人"}),
        ("（95%以上）", "percent", "in_brackets", {"found": "(95%以上)", "example": "95%以上"}),
        ("不足(4万)", "children", "in_brackets", {"found": "不足(4万)", "example": "不足4万"}),
        ("(42余万)", "children", "in_brackets", {"found": "(42余万)", "example": "42余万"}),
        ("百分之(95)", "percent", "in_brackets", {"found": "百分之(95)", "example": "百分之95"}),
        ("约(5)以上", "persons", "in_brackets", {"found": "约(5)以上", "example": "1234人"}),
        ("52\n483", "children", "several_lines", {}),
        ("1\t234", "children", "several_lines", {}),
        ("5\n人", "children", "several_lines", {}),
        ("5-6", "children", "a_range", {}),
        ("90%～95%", "percent", "a_range", {}),
        ("5至6人", "persons", "a_range", {}),
        ("不足5万左右", "persons", "two_qualifiers", {}),
        ("不足42余万", "persons", "two_qualifiers", {}),
        (" - ", "persons", "dash", {}),
        ("—", "persons", "dash", {}),
        ("－", "persons", "dash", {}),
        ("——", "persons", "dash", {}),
        ("/", "persons", "which_state", {"found": "/"}),
        ("无", "persons", "which_state", {"found": "无"}),
        (" 暂无 ", "persons", "which_state", {"found": "暂无"}),
        ("Ｎ／Ａ", "persons", "which_state", {"found": "N/A"}),
        ("不超过5", "children", "at_most", {"found": "不超过"}),
        ("5%", "percentage_points", "wrong_unit", {"found": "%", "unit": "percentage_points"}),
        ("百分之5", "children", "wrong_unit", {"found": "%", "unit": "children"}),
        ("百分之5%", "percent", "wrong_unit", {"found": "%%", "unit": "percent"}),
        ("5个百分点", "percent", "wrong_unit", {"found": "个百分点", "unit": "percent"}),
        ("5万%", "percent", "wrong_unit", {"found": "万", "unit": "percent"}),
        ("5元", "children", "wrong_unit", {"found": "元", "unit": "children"}),
        ("5人次", "persons", "wrong_unit", {"found": "人次", "unit": "persons"}),
        ("¥5", "persons", "wrong_unit", {"found": "¥", "unit": "persons"}),
        ("5余余人", "persons", "wrong_unit", {"found": "余人", "unit": "persons"}),
        ("5余万余人", "persons", "wrong_unit", {"found": "余人", "unit": "persons"}),
        ("2:30", "ratio", "not_to_one", {"found": "2:30", "example": "1:15"}),
        ("1:0", "ratio", "no_ratio", {}),
        ("12.5", "children", "not_whole", {"unit": "children"}),
        ("0.00001万", "children", "not_whole", {"unit": "children"}),
        ("1.5", "rank", "not_whole", {"unit": "rank"}),
        ("123456789012345", "yuan", "too_many_digits", {"limit": 14}),
        ("1000000亿", "yuan", "too_many_digits", {"limit": 14}),
        ("9" * 100, "yuan", "too_many_digits", {"limit": 14}),
        ("1.00001", "yuan", "too_many_decimals", {"limit": 4}),
        ("1." + "0" * 90 + "1", "yuan", "too_many_decimals", {"limit": 4}),
        ("99999999999999.99999", "yuan", "too_many_decimals", {"limit": 4}),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason_and_its_place(text, unit, code, params):
    assert refusal(text, unit) == (code, params)


# What Unicode calls a digit or folds into one (NFKC: ½ → 1⁄2, 3² → 32, ⑫ → 12), and what cannot be
# seen: none of it is a number.
@pytest.mark.parametrize("unit", ["children", "percent", "rank"])
@pytest.mark.parametrize(
    "text",
    [
        *["∞", "½", "1½", "½万", "²", "3²", "12₃", "①", "⑫", "⒈", "1⒉", "㈠", "㊀", "🄂", "🄂5"],
        *["Ⅳ", "𝟓", "٣", "٣٤", "5٣", "๓", "㍘", "５㋀", "1⁄2", "ⅰ"],
        *[
            "1\u200f2",
            "\u202e51",
            "5\u0301",
            "1\x002",
            "5；6",
            "5、6",
            "5:30",
            "5—6",
            "5‰",
            "(5",
            "5)",
        ],
        *["〇", "零", "3十", "十十", "二三十", "十二三", "第十二三", "四五", "三千五", "一千零"],
        *["1十", "1二", "第〇", "百", "万", "亿", "%", "余", "5余5", "+", ".", ",", "e5", "()"],
    ],
)
def test_odd_characters_are_refused_never_taken_for_digits(text, unit):
    code, params = refusal(text, unit)

    assert code in ("not_a_number", "wrong_unit", "grouping", "two_points", "a_range")
    if code == "not_a_number":
        assert read_quantity(params["example"], UNITS[unit])


def test_every_refusal_has_an_example():
    tree = ast.parse(inspect.getsource(quantities))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    raised = {call.args[0].value for call in calls if getattr(call.func, "id", "") == "Unreadable"}
    examples = test_what_cannot_be_read_is_refused_with_the_reason_and_its_place.pytestmark[0]

    assert {row[2] for row in examples.args[1]} == raised


@st.composite
def written(draw) -> tuple[str, str, Quantity]:
    """A number as somebody may write it, its unit, and what it means."""
    unit = draw(st.sampled_from(["persons", "children", "schools", "yuan", "percent"]))
    scaled = unit != "percent"
    whole = draw(st.integers(0, 999_999_999))
    power, word = draw(st.sampled_from([(0, ""), (4, "万")] if scaled else [(0, "")]))
    most = 4 if not UNITS[unit].whole else power
    decimals = draw(st.text("0123456789", max_size=most))
    sign = draw(st.sampled_from(["", "-", "+"]))
    mark = draw(st.sampled_from(["", ",", " ", THIN, NO_BREAK, NARROW_NO_BREAK]))
    before, odd, qualifier = draw(
        st.sampled_from(
            [
                ("", "", "exact"),
                ("超过", "", "more_than"),
                ("约", "", "about"),
                ("", "余", "remainder"),
                ("不足", "", "less_than"),
            ]
        )
    )
    digits = f"{sign}{whole:,}".replace(",", mark) + ("." + decimals if decimals else "")
    if draw(st.booleans()):
        digits = digits.translate(FULL_WIDTH)
    gap = draw(st.sampled_from(["", " ", IDEOGRAPHIC]))
    text = f"{gap}{before}{digits}{odd}{word}{gap}{draw(st.sampled_from(['', UNITS[unit].zh]))}"
    number = D(f"{sign}{whole}.{decimals or 0}e{power}")
    return text, unit, Quantity(exact(number), power - len(decimals), qualifier)


@given(written())
def test_a_number_reads_the_same_however_it_is_written(case):
    text, unit, meant = case

    assert read_quantity(text, UNITS[unit]) == meant


ODD_TEXT = st.one_of(
    st.text(max_size=110),
    st.text("0123456789.,+- 万亿余%超过约第百分之个点人元eE²½①五十\u2009\n", max_size=16),
)


@given(ODD_TEXT, st.sampled_from(BASE_UNITS))
def test_any_text_is_read_or_refused_and_what_is_read_has_the_digits_that_were_typed(text, unit):
    try:
        found = read_quantity(text, UNITS[unit])
    except Unreadable:
        return

    if set(text) & set("一二三四五六七八九十两零") or sum(map(text.count, "百千万亿")) > 1:
        return  # tested by their worth below
    typed = "".join(char for char in text.translate(FULL_WIDTH) if char in "０１２３４５６７８９")
    kept = "".join(map(str, found.number.as_tuple().digits)).translate(FULL_WIDTH)
    assert fits(found.number)
    assert -4 <= found.last_place <= 12
    assert kept.strip("０") == typed.strip("０") or unit == "rank"


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999), st.sampled_from("-+ "))
def test_a_number_in_parts_is_worth_what_they_are_worth_together(yi, wan, ones, sign):
    parts = [f"{yi}亿" if yi else "", f"{wan}万" if wan else "", f"{ones:04}" if ones else ""]
    text = sign + ("".join(parts) or "0")

    worth = (yi * 10**8 + wan * 10**4 + ones) * (-1 if sign == "-" else 1)
    if ones and yi and not wan:
        with pytest.raises(Unreadable):  # 1亿0500: nobody writes so
            read_quantity(text, UNITS["yuan"])
    else:
        assert read_quantity(text, UNITS["yuan"]).number == worth


@pytest.mark.parametrize(
    "text",
    [
        "1" * 99 + "x",
        "1," * 50,
        "1 " * 49 + "1x",
        "1 " * 50,
        " " * 99 + "x",
        "1" + " " * 98 + "1",
        "1." + "1" * 98,
        "1," * 49 + "人1",
        "-" * 100,
        "." * 100,
        "1" + "人" * 98 + "1",
        "1e" + "1" * 97 + "x",
        "百分之" * 33,
        "超过" * 50,
        "十" * 100,
        "1" + "余" * 99,
        "1万" * 50,
        "一千零" * 33,
        "(" * 50 + "1" + ")" * 49,
        "超过" * 49 + "1",
        "1" * 1_000_000,
    ],
)
def test_reading_never_takes_long(text):
    start = time.process_time()
    for unit in BASE_UNITS:
        with pytest.raises(Unreadable):
            read_quantity(text, UNITS[unit])

    assert time.process_time() - start < 0.5


def report_figures() -> list[dict[str, str]]:
    with (ROOT / "seeds" / "chongqing" / "figures.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["value"]]


def test_every_figure_of_the_report_reads_as_its_value():
    rows = report_figures()

    assert len(rows) > 50
    assert [(row["as_entered"], *read(row["as_entered"], row["unit"])[::2]) for row in rows] == [
        (row["as_entered"], D(row["value"]), row["qualifier"]) for row in rows
    ]
