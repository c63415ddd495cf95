"""The triggers that write history and refuse what would go around it: one `.sql` a database.

Taken off before and put back after every `migrate`, since a later ALTER on SQLite rebuilds the
table and silently drops them; what a migration changed meanwhile is then recorded as made outside
the application. Only the tests' flush lifts them otherwise.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from indicators.models import Change, Jurisdiction, Origin, ValueRevision, YearlyValue
from indicators.models.value import CONTENT_FIELDS

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) (?:BEFORE|AFTER) [A-Z ]+ ON (\w+)")
_TABLE = re.compile(r"\b(?:ON|INTO|FROM) (indicators_\w+)")
HERE = Path(__file__).parent


def on(using: str = "default") -> None:
    """Put the triggers in place; those already there are made anew.

    Halfway through the migrations, only those of the tables and columns that are there.
    """
    off(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        with_paths = _knows_paths(connection, tables)
        for statement in _statements(connection):
            trigger = _TRIGGER.search(statement)
            there = set(_TABLE.findall(statement)) <= tables
            if trigger is None or (there and (with_paths or not trigger[1].startswith("path_"))):
                cursor.execute(statement)


def off(using: str = "default") -> None:
    """Take the triggers off. Call `on` as soon as possible."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, table in _expected(connection):
            if table in tables:
                place = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")


def missing(using: str = "default") -> list[str]:
    """Names of triggers that are not in place, or not as they should be; none before `migrate`."""
    connection = connections[using]
    expected = _expected(connection)
    if not {*_TABLE.findall(_sql(connection))} <= _tables(connection):
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
            there = {name for (name,) in cursor.fetchall()}
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            kept = {sql.strip().rstrip(";") for (sql,) in cursor.fetchall()}
            wanted = (statement.strip().rstrip(";") for statement in _statements(connection))
            there = {_TRIGGER.findall(sql)[0][0] for sql in wanted if sql in kept}
    return [name for name, _table in expected if name not in there]


def record_outside_changes(using: str = "default") -> None:
    """Give a version of its own to every value that differs from its latest one.

    For what a migration changed while the triggers were off.
    """
    connection = connections[using]
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    value, revision = YearlyValue._meta.db_table, ValueRevision._meta.db_table
    changes = Change._meta.db_table
    different = " OR ".join(f"v.{column} {differs} r.{column}" for column in CONTENT_FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT v.id FROM {value} v LEFT JOIN {revision} r ON r.value_id = v.id"
            f" AND r.version = (SELECT max(version) FROM {revision} WHERE value_id = v.id)"
            f" WHERE r.id IS NULL OR {different}"
        )
        changed = [pk for (pk,) in cursor.fetchall()]
        if not changed:
            return
        cursor.execute(
            f"INSERT INTO {changes} (at, reason, origin, on_behalf, outside, request)"
            " VALUES (CURRENT_TIMESTAMP, '', %s, FALSE, TRUE, '') RETURNING id",
            [Origin.ENTERED],
        )
        (change,) = cursor.fetchone()
        names = ", ".join(CONTENT_FIELDS)
        for pk in changed:
            cursor.execute(
                f"UPDATE {value} SET change_id = %s, version = 1 + coalesce("
                f"(SELECT max(version) FROM {revision} WHERE value_id = %s), 0) WHERE id = %s",
                [change, pk, pk],
            )
            cursor.execute(
                f"INSERT INTO {revision} (value_id, {names}) SELECT id, {names} FROM {value}"
                " WHERE id = %s",
                [pk],
            )


def before_migrate(using: str, **_signal: Any) -> None:
    off(using)


def after_migrate(using: str, **_signal: Any) -> None:
    if {YearlyValue._meta.db_table, Change._meta.db_table} <= _tables(connections[using]):
        record_outside_changes(using)
        on(using)


def check_in_place(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.Error]:
    """System check (`check --database default`, and before every start of the web process)."""
    return [
        checks.Error(
            f"History is not guarded: the triggers {', '.join(names)} are missing.",
            hint="Run `manage.py migrate --skip-checks`, which puts them back.",
            id="indicators.E001",
        )
        for using in databases or ()
        if (names := missing(using))
    ]


def _knows_paths(connection: BaseDatabaseWrapper, tables: set[str]) -> bool:
    """Whether the column is there yet that the triggers named path_… write."""
    units = Jurisdiction._meta.db_table
    with connection.cursor() as cursor:
        return units in tables and "path" in {
            column.name for column in connection.introspection.get_table_description(cursor, units)
        }


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _sql(connection: BaseDatabaseWrapper) -> str:
    return (HERE / f"{connection.vendor}.sql").read_text(encoding="utf-8")


def _expected(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    return _TRIGGER.findall(_sql(connection))


def _statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """One at a time, as SQLite's driver takes them; on PostgreSQL all functions at once."""
    if connection.vendor == "postgresql":
        functions, *triggers = re.split(r"^(?=CREATE TRIGGER)", _sql(connection), flags=re.M)
        yield from (functions, *triggers)
        return
    statement = ""
    for line in _sql(connection).splitlines(keepends=True):
        if not statement and (line.startswith("--") or not line.strip()):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
