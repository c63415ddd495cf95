"""What a costly fixture wrote, kept by its process and put in the place of what a database holds.

For tests whose writes are committed, which therefore find an emptied database each.
"""

import sqlite3
from collections.abc import Callable

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from indicators.recording import guards

PutBack = Callable[[], None]
_kept: dict[tuple[str, str], PutBack] = {}


def remembered(name: str, write: Callable[[], object]) -> None:
    """Let `write` fill the database, or put back what it wrote when it was asked for before."""
    key = (connection.vendor, name)
    if key in _kept:
        _kept[key]()
        return
    write()
    _kept[key] = _copied_rows() if connection.vendor == "postgresql" else _copied_file()


def _copied_file() -> PutBack:
    copy = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(copy)

    def put_back() -> None:
        connection.ensure_connection()
        copy.backup(connection.connection)

    return put_back


def _copied_rows() -> PutBack:
    """By named columns: their order is another one once migrations were taken back and forth."""
    names = connection.introspection.django_table_names(only_existing=True)
    rows: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT * FROM {name} LIMIT 0")
            columns = ", ".join(f'"{column.name}"' for column in cursor.description)
            table = f"{name} ({columns})"
            with cursor.copy(f"COPY {table} TO STDOUT") as copied:
                rows[table] = b"".join(copied)
    models = apps.get_models(include_auto_created=True)
    sequences = connection.ops.sequence_reset_sql(no_style(), models)

    def put_back() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            guards.off()
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            for table, content in rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copied:
                    copied.write(content)
            for statement in sequences:
                cursor.execute(statement)
            guards.on()

    return put_back
