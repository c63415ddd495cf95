"""The units that ship: named in both languages, scaled rightly, and those that the code knows."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.quantities import read_quantity, words_of
from indicators.measures.units import NEEDED, UnreadableDimension, read_dimension, with_number
from tests.measures.shipped import UNITS

SCALES = {"万": D(10_000), "亿": D(100_000_000)}
BASES = [unit for unit in UNITS.values() if unit.is_base]


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_every_unit_has_names_and_a_base(unit):
    assert (bool(unit.zh), bool(unit.en)) == (True, True)
    assert UNITS[unit.base].factor == 1
    assert UNITS[unit.base].base == unit.base


@pytest.mark.parametrize("code", NEEDED)
def test_what_the_code_knows_of_a_unit_is_what_ships(code):
    assert NEEDED[code] == UNITS[code]


@pytest.mark.parametrize("unit", [u for u in UNITS.values() if not u.is_base], ids=lambda u: u.code)
def test_a_display_unit_holds_as_many_base_units_as_its_name_says(unit):
    base = UNITS[unit.base]

    assert unit.zh == unit.zh[0] + base.zh
    assert unit.factor == SCALES[unit.zh[0]]
    assert unit.dimension == base.dimension


def test_what_is_counted_is_whole_and_what_is_measured_or_averaged_is_not():
    measured = {unit.code for unit in BASES if not unit.whole}
    averaged = {code for code in measured if min([n for _, n in UNITS[code].dimension] or [0]) < 0}
    told_per_hundred = {"persons_per_hundred_pupils", "percent", "percentage_points", "permille"}
    assert measured - averaged == {"yuan", "square_metres", "ratio", *told_per_hundred}
    assert averaged == {
        "devices_per_hundred_pupils",
        "pupils_per_class",
        "pupils_per_school",
        "square_metres_per_pupil",
        "volumes_per_pupil",
        "yuan_per_pupil",
        "yuan_per_pupil_and_year",
    }


def test_people_of_every_kind_can_be_set_against_each_other():
    people = ("persons", "pupils", "children", "teachers")
    assert {UNITS[code].dimension for code in people} == {(("persons", 1),)}


def test_what_a_unit_is_a_product_of_are_units():
    factors = {name for unit in UNITS.values() for name, _power in unit.dimension}
    assert {UNITS[name].dimension for name in factors} == {((name, 1),) for name in factors}


def test_per_cent_and_percentage_points_are_two_units():
    assert UNITS["percent"] != UNITS["percentage_points"]
    assert (UNITS["percent"].zh, UNITS["percentage_points"].zh) == ("%", "个百分点")


@given(st.sampled_from(BASES), st.decimals(1, 9999, places=2), st.data())
def test_a_number_is_read_with_every_word_of_its_unit(unit, number, data):
    number = number.to_integral_value() if unit.whole else number
    word = data.draw(st.sampled_from([*words_of(unit), ""]))
    written = [f"{number}{word}", f"约 {number} {word}", with_number(str(number), unit)]

    assert {read_quantity(text, unit).number for text in written} == {number}


@pytest.mark.parametrize(
    ("text", "dimension", "scale"),
    [
        ("persons", (("persons", 1),), 0),
        ("square_metres / persons", (("persons", -1), ("square_metres", 1)), 0),
        ("a*b/c/c", (("a", 1), ("b", 1), ("c", -2)), 0),
        ("1", (), 0),
        ("1 / persons", (("persons", -1),), 0),
        ("100", (), 2),
        (" persons / persons * 1000 ", (), 3),
        ("100 * devices / persons", (("devices", 1), ("persons", -1)), 2),
    ],
)
def test_a_dimension_is_read_as_a_product(text, dimension, scale):
    assert read_dimension(text) == (dimension, scale)


@pytest.mark.parametrize(
    "text",
    ["", "*", "a *", "/ a", "a b", "a + b", "(a)", "a / 100", "a * 10", "100 * 100", "平方米", "A"],
)
def test_what_is_no_product_of_codes_is_refused(text):
    with pytest.raises(UnreadableDimension):
        read_dimension(text)
