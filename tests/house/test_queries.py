"""No page asks more of the database in a city of 41 districts than in a city of one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import JurisdictionChange, Notice, Rule, YearlyValue
from indicators.models.database_state import STATE
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.submission import approve, remark, return_submission, submit
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
ANSWERED = YEAR - 1  # the evaluation year whose round all units have submitted for
TABLE = f"/custom-table/?indicator=children&indicator=share&unit={FIRST}&unit=500000&year={YEAR}"
# By role: each page with the queries it costs, those for session and user included.
PAGES = {
    "officer": {
        "/": 21,
        f"/entry/{FIRST}/{YEAR}/funding/": 18,
        f"/entry/{FIRST}/{YEAR}/": 18,
        f"/entry/{FIRST}/{ANSWERED}/funding/": 19,
        f"/entry/{FIRST}/{ANSWERED}/": 18,
        f"/entry/{FIRST}/{YEAR}/sign-off/": 21,
        f"/entry/{FIRST}/{ANSWERED}/sign-off/": 22,
        f"/rounds/{YEAR}/": 12,
        f"/rounds/{ANSWERED}/": 12,
        f"/rounds/{ANSWERED}/progress.csv": 12,
        "/messages/": 7,
        "/guide/states/": 5,
        "/overview/": 16,
        "/overview/?jurisdiction=500000": 12,
        f"/overview/?jurisdiction={FIRST}": 16,
        "/overview/table.csv": 12,
        "/units/": 10,
        "/achievements/": 10,
        "/indicators/share/": 16,
        f"/figures/children/{FIRST}/{YEAR}/": 17,
        f"/figures/share/500000/{YEAR}/": 11,
        TABLE: 13,
        "/export/": 7,
        "/number-check/": 8,
        "/export/figures.csv": 11,
        "/export/summary/": 15,
        "/export/summary/table.xlsx": 11,
        "/guide/": 5,
        "/guide/terms/": 5,
        "/password/": 5,
        "/admin/": 5,
        f"{ADMIN}yearlyvalue/": 11,
        f"{ADMIN}yearlyvalue/add/": 6,
        f"{ADMIN}yearlyvalue/{{value}}/change/": 10,
    },
    "lead": {
        "/": 22,
        f"/entry/{FIRST}/{YEAR}/funding/": 19,
        f"/entry/{FIRST}/{YEAR}/": 18,
        f"/entry/{FIRST}/{ANSWERED}/funding/": 19,
        f"/entry/{FIRST}/{ANSWERED}/": 19,
        f"/entry/{FIRST}/{YEAR}/sign-off/": 22,
        f"/entry/{FIRST}/{ANSWERED}/sign-off/": 23,
        f"/rounds/{YEAR}/": 12,
        f"/rounds/{ANSWERED}/": 12,
        f"/rounds/{ANSWERED}/progress.csv": 12,
        "/messages/": 7,
        "/guide/states/": 5,
        "/overview/": 16,
        "/overview/?jurisdiction=500000": 12,
        f"/overview/?jurisdiction={FIRST}": 16,
        "/overview/table.csv": 12,
        "/units/": 10,
        "/indicators/share/": 16,
        f"/figures/children/{FIRST}/{YEAR}/": 17,
        "/export/": 7,
        "/export/figures.csv": 11,
        "/export/summary/": 15,
        "/export/summary/table.xlsx": 11,
        "/admin/": 5,
        f"{ADMIN}yearlyvalue/": 11,
        f"{ADMIN}yearlyvalue/{{value}}/change/": 10,
    },
    "city_officer": {
        "/": 23,
        f"/entry/500000/{YEAR}/funding/": 18,
        f"/entry/500000/{YEAR}/": 18,
        f"/entry/{FIRST}/{YEAR}/funding/": 18,
        f"/entry/{FIRST}/{YEAR}/": 18,
        f"/entry/{FIRST}/{ANSWERED}/funding/": 19,
        f"/entry/{FIRST}/{ANSWERED}/": 18,
        "/rounds/": 6,
        f"/rounds/{YEAR}/": 12,
        f"/rounds/{ANSWERED}/": 12,
        f"/rounds/{ANSWERED}/progress.csv": 12,
        "/review/": 8,
        f"/review/{YEAR}/{FIRST}/": 19,
        f"/review/{ANSWERED}/{FIRST}/": 19,
        "/messages/": 7,
        "/guide/states/": 5,
        "/overview/": 14,
        "/units/": 10,
        f"/figures/children/{FIRST}/{YEAR}/": 17,
        "/export/figures.csv": 11,
        "/export/summary/": 15,
        "/export/summary/table.xlsx": 11,
        f"{ADMIN}yearlyvalue/": 11,
        f"{ADMIN}yearlyvalue/add/": 6,
    },
    "supervisor": {
        "/": 20,
        "/rounds/": 5,
        "/rounds/new/": 11,
        f"/rounds/{YEAR}/plan/": 10,
        f"/rounds/{YEAR}/": 12,
        f"/rounds/{ANSWERED}/": 12,
        f"/rounds/{ANSWERED}/progress.csv": 11,
        "/review/": 7,
        f"/review/{YEAR}/{FIRST}/": 18,
        f"/review/{ANSWERED}/{FIRST}/": 21,
        "/messages/": 6,
        "/guide/states/": 4,
        "/overview/": 13,
        "/brief/": 22,
        "/profile/": 12,
        f"/profile/?jurisdiction={FIRST}": 13,
        f"/profile/?jurisdiction={FIRST}&boundaries=now": 13,
        "/heat-map/?boundaries=now": 13,
        "/indicators/share/?boundaries=now": 15,
        "/reliability/": 20,
        "/outlook/": 13,
        "/only-increase/": 8,
        "/indicators/": 5,
        "/custom-table/": 8,
        TABLE: 12,
        f"{TABLE}&boundaries=now": 12,
        f"/changes/?jurisdiction={FIRST}": 18,
        f"/changes/?jurisdiction={FIRST}&boundaries=now": 14,
        f"/compare/?jurisdiction={FIRST}": 15,
        f"/compare/?jurisdiction={FIRST}&boundaries=now": 14,
        f"/overview/?jurisdiction={FIRST}": 15,
        "/overview/?status=missed": 13,
        "/overview/table.csv": 10,
        "/units/": 9,
        "/doubts/": 6,
        "/indicators/children/": 14,
        "/indicators/share/": 16,
        "/indicators/covered/": 14,
        f"/figures/children/500000/{YEAR}/": 14,
        f"/figures/share/500000/{YEAR}/": 12,
        f"/figures/share/{FIRST}/{YEAR}/": 13,
        f"/figures/covered/500000/{YEAR}/": 13,
        "/export/": 6,
        "/number-check/": 7,
        "/export/figures.csv": 10,
        "/export/kept/": 6,
        "/export/summary/": 14,
        "/export/summary/table.xlsx": 10,
    },
    "editor": {
        "/": 9,
        "/overview/": 10,
        "/units/": 8,
        "/messages/": 4,
        "/admin/": 4,
        f"{ADMIN}dutyarea/": 6,
        f"{ADMIN}indicator/": 8,
        f"{ADMIN}unitofmeasure/": 7,
        f"{ADMIN}unitofmeasure/add/": 4,
        f"{ADMIN}definition/": 7,
        f"{ADMIN}rule/": 6,
        f"{ADMIN}rule/add/": 4,
        f"{ADMIN}rule/{{rule}}/change/": 7,
        f"{ADMIN}framework/": 6,
        f"{ADMIN}target/": 8,
        f"{ADMIN}target/add/": 6,
        f"{ADMIN}jurisdiction/": 6,
        f"{ADMIN}jurisdiction/add/": 4,
        f"{ADMIN}jurisdictionchange/": 9,
        f"{ADMIN}jurisdictionchange/add/": 6,
    },
    "auditor": {
        "/": 14,
        "/rounds/": 4,
        f"/rounds/{YEAR}/": 10,
        f"/rounds/{ANSWERED}/": 10,
        f"/rounds/{ANSWERED}/progress.csv": 11,
        "/review/": 6,
        f"/review/{YEAR}/{FIRST}/": 17,
        f"/review/{ANSWERED}/{FIRST}/": 17,
        "/messages/": 4,
        "/guide/states/": 3,
        "/overview/?tier=approved": 10,
        "/units/": 8,
        "/overview/table.csv": 10,
        "/indicators/share/": 15,
        f"/figures/children/{FIRST}/{YEAR}/": 15,
        "/export/": 5,
        "/export/figures.csv": 10,
        "/export/kept/": 5,
        "/export/summary/": 13,
        "/export/summary/table.xlsx": 10,
        f"{ADMIN}yearlyvalue/": 10,
        f"{ADMIN}yearlyvalue/{{value}}/change/": 9,
    },
    "administrator": {
        "/": 4,
        "/messages/": 4,
        "/admin/": 4,
        f"{ADMIN}user/": 10,
        f"{ADMIN}user/add/": 5,
        f"{ADMIN}user/{{user}}/change/": 18,
        f"{ADMIN}membership/": 9,
        f"{ADMIN}membership/add/": 6,
    },
}


@pytest.fixture
def catalogue(children, children_public, share):
    make_target(children, "ge", 100)
    make_target(children, "ge", 10, level="county")
    make_target(share, "ge", 50)
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="many", kind="range", severity="warning", upper=10)
        rule.indicators.add(children)
    return [children, children_public, make_statement("covered")]


@pytest.fixture(params=[3, *(pytest.param(units, marks=pytest.mark.thorough) for units in (1, 41))])
def districts(request, city, catalogue):
    """So many districts, each with an officer, figures of two years and a change of its name."""
    children, children_public, covered = catalogue
    units = []
    for number in range(1, request.param + 1):
        unit = make_unit(f"5001{number:02}", f"第{number}区", parent=city)
        actor = make_user(f"officer_{number}", "officer", unit)
        for year in (YEAR - 1, YEAR):
            enter(children, unit, f"{number}00", year=year, actor=actor, note="已核对")
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
    """One of each role, and two rounds: one that nobody has answered yet, and one of the year
    before with a question to each unit about what a rule doubts, and decisions on many."""
    own = {"officer": districts[0], "lead": districts[0]}
    people = {
        name: make_user(name, name.removeprefix("city_"), own.get(name, city)) for name in PAGES
    }
    answered = make_round(
        city, people["supervisor"], catalogue, districts, evaluation_year=ANSWERED
    )
    for place, unit in enumerate(districts):
        lead = make_user(f"lead_{place}", "lead", unit)
        answer(answered.submissions.get(jurisdiction=unit), place, lead, people["supervisor"])
    make_round(city, people["supervisor"], catalogue, [city, *districts])
    return people


def answer(submission, place, lead, supervisor):
    """Submit and be asked; of three units one is left waiting, one returned and one approved."""
    sent = submit(submission, actor=lead, version=submission.version)
    children = sent.round.indicators.get(code="children")
    remark(sent, children, actor=supervisor, text="为何？")
    if place % 3 == 1:
        figures = {"children": "与年报不符"}
        return_submission(
            sent, actor=supervisor, version=sent.version, reason="核对", figures=figures
        )
    elif place % 3 == 2:
        approve(sent, actor=supervisor, version=sent.version)


def test_pages_cost_the_same_queries_with_one_district_three_and_forty_one(districts, people):
    Notice.objects.update(seen_at=timezone.now())
    value = YearlyValue.objects.filter(jurisdiction=districts[0]).first().pk
    rule = Rule.objects.get().pk
    counted = {}
    for role, pages in PAGES.items():
        visitor = Client()
        visitor.force_login(people[role])
        for page in pages:
            address = page.format(value=value, user=people["officer"].pk, rule=rule)
            counted[role, page] = queries_of(visitor, address)

    wanted = {(role, page): cost for role, pages in PAGES.items() for page, cost in pages.items()}
    if len(districts) == 1:  # then there are no other units to place a district among
        for role in ("officer", "lead"):
            wanted[role, "/indicators/share/"] -= 2
    if len(districts) == 41:  # what was entered of so many figures is read apart
        for role in ("city_officer", "supervisor", "auditor"):
            wanted[role, "/export/summary/"] += 1
            wanted[role, "/export/summary/table.xlsx"] += 1
    if connection.vendor == "postgresql":
        for role, page in wanted:
            # COPY writes the file, with the names of the units of measure, and is not counted.
            wanted[role, page] -= 2 * (page == "/export/figures.csv")
    assert counted == wanted


def test_who_has_messages_to_see_is_asked_one_question_more(districts, people):
    visitor = Client()
    visitor.force_login(people["supervisor"])
    unseen = queries_of(visitor, "/units/")
    Notice.objects.update(seen_at=timezone.now())

    assert queries_of(visitor, "/units/") == unseen - 1


def queries_of(visitor, address):
    """How many a page asks when it is opened the second time: the first fills what is kept."""
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = visitor.get(address)
            assert response.status_code == 200, address
            if response.streaming:
                list(response.streaming_content)
    # PostgreSQL is asked as well whether anything was written since the page was made.
    return sum(query["sql"] != STATE for query in captured)
