"""Rows taken out by COPY: all of them, and a connection that is usable after whatever happens."""

import pytest
from django.db import DataError, connection, transaction
from django.db.utils import ProgrammingError

from indicators.models.bulk import copy_out

# More than a socket holds, so that the server waits for a reader.
MUCH = "SELECT n, repeat('字', 100) FROM generate_series(1, 20000) AS n"


@pytest.fixture(autouse=True)
def postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("COPY is PostgreSQL's")


def is_usable():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchall() == [(1,)]


def test_every_row_comes_once_and_in_order():
    pieces = list(copy_out(MUCH, []))

    text = "".join(f"{n},{'字' * 100}\r\n" for n in range(1, 20001))
    assert b"".join(pieces).decode() == text
    assert all(piece.endswith(b"\r\n") and len(piece) < 70_000 for piece in pieces)
    assert is_usable()


def test_values_are_filled_in():
    assert [*copy_out("SELECT %s, %s::text", ['a "b" %', None])] == [b'"a ""b"" %",\r\n']


def test_who_leaves_early_leaves_the_connection_usable():
    with transaction.atomic():  # what is cancelled ends the transaction it is in
        rows = copy_out(MUCH, [])
        assert next(rows).startswith(b"1,")
        rows.close()
        transaction.set_rollback(True)

    assert is_usable()


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("SELECT nowhere", ProgrammingError),
        ("SELECT 1 / (9000 - n) FROM generate_series(1, 20000) AS n", DataError),
    ],
)
def test_a_failure_is_an_error_of_djangos(sql, error):
    with pytest.raises(error), transaction.atomic():
        list(copy_out(sql, []))

    assert is_usable()
