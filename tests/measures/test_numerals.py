"""Chinese numerals are worth what they say, or stay as they are."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.exact import fits
from indicators.measures.numerals import in_digits
from indicators.measures.quantities import Unreadable, read_quantity
from indicators.measures.units import UNITS


def in_words(number: int) -> str:
    """A number below 10,000 as it is written in Chinese."""
    words, gap = "", False
    for power, name in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return words.removeprefix("一") if 10 <= number < 20 else words


@given(st.integers(1, 9999), st.sampled_from(["", "万", "亿"]))
def test_chinese_numerals_are_worth_what_they_say(number, power):
    found = read_quantity(in_words(number) + power, UNITS["yuan"])

    assert found.number == number * {"": 1, "万": 10**4, "亿": 10**8}[power]


NUMERALS = st.text("一二三四五六七八九十百千零两万亿", min_size=1, max_size=9)


@given(NUMERALS)
def test_any_row_of_numerals_is_read_or_refused(text):
    try:
        found = read_quantity(text, UNITS["yuan"])
    except Unreadable:
        return
    assert fits(found.number)
    assert found.number > 0


@pytest.mark.parametrize("text", ["零五", "三百零零五", "五百零", "三十百", "五千零五百", "一千百"])
def test_what_has_not_one_meaning_stays_as_it_is(text):
    assert in_digits(text) == text
