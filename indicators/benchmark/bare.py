"""PostgreSQL as psycopg alone talks to it, with the settings that Django's connection has."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from education_duty.bootstrap.places import Refusal, say
from education_duty.bootstrap.postgres import installed_binaries

Statement = tuple[str, Sequence[Any]]
DONE = "copied"
PSQL = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
}


@contextmanager
def connected() -> Iterator[psycopg.Connection]:
    """A connection of its own: placeholders filled in by the client, nothing prepared."""
    params = connection.get_connection_params()
    params = {name: params[name] for name in PSQL if name in params}
    with psycopg.connect(
        **params,
        client_encoding="UTF8",
        cursor_factory=psycopg.ClientCursor,
        prepare_threshold=None,
        autocommit=True,
    ) as bare:
        bare.execute("SELECT set_config('TimeZone', %s, false)", [settings.TIME_ZONE])
        yield bare


def explain(bare: psycopg.Connection, name: str, statements: Sequence[Statement]) -> None:
    """Tell each statement of a floor and how PostgreSQL goes about it."""
    for sql, params in statements:
        say(f"\n--- floor of {name}\n{' '.join(str(sql).split())}")
        for (line,) in bare.execute(f"EXPLAIN {sql}", params or None):
            say(f"    {line}")


class Psql:
    """A psql that stays, so that its start is not counted and its backend can be looked at."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def copy(self, select: str) -> None:
        """`COPY (select) TO STDOUT`, thrown away; comes back when it is done."""
        given, said = self.process.stdin, self.process.stdout
        if given is None or said is None:
            raise RuntimeError("psql has no pipes")
        given.write(f"\\o /dev/null\nCOPY ({select}) TO STDOUT (FORMAT csv);\n\\o\n\\echo {DONE}\n")
        given.flush()
        if said.readline().strip() != DONE:
            raise RuntimeError("psql did not copy")


@contextmanager
def psql() -> Iterator[Psql]:
    """Refuses where there is none."""
    folder = installed_binaries()
    program = shutil.which("psql") or (folder and shutil.which("psql", path=str(folder)))
    if not program:
        raise Refusal("No psql is installed; apt-get install postgresql-client.")
    params = connection.get_connection_params()
    env = os.environ | {var: str(params[name]) for name, var in PSQL.items() if params.get(name)}
    command = [program, "-X", "-q", "--set=ON_ERROR_STOP=1"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=env, text=True) as process:
        yield Psql(process)
        # Leaving closes stdin, upon which psql ends.


def backends(bare: psycopg.Connection, name: str) -> list[int]:
    """The PostgreSQL processes that serve whoever calls itself so, in this database."""
    asked = (
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = %s"
    )
    return [pid for (pid,) in bare.execute(asked, [name])]
