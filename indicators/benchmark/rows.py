"""Rows saved by officers of several districts at once, in an open round, over HTTP.

The act: what the sheet's JavaScript sends when a row is left, by an officer of each of eight
districts, each at another indicator, to gunicorn with two workers of four threads, which build the
row that comes back; the usual rules look at it. Counted are the statements of one save, the sign-in
and BEGIN and COMMIT among them, as Django sends them; and how many rows are saved in a second.
The floor: pgbench with as many clients, each at a value of its own, that does what every such save
has to do in the database: the locks, the change, the value, whose version a trigger writes. Both
are measured in turns, as a machine's pace changes within a minute.
"""

from __future__ import annotations

import csv
import datetime
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education_duty.bootstrap.places import ROOT, Refusal, say
from education_duty.bootstrap.postgres import installed_binaries
from indicators.benchmark.bare import PSQL
from indicators.benchmark.city import LAST_YEAR, City
from indicators.benchmark.server import serving
from indicators.models import (
    Indicator,
    Jurisdiction,
    Round,
    Rule,
    User,
    YearlyValue,
)
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.round import open_round, save_round

OFFICERS = 8
WORKERS = 2
TURNS = 3
SECONDS = 4  # a turn
VERSION = re.compile(r'name="[^"]*-version" value="(\d+)"')
HOST = "127.0.0.1"
CORE = """\
\\set value CASE {values} END
BEGIN;
SELECT token FROM indicators_cataloguestamp WHERE id = 1 FOR SHARE;
SELECT s.id FROM indicators_submission s JOIN indicators_yearlyvalue v USING (jurisdiction_id)
    WHERE v.id = :value AND s.round_id = {round} FOR UPDATE OF s;
SELECT version FROM indicators_yearlyvalue WHERE id = :value FOR UPDATE;
INSERT INTO indicators_change (actor_id, at, reason, origin, on_behalf, outside, request)
    VALUES ({actor}, now(), '', 'entered', FALSE, FALSE, '') RETURNING id AS change \\gset
UPDATE indicators_yearlyvalue SET number = number + 1, as_entered = trunc(number + 1)::text,
    version = version + 1, change_id = :change WHERE id = :value;
COMMIT;
"""


@dataclass(frozen=True)
class RowSaves:
    """Rows saved in a second, and what pgbench does of their core, by turn; the statements of one
    save."""

    rates: Sequence[float]
    core_rates: Sequence[float]
    statements: int

    @property
    def ratio(self) -> float:
        """The median of the turns'."""
        return median(core / rate for rate, core in zip(self.rates, self.core_rates, strict=True))


@dataclass(frozen=True)
class Saver:
    """An officer at a box of a sheet, signed in."""

    officer: User
    session: str
    unit: Jurisdiction
    indicator: Indicator
    value: int

    @property
    def address(self) -> str:
        place = [self.unit.code, LAST_YEAR, self.indicator.duty_area.code, self.indicator.code]
        return reverse("entry:row", args=place)

    def boxes(self, number: int, version: int) -> dict[str, str]:
        boxes = {"version": version, "value": number, "state": "", "note": ""}
        return {f"{self.indicator.code}-{name}": str(said) for name, said in boxes.items()}


def measure(city: City, *, seconds: float = SECONDS) -> RowSaves:
    """Opens a round of the last year with all units and indicators; must come last."""
    with changing_catalogue(actor=None):
        _make_rules()
    asked = _open_round(city)
    savers = [_saver(city, number) for number in range(min(OFFICERS, len(city.units)))]
    statements = _statements_of(savers[0])
    script = _core(asked, savers)
    say(f"\n--- core of a row's save, by pgbench\n{script}")
    with serving(workers=WORKERS) as (port, _worker):
        _save_rows(port, savers, seconds / 2)  # warm: each process reads the catalogue once
        turns = [
            (_save_rows(port, savers, seconds), _pgbench(script, savers, seconds))
            for _turn in range(TURNS)
        ]
    rates, core_rates = zip(*turns, strict=True)
    return RowSaves(rates, core_rates, statements)


