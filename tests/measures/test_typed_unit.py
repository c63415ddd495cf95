"""A number without a unit is in the sheet's; what is kept names its own."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.quantities import Unreadable, read_quantity
from indicators.measures.sums import is_sum, read_sum
from indicators.measures.typed_unit import AMOUNTS, either_unit, kept_as, typed_in, with_qualifier
from indicators.measures.units import Unit
from tests.measures.numbers import in_words
from tests.measures.shipped import UNITS

YUAN = UNITS["yuan"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("335000", "335000万元"),
        ("335,000.5", "335,000.5万元"),
        ("３３５", "335万元"),
        ("33.", "33万元"),
        ("33.余", "33余万元"),
        ("1,200.左右", "1,200万元左右"),
        ("335.5.", "335.5."),
        ("约33. ", "约33万元"),
        ("约33", "约33万元"),
        ("33余", "33余万元"),
        ("33左右", "33万元左右"),
        ("(33)", "(33万元)"),
        ("=1200+340", "=(1200+340)*10000"),
        ("五十", "五十万元"),
        ("约三千五百", "约三千五百万元"),
        ("五十多", "五十多万元"),
        ("二十五余", "二十五余万元"),
        ("五十左右", "五十万元左右"),
        ("负五十", "负五十万元"),
        # What names its unit keeps it, and what cannot be read is left to be refused.
        ("33元", "33元"),
        ("33亿", "33亿"),
        ("两万", "两万"),
        ("五十元", "五十元"),
        ("三千五", "三千五"),
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


@given(st.decimals(0, 10**5, places=4), st.sampled_from([*AMOUNTS]))
def test_it_is_worth_as_much_in_its_unit_as_it_says(number, code):
    unit = UNITS[code]
    kept = typed_in(str(number), unit)

    assert read_quantity(kept, YUAN).number == number * unit.factor
    assert typed_in(kept, unit) == kept


@given(st.integers(0, 10**5), st.integers(1, 10**5), st.sampled_from([*AMOUNTS]))
def test_a_sum_is_in_the_unit_too(one, other, code):
    kept = typed_in(f"={one}+{other}", UNITS[code])

    assert is_sum(kept)
    assert read_sum(kept, YUAN).number == (one + other) * UNITS[code].factor


@given(st.decimals(0, 999_999, places=4), st.sampled_from([*AMOUNTS]), st.sampled_from([*AMOUNTS]))
def test_what_was_kept_means_the_same_on_a_sheet_in_any_unit(number, first, second):
    kept = typed_in(str(number), UNITS[first])
    worth = read_quantity(kept, YUAN).number
    shown = kept_as(kept, worth)

    assert read_quantity(typed_in(shown, UNITS[second]), YUAN).number == worth


@given(
    st.integers(1, 9999),
    st.sampled_from(["", "约", "超过", "不足", "负"]),
    st.sampled_from(["", "余", "多", "左右", "以上"]),
    st.sampled_from([*AMOUNTS]),
)
def test_a_chinese_numeral_is_worth_what_its_digits_are_on_a_sheet_in_any_unit(
    number, before, behind, code
):
    """五十 was 50元 on a sheet in 万元, where 50 is 50万元."""

    def read(numeral):
        try:
            found = read_quantity(typed_in(f"{before}{numeral}{behind}", UNITS[code]), YUAN)
        except Unreadable as unreadable:
            return unreadable.code
        return found.number, found.qualifier

    assert read(in_words(number)) == read(number)
    assert read(number) == "two_qualifiers" or abs(read(number)[0]) == number * UNITS[code].factor


@given(
    st.integers(0, 10**9),
    st.sampled_from(["exact", "more_than", "at_least", "less_than", "about"]),
)
def test_a_number_copied_with_its_qualifier_is_read_again_as_it_was(number, qualifier):
    found = read_quantity(with_qualifier(str(number), qualifier), YUAN)

    assert (found.number, found.qualifier) == (number, qualifier)


@given(st.integers(1, 9999), st.sampled_from([*AMOUNTS]))
def test_a_chinese_numeral_kept_from_a_sheet_in_yuan_stays_worth_it_on_any(number, code):
    """Else a sheet in 万元 that shows it would keep ten thousand times as much."""
    shown = kept_as(in_words(number), D(number))

    assert read_quantity(typed_in(shown, UNITS[code]), YUAN).number == number


@pytest.mark.parametrize(
    ("text", "code", "both"),
    [
        ("3千", "wan_yuan", ("3000元", "3000万元")),
        ("约5百", "yi_yuan", ("500元", "500亿元")),
        ("5千3百", "wan_yuan", ("5300元", "5300万元")),
        ("3千", "yuan", None),
        ("3千元", "wan_yuan", None),
        ("3千万", "wan_yuan", None),
        ("三千", "wan_yuan", None),
        ("300", "wan_yuan", None),
        ("=3千", "wan_yuan", None),
        ("3千头", "wan_yuan", None),
        ("¥335.00", "wan_yuan", ("335元", "335万元")),
        ("￥1,234.50", "yi_yuan", ("1234.5元", "1234.5亿元")),
        ("¥335.00", "yuan", None),
        ("¥335.00元", "wan_yuan", None),
        ("¥3.5亿", "wan_yuan", None),
    ],
)
def test_a_power_or_a_sign_that_may_be_either_is_asked_about_unless_its_unit_is_named(
    text, code, both
):
    assert either_unit(text, UNITS[code]) == both


def test_a_power_behind_digits_that_was_kept_is_shown_with_its_unit():
    assert kept_as("3千", D(3000)) == "3千元"


@pytest.mark.parametrize("text", ["¥335.00", "￥1,234", "(¥335)"])
def test_an_amount_that_was_kept_with_a_sign_is_not_asked_about_again(text):
    number = read_quantity(text, YUAN).number
    shown = kept_as(text, number)

    assert either_unit(shown, UNITS["wan_yuan"]) is None
    assert read_quantity(typed_in(shown, UNITS["wan_yuan"]), YUAN).number == number


def test_what_is_too_large_in_the_unit_is_not_read_without_it():
    with pytest.raises(Unreadable) as unreadable:
        read_quantity(typed_in("1000000", UNITS["yi_yuan"]), YUAN)
    assert unreadable.value.code == "too_many_digits"


def test_a_sum_that_was_kept_is_shown_as_its_number():
    assert kept_as("=1200+340", D(1540)) == "1540元"


def test_a_number_in_a_unit_whose_name_is_not_read_is_worked_out():
    hectare = Unit("hectare", "公顷", "hectares", "square_metres", D(10_000))
    base = UNITS["square_metres"]

    assert typed_in("3.5", hectare, base) == "=(3.5)*10000"
    assert read_sum(typed_in("1,200", hectare, base), base).number == 12_000_000
    assert typed_in("3.5", UNITS["wan_square_metres"], base) == "3.5万平方米"
    assert kept_as("3.5", D("3.5"), base) == "3.5平方米"
