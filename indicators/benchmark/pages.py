"""Pages of the dashboards against the least that makes such a page.

The page: a request through all middleware, in process, by a supervisor who is signed in.
The floor: the SQL that the page needs, the rows and columns that it shows and no others, sent by
bare psycopg; and the page's tables, of as many rows and columns, drawn cell by cell by
django-tables2 from plain dicts, with the overview's heads and pages of a table, in the frame that
all pages share.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import django_tables2 as tables
import psycopg
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils import translation
from django_tables2 import RequestConfig

from indicators.benchmark.bare import explain
from indicators.benchmark.city import City
from indicators.benchmark.floors import Page, pages_of
from indicators.benchmark.paired import Pair, pair
from indicators.models import User

TIMES = 80
HOST = "127.0.0.1"


def measure(
    city: City,
    bare: psycopg.Connection,
    *,
    times: int = TIMES,
    only: Collection[str] = (),
) -> dict[str, Pair]:
    """Each page and its floor, by name; of all pages, or of those named."""
    client = Client(headers={"host": HOST})
    client.force_login(city.supervisor)
    found = {}
    for page in pages_of(city, client.session.session_key or ""):
        if only and page.name not in only:
            continue
        explain(bare, f"the {page.name} page", page.statements)
        found[page.name] = pair(
            partial(_get, client, page.url),
            partial(_floor, page, bare, city.supervisor),
            times=times,
        )
    return found


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
        rows = rows[: drawn.most]
        table = tables.Table(rows, extra_columns=[(name, tables.Column()) for name in names])
        table.template_name = "benchmark/table.html"
        RequestConfig(request, paginate={"per_page": drawn.per_page}).configure(table)
        shown.append(table)
    with translation.override("zh-hans"):
        render(request, "benchmark/floor.html", {"tables": shown})
