"""What goes in and out as files, beside COPY and beside the libraries that others use."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from http.client import HTTPConnection
from statistics import median
from time import process_time
from typing import Any

import psycopg
from django.db import connection
from django.test import Client
from django.urls import reverse

from education_duty.bootstrap.places import say
from indicators.benchmark import export, importing, libraries
from indicators.benchmark.bare import connected
from indicators.benchmark.city import LAST_YEAR, Size, entries, make_city
from indicators.benchmark.paired import pair, timed
from indicators.benchmark.server import serving
from indicators.models import Jurisdiction, Membership, Origin, User, YearlyValue
from indicators.recording import save_values
from indicators.spreadsheets import Limits, read_workbook, write_rows

AT_MOST = {
    "import_over_copy": 25.0,
    "export_over_copy": 1.2,
    "export_memory_mib": 32.0,
    "large_export_over_copy": 1.2,
    "large_export_memory_mib": 32.0,
    "template_seconds": 0.5,
}
AT_LEAST = {
    "import_export_over_import": 30.0,
    "xlsx_write_over_tablib": 8.0,
    "xlsx_read_over_openpyxl": 5.0,
}
LARGE_UNITS = 2000  # with three million figures
TIMES = 5
UNITS_AT_ONCE = 41
Select = Callable[[User], str]


def measure(size: Size, select_for: Select, *, quick: bool = False) -> dict[str, Any]:
    """The ratios of AT_MOST and AT_LEAST by name, but of the large export; CPU, but the template's.
    The database must be empty; the arguments are those of `run.measure`."""
    times = 2 if quick else TIMES
    city = make_city(size)
    say(f"A made-up city of {size}.\n\nMeasuring django-import-export ...")
    other = libraries.import_export(city)
    with connected() as bare:
        say("\nMeasuring the import ...")
        imported = importing.measure(city, bare)
        say("\nMeasuring the export ...")
        exported = _export(bare, city.supervisor, select_for, **({"times": 2} if quick else {}))
    say("\nMeasuring workbooks ...")
    rows = _rows(select_for(city.supervisor))
    written = pair(
        libraries.writes_xlsx(rows), partial(_write, rows), times=times, warm=1, clock=process_time
    )
    content = _write(rows)
    read = pair(
        libraries.reads_xlsx(content),
        lambda: read_workbook(content, "figures.xlsx", Limits()),
        times=times,
        warm=1,
        clock=process_time,
    )
    return exported | {
        "import_over_copy": round(imported.seconds / imported.floor, 1),
        "import_export_over_import": round(other / imported.seconds, 1),
        "xlsx_write_over_tablib": round(written.ratio, 1),
        "xlsx_read_over_openpyxl": round(read.ratio, 1),
        "template_seconds": round(_template(city.units[0], times), 3),
        "cpu_seconds": {
            **{f"import, {who}": round(used, 2) for who, used in imported.used.items()},
            "import, floor": round(imported.floor, 3),
            "django-import-export": round(other, 2),
            "xlsx write": round(written.floor, 2),
            "xlsx write by tablib": round(written.act, 2),
            "xlsx read": round(read.floor, 2),
            "xlsx read by openpyxl": round(read.act, 2),
        },
    }


def measure_large(size: Size, select_for: Select, *, quick: bool = False) -> dict[str, Any]:
    """The export of a city of so many figures. The database must be empty."""
    city = make_city(size)
    say(f"\nA made-up city of {size}.")
    batch = []
    for done, one in enumerate(entries(city), start=1):
        batch.append(one)
        if len(batch) == UNITS_AT_ONCE * size.indicators * size.years or done == size.values:
            save_values(batch, actor=None, reason="", origin=Origin.SEED)
            batch = []
            say(f"  {done} figures")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as it does by itself, a little later
    with connected() as bare:
        found = _export(bare, city.supervisor, select_for, times=2)
    return {f"large_{name}": number for name, number in found.items()} | {
        "large_values": YearlyValue.objects.count()
    }


def _export(
    bare: psycopg.Connection, user: User, select_for: Select, **times: int
) -> dict[str, Any]:
    found = export.measure(user, bare, select_for(user), **times)
    return {
        "export_over_copy": round(found.pair.ratio, 2),
        "export_memory_mib": round(found.grown, 1),
    }


def _rows(select: str) -> list[list[Any]]:
    """What the export says, head and numbers as numbers."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({select}) TO STDOUT CSV HEADER") as out:
        text = b"".join(out).decode()
    return [[_number(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


def _number(cell: str) -> Any:
    plain = cell.removeprefix("-").replace(".", "", 1)
    return Decimal(cell) if plain.isascii() and plain.isdigit() and cell[0] != "0" else cell


def _write(rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    write_rows(file, [("figures", rows)])
    return file.getvalue()


def _template(unit: Jurisdiction, times: int) -> float:
    """Seconds that an officer waits for the workbook of a unit with all its indicators."""
    officer = User.objects.create_user("officer", full_name="填报员")
    Membership.objects.create(user=officer, jurisdiction=unit, role="officer")
    client = Client(HTTP_HOST=importing.HOST)
    client.force_login(officer)
    cookie = f"sessionid={client.session.session_key}"
    address = f"{reverse('imports:template')}?unit={unit.code}&year={LAST_YEAR}"

    def fetch(port: int) -> None:
        link = HTTPConnection(importing.HOST, port, timeout=60)
        link.request("GET", address, headers={"Cookie": cookie})
        answer = link.getresponse()
        size = len(answer.read())
        link.close()
        if answer.status != 200 or not size:
            raise RuntimeError(f"the template answers {answer.status}")

    with serving() as (port, _worker):
        fetch(port)
        return median(timed(partial(fetch, port)) for _turn in range(times))
