"""What all tests share: which of them run, on which database, and what is told at the end."""

import gc
import json
import os
from collections import Counter
from pathlib import Path

import hypothesis
import pytest
from django.test import TransactionTestCase

from education_duty.bootstrap.places import ROOT

pytest_plugins = [
    "tests.alone",
    "tests.browser",
    "tests.cast",
    "tests.achievement_cast",
    "tests.city_report",
    "tests.flush",
    "tests.report_cast",
    "tests.round_cast",
    "tests.journeys.under_way",
    "tests.recording.promises",
    "tests.recording.carried_cast",
    "tests.results.release_cast",
]

# A machine under load is no fault of what is tested.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
PAGES = {"browser", "client"}  # the fixtures that ask for them
COPYING = {"exchange", "imports"}  # rooms whose pages do on PostgreSQL what SQLite cannot
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("education_duty")
    group.addoption(
        "--database-only", action="store_true", help="only tests that touch the database"
    )
    group.addoption(
        "--thorough", action="store_true", help="only tests that a normal run leaves out"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: touches the database (set by itself)")
    config.addinivalue_line("markers", "page: of the page alone, whatever database is behind it")
    config.addinivalue_line("markers", "thorough: takes long; runs with --thorough alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if touches_database(item):
            item.add_marker("database")
    kept = [item for item in items if wanted(item, config)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_collection_finish() -> None:
    """What was imported stays, so garbage is not looked for in it, and seldom elsewhere: else a
    tenth of the run goes there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def touches_database(item: pytest.Item) -> bool:
    test_class = getattr(item, "cls", None)
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        or (test_class and issubclass(test_class, TransactionTestCase))
    )


def wanted(item: pytest.Item, config: pytest.Config) -> bool:
    """Of the second run, on PostgreSQL, only what touches the database, and not what is of the page
    alone; what asks for pages, in the browser or not, and what walks through the whole house, asks
    the same of the database as other tests do, and waits there for --thorough."""
    second = config.getoption("--database-only")
    if second and (item.get_closest_marker("page") or not item.get_closest_marker("database")):
        return False
    thorough = item.get_closest_marker("thorough") is not None
    room = item.path.relative_to(ROOT / "tests").parts[0]
    pages = bool(PAGES & set(getattr(item, "fixturenames", ()))) and room not in COPYING
    thorough |= second and (pages or room == "house")
    return thorough == config.getoption("--thorough")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the counts for `manage.py test`, which tells them for both databases at the end.

    A reason to skip that begins with NO, in capitals, is repeated there: something is missing.
    """
    path = os.environ.get("EDUCATION_DUTY_TEST_REPORT")
    if path:
        counts = Counter({name: len(terminalreporter.getreports(name)) for name in OUTCOMES})
        reasons = {report.longrepr[2] for report in terminalreporter.getreports("skipped")}
        notes = sorted(text.removeprefix("Skipped: ") for text in reasons if ": NO " in text)
        found = {"counts": {name: n for name, n in counts.items() if n}, "notes": notes}
        Path(path).write_text(json.dumps(found))
