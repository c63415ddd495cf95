"""What stands: sums, formulas, stated figures, and their lights."""

from decimal import Decimal as D

import pytest

from indicators.models import Definition, Jurisdiction, YearlyResult
from indicators.recording.catalogue import save_definition, save_jurisdiction
from tests.cast import (
    enter,
    make_indicator,
    make_share,
    make_statement,
    make_target,
    make_unit,
    result,
)


@pytest.fixture
def units(city, north, south):
    return city, north, south


def test_a_sum_counts_who_reported_and_lights_nothing_while_incomplete(children, units):
    city, north, south = units
    make_target(children, "ge", 5)
    enter(children, north, "10")

    partial = result(children, city)
    assert (partial.number, partial.reported, partial.expected) == (D(10), 1, 2)
    assert (partial.status, partial.status_reason) == ("no_data", {"code": "partial_sum"})
    assert partial.missing_units == [south.pk]

    enter(children, south, "7")
    whole = result(children, city)
    assert (whole.number, whole.reported, whole.expected) == (D(17), 2, 2)
    assert (whole.basis, whole.status, whole.missing_units) == ("summed", "met", [])


def test_not_applicable_counts_as_reported_and_not_available_does_not(children, units):
    city, north, south = units
    enter(children, north, "10")
    enter(children, south, state="not_available", state_reason="late")
    assert result(children, city).reported == 1

    enter(children, south, state="not_applicable", state_reason="no kindergarten")
    assert (result(children, city).number, result(children, city).reported) == (D(10), 2)


def test_zero_is_a_figure(children, units):
    city, north, south = units
    enter(children, north, "0")
    enter(children, south, "0")

    assert (result(children, city).number, result(children, city).basis) == (D(0), "summed")


def test_a_share_is_computed_from_aggregated_parts_never_averaged(
    share, children, children_public, units
):
    city, north, south = units
    for unit, part, whole in ((north, "1", "2"), (south, "9", "90")):
        enter(children_public, unit, part)
        enter(children, unit, whole)

    assert result(share, north).number == D(50)
    assert result(share, south).number == D(10)
    assert result(share, city).number == D("10.8696")
    assert result(share, city).basis == "computed"


def test_a_share_needs_the_same_units_above_and_below(share, children, children_public, units):
    city, north, south = units
    enter(children_public, north, "1")
    enter(children, north, "2")
    same = result(share, city)
    assert (same.number, same.reported, same.expected) == (D(50), 1, 2)
    assert same.missing_units == [south.pk]

    enter(children, south, "8")
    differ = result(share, city)
    assert differ.number is None
    assert differ.reason == {"code": "units_differ", "names": [south.code]}


def test_a_stated_sum_is_complete_and_does_not_go_with_a_partial_one(
    share, children, children_public, units
):
    city, north, _south = units
    enter(children, city, "100")
    enter(children_public, north, "1")

    assert result(share, city).reason["code"] == "units_differ"


def test_a_missing_input_is_named_and_zero_is_no_divisor(share, children, children_public, north):
    enter(children_public, north, "1")
    assert result(share, north).reason == {"code": "input_missing", "names": ["children"]}

    enter(children, north, "0")
    assert result(share, north).number is None
    assert result(share, north).reason["code"] == "division_by_zero"


def test_the_stated_figure_stands_and_the_computed_one_beside_it(
    share, children, children_public, units
):
    city, north, south = units
    enter(share, city, "54.45")
    assert result(share, city).computed is None

    for unit, part, whole in ((north, "5445", "10000"), (south, "1089", "2000")):
        enter(children_public, unit, part)
        enter(children, unit, whole)
    both = result(share, city)
    assert (both.basis, both.number, both.computed, both.agrees) == (
        "stated",
        D("54.45"),
        D("54.45"),
        True,
    )

    enter(children_public, south, "1000")
    assert (result(share, city).number, result(share, city).agrees) == (D("54.45"), False)


def test_a_formula_takes_the_stated_figure_before_the_summed_one(children, children_public, units):
    city, north, south = units
    double = make_indicator("double", formula="children * 2", unit="children")
    enter(children, north, "10")
    enter(children, south, "10")
    assert result(double, city).number == D(40)

    enter(children, city, "25")
    assert result(double, city).number == D(50)


def test_growth_follows_the_year_before_when_that_is_corrected(children, north):
    growth = make_share("growth", "children / prev(children) * 100 - 100")
    enter(children, north, "106", year=2021)
    assert result(growth, north).reason == {"code": "input_missing", "names": ["children@2020"]}

    enter(children, north, "100", year=2020)
    assert result(growth, north).number == D(6)
    enter(children, north, "212", year=2020)
    assert result(growth, north).number == D(-50)


