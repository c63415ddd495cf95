"""What a load balancer is told."""

from threading import Event

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from education_duty import health

ADDRESSES = ("/healthz", "/readyz")


@pytest.mark.parametrize("address", ADDRESSES)
def test_all_is_well(client, transactional_db, address):
    response = client.get(address)

    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_to_be_alive_asks_no_database(client):
    """Without the fixture that opens the database, asking it fails."""
    assert client.get("/healthz").content == b"ok"
    assert client.head("/healthz").status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_sent_to_https(client, transactional_db, settings, address):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(address).status_code == 200
    assert client.get("/login/").status_code == 301


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_posted_and_no_other_host_is_answered(client, db, address):
    assert client.post(address).status_code == 405
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400


def test_a_migration_that_is_not_applied_is_not_ready(client, transactional_db):
    last = max(MigrationRecorder(connection).applied_migrations())
    MigrationRecorder(connection).record_unapplied(*last)
    try:
        response = client.get("/readyz")
    finally:
        MigrationRecorder(connection).record_applied(*last)

    assert response.status_code == 503
    assert response.content == b"Migrations are not applied (1): run manage.py migrate."


def test_a_database_that_is_away_is_not_ready_and_no_secret_is_told(client, monkeypatch):
    def away(_recorder):
        raise OperationalError("password of duty@db.example refused")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"The database cannot be reached.")


def test_a_database_that_hangs_holds_nobody(client, monkeypatch):
    answered = Event()
    monkeypatch.setattr(health, "WITHIN", 0.1)
    monkeypatch.setattr(health, "_missing_migrations", lambda: answered.wait() and "")
    answers = [client.get("/readyz") for _request in range(3)]

    assert {answer.content for answer in answers} == {b"The database does not answer in time."}
    answered.set()
    assert health._asked.result() == ""
