"""A PostgreSQL database of the benchmark's own, dropped when it is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def made(server: str, kind: str = "city") -> Iterator[str]:
    """Make it on the server behind the URL; comes with the URL of the new database."""
    name = f"benchmark_education_duty_{kind}_{os.getpid()}"
    _run(server, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def environment(url: str) -> dict[str, str]:
    """Settings as in production where it matters for speed; the caller's own change nothing."""
    kept = {name: value for name, value in os.environ.items() if not _of_ours(name)}
    return kept | {
        "DATABASE_URL": url,
        "EDUCATION_DUTY_OWN_ENVIRONMENT": "1",  # it is set up, or this would not run
        "EDUCATION_DUTY_MODE": "development",
        "EDUCATION_DUTY_DEBUG": "0",
        "EDUCATION_DUTY_LOG_LEVEL": "WARNING",
    }


def _of_ours(variable: str) -> bool:
    return variable.startswith("EDUCATION_DUTY_") or variable == "DJANGO_SETTINGS_MODULE"


def _run(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
