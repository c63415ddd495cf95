"""`manage.py test`: which runs there are, what is told at the end, and what counts as failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from education_duty.bootstrap import postgres, test_runs
from education_duty.bootstrap.places import Refusal
from education_duty.bootstrap.test_runs import NO_TESTS, Run

SERVER = postgres.Server("postgresql://nobody@127.0.0.1/none", "PostgreSQL 15.2")


class Runs:
    """Stands in for pytest: keeps what it was asked, answers with the statuses given."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.asked: list[tuple[str, list[str]]] = []

    def __call__(self, where: str, arguments: list[str], folder: Path, database_url: str) -> Run:
        self.asked.append((where, arguments))
        status = self.statuses.pop(0)
        return Run(
            where, status, 1.2, {"passed": 3, "failed": 1} if status == 1 else {"passed": 3}, []
        )


@contextmanager
def found(wanted: str = "") -> Iterator[postgres.Server]:
    yield SERVER


@contextmanager
def none_found(wanted: str = "") -> Iterator[postgres.Server]:
    raise Refusal("none is installed")
    yield


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's machine with PostgreSQL."""
    for variable in ("CI", "TEST_POSTGRES_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(postgres, "server", found)


def ran(monkeypatch: pytest.MonkeyPatch, *statuses: int) -> Runs:
    runs = Runs(*statuses)
    monkeypatch.setattr(test_runs, "run_pytest", runs)
    return runs


def test_all_run_on_sqlite_and_those_with_a_database_again_on_postgresql(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = ran(monkeypatch, 0, 0)

    assert test_runs.main(["tests/recording", "-k", "sum"]) == 0
    assert runs.asked == [
        ("SQLite", ["tests/recording", "-k", "sum"]),
        ("PostgreSQL 15.2", ["--database-only", "tests/recording", "-k", "sum"]),
    ]
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "SQLite: 3 passed in 1 s",
        "PostgreSQL 15.2: 3 passed in 1 s",
    ]


@pytest.mark.parametrize(
    ("option", "where"), [("--sqlite", "SQLite"), ("--postgres", SERVER.description)]
)
def test_one_alone_runs_everything(
    monkeypatch: pytest.MonkeyPatch, option: str, where: str
) -> None:
    runs = ran(monkeypatch, 0)

    assert test_runs.main([option, "-x"]) == 0
    assert runs.asked == [(where, ["-x"])]


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        ((0, 0), 0),
        ((1, 0), 1),
        ((0, 1), 1),
        ((0, NO_TESTS), 0),
        ((NO_TESTS, NO_TESTS), NO_TESTS),
        ((1, NO_TESTS), 1),
    ],
)
def test_what_fails_on_either_fails(
    monkeypatch: pytest.MonkeyPatch, statuses: tuple[int, int], whole: int
) -> None:
    ran(monkeypatch, *statuses)

    assert test_runs.main([]) == whole


def test_an_interrupted_run_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = ran(monkeypatch, test_runs.INTERRUPTED)

    assert test_runs.main([]) == test_runs.INTERRUPTED
    assert len(runs.asked) == 1


def test_without_postgresql_that_is_one_loud_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(monkeypatch, 0)
    monkeypatch.setattr(postgres, "server", none_found)

    assert test_runs.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "POSTGRESQL WAS NOT TESTED: none is installed"
    )


@pytest.mark.parametrize(
    ("variable", "value", "arguments"),
    [("CI", "true", []), ("TEST_POSTGRES_URL", "throwaway", []), ("X", "", ["--postgres"])],
)
def test_without_postgresql_it_fails_where_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, arguments: list[str]
) -> None:
    ran(monkeypatch, 0)
    monkeypatch.setattr(postgres, "server", none_found)
    monkeypatch.setenv(variable, value)

    assert test_runs.main(arguments) == 1


@pytest.mark.usefixtures("db")
def test_a_test_with_the_database_is_marked_so(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database")


def test_a_test_without_it_is_not(request: pytest.FixtureRequest) -> None:
    assert not request.node.get_closest_marker("database")
