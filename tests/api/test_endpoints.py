"""Figures as programs get them: the same as pages and the export, in pages or as a file."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from indicators.api.schemas import FigureOut
from indicators.figures.long_format import COLUMNS
from indicators.models import Definition, Export, YearlyValue
from indicators.recording.catalogue import save_definition
from tests.api.conftest import Program
from tests.cast import YEAR, enter, enter_approved, make_statement, make_target, make_unit
from tests.round_cast import make_round


@pytest.fixture
def figures(children, children_public, share, north, south, city):
    """Figures of two districts and two years; shares and sums are worked out from them."""
    make_target(share, "ge", 50, level="county")
    enter(children, north, "3.62万", note="含民办")
    enter(children_public, north, "18100")
    enter(children, south, "100")
    enter(children, north, "300", year=YEAR - 1)
    enter(make_statement("plan"), north, statement="met")
    enter(children_public, south, state="not_available", state_reason="在建")


def places(items):
    return [(one["jurisdiction"], one["year"], one["indicator"]) for one in items]


def test_a_figure_has_the_names_of_the_export(asks, figures, north):
    (told,) = asks.items("figures", indicator="share", jurisdiction=north.code, year=YEAR)

    assert list(told) == list(COLUMNS) == list(FigureOut.model_fields)
    assert told["value"] == "50"
    assert told["year"] == YEAR
    assert (told["basis"], told["status"], told["target"]) == ("computed", "met", "≥ 50")
    assert told["as_entered"] is told["doubt"] is told["statement"] is None


def test_what_was_typed_is_read_in_the_base_unit(asks, figures, north):
    (told,) = asks.items("figures", indicator="children", jurisdiction=north.code, year=YEAR)

    assert (told["value"], told["as_entered"]) == ("36200", "3.62万")


def test_only_chosen_columns_are_told(asks, figures):
    items = asks.items("figures", year=YEAR, fields=["indicator", "year"])

    assert {tuple(one) for one in items} == {("indicator", "year")}


def test_filters_leave_the_rest_out(asks, figures, north, city):
    assert {one["year"] for one in asks.items("figures", year=YEAR - 1)} == {YEAR - 1}
    assert {place[0] for place in places(asks.items("figures", jurisdiction=north.code))} == {
        north.code
    }
    assert asks.items("figures", tier="approved") == []


def test_a_district_sees_its_own_figures_and_no_other_districts(asks, figures, north, south):
    own = asks.items("figures")

    assert {one["jurisdiction"] for one in own} == {north.code}
    missing = asks.get("figures", jurisdiction=south.code)
    unknown = asks.get("figures", jurisdiction="999999")
    assert missing.status_code == unknown.status_code == 404
    assert missing.json() == unknown.json()


def test_the_city_sees_all_of_them(figures, supervisor, south, north, city):
    items = Program(supervisor).items("figures")

    assert {one["jurisdiction"] for one in items} == {city.code, north.code, south.code}


def test_a_draft_is_told_to_nobody(asks, asked, children, north, officer, supervisor):
    enter(children, north, "5", actor=officer)

    assert YearlyValue.objects.count() == 1
    assert asks.items("figures") == []
    assert [one for one in Program(supervisor).items("figures") if one["value"]] == []


@pytest.mark.parametrize("role", ["officer", "lead", "supervisor", "editor", "auditor"])
def test_the_file_is_the_one_that_the_export_gives(request, figures, children, south, role):
    enter_approved(children, south, "200")
    user = request.getfixturevalue(role)
    client = Client()
    client.force_login(user)
    program = Program(user)
    for asked in ({}, {"year": YEAR}, {"tier": "approved"}):
        file = program.get("figures", headers={"Accept": "text/csv"}, **asked)
        export = client.get(reverse("exchange:figures"), asked | {"header": "codes"})

        assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert b"".join(file.streaming_content) == b"".join(export.streaming_content)


def test_a_file_of_chosen_columns_has_them_alone(asks, figures):
    file = asks.get(
        "figures", headers={"Accept": "text/csv"}, year=YEAR - 1, fields=["value", "indicator"]
    )

    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    beside = "state,qualifier,basis,origin,reported,expected,doubt"
    assert lines[0] == f"value,indicator,{beside}"
    assert lines[1].startswith("300,children,")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/csv, application/json;q=0.5", "text/csv"),
        ("Unsinn;;q=x", "application/json"),
    ],
)
def test_json_comes_unless_a_file_is_wanted_more(asks, figures, accept, kind):
    response = asks.get("figures", headers={"Accept": accept})

    assert response.headers["Content-Type"].startswith(kind)
    assert "Accept" in response.headers["Vary"]


def all_pages(program, between=lambda: None, **asked):
    items, cursor = [], {}
    while True:
        page = program.get("figures", **asked, **cursor).json()
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}
        between()


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
def test_pages_together_are_the_whole(asks, figures, limit):
    together = all_pages(asks, limit=limit)

    assert together == asks.items("figures")
    assert len(set(places(together))) == len(together) >= 5


def test_what_is_added_meanwhile_shifts_nothing(supervisor, figures, children, north, south):
    program = Program(supervisor)
    before = places(program.items("figures"))
    years = iter(range(2000, 2020))

    def between():
        enter(children, north, "7", year=next(years))

    found = places(all_pages(program, between, limit=2))
    assert [place for place in found if place in before] == before
    assert len(set(found)) == len(found)


def test_a_cursor_tells_nothing_that_is_not_seen(asks, figures, north, south):
    """The place of another unit's figure leads on to the own ones, as if it were not there."""
    program_cursor = f"{south.pk}.2021.1"

    assert places(asks.items("figures", cursor=program_cursor)) == []
    assert asks.items("figures", cursor="0.1990.0") == asks.items("figures")


