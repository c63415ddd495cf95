"""What stands in each column of the full long format, and in which order the rows come."""

from decimal import Decimal as D

import pytest
from django.utils import translation

from indicators.figures.long_format import COLUMNS, table
from indicators.figures.long_rows import Asked, before_corrections, rows
from indicators.models import Definition, DutyArea, Tier, YearlyValue
from indicators.recording import Entry, save_values
from indicators.recording.catalogue import save_definition
from indicators.results.rebuild import rebuild
from tests.cast import YEAR, enter, make_indicator, make_statement, make_target, make_unit


def exported(user=None, **asked):
    """The rows as dicts, after the header."""
    header, *lines = table(
        rows(user, Asked(**asked)), header="codes", before=before_corrections(user)
    )
    return [dict(zip(header, line, strict=True)) for line in lines]


def the(indicator, unit, **asked):
    [row] = [
        row
        for row in exported(**asked)
        if (row["indicator"], row["jurisdiction"]) == (indicator.code, unit.code)
    ]
    return row


def test_the_columns_are_an_interface():
    assert ",".join(COLUMNS) == (
        "indicator,name,jurisdiction,jurisdiction_name,year,value,computed,statement,state,"
        "qualifier,unit,as_entered,tier,basis,origin,target,status,definition,corrected_from,"
        "reported,expected,doubt"
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_column_has_a_name_of_its_own(language):
    with translation.override(language):
        [names] = table([], header="names")

    assert len(set(names)) == len(COLUMNS)


def test_an_entered_figure_in_all_its_columns(children, north, officer):
    make_target(children, "ge", 40000, level="county")
    enter(children, north, "3.62万", actor=officer)

    assert the(children, north) == {
        "indicator": "children",
        "name": "指标children",
        "jurisdiction": "500101",
        "jurisdiction_name": "北区",
        "year": YEAR,
        "value": D(36200),
        "computed": "",
        "statement": "",
        "state": "",
        "qualifier": "exact",
        "unit": "人",
        "as_entered": "3.62万",
        "tier": "reported",
        "basis": "entered",
        "origin": "entered",
        "target": "≥ 40000",
        "status": "missed",
        "definition": 1,
        "corrected_from": "",
        "reported": None,
        "expected": None,
        "doubt": "",
    }


def test_under_names_what_is_chosen_is_said_in_the_readers_language(children, north, officer):
    make_target(children, "not_below_last_year", level="county")
    enter(children, north, "4万余", actor=officer)
    covered = make_statement("covered")
    enter(covered, north, statement="partly", actor=officer)
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            _header, *lines = table(rows(None, Asked()), header="names")
        row = dict(zip(COLUMNS, next(line for line in lines if line[2] == "500101"), strict=True))
        chosen = ("qualifier", "tier", "basis", "origin", "target", "status")
        said[language] = [row[name] for name in chosen]

    assert said == {
        "zh-hans": ["余", "已报送", "填报", "填报", "不低于上年", "无数据"],
        "en": ["and more", "Reported", "Entered", "Entered", "not below last year", "No data"],
    }


def test_a_stated_figure_has_the_computed_one_beside_it(
    share, children, children_public, city, north
):
    enter(children, north, "3")
    enter(children_public, north, "1")
    enter(share, city, "超过33%")

    row = the(share, city)
    assert (row["value"], row["computed"]) == (D(33), D("33.3333"))
    assert (row["basis"], row["qualifier"], row["unit"]) == ("stated", "more_than", "%")


def test_a_stated_statement_has_the_computed_one_beside_it(city, north):
    covered = make_statement("covered")
    enter(covered, north, statement="partly")
    enter(covered, city, statement="met")

    row = the(covered, city)
    assert (row["value"], row["statement"], row["computed"]) == (None, "met", "partly")
    assert row["unit"] == ""


def test_zero_not_applicable_not_available_and_missing_are_four_things(
    children, children_public, share, north, south
):
    enter(children, north, "0")
    enter(children_public, north, state="not_applicable", state_reason="none here")
    enter(children, south, state="not_available", state_reason="late")

    assert the(children, north)["value"] == D(0)
    stated = the(children_public, north)
    assert (stated["value"], stated["state"]) == (None, "not_applicable")
    assert (stated["qualifier"], stated["status"]) == ("", "no_data")
    assert the(children, south)["state"] == "not_available"
    share_row = the(share, north)
    assert (share_row["value"], share_row["state"]) == (None, "not_applicable")
    assert not [
        row
        for row in exported()
        if (row["indicator"], row["jurisdiction"]) == ("children_public", south.code)
    ]


def test_a_sum_is_a_row_of_the_city_without_words_of_its_own(children, city, north, south):
    enter(children, north, "1")
    enter(children, south, "2")

    row = the(children, city)
    assert (row["value"], row["basis"], row["as_entered"]) == (D(3), "summed", None)


@pytest.mark.parametrize(
    ("comparator", "value", "value_to", "words"),
    [
        ("ge", "96", None, "≥ 96"),
        ("gt", "0", None, "> 0"),
        ("le", "4.50", None, "≤ 4.5"),
        ("lt", "5", None, "< 5"),
        ("eq", "7", None, "= 7"),
        ("range", "90", "95", "90..95"),
        ("all", None, None, "all"),
        ("all", "100", None, "all 100"),
        ("not_below_last_year", None, None, "not_below_last_year"),
    ],
)
def test_targets_are_written_in_the_base_unit(children, city, comparator, value, value_to, words):
    make_target(children, comparator, value and D(value), value_to=value_to and D(value_to))
    enter(children, city, "5")

    assert the(children, city)["target"] == words


def test_a_target_made_up_for_the_demonstration_is_marked(children, city):
    make_target(children, "ge", 4, basis="demonstration")
    enter(children, city, "5")

    assert the(children, city)["target"] == "≥ 4 (demonstration)"


def test_the_version_of_the_definition_is_the_one_of_the_year(children, north):
    save_definition(
        Definition(indicator=children, valid_from=YEAR + 1, meaning_zh="新口径"), actor=None
    )
    for year in (YEAR, YEAR + 1):
        enter(children, north, "1", year=year)

    versions = {row["year"]: row["definition"] for row in exported() if row["value"] == 1}
    assert versions == {YEAR: 1, YEAR + 1: 2}


def test_rows_come_by_unit_then_year_then_in_the_order_of_the_catalogue(city, north, south):
    late = DutyArea.objects.create(code="a", name_zh="后", position=9)
    second = make_indicator("a_second", position=2)
    first = make_indicator("b_first", position=1)
    last = make_indicator("a_last", duty_area=late)
    for unit in (south, north):
        for year in (2022, 2021):
            for indicator in (last, second, first):
                enter(indicator, unit, "1", year=year)

    keys = [
        (row["jurisdiction"], row["year"], row["indicator"])
        for row in exported()
        if row["jurisdiction"] != city.code
    ]
    assert keys == [
        (unit, year, code)
        for unit in (north.code, south.code)
        for year in (2021, 2022)
        for code in ("b_first", "a_second", "a_last")
    ]


def test_approved_figures_are_a_file_of_their_own(children, north):
    save_values(
        [Entry(children, north, YEAR, 0, "10")], actor=None, reason="", tiers=[*Tier.values]
    )
    enter(children, north, "11")

    assert the(children, north)["value"] == D(11)
    approved = the(children, north, tier="approved")
    assert (approved["value"], approved["tier"]) == (D(10), "approved")


def test_what_does_not_stand_is_never_there(children, city, north):
    YearlyValue.objects.create(
        indicator=children, jurisdiction=north, year=YEAR, number=D(5), as_entered="5"
    )
    rebuild()

    assert exported() == []


def test_a_withdrawn_figure_is_gone(children, north):
    enter(children, north, "5")
    enter(children, north, "")

    assert exported() == []


def test_year_unit_and_area_choose(children, north, south):
    safety = DutyArea.objects.create(code="safety", name_zh="校园安全")
    safe = make_indicator("safe", duty_area=safety)
    for unit in (north, south):
        enter(children, unit, "1", year=2021)
        enter(children, unit, "2", year=2022)
        enter(safe, unit, "3", year=2022)

    chosen = exported(year=2022, units=(north,), area=safety)
    assert [row["value"] for row in chosen] == [D(3)]
    assert {row["year"] for row in exported(year=2021)} == {2021}
    assert {row["jurisdiction"] for row in exported(units=(south,))} == {south.code}


def test_names_follow_the_language_and_codes_do_not(children, city):
    quiet = make_unit("500103", "静区", parent=city, name_en="")
    for unit in (city, quiet):
        enter(children, unit, "1")

    with translation.override("en"):
        english = [(row["name"], row["jurisdiction_name"], row["unit"]) for row in exported()]
    assert english == [("children", "山城", "人"), ("children", "静区", "人")]


def test_what_few_units_add_up_to_is_not_in_a_districts_file(
    children, city, north, south, officer, supervisor
):
    """While one of two has reported, the city's sum is that one's value."""
    enter(children, south, "2")

    assert exported(officer) == []
    assert {row["jurisdiction"] for row in exported(supervisor)} == {city.code, south.code}

    enter(children, city, "7")
    [stated] = exported(officer)
    assert (stated["value"], stated["computed"]) == (D(7), "")
    assert the(children, city)["computed"] == D(2)


def test_who_sees_no_figures_gets_none(children, north, administrator, superuser):
    enter(children, north, "1")

    assert exported(administrator) == exported(superuser) == []


@pytest.mark.parametrize("tier", Tier)
def test_a_corrected_figure_says_what_it_was(corrected, children, children_public, north, tier):
    row = the(children, north, tier=tier)
    assert (row["value"], row["corrected_from"]) == (130, "100")
    assert the(children_public, north, tier=tier)["corrected_from"] == ""


def test_a_figure_that_was_opened_again_and_not_changed_was_nothing_else(reopened, children, north):
    assert the(children, north)["corrected_from"] == ""
