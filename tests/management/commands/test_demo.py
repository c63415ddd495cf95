"""What `manage.py demo` prints, refuses and leaves alone. The preparation itself is not run."""

import fcntl
import json
import socket
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import Settings

from indicators.demo import preparation
from indicators.demo.accounts import ACCOUNTS
from indicators.management.commands import demo


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In demo mode, with locks in a folder of the test, and nothing to prepare."""
    settings.MODE = "demo"
    monkeypatch.setattr(demo, "VAR", tmp_path)
    monkeypatch.setattr(preparation, "prepare", lambda: None)
    monkeypatch.setattr(preparation, "forget", lambda: None)
    return tmp_path


def run(**options: object) -> str:
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


def test_json_is_one_object_on_the_last_line() -> None:
    told = json.loads(run(json=True, port=8123).splitlines()[-1])

    assert set(told) == {"url", "database_url", "accounts"}
    assert told["url"] == "http://127.0.0.1:8123/"
    assert told["database_url"].startswith("sqlite:////")
    assert told["accounts"][0] == {
        "role": "officer",
        "username": "officer",
        "password": "demo-officer",
        "jurisdiction": "500106",
    }


def test_without_json_all_accounts_are_listed() -> None:
    printed = run()

    assert "http://127.0.0.1:8000/admin/" in printed
    for account in ACCOUNTS:
        assert account.password in printed


def test_outside_its_own_mode_it_refuses(settings: Settings) -> None:
    settings.MODE = "production"

    with pytest.raises(CommandError, match=r"started by `python3 manage\.py demo` alone"):
        run()


def test_another_database_is_left_alone_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://duty@127.0.0.1/duty")

    run()

    assert "DATABASE_URL is left alone" in capsys.readouterr().err


def test_a_taken_port_is_refused_with_another_to_choose() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"--port {port + 1}"):
            call_command("demo", port=port)


@pytest.mark.parametrize("text", ["70000", "-1", "http"])
def test_a_port_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="a port is a number up to 65535"):
        call_command("demo", f"--port={text}")


def test_what_is_being_served_is_not_reset(apart: Path) -> None:
    with (apart / "demo.serving").open("a") as serving:
        fcntl.flock(serving, fcntl.LOCK_SH)

        with pytest.raises(CommandError, match="stop it before --reset"):
            run(reset=True)
        assert run()


def test_a_database_of_another_version_is_told_with_the_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def prepare() -> None:
        raise OperationalError("no such column: token")

    monkeypatch.setattr(preparation, "prepare", prepare)

    with pytest.raises(CommandError, match=r"no such column: token.*make it anew with --reset"):
        run()


def test_a_reset_removes_the_database_and_what_sqlite_keeps_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(preparation, "DATABASE", tmp_path / "demo.sqlite3")
    for name in ("demo.sqlite3", "demo.sqlite3-wal", "demo.sqlite3-shm", "other.sqlite3"):
        (tmp_path / name).touch()

    preparation.forget()

    assert [file.name for file in tmp_path.iterdir()] == ["other.sqlite3"]
