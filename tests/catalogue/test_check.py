"""Each fault that a catalogue can have is found, and the seeds have none."""

from dataclasses import replace

import pytest

from indicators.catalogue.check import DefinitionEntry, Entry, Finding, findings
from indicators.catalogue.seeds_files import read_folder
from tests.catalogue.files import SEEDS


def entry(code, formula="", **changes):
    plain = Entry(
        code=code,
        unit="persons",
        display_unit="persons",
        quantity_kind="count",
        aggregation="none",
        reporting_level="district",
        definitions=(DefinitionEntry(1, 1997, formula),),
    )
    return replace(plain, **changes)


def found_in(*entries):
    return findings({one.code: one for one in entries})


def test_a_sound_catalogue_has_no_findings():
    share = entry("share", "a / b * 100", unit="percent", display_unit="percent")
    change = entry("change", "share - prev(share)", unit="percentage_points", display_unit="")

    assert found_in(entry("a", aggregation="sum"), entry("b"), share, change) == []


def test_a_broken_formula_is_found_with_its_position():
    assert found_in(entry("a"), entry("b", "a + * 2")) == [
        Finding(
            "broken_formula",
            "b",
            "version 1: the formula cannot be read at position 5 (*): this does not belong here",
        )
    ]


def test_an_unknown_code_is_found_with_its_position():
    assert found_in(entry("a"), entry("b", "a + nowhere")) == [
        Finding("unknown_code", "b", "version 1: no indicator has the code nowhere (position 5)")
    ]


@pytest.mark.parametrize("formula", ["a", "prev(a)", "b / base_year(a, 2020) * b"])
def test_an_indicator_computed_from_itself_is_a_cycle(formula):
    found = found_in(entry("a", formula), entry("b"))

    assert [(one.kind, one.indicator) for one in found] == [("cycle", "a")]


def test_a_cycle_through_others_is_told_once_with_its_way():
    found = found_in(entry("a", "b"), entry("b", "prev(c)"), entry("c", "a"), entry("d", "a"))

    assert found == [
        Finding("cycle", "a", "from 1997 on it is computed from itself: a → b → c → a")
    ]


def test_a_cycle_counts_only_among_definitions_in_force_together():
    old = (DefinitionEntry(1, 1997, "b"), DefinitionEntry(2, 2010, ""))
    new = (DefinitionEntry(1, 1997, ""), DefinitionEntry(2, 2010, "a"))

    assert found_in(entry("a", definitions=old), entry("b", definitions=new)) == []
    both = found_in(entry("a", "b"), entry("b", definitions=new))
    assert [(one.kind, one.said[:9]) for one in both] == [("cycle", "from 2010")]


def test_units_that_do_not_go_together_are_found():
    money = entry("money", unit="yuan", display_unit="yi_yuan")

    found = found_in(entry("a"), money, entry("b", "a + money"))

    assert [(one.kind, one.said) for one in found] == [
        ("units_do_not_fit", "version 1: it adds or compares persons and yuan")
    ]


def test_a_formula_that_gives_another_unit_is_found():
    points = entry("b", "a / prev(a) * 100", unit="percentage_points", display_unit="")

    found = found_in(entry("a"), points)

    assert [(one.kind, one.said) for one in found] == [
        (
            "units_do_not_fit",
            "version 1: it gives percent, the indicator is kept in percentage_points",
        )
    ]


def test_a_display_unit_of_something_else_is_found():
    found = found_in(entry("a", display_unit="yi_yuan"))

    assert [(one.kind, one.said) for one in found] == [
        ("units_do_not_fit", "shown in yi_yuan, but kept in persons")
    ]


@pytest.mark.parametrize("unit", ["", "furlongs", "yi_yuan"])
def test_a_unit_that_values_cannot_be_kept_in_is_found(unit):
    found = found_in(entry("a", unit=unit, display_unit=""), entry("b", "a * 2"))

    assert [(one.kind, one.indicator) for one in found][:1] == [("unknown_unit", "a")]


def test_an_indicator_without_definition_is_found():
    found = found_in(entry("a", definitions=()))

    assert [(one.kind, one.indicator) for one in found] == [("no_definition", "a")]


def test_a_derived_indicator_that_adds_up_is_found():
    found = found_in(entry("a"), entry("b", "a * 2", aggregation="sum"))

    assert [(one.kind, one.indicator) for one in found] == [("derived_adds_up", "b")]


def test_a_statement_in_a_formula_is_found():
    statement = entry("a", quantity_kind="statement", unit="", display_unit="")

    assert [one.kind for one in found_in(statement, entry("b", "a * 2"))] == [
        "statement_in_formula"
    ]


def test_a_district_figure_computed_from_what_the_city_alone_reports_is_found():
    city_only = entry("a", reporting_level="city")

    assert [one.kind for one in found_in(city_only, entry("b", "a * 2"))] == ["input_of_city_only"]


def seed_entries():
    tables = read_folder(SEEDS)
    definitions = {}
    for row in tables["definitions"]:
        values = row.table.values(row.cells)
        definitions.setdefault(values["indicator"], []).append(
            DefinitionEntry(values["version"], values["valid_from"], values["formula"])
        )
    names = ("code", "unit", "display_unit", "quantity_kind", "aggregation", "reporting_level")
    return {
        row.cells["code"]: Entry(
            **{name: row.cells[name] for name in names},
            definitions=tuple(definitions.get(row.cells["code"], ())),
        )
        for row in tables["indicators"]
    }


def test_the_seeds_have_no_findings():
    assert findings(seed_entries()) == []
    assert len(seed_entries()) == 97
