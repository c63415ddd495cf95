"""Catalogue, units, rounds and submissions: what is told, and to whom."""

import pytest
from django.db import OperationalError

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.api.conftest import Program
from tests.cast import YEAR, make_unit
from tests.round_cast import make_round


def test_the_catalogue_tells_an_indicator_with_its_definitions(asks, children, share):
    save_definition(
        Definition(indicator=children, valid_from=2015, meaning_zh="含学前班"), actor=None
    )
    told = {one["code"]: one for one in asks.items("catalogue/indicators")}

    assert list(told) == ["children", "children_public", "share"]
    assert told["children"]["area"] == "funding"
    assert told["children"]["lower_limit"] == "0"
    assert told["children"]["upper_limit"] is None
    assert [(one["version"], one["valid_from"]) for one in told["children"]["definitions"]] == [
        (1, 1997),
        (2, 2015),
    ]
    assert told["share"]["definitions"][0]["formula"] == "children_public / children * 100"
    assert asks.items("catalogue/areas") == [
        {"code": "funding", "name_zh": "优先保障", "name_en": ""}
    ]


def test_units_of_measure_tell_what_they_hold(asks):
    told = {one["code"]: one for one in asks.items("catalogue/units")}

    held = told["wan_persons"]
    assert (held["base"], held["factor"], held["name_zh"]) == ("persons", "10000", "万人")


def test_units_are_those_that_are_seen_by_name(asks, supervisor, city, north, south):
    make_unit("500103", "旧区", parent=city, valid_to=2015)
    own = asks.items("units")
    every = Program(supervisor).items("units")

    assert [(one["code"], one["parent"]) for one in own] == [
        (city.code, None),
        (north.code, city.code),
    ]
    assert [(one["code"], one["valid_to"]) for one in every] == [
        (city.code, None),
        (north.code, None),
        (south.code, None),
        ("500103", 2015),
    ]


def test_a_round_tells_what_it_asks(asks, asked, city):
    (told,) = asks.items("rounds")

    assert (told["city"], told["year"], told["state"]) == (city.code, YEAR, "open")
    assert told["indicators"] == ["children", "children_public", "share"]
    assert told["due_on"] == asked.due_on.isoformat()


def test_a_planned_round_is_told_to_the_city_alone(asks, supervisor, city, north, children):
    make_round(city, supervisor, [children], [north], opened=False)

    assert asks.items("rounds") == []
    assert [one["state"] for one in Program(supervisor).items("rounds")] == ["planned"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("officer", ["500101"]),
        ("other_officer", ["500102"]),
        ("supervisor", ["500000", "500101", "500102"]),
        ("auditor", ["500000", "500101", "500102"]),
        ("editor", []),
    ],
)
def test_whose_submissions_are_told(request, submitted, role, seen):
    program = Program(request.getfixturevalue(role))

    assert [one["jurisdiction"] for one in program.items("submissions", year=YEAR)] == seen


def test_a_submission_tells_where_it_is(asks, submitted, north):
    (told,) = asks.items("submissions", jurisdiction=north.code)

    assert (told["state"], told["times_submitted"], told["year"]) == ("submitted", 1, YEAR)
    assert told["jurisdiction_name"] == "北区"
    assert told["version"] == submitted.version
    assert asks.items("submissions", year=YEAR - 1) == []


def test_another_units_submission_is_as_unknown_as_none(asks, submitted, south):
    there = asks.get("submissions", jurisdiction=south.code)
    nowhere = asks.get("submissions", jurisdiction="999999")

    assert there.status_code == nowhere.status_code == 404
    assert there.json() == nowhere.json()


def test_while_the_database_is_away_programs_are_told_so(asks, monkeypatch):
    def away(*_given):
        raise OperationalError("connection refused")

    asks.client.raise_request_exception = False
    monkeypatch.setattr("indicators.api.endpoints.reader_of", away)
    response = asks.get("units")

    assert (response.status_code, response.json()["code"]) == (503, "unavailable")
    assert response.headers["Retry-After"] == "10"
    assert "ETag" not in response.headers
