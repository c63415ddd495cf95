"""Killed at any moment, the process for imports leaves all of one or nothing."""

import os
import random
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from education_duty.bootstrap.places import ROOT
from indicators.benchmark.city import Size, entries, make_city
from indicators.imports import services
from indicators.models import Import, ImportTask, Membership, Standing, User, YearlyValue
from indicators.recording.imports import confirm_import
from tests.imports.workbooks import csv_file, upload

TIMES = 20
TIMES_AT_THE_END = 5
SIZE = Size(units=41, indicators=150, years=10)


@pytest.fixture
def waiting(client, settings, monkeypatch):
    """A list of 61,500 figures that waits to be saved, and its user's browser."""
    settings.IMPORTS_IN_BACKGROUND = True
    city = make_city(SIZE)
    user = User.objects.create_user("city", full_name="市填报")
    Membership.objects.create(user=user, jurisdiction=city.top, role="officer")
    client.force_login(user)
    lines = [
        f"{one.indicator.code},{one.jurisdiction.code},{one.year},{one.text}"
        for one in entries(city)
    ]
    with monkeypatch.context() as patched:
        patched.setattr(services, "BYTES_AT_ONCE", 10**9)
        return upload(
            client,
            csv_file("\n".join(["indicator,jurisdiction,year,value", *lines])),
            reason="补录",
        )


def start():
    """The process, beside these tests and in their database."""
    url = connection.settings_dict
    login = f"{url['USER']}:{url['PASSWORD']}" if url["PASSWORD"] else url["USER"]
    place = f"postgres://{login}@{quote(url['HOST'], safe='')}:{url['PORT'] or 5432}/{url['NAME']}"
    env = os.environ | {
        "DATABASE_URL": place,
        "EDUCATION_DUTY_MODE": "development",
        "EDUCATION_DUTY_OWN_ENVIRONMENT": "1",
        "DJANGO_SETTINGS_MODULE": "education_duty.settings",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "run_imports", "--once"]
    return subprocess.Popen(command, cwd=ROOT, env=env)


def until(seen, process):
    while process.poll() is None and not seen():
        time.sleep(0.02)
    assert process.poll() is None, "it ended by itself"


def is_taken():
    return ImportTask.objects.filter(lease__isnull=False).exists()


def others(condition):
    """How many other connections of this database are so at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")  # kept else until a transaction ends
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            f" and pid <> pg_backend_pid() and {condition}"
        )
        return cursor.fetchone()[0]


def waits_at_the_end():
    """Whether a process has done the work and asks for its task, which is locked."""
    return others("wait_event_type = 'Lock' and query like 'DELETE FROM%importtask%'")


def kill(process):
    process.kill()
    process.wait()


def until_gone():
    """Its connections live until they notice, and end the statement that they were told."""
    while others("xact_start is not null"):
        time.sleep(0.02)


def saved():
    """How many figures are there, all with what belongs to them."""
    count = YearlyValue.objects.count()
    assert count in (0, SIZE.values)
    assert Standing.objects.count() == count
    assert ImportTask.objects.exists() == (count == 0)
    return count


def free_again():
    """The task, whose lease has ended and whose attempts nobody counts."""
    ImportTask.objects.update(lease=None, leased_until=None, attempts=0)


def takes(waiting):
    """Seconds of the work, which is then not kept."""
    begun = time.perf_counter()
    with transaction.atomic():
        confirm_import(waiting, actor=waiting.actor, seen=waiting.list_digest, only_valid=False)
        transaction.set_rollback(True)
    return time.perf_counter() - begun


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="one process writes at a time")
def test_killed_at_any_moment_all_or_nothing_is_saved(client, waiting):
    """While the task's row is locked nobody gets past the end, however quick the machine; what
    happens around the last commit is tried without the lock."""
    dice = random.Random(20)
    seconds = takes(waiting)
    client.post(f"/imports/{waiting.pk}/confirm/", {"act": "all", "seen": waiting.list_digest})
    for _time in range(TIMES):
        process = start()
        until(is_taken, process)
        with transaction.atomic():
            ImportTask.objects.select_for_update().get()
            time.sleep(seconds * dice.random())
            kill(process)
            assert saved() == 0
        until_gone()
        free_again()
    for _time in range(TIMES_AT_THE_END):
        process = start()
        until(is_taken, process)
        with transaction.atomic():
            ImportTask.objects.select_for_update().get()
            until(waits_at_the_end, process)
        time.sleep(dice.random() / 20)
        kill(process)
        until_gone()
        if saved():
            break
        free_again()
    else:
        assert start().wait() == 0
    assert saved() == SIZE.values
    assert Import.objects.get().state == "done"
