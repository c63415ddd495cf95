"""A file of the whole city through upload, preview and confirmation against COPY of its values.

Counted is CPU. The act: the web process and its backend, and the process for large imports with its
own, from the upload over HTTP to the receipt: the file read, every figure compared, looked at by
the rules, told in words, saved with its version, made to stand, and all results worked out. No
round is open. The floor is the stricter one of `loading`: COPY of the values that came of it into a
bare table with its keys, the client and its backend. A file as a program writes it: a head of codes
and plain numbers.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from time import process_time

import psycopg
from django.test import Client
from django.urls import reverse

from education_duty.bootstrap.places import ROOT
from indicators.benchmark import loading
from indicators.benchmark.bare import backends
from indicators.benchmark.city import City, entries
from indicators.benchmark.server import NAME, TICK, cpu_of, cpu_of_all, serving
from indicators.models import Import, ImportState, Membership, User, YearlyValue

HOST = "127.0.0.1"
BESIDE = "imports"  # of the sessions of the process for large imports
HEAD = ["indicator", "jurisdiction", "year", "value"]
WITHIN = 600  # seconds
DISPOSITION = "Content-Disposition: form-data"


@dataclass
class Imported:
    """CPU seconds: of the import by who used them, and of its floor."""

    used: dict[str, float]
    floor: float

    @property
    def seconds(self) -> float:
        return sum(self.used.values())


def measure(city: City, bare: psycopg.Connection) -> Imported:
    """Fills the city; must come before everything that reads figures."""
    officer = User.objects.create_user("city_officer", full_name="市填报")
    Membership.objects.create(user=officer, jurisdiction=city.top, role="officer")
    used = _import(bare, officer, _file(city))
    if YearlyValue.objects.count() != city.size.values:
        raise RuntimeError("the import did not save all values")
    bare.execute("VACUUM ANALYZE")
    clock = partial(_cpu_of_both, bare.info.backend_pid)
    return Imported(used, max(TICK, loading.floor(bare, loading.KEYS, clock=clock)))


def _file(city: City) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEAD)
    for one in entries(city):
        rows.writerow([one.indicator.code, one.jurisdiction.code, one.year, one.text])
    return out.getvalue().encode()


def _import(bare: psycopg.Connection, officer: User, content: bytes) -> dict[str, float]:
    """CPU seconds by who used them."""
    client = Client(HTTP_HOST=HOST)
    client.force_login(officer)
    session = client.session.session_key or ""
    command = [sys.executable, str(ROOT / "manage.py"), "run_imports", "--with-parent"]
    env = os.environ | {"PGAPPNAME": BESIDE, "EDUCATION_DUTY_IMPORTS_IN_BACKGROUND": "1"}
    with (
        serving(EDUCATION_DUTY_IMPORTS_IN_BACKGROUND="1") as (port, web),
        subprocess.Popen(command, cwd=ROOT, env=env) as beside,
    ):
        try:
            browser = _Browser(port, session)
            browser.get(reverse("imports:start"))  # warm: what a first request loads is not its own
            _wait(lambda: bool(backends(bare, BESIDE)))
            meters: dict[str, Callable[[], float]] = {
                "web": partial(cpu_of, web),
                "its backend": lambda: cpu_of_all(backends(bare, NAME)),
                "beside": partial(cpu_of, beside.pid),
                "backend beside": lambda: cpu_of_all(backends(bare, BESIDE)),
            }
            before = {who: read() for who, read in meters.items()}
            _through(browser, content)
            return {who: read() - before[who] for who, read in meters.items()}
        finally:
            beside.terminate()


def _through(browser: _Browser, content: bytes) -> None:
    """From the upload to the receipt, as a person goes."""
    browser.upload(reverse("imports:start"), content, reason="补录")
    of_import = Import.objects.get()
    address = reverse("imports:detail", args=[of_import.pk])
    _until(of_import, ImportState.WAITING)
    browser.get(address)
    browser.post(
        reverse("imports:confirm", args=[of_import.pk]), act="all", seen=of_import.list_digest
    )
    _until(of_import, ImportState.DONE)
    browser.get(address)


def _until(of_import: Import, state: str) -> None:
    def has_come() -> bool:
        of_import.refresh_from_db()
        if of_import.fault or of_import.state == ImportState.FAILED:
            raise RuntimeError(of_import.fault)
        return of_import.state == state

    _wait(has_come)


def _wait(has_come: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN
    while not has_come():
        if time.monotonic() > end:
            raise RuntimeError("the import did not come to its end")
        time.sleep(0.2)


class _Browser:
    def __init__(self, port: int, session: str) -> None:
        self._port, self._session = port, session

    def get(self, address: str) -> None:
        self._ask("GET", address, 200)

    def post(self, address: str, **fields: str) -> None:
        self._ask("POST", address, 302, fields)

    def upload(self, address: str, content: bytes, **fields: str) -> None:
        self._ask("POST", address, 302, fields, content)

    def _ask(
        self,
        method: str,
        address: str,
        status: int,
        fields: dict[str, str] | None = None,
        content: bytes = b"",
    ) -> None:
        token, border = "t" * 32, uuid.uuid4().hex
        parts = [
            f'--{border}\r\n{DISPOSITION}; name="{name}"\r\n\r\n{said}\r\n'.encode()
            for name, said in (fields or {}).items()
        ]
        if content:
            head = f'{DISPOSITION}; name="file"; filename="figures.csv"'
            parts.append(f"--{border}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
        link = HTTPConnection(HOST, self._port, timeout=WITHIN)
        link.request(
            method,
            address,
            body=b"".join(parts) + f"--{border}--\r\n".encode() if fields else None,
            headers={
                "Content-Type": f"multipart/form-data; boundary={border}",
                "Cookie": f"sessionid={self._session}; csrftoken={token}",
                "X-CSRFToken": token,
            },
        )
        answer = link.getresponse()
        text = answer.read()
        link.close()
        if answer.status != status:
            raise RuntimeError(f"{address} answers {answer.status}: {text[:500]!r}")


def _cpu_of_both(backend: int) -> float:
    return process_time() + cpu_of(backend)
