"""A database that goes away: said at once, noticed in the pool, and over when it is back."""

from threading import Thread
from time import monotonic

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from psycopg_pool import PoolTimeout

from education_duty.postgresql import outage as outages
from education_duty.postgresql.base import DatabaseWrapper
from education_duty.postgresql.outage import CommitUnanswered, Outage
from tests.bootstrap.line import Line

AT_ONCE = 0.5  # seconds; the machine may be busy


def refused():
    raise psycopg.OperationalError("connection refused")


def nobody_may_ask():
    raise AssertionError("asked though nothing had failed")


def seconds_to_be_refused(database):
    start = monotonic()
    with pytest.raises(OperationalError):
        one(database)
    return monotonic() - start


def one(database):
    """Like a request: it asks something, and gives its connection back."""
    try:
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]
    finally:
        database.close()


@pytest.fixture
def line(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no line that could be cut")
    given = connection.settings_dict
    with Line(given["HOST"], int(given["PORT"] or 5432)) as found:
        yield found


@pytest.fixture
def database(line, monkeypatch):
    """The database through the line, with a pool of its own."""
    given = connection.settings_dict | {"HOST": "127.0.0.1", "PORT": str(line.port)}
    monkeypatch.setattr(outages, "PAUSE", 0.2)
    found = DatabaseWrapper(given, alias="through_the_line")
    yield found
    found.close()
    found.close_pool()
    DatabaseWrapper._outages.pop("through_the_line", None)


def test_nothing_is_asked_while_nothing_has_failed():
    Outage().refuse_while_away(nobody_may_ask)


def test_who_comes_while_it_is_known_to_be_away_is_refused_without_asking():
    outage = Outage()
    outage.suspect()
    with pytest.raises(psycopg.OperationalError):
        outage.refuse_while_away(refused)

    with pytest.raises(OperationalError, match="away"):
        outage.refuse_while_away(nobody_may_ask)


def test_after_a_pause_one_asks_again_and_finds_it_back(monkeypatch):
    monkeypatch.setattr(outages, "PAUSE", 0)
    outage = Outage()
    outage.suspect()
    with pytest.raises(psycopg.OperationalError):
        outage.refuse_while_away(refused)

    outage.refuse_while_away(lambda: None)
    outage.refuse_while_away(nobody_may_ask)


def test_a_database_that_refuses_is_said_to_be_away_at_once(database, line):
    assert one(database)
    line.cut()

    assert [seconds_to_be_refused(database) < AT_ONCE for _request in range(5)] == [True] * 5


def test_a_database_that_does_not_answer_holds_one_request_for_two_seconds(database, line):
    assert one(database)
    line.leave_unanswered()

    assert seconds_to_be_refused(database) < 3
    assert seconds_to_be_refused(database) < AT_ONCE


def test_the_first_request_after_it_is_back_is_answered(database, line):
    assert one(database)
    line.cut()
    seconds_to_be_refused(database)
    line.mend()
    start = monotonic()
    while True:  # for a pause it is known to be away
        try:
            assert one(database)
        except OperationalError:
            assert monotonic() - start < 2
        else:
            break


def test_what_a_restart_left_in_the_pool_is_shown_to_nobody(database):
    databases = [database, *(database.copy("through_the_line") for _more in range(3))]
    for each in databases:
        each.ensure_connection()
    for each in databases:
        each.close()  # four wait in the pool
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 4

    assert all(one(database) for _request in range(6))


def test_a_line_that_was_cut_in_the_pool_is_shown_to_nobody(database, line):
    before = one(database)
    line.hang_up()

    assert one(database) not in (before, None)


def test_many_who_come_at_once_after_a_restart_are_all_answered(database, line):
    one(database)
    line.hang_up()
    answers = []

    def ask():
        answers.append(one(database.copy("through_the_line")))

    threads = [Thread(target=ask) for _request in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 8


def test_a_pool_that_is_busy_is_no_outage(database, monkeypatch):
    monkeypatch.setattr(database.pool, "timeout", 0.2)
    monkeypatch.setattr(database.pool, "_max_size", 1)
    other = database.copy("through_the_line")
    other.ensure_connection()
    with pytest.raises(OperationalError) as refusal:
        one(database)
    other.close()

    assert isinstance(refusal.value.__cause__, PoolTimeout)
    assert one(database)


def test_a_commit_whose_answer_is_lost_is_told_from_one_that_failed(database, line):
    database.set_autocommit(False)
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE lost (number integer)")
    line.cut()

    with pytest.raises(CommitUnanswered):
        database.commit()
    database.close()


def test_what_fails_before_the_commit_is_not_in_doubt(line):
    """The brother: refused by the database, which is there."""
    with (
        pytest.raises(OperationalError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)")

    assert not isinstance(refusal.value, CommitUnanswered)
