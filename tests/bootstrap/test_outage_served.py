"""An outage as people meet it: the application under gunicorn, on a line that is cut and mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, IncompleteRead
from time import monotonic, sleep
from urllib.parse import quote

import pytest
from django.db import connection

from indicators.benchmark.server import serving
from indicators.models import YearlyResult, YearlyValue
from tests.bootstrap.line import Line
from tests.cast import PASSWORD, YEAR, enter
from tests.entry.test_sheet import boxes
from tests.recording.test_races import Visitor

pytestmark = pytest.mark.thorough

AT_ONCE = 1.5  # seconds, with a machine that may be busy
SHEET = f"/entry/500101/{YEAR}/funding/"
TYPED = boxes("children", "12345")


@dataclass
class Served:
    line: Line
    port: int
    visitor: Visitor

    def asks(self, address: str, form: dict[str, object] | None = None) -> tuple[int, str]:
        start = monotonic()
        answer = self.visitor.asks(address, form)
        assert monotonic() - start < AT_ONCE, f"{address} took {monotonic() - start:.1f} s"
        return answer


@pytest.fixture
def served(transactional_db, officer, children, north) -> Iterator[Served]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no line that could be cut")
    given = connection.settings_dict
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    with Line(given["HOST"], int(given["PORT"] or 5432)) as line:
        url = f"postgresql://{who}@127.0.0.1:{line.port}/{given['NAME']}"
        with serving(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="tests.settings") as (port, _pid):
            yield Served(line, port, Visitor(port, "officer").signs_in())


def test_what_was_typed_outlasts_an_outage_and_is_saved_after_it(served):
    assert served.asks(SHEET)[0] == 200
    served.line.cut()

    for _request in range(5):
        assert served.asks(SHEET)[0] == 503
    status, html = served.asks(SHEET, TYPED)
    assert (status, 'value="12345"' in html) == (503, True)
    assert served.asks("/healthz") == (200, "ok")
    assert served.asks("/readyz") == (503, "The database cannot be reached.")

    served.line.mend()
    sleep(1.1)
    assert served.asks(SHEET, TYPED)[0] == 302
    assert served.asks("/readyz") == (200, "ok")
    assert YearlyValue.objects.get().number == 12345


def test_a_restart_between_two_requests_is_seen_by_nobody(served):
    for _round in range(3):
        assert served.asks(SHEET)[0] == 200
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchone()[0] >= 1
        assert served.asks(SHEET)[0] == 200


def test_a_server_that_does_not_answer_holds_nobody_for_long(served):
    assert served.asks(SHEET)[0] == 200
    served.line.leave_unanswered()
    start = monotonic()
    assert served.visitor.asks(SHEET)[0] == 503
    assert monotonic() - start < 3.5

    assert served.asks(SHEET)[0] == 503
    start = monotonic()
    assert served.visitor.asks("/readyz")[0] == 503
    assert monotonic() - start < 2.5


def test_a_file_that_breaks_off_is_not_taken_for_a_whole_one(served, north, children):
    """Its rows come in pieces of 64 KB: some are sent, then the line is cut."""
    enter(children, north, "5")
    one = YearlyResult.objects.get(tier="reported", jurisdiction=north)
    years = range(YEAR + 1, YEAR + 5000)
    YearlyResult.objects.bulk_create(
        YearlyResult(**{name: getattr(one, name) for name in names_of(one)} | {"year": year})
        for year in years
    )
    whole = downloaded(served)
    assert len(whole) > 400_000
    served.line.cut_after(len(whole) // 2)

    with pytest.raises(IncompleteRead) as broken_off:
        downloaded(served)
    assert 0 < len(broken_off.value.partial) < len(whole)


def names_of(result: YearlyResult) -> list[str]:
    return [field.attname for field in result._meta.concrete_fields if not field.primary_key]


def downloaded(served: Served) -> bytes:
    called = HTTPConnection("127.0.0.1", served.port, timeout=30)
    cookies = "; ".join(f"{name}={value}" for name, value in served.visitor.cookies.items())
    called.request("GET", "/export/figures.csv", headers={"Cookie": cookies})
    try:
        answer = called.getresponse()
        assert answer.status == 200
        return answer.read()
    finally:
        called.close()


def test_who_signs_in_meanwhile_keeps_the_name_and_not_the_password(served):
    stranger = Visitor(served.port, "officer")
    assert stranger.asks("/login/")[0] == 200
    served.line.cut()
    status, html = stranger.asks("/login/", {"username": "officer", "password": PASSWORD})

    assert status == 503
    assert 'value="officer"' in html
    assert PASSWORD not in html
