"""A number without a unit is in the sheet's; what is kept names its own."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.quantities import Unreadable, read_quantity
from indicators.measures.sums import is_sum, read_sum
from indicators.measures.typed_unit import AMOUNTS, kept_as, typed_in
from indicators.measures.units import UNITS

YUAN = UNITS["yuan"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("335000", "335000万元"),
        ("335,000.5", "335,000.5万元"),
        ("３３５", "335万元"),
        ("约33", "约33万元"),
        ("33余", "33余万元"),
        ("33左右", "33万元左右"),
        ("(33)", "(33万元)"),
        ("=1200+340", "=(1200+340)*10000"),
        # What names its unit keeps it, and what cannot be read is left to be refused.
        ("33元", "33元"),
        ("33亿", "33亿"),
        ("3千", "3千"),
        ("¥33", "¥33"),
        ("很多", "很多"),
        ("12 34", "12 34"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_a_number_without_a_unit_gets_the_sheets(text, kept):
    assert typed_in(text, UNITS["wan_yuan"]) == kept


@given(st.decimals(0, 10**5, places=4), st.sampled_from(AMOUNTS))
def test_it_is_worth_as_much_in_its_unit_as_it_says(number, code):
    unit = UNITS[code]
    kept = typed_in(str(number), unit)

    assert read_quantity(kept, YUAN).number == number * unit.factor
    assert typed_in(kept, unit) == kept


@given(st.integers(0, 10**5), st.integers(1, 10**5), st.sampled_from(AMOUNTS))
def test_a_sum_is_in_the_unit_too(one, other, code):
    kept = typed_in(f"={one}+{other}", UNITS[code])

    assert is_sum(kept)
    assert read_sum(kept, YUAN).number == (one + other) * UNITS[code].factor


@given(st.decimals(0, 999_999, places=4), st.sampled_from(AMOUNTS), st.sampled_from(AMOUNTS))
def test_what_was_kept_means_the_same_on_a_sheet_in_any_unit(number, first, second):
    kept = typed_in(str(number), UNITS[first])
    worth = read_quantity(kept, YUAN).number
    shown = kept_as(kept, worth, YUAN)

    assert read_quantity(typed_in(shown, UNITS[second]), YUAN).number == worth


def test_what_is_too_large_in_the_unit_is_not_read_without_it():
    with pytest.raises(Unreadable) as unreadable:
        read_quantity(typed_in("1000000", UNITS["yi_yuan"]), YUAN)
    assert unreadable.value.code == "too_many_digits"


def test_a_sum_that_was_kept_is_shown_as_its_number():
    assert kept_as("=1200+340", D(1540), YUAN) == "1540元"