def test_what_has_not_changed_is_not_sent_again(asks, figures, children, north):
    first = asks.get("figures")
    tag = first.headers["ETag"]
    again = asks.get("figures", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    enter(children, north, "9")
    changed = asks.get("figures", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("figures", {"year": "9" * 20}, "year"),
        ("figures", {"year": "0"}, "year"),
        ("figures", {"year": "二〇二一"}, "year"),
        ("figures", {"jurisdiction": "5001\x0001"}, "jurisdiction"),
        ("figures", {"indicator": "\ud800"}, "indicator"),
        ("figures", {"indicator": "x" * 81}, "indicator"),
        ("figures", {"cursor": "1.2021"}, "cursor"),
        ("figures", {"cursor": "9" * 19 + ".2021.1"}, "cursor"),
        ("figures", {"limit": "0"}, "limit"),
        ("figures", {"limit": "1" * 5000}, "limit"),
        ("figures", {"fields": "secret"}, "fields"),
        ("figures", {"tier": "draft"}, "tier"),
        ("figures", {"yaer": "2021"}, "yaer"),
        ("values", {"year": "-1"}, "year"),
        ("values", {"drafts": "vielleicht"}, "drafts"),
        ("submissions", {"year": "1e9"}, "year"),
    ],
)
def test_what_cannot_be_asked_is_said_by_its_name(asks, path, asked, field):
    if "\ud800" in "".join(asked.values()):
        response = asks.client.get(f"/api/v1/{path}?{field}=%ed%a0%80", headers=asks.headers)
    else:
        response = asks.get(path, **asked)
    problem = response.json()

    assert response.status_code == 422
    assert problem["code"] == "invalid"
    assert [fault["field"] for fault in problem["errors"]] == [field]
    assert all("一" <= fault["message"][0] <= "龥" for fault in problem["errors"])


def test_the_largest_cursor_that_is_read_reaches_no_database_limit(asks, figures):
    assert asks.items("figures", cursor=f"{'9' * 18}.9999.{'9' * 18}") == []
    assert asks.items("values", cursor=f"{'9' * 18}.9999.{'9' * 18}") == []


def test_a_file_that_a_program_takes_is_kept(asks, officer):
    asks.get("figures", headers={"Accept": "text/csv"}, year=YEAR, fields=["value"])
    kept = Export.objects.get()
    assert (kept.actor, kept.kind, kept.name) == (officer, "figures", "figures.csv")
    assert kept.asked == {"year": YEAR, "tier": "reported", "fields": ["value"]}


def test_a_part_never_looks_whole(supervisor, children, north, south):
    enter(children, north, "5")
    asks = Program(supervisor)
    [city] = [
        one
        for one in asks.items("figures", fields=["jurisdiction", "value"], year=YEAR)
        if one["jurisdiction"] == "500000"
    ]
    assert (city["value"], city["reported"], city["expected"]) == ("5", 1, 2)


# Catalogue, units, rounds and submissions: what is told, and to whom.


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
