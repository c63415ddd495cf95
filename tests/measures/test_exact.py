"""Exact numbers come back as they went in, or are refused."""

from decimal import Decimal as D
from fractions import Fraction
from math import floor

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.exact import LIMIT, TooLong, exact, fits, plain, round_once
from tests.measures.numbers import EXACT

LONGER = st.one_of(
    st.integers(10**14, 10**40).map(D),
    st.integers(1, 10**22).filter(lambda n: n % 10).map(lambda n: D(n).scaleb(-5)),
)


@given(EXACT)
def test_a_number_that_can_be_kept_comes_back_unchanged(number):
    for given_as in (number, str(number), f"{number:+}", plain(number)):
        kept = exact(given_as)
        assert (kept, kept.as_tuple().exponent) == (number, -4)


@given(st.integers(1 - 10**14, 10**14 - 1))
def test_a_whole_number_is_as_good_as_a_decimal(number):
    assert exact(number) == number


@given(LONGER, st.sampled_from([1, -1]))
def test_one_digit_more_is_too_long(number, sign):
    with pytest.raises(TooLong):
        exact(number * sign)
    with pytest.raises(TooLong):
        exact(str(number * sign))


@pytest.mark.parametrize("number", ["1e14", "1e400", "-1e400", "1e-5", "1e-400", "0.00001"])
def test_an_exponent_does_not_hide_digits(number):
    with pytest.raises(TooLong):
        exact(number)


@pytest.mark.parametrize("number", ["0e400", "0e-400", "-0", "0.00000000"])
def test_zero_is_zero_however_it_is_written(number):
    assert str(exact(number)) == "0.0000"


@pytest.mark.parametrize("number", [1.0, 0.1, float("nan"), True, None, [1], b"1"])
def test_a_float_is_no_exact_number(number):
    with pytest.raises(TypeError):
        exact(number)


@pytest.mark.parametrize(
    "number", ["NaN", "sNaN", "Infinity", "-inf", "", "x", "1,5", "1e" + "9" * 30]
)
def test_what_is_no_number_is_a_value_error(number):
    with pytest.raises(ValueError, match="number") as error:
        exact(number)
    assert error.type is ValueError


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        ("2.00005", "2.0001"),
        ("-2.00005", "-2.0001"),
        ("2.00004999999999999999", "2.0000"),
        ("0.00005", "0.0001"),
        ("-0.00001", "0.0000"),
        ("99999999999999.99994", "99999999999999.9999"),
    ],
)
def test_halves_are_rounded_away_from_zero(number, rounded):
    assert str(round_once(D(number))) == rounded


@given(st.integers(-(10**30), 10**30), st.integers(5, 16))
def test_rounding_is_to_the_nearest_ten_thousandth(digits, decimals):
    number = D(f"{digits}e-{decimals}")
    nearest = floor(abs(Fraction(digits, 10**decimals)) * 10_000 + Fraction(1, 2))
    assert round_once(number).copy_abs() == D(f"{nearest}e-4")


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (LIMIT - D("0.0001"), True),
        (LIMIT - D("0.00005"), False),
        (LIMIT, False),
        (-LIMIT + D("0.0001"), True),
        (-LIMIT, False),
        (D("1e400"), False),
    ],
)
def test_what_fits_is_told_by_the_rounded_number(number, kept):
    assert fits(number) is kept


@given(EXACT)
def test_plain_decimals_read_back_and_have_neither_exponent_nor_trailing_zeros(number):
    text = plain(number)

    assert exact(text) == number
    assert set(text) <= set("-.0123456789")
    assert "." not in text or text[-1] not in "0."
