"""No page asks more of the database in a city of 41 districts than in a city of one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import JurisdictionChange, YearlyValue
from tests.cast import (
    YEAR,
    enter,
    make_statement,
    make_target,
    make_unit,
    make_user,
)
from tests.round_cast import make_round

ADMIN = "/admin/indicators/"
FIRST = "500101"
# By role: each page with the queries it costs, those for session and user included.
PAGES = {
    "officer": {
        "/": 19,
        f"/entry/{FIRST}/{YEAR}/funding/": 20,
        f"/entry/{FIRST}/{YEAR}/": 18,
        "/overview/": 15,
        f"/overview/?jurisdiction={FIRST}": 16,
        "/overview/table.csv": 12,
        "/units/": 13,
        "/indicators/share/": 16,
        f"/figures/children/{FIRST}/{YEAR}/": 18,
        f"/figures/share/500000/{YEAR}/": 16,
        "/export/": 8,
        "/export/figures.csv": 8,
        "/guide/": 5,
        "/guide/terms/": 5,
        "/password/": 5,
        "/admin/": 5,
        f"{ADMIN}yearlyvalue/": 10,
        f"{ADMIN}yearlyvalue/add/": 6,
        f"{ADMIN}yearlyvalue/{{value}}/change/": 10,
    },
    "lead": {
        "/": 19,
        f"/entry/{FIRST}/{YEAR}/funding/": 20,
        f"/entry/{FIRST}/{YEAR}/": 18,
    },
    "city_officer": {
        "/": 18,
        f"/entry/500000/{YEAR}/funding/": 18,
        f"/entry/{FIRST}/{YEAR}/funding/": 20,
    },
    "supervisor": {
        "/": 17,
        "/overview/": 14,
        f"/overview/?jurisdiction={FIRST}": 15,
        "/overview/?status=missed": 14,
        "/overview/table.csv": 11,
        "/units/": 12,
        "/indicators/children/": 15,
        "/indicators/share/": 15,
        "/indicators/covered/": 15,
        f"/figures/children/500000/{YEAR}/": 17,
        f"/figures/share/500000/{YEAR}/": 15,
        f"/figures/share/{FIRST}/{YEAR}/": 15,
        f"/figures/covered/500000/{YEAR}/": 15,
        "/export/": 7,
        "/export/figures.csv": 7,
    },
    "editor": {
        "/": 10,
        "/overview/": 13,
        "/units/": 11,
        "/admin/": 4,
        f"{ADMIN}dutyarea/": 6,
        f"{ADMIN}indicator/": 7,
        f"{ADMIN}definition/": 7,
        f"{ADMIN}framework/": 6,
        f"{ADMIN}target/": 8,
        f"{ADMIN}target/add/": 6,
        f"{ADMIN}jurisdiction/": 6,
        f"{ADMIN}jurisdiction/add/": 4,
        f"{ADMIN}jurisdictionchange/": 8,
        f"{ADMIN}jurisdictionchange/add/": 5,
    },
    "auditor": {
        "/": 18,
        "/overview/?tier=approved": 13,
        "/units/": 12,
        f"{ADMIN}yearlyvalue/": 9,
        f"{ADMIN}yearlyvalue/{{value}}/change/": 9,
    },
    "administrator": {
        "/": 5,
        "/admin/": 4,
        f"{ADMIN}user/": 9,
        f"{ADMIN}user/add/": 5,
        f"{ADMIN}user/{{user}}/change/": 14,
        f"{ADMIN}membership/": 8,
        f"{ADMIN}membership/add/": 6,
    },
}


@pytest.fixture
def catalogue(children, children_public, share):
    make_target(children, "ge", 100)
    make_target(children, "ge", 10, level="county")
    make_target(share, "ge", 50)
    return [children, children_public, make_statement("covered")]


@pytest.fixture(params=[1, 3, 41])
def districts(request, city, catalogue):
    """So many districts, each with an officer, figures of two years and a change of its name."""
    children, children_public, covered = catalogue
    units = []
    for number in range(1, request.param + 1):
        unit = make_unit(f"5001{number:02}", f"第{number}区", parent=city)
        actor = make_user(f"officer_{number}", "officer", unit)
        for year in (YEAR - 1, YEAR):
            enter(children, unit, f"{number}00", year=year, actor=actor)
            enter(children_public, unit, f"{number}0", year=year, actor=actor)
            enter(covered, unit, statement="met", year=year, actor=actor)
        change = JurisdictionChange.objects.create(year=2011, kind="rename")
        change.from_units.add(unit)
        change.to_units.add(unit)
        units.append(unit)
    enter(children, city, "7", year=YEAR - 1)
    return units


@pytest.fixture
def people(districts, city, catalogue):
    """One of each role, and a round that asks them all for the year."""
    own = {"officer": districts[0], "lead": districts[0]}
    people = {
        name: make_user(name, name.removeprefix("city_"), own.get(name, city)) for name in PAGES
    }
    make_round(city, people["supervisor"], catalogue, districts)
    return people


def test_pages_cost_the_same_queries_with_one_district_three_and_forty_one(districts, people):
    value = YearlyValue.objects.filter(jurisdiction=districts[0]).first().pk
    counted = {}
    for role, pages in PAGES.items():
        visitor = Client()
        visitor.force_login(people[role])
        for page in pages:
            address = page.format(value=value, user=people["officer"].pk)
            counted[role, page] = queries_of(visitor, address)

    wanted = {(role, page): cost for role, pages in PAGES.items() for page, cost in pages.items()}
    if len(districts) == 1:  # then there are no other units to place a district among
        wanted["officer", "/indicators/share/"] -= 1
    if connection.vendor == "postgresql":  # whose COPY writes the file without Django's counting it
        for role in ("officer", "supervisor"):
            wanted[role, "/export/figures.csv"] -= 1
    assert counted == wanted


def queries_of(visitor, address):
    """How many a page asks when it is opened the second time: the first fills what is kept."""
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = visitor.get(address)
            assert response.status_code == 200, address
            if response.streaming:
                list(response.streaming_content)
    return len(captured)
