"""Ratios of one to a number, as they are written in a table and as they are read."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.quantities import Quantity, Unreadable, read_quantity
from indicators.measures.sums import read_sum
from indicators.measures.units import RATIO


def refusal(text, read=read_quantity):
    with pytest.raises(Unreadable) as unreadable:
        read(text, RATIO)
    return unreadable.value.code, unreadable.value.params


@pytest.mark.parametrize(
    ("text", "number", "place", "qualifier"),
    [
        ("15.2", "15.2", -1, "exact"),
        ("15", "15", 0, "exact"),
        ("1:15.2", "15.2", -1, "exact"),
        ("1：15.2", "15.2", -1, "exact"),
        ("１：１５．２", "15.2", -1, "exact"),
        ("1∶15.2", "15.2", -1, "exact"),
        ("1 : 15.2", "15.2", -1, "exact"),
        ("1比15.2", "15.2", -1, "exact"),
        ("一比十五", "15", 0, "exact"),
        ("约1:15.2", "15.2", -1, "about"),
        ("1:15左右", "15", 0, "about"),
        ("1:0.5", "0.5", -1, "exact"),
    ],
)
def test_a_ratio_is_read_with_and_without_its_one(text, number, place, qualifier):
    assert read_quantity(text, RATIO) == Quantity(D(number), place, qualifier)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("2:30", "1:15"),
        ("2：30", "1:15"),
        ("15.2:1", "1:15.2"),
        ("1.0:15", "1:15"),
        ("3:10", "1:12.5"),
        ("0:15", "1:12.5"),
        ("15:0", "1:12.5"),
        (":15", "1:12.5"),
        ("-1:15", "1:12.5"),
    ],
)
def test_what_is_told_to_another_number_than_one_is_refused_with_what_it_comes_to(text, example):
    code, params = refusal(text)

    assert (code, params["example"]) == ("not_to_one", example)


@pytest.mark.parametrize("text", ["1:0", "0", "1:-15", "-3", "1：0.0"])
def test_a_ratio_to_nothing_is_none(text):
    assert refusal(text) == ("no_ratio", {})


@pytest.mark.parametrize("text", ["=3-3", "=3-5"])
def test_nor_is_a_sum_that_comes_to_nothing(text):
    assert refusal(text, read_sum) == ("no_ratio", {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1:15:2", "not_a_number"),
        ("1:", "not_a_number"),
        ("1:约15", "not_a_number"),
        ("15.2%", "wrong_unit"),
        ("15.2人", "wrong_unit"),
        ("1.5万", "wrong_unit"),
        ("1:15.2比", "not_a_number"),
    ],
)
def test_what_is_no_ratio_is_refused(text, code):
    assert refusal(text)[0] == code


@given(st.decimals("0.0001", 9999, places=4), st.sampled_from(":：∶比"))
def test_both_ways_of_writing_a_ratio_are_worth_the_same(number, sign):
    assert read_quantity(f"1{sign}{number}", RATIO) == read_quantity(str(number), RATIO)


@given(st.integers(2, 999), st.integers(2, 99_999))
def test_what_is_suggested_for_a_ratio_of_others_is_worth_it(one, other):
    code, params = refusal(f"{one}:{other}")
    worth = D(other) / one
    exactly = worth == round(worth, 4)

    assert code == "not_to_one"
    assert read_quantity(params["example"], RATIO).number == (worth if exactly else D("12.5"))
