"""Finding a PostgreSQL server, or starting one that leaves nothing behind."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from education_duty.bootstrap import postgres
from education_duty.bootstrap.places import Refusal

KINDS = {"installed": postgres.installed_binaries, "packaged": postgres.packaged_binaries}


def version_of(url: str) -> str:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT version()").fetchone()[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_throwaway_cluster_answers_and_leaves_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries = KINDS[kind]()
    if not binaries:
        pytest.skip(f"no {kind} PostgreSQL binaries here")
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    before = set(Path("/tmp").glob("postgres-*"))

    with postgres.throwaway(binaries) as server:
        assert version_of(server.url).startswith("PostgreSQL")
        folders = set(Path("/tmp").glob("postgres-*")) - before
        assert any(str(folder.name) in server.url for folder in folders)

    assert not [folder for folder in folders if folder.name in server.url and folder.exists()]
    with pytest.raises(psycopg.OperationalError):
        version_of(server.url)


def test_throwaway_is_what_one_gets_when_asking_for_it() -> None:
    with postgres.server(postgres.THROWAWAY) as server:
        assert "throwaway" in server.description


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as somebody else")
def test_binaries_that_the_servers_user_cannot_read_are_copied(tmp_path: Path) -> None:
    packaged = postgres.packaged_binaries()
    assert packaged is not None
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = packaged.parent.parent
    shutil.copytree(packaged.parent, closed / package.name / packaged.parent.name)
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    binaries = closed / package.name / packaged.parent.name / "bin"
    assert not postgres.reachable(binaries, postgres.unprivileged())

    with postgres.throwaway(binaries) as server:
        assert version_of(server.url)


def test_a_given_server_that_does_not_answer_is_refused() -> None:
    with (
        pytest.raises(Refusal, match="No PostgreSQL 14 or newer"),
        postgres.server("postgresql://nobody@127.0.0.1:1/none"),
    ):
        pass


def test_without_any_postgresql_the_refusal_says_the_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing: Callable[[], None] = lambda: None  # noqa: E731
    for where in ("on_this_machine", "installed_binaries", "packaged_binaries"):
        monkeypatch.setattr(postgres, where, nothing)

    with pytest.raises(Refusal, match="apt-get install postgresql"), postgres.server():
        pass
