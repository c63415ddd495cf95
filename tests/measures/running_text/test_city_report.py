"""Of the city's own report every figure is found and agrees, nothing else is taken for one, and no
digit of a figure can be changed unseen."""

from functools import cache

import pytest

from indicators.measures.running_text.check import check
from tests.catalogue.files import all_rows
from tests.measures.running_text import seeds

pytestmark = pytest.mark.filterwarnings("default:NO ")

SETTING = seeds.city_report()
OFFSETS = sorted({int(row["report_offset"]) for row in all_rows("figures.csv")})
NUMERALS = "零一二三四五六七八九十"


@cache
def checks_of(text):
    return check(text, SETTING)


def meant(one):
    return sorted(figure.indicator for figure in one.figures)


def place_of(city_report, offset):
    return next(one for one in checks_of(city_report) if one.start <= offset < one.end)


def test_every_figure_is_found_and_agrees(city_report):
    wanted = {}
    for row in all_rows("figures.csv"):
        wanted.setdefault(int(row["report_offset"]), []).append(row["indicator"])

    found = {offset: place_of(city_report, offset) for offset in OFFSETS}

    assert {at: meant(one) for at, one in found.items()} == {
        at: sorted(codes) for at, codes in wanted.items()
    }
    assert {one.verdict for one in found.values()} == {"agrees"}
    assert sum(len(one.figures) for one in found.values()) == 63


def test_nothing_else_is_taken_for_a_figure(city_report):
    others = [
        one
        for one in checks_of(city_report)
        if not any(one.start <= offset < one.end for offset in OFFSETS)
    ]

    assert {one.raw: one.verdict for one in others if one.verdict != "not_a_figure"} == {}
    assert all(one.reason for one in others)


def test_every_place_is_where_it_says(city_report):
    assert all(one.raw == city_report[one.start : one.end] for one in checks_of(city_report))


def test_the_value_and_unit_are_those_of_the_figure(city_report):
    for row in all_rows("figures.csv"):
        one = place_of(city_report, int(row["report_offset"]))
        assert (one.value is None) == (row["value"] == "")
        assert one.value is None or str(one.value) == row["value"]
        assert one.unit == row["unit"]
        assert one.qualifier == row["qualifier"]


@pytest.mark.parametrize("offset", OFFSETS)
def test_any_digit_that_is_changed_is_told_and_nothing_else(city_report, offset):
    place = place_of(city_report, offset)
    others = [one for one in checks_of(city_report) if one.figures and one != place]
    for at in range(place.start, place.end):
        alphabet = next((a for a in ("0123456789", NUMERALS) if city_report[at] in a), "")
        for digit in alphabet.replace(city_report[at], ""):
            text = city_report[:at] + digit + city_report[at + 1 :]
            found = [one for one in check(text, SETTING) if one.verdict != "not_a_figure"]
            told = [one for one in found if one.verdict != "agrees"]
            assert [(one.start, one.end, one.verdict) for one in told] == [
                (place.start, place.end, "differs")
            ], (city_report[at], digit)
            assert meant(told[0]) == meant(place)
            assert [one for one in found if one.verdict == "agrees"] == others


def test_a_statement_that_is_not_met_differs(city_report):
    figures = seeds.figures_of_the_report()
    code = "party_organisation_coverage"
    figures[code] = {
        year: seeds.replace(one, statement="partly") for year, one in figures[code].items()
    }

    told = [one for one in check(city_report, seeds.setting(figures)) if one.verdict == "differs"]

    assert [meant(one) for one in told] == [[code]]
