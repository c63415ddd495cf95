"""What follows a `=`: worked out exactly, refused in words, never a name."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.quantities import Unreadable
from indicators.measures.sums import is_sum, read_sum
from tests.measures.shipped import UNITS

PERSONS, PERCENT = UNITS["persons"], UNITS["percent"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("=1200+340", D(1540)),
        ("＝（１２００＋３４０）×２", D(3080)),
        ("= 1,200 + 12,345,678", D(12346878)),
        ("=100-3×2", D(94)),
        ("=(100−4)÷3", D(32)),
        ("=7/2*2", D(7)),
        ("=1/3*3", D(1)),
    ],
)
def test_a_sum_is_worked_out(text, number):
    assert read_sum(text, PERSONS).number == number


@pytest.mark.parametrize(
    ("text", "place"), [("=1.25+3.4", -2), ("=1.25+3.75", 0), ("=100/3", -4), ("=1200+300", 0)]
)
def test_its_last_place_is_that_of_its_last_decimal(text, place):
    assert read_sum(text, PERCENT).last_place == place


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("=1200+children", "numbers_only", {"character": "c", "position": 7}),
        ("=max(1,2)", "numbers_only", {"character": "m", "position": 2}),
        ("=1.2万+3", "numbers_only", {"character": "万", "position": 5}),
        ("=1e5", "numbers_only", {"character": "e", "position": 3}),
        ("=", "formula_unreadable", {"position": 2, "fault": "ends_early"}),
        ("=1+", "formula_unreadable", {"position": 4, "fault": "ends_early"}),
        ("=1,20+3", "formula_unreadable", {"position": 3, "fault": "unexpected"}),
        ("=1,200+5%", "formula_unreadable", {"position": 9, "fault": "unknown_sign"}),
        ("=(1+2", "formula_unreadable", {"position": 6, "fault": "ends_early"}),
        ("=5/(2-2)", "division_by_zero", {}),
        ("=7/2", "not_whole", {"unit": "persons"}),
        ("=99999999999999+1", "too_many_digits", {"limit": 14}),
        ("=" + "9" * 100, "too_long", {"limit": 100}),
    ],
)
def test_what_cannot_be_worked_out_is_told_with_its_place(text, code, params):
    with pytest.raises(Unreadable) as refused:
        read_sum(text, PERSONS)

    assert (refused.value.code, refused.value.params) == (code, params)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_any_numbers_add_up_exactly_grouped_or_not(numbers):
    plain = read_sum("=" + "+".join(map(str, numbers)), PERSONS).number
    grouped = "＝" + "＋".join(f"{number:,}" for number in numbers)

    assert plain == sum(numbers)
    if len(grouped) <= 100:
        assert read_sum(grouped, PERSONS).number == plain


@pytest.mark.parametrize(
    ("text", "asks"), [("=1", True), (" ＝1", True), ("1=1", False), ("", False)]
)
def test_only_a_text_that_begins_with_the_sign_asks_to_be_worked_out(text, asks):
    assert is_sum(text) is asks


def test_a_sum_with_more_digits_than_are_kept_is_refused():
    with pytest.raises(Unreadable) as refusal:
        read_sum("=99999999999999*99999999999999", UNITS["yuan"])
    assert refusal.value.code == "too_many_digits"
