"""The units themselves: named in both languages, and scaled rightly."""

from decimal import Decimal as D

import pytest

from indicators.measures import quantities
from indicators.measures.units import UNITS

SCALES = {"万": D(10_000), "亿": D(100_000_000)}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_every_unit_has_names_and_a_base(unit):
    assert (bool(unit.zh), bool(unit.en)) == (True, True)
    assert UNITS[unit.code] is unit
    assert UNITS[unit.base].factor == 1
    assert UNITS[unit.base].base == unit.base


@pytest.mark.parametrize(
    "unit", [u for u in UNITS.values() if u.code != u.base], ids=lambda u: u.code
)
def test_a_display_unit_holds_as_many_base_units_as_its_name_says(unit):
    base = UNITS[unit.base]

    assert unit.zh == unit.zh[0] + base.zh
    assert unit.factor == SCALES[unit.zh[0]]
    assert unit.dimension == base.dimension


def test_what_is_counted_is_whole_and_what_is_measured_is_not():
    measured = {unit.code for unit in UNITS.values() if unit.code == unit.base and not unit.whole}
    assert measured == {"yuan", "percent", "percentage_points", "yuan_per_pupil"}


def test_people_of_every_kind_can_be_set_against_each_other():
    people = ("persons", "pupils", "children", "teachers")
    assert {UNITS[code].dimension for code in people} == {(("persons", 1),)}


def test_per_cent_and_percentage_points_are_two_units():
    assert UNITS["percent"] != UNITS["percentage_points"]
    assert (UNITS["percent"].zh, UNITS["percentage_points"].zh) == ("%", "个百分点")


@pytest.mark.parametrize("table", ["UNSCALED", "WORDS", "MORE_WORDS"])
def test_what_reading_knows_of_units_names_units_that_there_are(table):
    assert set(getattr(quantities, table)) - set(UNITS) == set()
