"""What only PostgreSQL does for many rows: each comes or is refused, and the connection is usable
after whatever happens."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from indicators.models import Change, YearlyValue
from indicators.models.bulk import copy_out, not_waited_for, prove_references

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


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def run_without_waiting(sql, then):
    with transaction.atomic(), not_waited_for(True):
        run(sql)
        then()


@pytest.mark.parametrize(
    ("sql", "error"),
    [("SELECT nowhere", ProgrammingError), ("SELECT 1 / 0", DataError)],
)
def test_what_was_not_waited_for_fails_at_the_end(sql, error):
    went_on = []
    with pytest.raises(error):
        run_without_waiting(sql, lambda: went_on.append(sql))

    assert went_on
    assert is_usable()


def test_what_python_raises_meanwhile_is_what_is_raised():
    with pytest.raises(ZeroDivisionError):
        run_without_waiting("SELECT nowhere", lambda: 1 // 0)

    assert is_usable()


def test_rows_that_are_fetched_are_waited_for():
    with transaction.atomic(), not_waited_for(True):
        run("CREATE TEMPORARY TABLE awaited (n integer) ON COMMIT DROP")
        run("INSERT INTO awaited VALUES (7)")
        with connection.cursor() as cursor:
            cursor.execute("SELECT n FROM awaited")
            assert cursor.fetchall() == [(7,)]


@pytest.mark.django_db(transaction=True)
def test_a_reference_to_nothing_is_refused_before_the_end():
    with transaction.atomic():
        change = Change.objects.create(at=timezone.now())
        YearlyValue.objects.bulk_create(
            [YearlyValue(indicator_id=0, jurisdiction_id=0, year=2022, number=1, change=change)]
        )
        with pytest.raises(IntegrityError):
            prove_references()
        transaction.set_rollback(True)