def _make_rules() -> None:
    """The rules of the seeds that name no indicator."""
    with (ROOT / "seeds" / "rules.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if not row.pop("indicators") and row["right"] in ("", "average_enrolment"):
                fields = {name: cell for name, cell in row.items() if cell}
                Rule.objects.create(**fields)


def _open_round(city: City) -> Round:
    today = timezone.localdate()
    asked = Round(
        city=city.top,
        evaluation_year=LAST_YEAR,
        title=f"{LAST_YEAR} 年度填报",
        opens_on=today,
        due_on=today + datetime.timedelta(days=10),
        closes_on=today + datetime.timedelta(days=20),
    )
    planned = save_round(
        asked,
        actor=city.supervisor,
        version=0,
        indicators=city.entered,
        jurisdictions=city.units,
    )
    return open_round(planned, actor=city.supervisor, version=planned.version)


def _saver(city: City, number: int) -> Saver:
    unit = city.units[number]
    indicator = city.entered[number * len(city.entered) // OFFICERS]
    officer = User.objects.create_user(f"officer_{number}")
    officer.memberships.create(jurisdiction=unit, role="officer")
    client = Client()
    client.force_login(officer)
    value = YearlyValue.objects.get(jurisdiction=unit, indicator=indicator, year=LAST_YEAR)
    return Saver(officer, client.session.session_key or "", unit, indicator, value.pk)


def _statements_of(saver: Saver) -> int:
    """Of the second save: the first makes a draft of the submission, and fills what is kept."""
    client = Client(headers={"host": HOST})
    client.cookies["sessionid"] = saver.session
    version, number = YearlyValue.objects.get(pk=saver.value).version, 300_000
    for step in range(2):
        with CaptureQueriesContext(connection) as sent:
            answer = client.post(saver.address, saver.boxes(number + step, version + step))
        if answer.status_code != 200:
            raise RuntimeError(f"a row's save answers {answer.status_code}")
    say(f"\n--- statements of a row's save: {len(sent)}")
    for query in sent.captured_queries:
        say(f"    {query['sql'][:150]}")
    return len(sent)


def _save_rows(port: int, savers: Sequence[Saver], seconds: float) -> float:
    """All save for so long, each as soon as the row before has come back; rows a second."""
    saved = [0] * len(savers)
    failed: list[Exception] = []
    started = threading.Barrier(len(savers) + 1)

    def work(place: int, saver: Saver) -> None:
        version = _versions[saver.value]
        link = HTTPConnection(HOST, port, timeout=60)
        started.wait()
        end = time.perf_counter() + seconds
        try:
            while time.perf_counter() < end:
                version = _post(link, saver, 300_000 + version, version)
                saved[place] += 1
        except Exception as error:
            failed.append(error)
        finally:
            link.close()

    _versions = dict(
        YearlyValue.objects.filter(pk__in=[saver.value for saver in savers]).values_list(
            "pk", "version"
        )
    )
    workers = [
        threading.Thread(target=work, args=(place, saver)) for place, saver in enumerate(savers)
    ]
    for worker in workers:
        worker.start()
    started.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    if failed:
        raise failed[0]
    return sum(saved) / (time.perf_counter() - begun)


def _post(link: HTTPConnection, saver: Saver, number: int, version: int) -> int:
    """Save the row over HTTP as the sheet does; the version that comes back with it."""
    token = "t" * 32
    link.request(
        "POST",
        saver.address,
        body=urlencode(saver.boxes(number, version)),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={saver.session}; csrftoken={token}",
            "X-CSRFToken": token,
        },
    )
    answer = link.getresponse()
    html = answer.read().decode()
    found = VERSION.search(html)
    if answer.status != 200 or found is None:
        raise RuntimeError(f"a row's save answers {answer.status}: {html[:300]}")
    return int(found[1])


def _core(asked: Round, savers: Sequence[Saver]) -> str:
    """The script of pgbench, each client of which saves the value of one of the officers."""
    values = " ".join(
        f"WHEN :client_id = {place} THEN {saver.value}" for place, saver in enumerate(savers)
    )
    return CORE.format(values=values, round=asked.pk, actor=savers[0].officer.pk)


def _pgbench(script: str, savers: Sequence[Saver], seconds: float) -> float:
    """Transactions of the core a second."""
    folder = installed_binaries()
    program = shutil.which("pgbench") or (folder and shutil.which("pgbench", path=str(folder)))
    if not program:
        raise Refusal("No pgbench is installed; apt-get install postgresql.")
    params = connection.get_connection_params()
    env = os.environ | {var: str(params[name]) for name, var in PSQL.items() if params.get(name)}
    with tempfile.TemporaryDirectory() as folder_of_script:
        path = Path(folder_of_script, "core.sql")
        path.write_text(script, encoding="utf-8")
        command = [program, "--no-vacuum", f"--client={len(savers)}", "--jobs=2", f"--file={path}"]
        done = subprocess.run(
            [*command, f"--time={max(1, round(seconds))}"],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench did not come to its end: {done.stderr[-500:]}")
    return float(found[1])
