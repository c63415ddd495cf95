"""Overview, indicator and district page against the least that makes such a page.

The page: a request through all middleware, in process, by a supervisor who is signed in.
The floor: the SQL that the page needs, the rows and columns that it shows and no others, sent by
bare psycopg; and the page's tables, of as many rows and columns, drawn cell by cell by
django-tables2 from plain dicts, with the overview's heads and pages of a table, in the frame that
all pages share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import django_tables2 as tables
import psycopg
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django_tables2 import RequestConfig

from indicators.benchmark.bare import Statement, explain
from indicators.benchmark.city import LAST_YEAR, City
from indicators.benchmark.paired import Pair, pair
from indicators.models import User

TIMES = 80
HOST = "127.0.0.1"
ROWS_PER_PAGE = 25
ALL = 1000
TREND = 7

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
ACCOUNT = "SELECT * FROM indicators_user WHERE id = %s"
ROLES = (
    "SELECT m.*, u.* FROM indicators_membership m"
    " JOIN indicators_jurisdiction u ON u.id = m.jurisdiction_id WHERE m.user_id = %s"
)
CATALOGUE = "SELECT token FROM indicators_cataloguestamp WHERE id = 1"
AREAS = "SELECT * FROM indicators_dutyarea ORDER BY position"
UNITS = (
    "WITH RECURSIVE tree(id) AS (SELECT %s::bigint UNION SELECT u.id"
    " FROM indicators_jurisdiction u JOIN tree t ON u.parent_id = t.id) SELECT id FROM tree"
)
# Years with a figure: a step of the index for each, not a look at every row.
YEARS = (
    "SELECT y FROM generate_series(%s::int, %s) y WHERE EXISTS (SELECT 1"
    " FROM indicators_yearlyresult r WHERE r.jurisdiction_id = %s AND r.year = y AND r.basis <> '')"
)
FIGURES = (
    "SELECT r.year, r.number, r.status, r.basis, r.origin, r.indicator_id, r.jurisdiction_id,"
    " r.qualifier, r.last_place, r.expected, r.reported, r.counted, r.missing_units, r.statement,"
    " r.state, r.reason, r.part_of_year, r.computed, r.computed_statement, r.computed_origin,"
    " r.agrees, r.status_reason, r.revision_id,"
    " v.as_entered, v.state_reason, v.period_from, v.period_basis"
    " FROM indicators_yearlyresult r LEFT JOIN indicators_valuerevision v ON v.id = r.revision_id"
    " WHERE r.tier = 'reported' AND r.year = ANY(%s)"
)
# What was reopened, and whether the year's round is running.
REOPENED = (
    "SELECT f.indicator_id, s.jurisdiction_id, r.evaluation_year, c.at"
    " FROM indicators_eventfigure f JOIN indicators_submissionevent e ON e.id = f.event_id"
    " JOIN indicators_change c ON c.id = e.change_id"
    " JOIN indicators_submission s ON s.id = e.submission_id"
    " JOIN indicators_round r ON r.id = s.round_id"
    " WHERE e.act = 'reopen' AND s.jurisdiction_id = ANY(%s)"
)
RUNNING = (
    "SELECT 1 FROM indicators_round WHERE evaluation_year = %s"
    " AND opened_at IS NOT NULL AND closed_at IS NULL LIMIT 1"
)


@dataclass(frozen=True)
class Drawn:
    """A table of the page: the statement that gives its rows, its columns, of which years."""

    statement: int
    columns: int
    years: Sequence[int] | None = None
    per_page: int = ALL


@dataclass(frozen=True)
class Page:
    """An address, the SQL that it needs, and the tables that it shows."""

    name: str
    url: str
    statements: Sequence[Statement]
    tables: Sequence[Drawn]


def measure(city: City, bare: psycopg.Connection, *, times: int = TIMES) -> dict[str, Pair]:
    """Each page and its floor, by name."""
    client = Client(headers={"host": HOST})
    client.force_login(city.supervisor)
    found = {}
    for page in pages_of(city, client.session.session_key or ""):
        explain(bare, f"the {page.name} page", page.statements)
        found[page.name] = pair(
            partial(_get, client, page.url),
            partial(_floor, page, bare, city.supervisor),
            times=times,
        )
    return found


def pages_of(city: City, session: str) -> list[Page]:
    user, top, unit = city.supervisor.pk, city.top, city.units[len(city.units) // 2]
    indicator = city.entered[0]
    frame: list[Statement] = [
        (SESSION, [session]),
        (ACCOUNT, [user]),
        (ROLES, [user]),
        (CATALOGUE, []),
        (YEARS, [city.years[0], LAST_YEAR, top.pk]),
        (UNITS, [top.pk]),
        (RUNNING, [LAST_YEAR]),
    ]
    this_year, both_years = [LAST_YEAR], [LAST_YEAR, LAST_YEAR - 1]
    trend = [LAST_YEAR - back for back in range(TREND)]
    of_indicator = f"{FIGURES} AND r.indicator_id = %s AND r.jurisdiction_id = ANY(%s)"
    overview = reverse("dashboards:overview")
    areas: Statement = (AREAS, [])
    of_unit = f"{FIGURES} AND r.jurisdiction_id = %s"
    below = [unit.pk for unit in city.units]
    on_page = [shown.pk for shown in city.entered[:ROWS_PER_PAGE]]
    beside = f"{of_unit} AND r.indicator_id = ANY(%s)", [this_year, top.pk, on_page]
    tally = Drawn(len(frame), 6)
    return [
        Page(
            "overview",
            overview,
            [*frame, areas, (REOPENED, [[top.pk]]), (of_unit, [both_years, top.pk])],
            [tally, Drawn(-1, 10, this_year, ROWS_PER_PAGE)],
        ),
        Page(
            "district",
            f"{overview}?jurisdiction={unit.code}",
            [*frame, areas, (REOPENED, [[unit.pk]]), beside, (of_unit, [both_years, unit.pk])],
            [tally, Drawn(-1, 11, this_year, ROWS_PER_PAGE)],
        ),
        Page(
            "indicator",
            reverse("dashboards:indicator", args=[indicator.code]),
            [
                *frame,
                (REOPENED, [[top.pk, *below]]),
                (of_indicator, [trend, indicator.pk, [top.pk]]),
                (of_indicator, [both_years, indicator.pk, below]),
            ],
            [Drawn(-2, 3, trend), Drawn(-1, 6, this_year)],
        ),
    ]


def _get(client: Client, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answers {response.status_code}")


def _floor(page: Page, bare: psycopg.Connection, user: User) -> None:
    answers = [bare.execute(sql, params).fetchall() for sql, params in page.statements]
    request = RequestFactory(HTTP_HOST=HOST).get(page.url)
    request.user = user
    shown = []
    for drawn in page.tables:
        names = [f"column_{n}" for n in range(drawn.columns)]
        rows = [
            dict(zip(names, row, strict=False))
            for row in answers[drawn.statement]
            if drawn.years is None or row[0] in drawn.years
        ]
        table = tables.Table(rows, extra_columns=[(name, tables.Column()) for name in names])
        table.template_name = "benchmark/table.html"
        RequestConfig(request, paginate={"per_page": drawn.per_page}).configure(table)
        shown.append(table)
    with translation.override("zh-hans"):
        render(request, "benchmark/floor.html", {"tables": shown})
