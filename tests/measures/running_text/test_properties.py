"""Whatever the text: numbers come back as they were written, places slice to what they say, nothing
raises, and twice the text takes no more than about twice the steps."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.running_text.check import check, read
from indicators.measures.running_text.relations import relations
from tests.measures.running_text import seeds

WORDS = (
    *"，。；、：！？（）“”《》\n\t  　第约近超每前数百分之成点余多个所人元万亿%％‰",
    *".．,:-—至零一二三十百千",
    *("805", "99.61%", "42余万人次", "2021年", "全覆盖", "增长", "由", "提高到", "分别", "其中"),
    *(
        "占",
        "巩固率",
        "毛入学率",
        "一般公共预算教育经费",
        "沙坪坝区",
        "\u200b",
        "\u202e",
        "😀",
        "A",
    ),
)
HOSTILE = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
UNITS = {"人": 0, "所": 0, "万人次": 4, "亿元": 8, "%": 0}
SETTING = seeds.city_report()


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(sorted(UNITS)), st.booleans())
def test_a_number_comes_back_as_it_was_written(number, decimals, unit, full_width):
    digits = str(Decimal(number).scaleb(-decimals))
    written = digits.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
    text = f"共有{written if full_width else digits}{unit}。"

    [found] = read(text).quantities

    assert found.value == Decimal(digits) * 10 ** UNITS[unit]
    assert found.place == UNITS[unit] - (len(digits.partition(".")[2]))


@given(st.integers(1, 99_999_999))
def test_a_numeral_comes_back_as_it_was_written(number):
    [found] = read(f"共有{in_numerals(number)}人。").quantities
    assert found.value == number


def in_numerals(number):
    """As a person writes it in full: 一万零五."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1_000 else ""
        return in_numerals(high) + "万" + zero + (in_numerals(low) if low else "")
    written, skipped = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if not digit:
            skipped = bool(written)
            continue
        written += ("零" if skipped else "") + "零一二三四五六七八九"[digit] + sign
        skipped = False
    return written


@given(HOSTILE)
def test_places_slice_to_what_they_say_and_nothing_raises(text):
    checks = check(text, SETTING)

    assert all(text[one.start : one.end] == one.raw != "" for one in checks)
    assert all(a.end <= b.start for a, b in pairwise(checks))
    assert all(
        0 <= start < end <= len(text) for r in relations(read(text)) for start, end in r.places
    )


@given(st.text(max_size=200))
def test_any_text_at_all(text):
    assert all(text[one.start : one.end] == one.raw for one in check(text, SETTING))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        ",111",
        "1.",
        "5所，",
        "增长5%",
        "由5%",
        "第",
        "百分之",
        "2021年",
        "“",
        "（",
        "约",
        "分别",
    ],
)
def test_a_long_text_of_one_piece_is_read(piece):
    """Without an end of a sentence, which bounds most of what is looked at."""
    text = piece * (20_000 // len(piece))
    assert all(text[one.start : one.end] == one.raw for one in check(text, SETTING))
