"""Each fault that a catalogue can have is found, and the seeds have none."""

import pytest
from django.utils import translation

from indicators.catalogue.check import Finding, check_catalogue, findings
from indicators.catalogue.seeds import load_seeds
from indicators.models import Definition, Indicator
from tests.catalogue.files import SEEDS


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def entry(code, formula="", definitions=None, **changes):
    """An indicator that is not stored, and its definitions as first year and formula."""
    given = {
        "unit": "persons",
        "display_unit": "persons",
        "quantity_kind": "count",
        "aggregation": "none",
        "period_kind": "calendar_year",
    } | changes
    versions = [(1997, formula)] if definitions is None else definitions
    return Indicator(code=code, name_zh=code, **given), [
        Definition(version=at, valid_from=year, formula=text)
        for at, (year, text) in enumerate(versions, start=1)
    ]


def found_in(*entries):
    return findings(
        {one.code: one for one, _definitions in entries},
        {one.code: definitions for one, definitions in entries},
    )


def test_a_sound_catalogue_has_no_findings():
    share = entry("share", "a / b * 100", unit="percent", display_unit="percent")
    change = entry("change", "share - prev(share)", unit="percentage_points", display_unit="")

    assert found_in(entry("a", aggregation="sum"), entry("b"), share, change) == []


def test_a_broken_formula_is_found_with_its_position():
    assert found_in(entry("a"), entry("b", "a + * 2")) == [
        Finding(
            "formula_unreadable",
            "b",
            "v1: The formula cannot be read at character 5: this does not belong here",
        )
    ]


def test_an_unknown_code_is_found_with_its_position():
    assert found_in(entry("a"), entry("b", "a + nowhere")) == [
        Finding(
            "formula_unknown_code",
            "b",
            "v1: The formula names nowhere at character 5, which is no indicator.",
        )
    ]


@pytest.mark.parametrize("formula", ["a", "prev(a)", "b / base_year(a, 2020) * b"])
def test_an_indicator_computed_from_itself_is_a_cycle(formula):
    found = found_in(entry("a", formula), entry("b"))

    assert [(one.kind, one.indicator) for one in found] == [("formula_cycle", "a")]


def test_a_cycle_through_others_is_told_once_with_its_way():
    found = found_in(entry("a", "b"), entry("b", "prev(c)"), entry("c", "a"), entry("d", "a"))

    assert found == [
        Finding(
            "formula_cycle", "a", "From 1997 on the formula leads back to itself: a → b → c → a."
        )
    ]


def test_a_cycle_counts_only_among_definitions_in_force_together():
    old = [(1997, "b"), (2010, "")]
    new = [(1997, ""), (2010, "a")]

    assert found_in(entry("a", definitions=old), entry("b", definitions=new)) == []
    both = found_in(entry("a", "b"), entry("b", definitions=new))
    assert [(one.kind, one.said[:9]) for one in both] == [("formula_cycle", "From 2010")]


def test_units_that_do_not_go_together_are_found():
    money = entry("money", unit="yuan", display_unit="yi_yuan")

    found = found_in(entry("a"), money, entry("b", "a + money"))

    assert [(one.kind, one.said) for one in found] == [
        (
            "formula_unlike_units",
            "v1: The units do not fit: the formula adds or compares persons and yuan.",
        )
    ]


def test_a_formula_that_gives_another_unit_is_found():
    points = entry("b", "a / prev(a) * 100", unit="percentage_points", display_unit="")

    found = found_in(entry("a"), points)

    assert [(one.kind, one.said) for one in found] == [
        (
            "formula_units",
            "v1: The units do not fit: the formula gives %, percentage points is needed.",
        )
    ]


def test_a_display_unit_of_something_else_is_found():
    found = found_in(entry("a", display_unit="yi_yuan"))

    assert [(one.kind, one.said) for one in found] == [
        (
            "row",
            "display_unit: 亿元 yi_yuan does not hold 人 persons. Choose a unit that does.",
        )
    ]


@pytest.mark.django_db  # which is asked for a unit that is not known
@pytest.mark.parametrize("unit", ["", "furlongs", "yi_yuan"])
def test_a_unit_that_values_cannot_be_kept_in_is_found(unit):
    found = found_in(entry("a", unit=unit, display_unit=""), entry("b", "a * 2"))

    assert [(one.kind, one.indicator) for one in found][:1] == [("row", "a")]


def test_an_indicator_without_definition_is_found():
    found = found_in(entry("a", definitions=[]))

    assert [(one.kind, one.indicator) for one in found] == [("no_definition", "a")]


def test_a_derived_indicator_that_adds_up_is_found():
    found = found_in(entry("a"), entry("b", "a * 2", aggregation="sum"))

    assert [(one.kind, one.indicator) for one in found] == [("derived_adds_up", "b")]


def test_a_statement_in_a_formula_is_found():
    statement = entry("a", quantity_kind="statement", unit="", display_unit="")

    assert [one.kind for one in found_in(statement, entry("b", "a * 2"))] == [
        "formula_of_statement"
    ]


def test_a_district_figure_computed_from_what_the_city_alone_reports_is_found():
    city_only = entry("a", reporting_level="above")

    assert [one.kind for one in found_in(city_only, entry("b", "a * 2"))] == [
        "formula_of_above_only"
    ]


def test_what_was_entered_in_earlier_years_may_add_up():
    both = [(1997, ""), (2010, "a * 2")]

    assert found_in(entry("a"), entry("b", definitions=both, aggregation="sum")) == []


@pytest.mark.django_db
def test_the_seeds_have_no_findings():
    load_seeds(SEEDS, catalogue_only=True)

    assert check_catalogue() == []
    assert Indicator.objects.count() == 93
