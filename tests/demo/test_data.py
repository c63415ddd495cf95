"""The districts' figures before they are loaded: complete, exact, as typed, always the same."""

from collections import Counter
from decimal import Decimal

import pytest

from indicators.demo import data, number_formats, story
from indicators.demo.city_totals import BETWEEN, SERIES, STATEMENTS
from indicators.demo.districts import districts
from indicators.demo.numbers import numbers
from indicators.measures.agreement import agrees
from indicators.measures.formula import Missing, evaluate, parse
from indicators.measures.quantities import read_quantity
from tests.catalogue.files import all_rows
from tests.measures.shipped import UNITS

# What these figures are; whoever changes them changes it, and visitors have to --reset.
VERSION = "2bedf93c9557d7e08b491e82caeb7adc8c6ac60824c757451da23f12a3b432f2"

WHOLES = {
    "preschool_public": "preschool_inclusive",
    "preschool_inclusive": "preschool_total",
    "private_compulsory_enrolment": "compulsory_enrolment",
    "lower_secondary_final_year_pupils": "compulsory_enrolment",
    "schools_meeting_standard": "compulsory_schools",
    "schools_in_groups": "compulsory_schools",
    "after_school_service_pupils": "after_school_service_school_pupils",
    "internship_survey_satisfied": "internship_survey_respondents",
    "public_operating_expenditure": "education_operating_expenditure",
    "education_operating_expenditure": "general_public_budget_education_expenditure",
    "general_public_budget_education_expenditure": "general_public_budget_expenditure",
    "education_fiscal_appropriation": "general_public_budget_expenditure",
}


@pytest.fixture(scope="module")
def found():
    return numbers(districts())


@pytest.fixture(scope="module")
def figures():
    return data.figures()


@pytest.fixture(scope="module")
def catalogue():
    return {row["code"]: row for row in all_rows("indicators.csv")}


@pytest.fixture(scope="module")
def definitions():
    return {row["indicator"]: row for row in all_rows("definitions.csv")}


def final_text(figure):
    return figure.changes[-1].text if figure.changes else figure.text


def test_they_are_the_same_on_every_machine(figures):
    assert data.version(figures) == VERSION
    assert data.version(data.figures()) == VERSION


def test_every_indicator_that_districts_enter_has_figures_in_its_years(
    figures, catalogue, definitions
):
    expected = {
        (code, year)
        for code, row in catalogue.items()
        if row["reporting_level"] == "units" and not definitions[code]["formula"]
        for year in range(2019, 2023 + int(row["lag"]))
        if year >= int(definitions[code]["valid_from"])
        and year - int(row["lag"]) >= int(row["asked_from"] or 0)
    }

    assert {(figure.indicator, figure.year) for figure in figures} == expected
    assert {
        figure.evaluation_year - figure.year + int(catalogue[figure.indicator]["lag"])
        for figure in figures
    } == {0}


def test_all_forty_one_units_enter_unless_they_are_late(figures):
    expected = {unit.code for unit in districts()}
    units = Counter((figure.indicator, figure.year) for figure in figures)
    late = Counter(code for code, _unit in story.LATE)

    assert {figure.unit for figure in figures} == expected
    assert units.total() == len({(f.indicator, f.unit, f.year) for f in figures})
    for (code, year), number in units.items():
        latest = year == max(y for c, y in units if c == code)
        assert number == 41 - (late[code] if latest else 0)


def test_what_is_typed_is_read_as_the_number(figures, found, catalogue):
    order = [unit.code for unit in districts()]
    story_changes = story.TEN_TIMES | story.COPIED
    for figure in figures:
        texts = [figure.text, *(change.text for change in figure.changes)]
        if figure.statement or figure.state or (figure.indicator, figure.unit) in story_changes:
            continue
        unit = UNITS[catalogue[figure.indicator]["unit"]]
        read = [read_quantity(text, unit).number for text in texts]
        assert read[-1] == found[figure.indicator][figure.year][order.index(figure.unit)]
        assert len(set(read)) == len(read)


def test_every_district_types_in_its_way(figures):
    texts = {final_text(figure) for figure in figures}

    assert {number_formats.ways(districts())[unit.code] for unit in districts()} == {
        *number_formats.WAYS,
        "full width",
    }
    for sign in ("万人", "亿元", "万元", ",", "所", "３"):
        assert any(sign in text for text in texts)


def test_the_numbers_add_up_to_every_figure_of_the_report(found, catalogue, definitions):
    """Sums as they are, shares through their parts, to the last digit published."""
    held = []
    for row in all_rows("figures.csv"):
        code, year = row["indicator"], int(row["year"])
        computed = total(found, definitions, code, year)
        if not row["value"] or computed is None:
            continue
        stated = read_quantity(row["as_entered"], UNITS[row["unit"]])
        assert agrees(
            stated.number,
            computed,
            stated_place=stated.last_place,
            computed_place=None,
            qualifier=stated.qualifier,
        ), (code, computed)
        held.append(code)

    assert sorted(held) == sorted(
        [
            "academic_training_institutions_reduction_rate",
            "after_school_service_participation_rate",
            "compulsory_gross_enrolment_rate",
            "compulsory_retention_rate",
            "education_share_of_public_expenditure_change",
            "general_public_budget_education_expenditure",
            "general_public_budget_education_expenditure_growth",
            "internship_satisfaction_rate",
            "preschool_gross_enrolment_rate",
            "preschool_inclusive_share",
            "preschool_public_share",
            "private_compulsory_enrolment_share",
            "public_compulsory_places_added",
            "public_private_schools_separated",
            "putonghua_tests",
            "school_grouping_share",
            "school_standardisation_rate",
            "seconded_teachers_returned",
            "senior_secondary_gross_enrolment_rate",
            "skilled_workers_trained_for_enterprises",
        ]
    )


def total(found, definitions, code, year):
    """The city's figure from the districts' numbers; None where they give none."""
    if code in found:
        return Decimal(sum(found[code][year])) if year in found[code] else None
    if not definitions[code]["formula"]:
        return None

    def figure(reference):
        number = total(found, definitions, reference.code, reference.year_at(year))
        return Missing("input_missing") if number is None else number

    number = evaluate(parse(definitions[code]["formula"]), figure)
    return None if isinstance(number, Missing) else number


def test_parts_are_nowhere_more_than_their_wholes(found):
    for part, whole in WHOLES.items():
        for year in found[part]:
            for one, all_of_it in zip(found[part][year], found[whole][year], strict=True):
                assert 0 <= one <= all_of_it


def test_institutions_only_close_and_schools_stay_separated(found):
    closed = found["academic_training_institutions_closed"]
    left = found["academic_training_institutions"]
    separated = found["public_private_schools_separated"]

    for at in range(41):
        assert closed[2021][at] + left[2021][at] == closed[2022][at] + left[2022][at]
        assert closed[2021][at] <= closed[2022][at]
        assert separated[2021][at] <= separated[2022][at]


def test_sizes_change_plausibly_from_year_to_year(found):
    for code in ("preschool_total", "compulsory_enrolment", "average_enrolment"):
        for before, after in ((2019, 2020), (2020, 2021)):
            for old, new in zip(found[code][before], found[code][after], strict=True):
                assert Decimal("0.97") < Decimal(new) / old < Decimal("1.05")


def test_only_what_is_in_the_catalogue_is_told(catalogue):
    for series in SERIES:
        known = catalogue.get(series.code)
        assert (known is None) == (series.code in BETWEEN)
        assert known is None or known["unit"] == series.unit
    assert all(catalogue[stated.code]["unit"] == "" for stated in STATEMENTS)
