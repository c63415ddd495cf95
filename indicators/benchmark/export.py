"""The whole city as CSV through HTTP against psql's COPY of the same SELECT.

Counted is CPU. The act: the client, which reads and throws away (this process), the web process
(gunicorn's worker) and its PostgreSQL backend. The floor: psql, whose output goes to /dev/null, and
its backend. What either side needs to start is counted on neither. Where the backends cannot be
seen from this machine, they are counted on neither side. Ticks are coarse (10 ms), so both are
measured as a sum over several turns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from time import process_time

import psycopg
from django.test import Client
from django.urls import reverse

from indicators.benchmark.bare import backends, explain, psql
from indicators.benchmark.paired import Pair
from indicators.benchmark.server import (
    NAME,
    TICK,
    cpu_of,
    cpu_of_all,
    forget_peak,
    memory_of,
    serving,
)
from indicators.models import User

TIMES = 12
BLOCK = 1 << 16
FILE = "header=codes"  # whose SELECT the floor copies
ACT = ("client", "web process", "its backend")
FLOOR = ("psql", "psql's backend")


@dataclass
class Export:
    """Sums of CPU seconds by who used them, and by how many MiB the web process grew."""

    times: int
    used: dict[str, float] = field(default_factory=dict)
    grown: float = 0.0

    def watch(self, meters: Mapping[str, Callable[[], float]], act: Callable[[], object]) -> None:
        before = {who: read() for who, read in meters.items()}
        act()
        for who, read in meters.items():
            self.used[who] = self.used.get(who, 0.0) + read() - before[who]

    @property
    def pair(self) -> Pair:
        """Mean CPU seconds of a turn."""
        return Pair(
            *(max(sum(self.used[who] for who in side), TICK) / self.times for side in (ACT, FLOOR))
        )


def measure(user: User, bare: psycopg.Connection, select: str, *, times: int = TIMES) -> Export:
    """`select` is the SELECT, without placeholders, whose rows the export sends."""
    explain(bare, "the export", [(select, ())])
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    cookie = f"sessionid={client.session.session_key}"
    found = Export(times)
    with serving() as (port, worker), psql() as floor:
        _download(port, cookie)  # warm: what a first request loads is not the export's
        floor.copy(select)
        web, told = backends(bare, NAME), backends(bare, "psql")
        meters = process_time, partial(cpu_of, worker), partial(cpu_of_all, web)
        floor_meters = partial(cpu_of, floor.process.pid), partial(cpu_of_all, told)
        before, _peak = memory_of(worker)
        forget_peak(worker)
        for _turn in range(times):
            found.watch(dict(zip(ACT, meters, strict=True)), partial(_download, port, cookie))
            found.watch(dict(zip(FLOOR, floor_meters, strict=True)), partial(floor.copy, select))
        found.grown = max(0.0, memory_of(worker)[1] - before)
    return found


def _download(port: int, cookie: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", f"{reverse('exchange:figures')}?{FILE}", headers={"Cookie": cookie})
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"the export answers {response.status}")
    block = bytearray(BLOCK)
    while response.readinto(block):
        pass
    connection.close()
