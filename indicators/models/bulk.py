"""Many rows at once, as PostgreSQL takes them fastest: by COPY. Triggers and checks stand."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from psycopg import pq
from psycopg.errors import error_from_result

M = TypeVar("M", bound=models.Model)
PIECE = 1 << 16  # bytes
CR = ord("\r")
MANY = 500  # from so many rows on, what COPY saves is more than what it costs to begin


def copies(rows: int) -> bool:
    """Whether so many rows are best copied; only PostgreSQL can."""
    return rows >= MANY and connection.vendor == "postgresql"


@contextmanager
def without_collecting(yes: bool) -> Iterator[None]:
    """Look for no garbage meanwhile, if `yes`: among a hundred thousand objects just made and all
    in use it takes a sixth of a load and finds none.

    Afterwards they count as old ones, so that the next look at the new ones passes them over.
    """
    pause = yes and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def maker(model: type[M]) -> Callable[..., M]:
    """Makes instances of the model that are not saved, from fields by their `attname`, and from
    those they are related to; other fields have their defaults, of which a list is shared by all:
    put another in its place, never something into it.

    Without the calls that Django makes for each field: in a fifth of the time.
    """
    defaults = {field.attname: field.get_default() for field in model._meta.concrete_fields}

    def make(related: dict[str, models.Model] | None = None, **fields: Any) -> M:
        one = model.__new__(model)
        state = ModelState()
        state.fields_cache = related or {}
        one.__dict__ = defaults | fields | {"_state": state}
        return one

    return make


def copy_in(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows, given as PostgreSQL takes them: ids for relations, text for JSON."""
    _copy(_table(model), _columns(model, fields), rows)


def copy_over(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unique: Sequence[str],
) -> None:
    """Add rows, or change what is there in the same place by the `unique` fields."""
    columns, key = _columns(model, fields), _columns(model, unique)
    table, listed = _table(model), ", ".join(columns)
    others = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns if name not in key)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copied AS SELECT {listed} FROM {table} LIMIT 0")
        _copy("copied", columns, rows)
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM copied"
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {others}"
        )
        cursor.execute("DROP TABLE copied")


def copy_out(sql: str, values: Sequence[Any]) -> Iterator[bytes]:
    """The rows of a SELECT as COPY writes them in CSV, but with CRLF at their ends, in pieces.

    Rows that have come are taken from libpq itself: psycopg waits anew for each, which takes a web
    process twice as long. While none has come, other threads go on. Who leaves early leaves the
    connection usable. Raises Django's database errors.
    """
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", values)
    session = connection.connection
    link = session.pgconn
    with connection.wrap_database_errors, DefaultSelector() as arrival:
        arrival.register(link.socket, EVENT_READ)
        _refuse_unless(pq.ExecStatus.COPY_OUT, link.exec_(statement.encode()))
        size, piece, take = 0, bytearray(), link.get_copy_data
        try:
            while size >= 0:
                size, row = take(1)
                if size > 0:
                    piece += row
                    piece.insert(-1, CR)
                    if len(piece) >= PIECE:
                        yield bytes(piece)
                        piece.clear()
                elif size == 0:
                    arrival.select()
                    link.consume_input()
        finally:
            if size >= 0:
                session.cancel()
                while link.get_copy_data(0)[0] > 0:
                    pass
            end = link.get_result()
            while link.get_result():
                pass
        _refuse_unless(pq.ExecStatus.COMMAND_OK, end)
    if piece:
        yield bytes(piece)


def _refuse_unless(wanted: pq.ExecStatus, result: Any) -> None:
    if result.status != wanted:
        raise error_from_result(result)


@contextmanager
def not_waited_for(yes: bool) -> Iterator[None]:
    """Statements in here, if `yes`, are sent and not waited for: the database goes about them while
    Python goes about its own. Who fetches rows waits for all that was sent before. What failed is
    raised at the latest at the end, as Django's database errors. No COPY in here.
    """
    if not (yes and connection.vendor == "postgresql"):
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def prove_references() -> None:
    """Prove now what the database else proves when the transaction ends: that the rows are there
    which others written so far refer to."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def new_ids(model: type[models.Model], number: int) -> list[int]:
    """Ids that no row has and none will get, for rows about to be copied in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(ids.sequence) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS ids",
            [number, model._meta.db_table],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    return [connection.ops.quote_name(str(known[name].column)) for name in fields]
