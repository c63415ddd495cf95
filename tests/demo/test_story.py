"""What the story promises a visitor is there (indicators/demo/story.py)."""

from decimal import Decimal

import pytest

from indicators.demo import data, story
from indicators.demo.accounts import ACCOUNTS
from indicators.demo.city_totals import SERIES
from indicators.demo.districts import districts
from indicators.demo.numbers import numbers
from indicators.measures.quantities import read_quantity
from tests.measures.shipped import UNITS

UNIT_OF = {series.code: UNITS[series.unit] for series in SERIES}


@pytest.fixture(scope="module")
def figures():
    return {(figure.indicator, figure.unit, figure.year): figure for figure in data.figures()}


@pytest.fixture(scope="module")
def found():
    return numbers(districts())


def number(figures, code, unit, year):
    return read_quantity(figures[code, unit, year].text, UNIT_OF[code]).number


def codes(places):
    return sorted(unit.code for at, unit in enumerate(districts()) if at in places)


def test_who_is_late_has_entered_nothing_in_that_area(figures):
    for code, unit in story.LATE:
        assert (code, unit, 2022) not in figures
        assert (code, unit, 2021) in figures


def test_what_is_missing_or_does_not_apply_says_why(figures):
    states = {"not_applicable": 0, "not_available": 0}
    for figure in figures.values():
        if figure.state:
            states[figure.state] += 1
            assert figure.state_reason
            assert not figure.text

    # Four units: 3 and 2 years; one: 3 indicators in 4 years; three zones: 4 years.
    assert states == {"not_applicable": 4 * (3 + 2) + 3 * 4 + 3 * 4, "not_available": 3}


def test_two_districts_spend_less_on_a_pupil_than_the_year_before(found):
    fell = set()
    for amount in (
        "general_public_budget_education_expenditure",
        "education_operating_expenditure",
        "public_operating_expenditure",
    ):
        for year in (2020, 2021):
            for at in range(41):
                now = Decimal(found[amount][year][at]) / found["average_enrolment"][year][at]
                last = Decimal(found[amount][year - 1][at])
                if now < last / found["average_enrolment"][year - 1][at]:
                    fell.add((year, at))

    assert {year for year, _at in fell} == {2021}
    assert codes({at for _year, at in fell}) == [story.BANAN, story.NANCHUAN]


def test_in_several_districts_less_than_half_are_in_public_kindergartens(found):
    public, total = found["preschool_public"][2021], found["preschool_total"][2021]
    below = [at for at in range(41) if 2 * public[at] < total[at]]

    assert 5 <= len(below) <= 12
    assert all(public[at] * 100 > total[at] * 40 for at in below)


def test_one_value_is_ten_times_last_years_and_one_is_a_copy(figures):
    code = "recurrent_fiscal_revenue"
    jump = number(figures, code, story.XIUSHAN, 2021) / number(figures, code, story.XIUSHAN, 2020)
    enrolment = [figures["average_enrolment", story.HECHUAN, year].text for year in (2020, 2021)]

    assert 10 <= jump < 11
    assert enrolment[0] == enrolment[1]


def test_one_statement_of_the_latest_year_is_partly_met(figures):
    partly = [
        (code, unit)
        for (code, unit, year), figure in figures.items()
        if figure.statement == "partly" and year == 2022
    ]

    assert partly == [("school_guard_post_coverage", story.QIANJIANG)]
    assert figures["school_guard_post_coverage", story.QIANJIANG, 2022].note


def test_what_is_of_no_round_is_of_earlier_years_or_was_handed_in_on_paper(figures):
    before = {f.unit for f in figures.values() if f.evaluation_year == 2022 and not f.in_round}

    assert before == story.ON_PAPER == {story.CHENGKOU, story.WUXI}
    assert not any(f.in_round for f in figures.values() if f.evaluation_year < 2022)


def test_six_figures_are_corrected_twice_by_officers_of_the_unit(figures):
    officers = {account.username: account for account in ACCOUNTS}
    changed = [figure for figure in figures.values() if figure.changes]

    assert len(changed) == len(story.CORRECTIONS) == 6
    for figure in changed:
        texts = [figure.text, *(change.text for change in figure.changes)]
        assert len(set(texts)) == 3
        assert {officers[change.officer].jurisdiction for change in figure.changes} == {figure.unit}
        assert all(change.reason for change in figure.changes)
