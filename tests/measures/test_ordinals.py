"""Whole numbers in Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.numerals import in_digits
from indicators.measures.ordinals import MOST, in_numerals


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (40, "四十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
    ],
)
def test_a_number_is_written_as_headings_are(number, written):
    assert in_numerals(number) == written


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_what_no_heading_has_is_refused(number):
    with pytest.raises(ValueError, match="not written"):
        in_numerals(number)


@given(st.integers(11, MOST).filter(lambda number: number % 100 or number < 100))
def test_what_is_written_is_read_as_the_same(number):
    """Hundreds and thousands alone keep their word when they are read, as they say how exact."""
    assert in_digits(in_numerals(number)) == str(number)
