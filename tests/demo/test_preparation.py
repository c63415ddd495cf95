"""The demonstration in a PostgreSQL database: an empty one or its own, and nobody else's."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from education_duty.bootstrap.fingerprint import Stamps
from education_duty.bootstrap.places import ROOT
from indicators.demo import preparation
from indicators.management.commands import demo

URL = "postgresql://duty@127.0.0.1/demo"


@pytest.fixture
def named(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In demo mode with a database of PostgreSQL, empty or not as the test says; what was done."""
    done: list[str] = []
    settings.MODE = "demo"
    monkeypatch.setattr(demo, "VAR", tmp_path)
    there = SimpleNamespace(vendor="postgresql", settings_dict={"NAME": "demo"})
    monkeypatch.setattr(demo, "connection", there)
    monkeypatch.setattr(preparation, "is_empty", lambda: True)
    monkeypatch.setattr(preparation, "is_own", lambda: False)
    monkeypatch.setattr(preparation, "prepare", lambda: done.append("prepared"))
    monkeypatch.setattr(preparation, "forget", lambda: done.append("forgotten"))
    return done


def run(**options: object) -> None:
    call_command("demo", no_serve=True, database=URL, **options)


def test_an_empty_database_is_taken_and_told(
    named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run()

    assert named == ["prepared"]
    assert URL in capsys.readouterr().out.splitlines()


def test_the_demos_own_is_taken_up_again(named: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "is_empty", lambda: False)
    monkeypatch.setattr(preparation, "is_own", lambda: True)

    run()

    assert named == ["prepared"]


def test_a_database_that_holds_anything_else_is_refused(
    named: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "is_empty", lambda: False)

    with pytest.raises(CommandError, match=r"demo holds something that is not the demo's"):
        run()
    assert named == []


def test_it_is_not_reset(named: list[str]) -> None:
    with pytest.raises(CommandError, match=r"make an empty database and name it\.$"):
        run(reset=True)
    assert named == []


def test_it_is_postgresql(named: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "connection", SimpleNamespace(vendor="sqlite"))

    with pytest.raises(CommandError, match="takes a PostgreSQL database"):
        run()
    assert named == []


@pytest.mark.django_db
def test_a_database_is_known_as_the_demos_by_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "stamps", Stamps(tmp_path / "demo.json"))
    preparation.stamps.set(preparation.stamp("data"), "of an earlier database")
    assert not preparation.is_empty()
    assert not preparation.is_own()

    preparation.begin()

    assert preparation.is_own() == (connection.vendor == "postgresql")
    assert not preparation.stamps.fits(preparation.stamp("data"), "of an earlier database")


def test_the_settings_take_the_database_that_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-serve", "--database=mysql://duty@h/demo"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "education_duty.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "must begin with postgresql://" in done.stderr
