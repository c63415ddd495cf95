"""Chinese numerals are worth what they say, or stay as they are."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.exact import fits
from indicators.measures.numerals import in_digits
from indicators.measures.quantities import Unreadable, read_quantity
from tests.measures.numbers import in_words
from tests.measures.shipped import UNITS


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


def test_what_lies_beyond_a_hundred_of_ten_thousands_is_below_it():
    found = read_quantity("五百余万元", UNITS["yuan"])

    assert (found.number, found.last_place, found.qualifier) == (5_000_000, 6, "remainder")


@pytest.mark.parametrize("text", ["零五", "三百零零五", "五百零", "三十百", "五千零五百", "一千百"])
def test_what_has_not_one_meaning_stays_as_it_is(text):
    assert in_digits(text) == text