def test_a_base_year_reaches_every_later_year_and_no_earlier_one(children, north):
    since = make_share("since", "children / base_year(children, 2020) * 100")
    for year, number in ((2019, "50"), (2021, "150"), (2023, "200")):
        enter(children, north, number, year=year)
    enter(children, north, "100", year=2020)

    found = {
        r.year: r.number
        for r in YearlyResult.objects.filter(indicator=since, tier="reported").exclude(basis="")
    }
    assert found == {2020: D(100), 2021: D(150), 2023: D(200)}
    assert result(since, north, year=2019).reason["code"] == "before_base_year"


def test_part_of_a_year_is_not_compared_with_a_whole_one(children, north):
    growth = make_share("growth", "children / prev(children) * 100 - 100")
    make_target(children, "not_below_last_year", level="county")
    enter(children, north, "100", year=2020)
    enter(children, north, "60", year=2021, part_of_year=True)

    assert result(growth, north).reason["code"] == "part_of_year"
    assert result(children, north).status_reason == {"code": "part_of_year"}


@pytest.mark.parametrize(("now", "status"), [("101", "met"), ("100", "met"), ("99", "missed")])
def test_only_rising_only_counts_every_decrease(children, north, now, status):
    make_target(children, "not_below_last_year", level="county")
    enter(children, north, now, year=2021)
    assert result(children, north).status_reason == {"code": "no_last_year"}

    enter(children, north, "100", year=2020)
    assert result(children, north).status == status


def test_a_definition_changed_from_a_year_on_leaves_old_years(children, north):
    rate = make_indicator("rate", unit="children")
    enter(children, north, "10", year=2020)
    enter(children, north, "10", year=2021)
    enter(rate, north, "7", year=2020)
    save_definition(
        Definition(indicator=rate, valid_from=2021, meaning_zh="新口径", formula="children * 3"),
        actor=None,
    )

    assert (result(rate, north, year=2020).number, result(rate, north, year=2020).basis) == (
        D(7),
        "entered",
    )
    assert (result(rate, north, year=2021).number, result(rate, north, year=2021).basis) == (
        D(30),
        "computed",
    )


def test_statements_are_met_when_all_meet_them(units):
    city, north, south = units
    covered = make_statement("covered")
    make_target(covered, "all", level="school")
    enter(covered, north, statement="met")
    assert result(covered, city).status == "no_data"

    enter(covered, south, statement="partly")
    assert (result(covered, city).statement, result(covered, city).status) == ("partly", "missed")
    enter(covered, south, statement="met")
    assert (result(covered, city).statement, result(covered, city).status) == ("met", "met")
    assert result(covered, north).status == "met"


def test_full_coverage_without_a_value_does_not_light_a_number(children, city, north):
    make_target(children, "all")
    enter(children, north, "98")

    found = result(children, city)
    assert (found.status, found.status_reason["code"]) == ("no_target", "lights_statements_only")


def test_a_new_unit_is_expected_from_its_first_year(children, units):
    city, north, south = units
    for year in (2020, 2021):
        enter(children, north, "1", year=year)
        enter(children, south, "1", year=year)
    make_unit("500103", "新区", parent=city, valid_from=2021)
    assert result(children, city, year=2021).expected == 2  # made without the door

    third = Jurisdiction.objects.get(code="500103")
    save_jurisdiction(third, actor=None)
    assert result(children, city, year=2021).expected == 3
    assert result(children, city, year=2020).expected == 2


def test_sums_reach_through_any_depth(children, units):
    city, north, south = units
    school = make_unit("S1", "一小", parent=north)
    enter(children, school, "4")
    enter(children, south, "6")

    assert result(children, north).basis == "summed"
    assert result(children, city).number == D(10)


def test_only_what_is_the_citys_is_not_asked_of_districts(city, north):
    rank = make_indicator(
        "rank", unit="rank", quantity_kind="rank", reporting_level="above", aggregation="none"
    )
    make_target(rank, "le", 3)
    enter(rank, city, "第四")

    assert (result(rank, city).status, result(rank, city).basis) == ("missed", "entered")


def test_what_builds_on_something_not_applicable_does_not_apply_either(
    share, children, children_public, north
):
    enter(children, north, "10")
    enter(children_public, north, state="not_applicable", state_reason="none here")

    found = result(share, north)
    assert (found.state, found.number, found.basis) == ("not_applicable", None, "computed")
    assert found.reason == {"code": "input_not_applicable", "names": ["children_public"]}


def test_a_stated_figure_keeps_its_origin_beside_a_computed_one(children, city, north):
    enter(children, north, "10", origin="demonstration")
    enter(children, city, "10", origin="seed")

    found = result(children, city)
    assert (found.origin, found.computed_origin) == ("seed", "demonstration")
