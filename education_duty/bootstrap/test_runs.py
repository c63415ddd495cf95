"""`manage.py test`: pytest on SQLite, then what touches the database once more on PostgreSQL.

The closing lines say what ran where. Runs inside .venv, with Django's settings left to pytest.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from education_duty.bootstrap import postgres
from education_duty.bootstrap.places import ROOT, Refusal

NO_TESTS = 5  # pytest's exit status for "nothing was collected"
INTERRUPTED = 2
# The caller's settings must not change what is tested; these name what tests read.
ASKED_BY_TESTS = {"EDUCATION_DUTY_REPORT"}


@dataclass(frozen=True)
class Run:
    """What came out of one run of pytest."""

    where: str
    status: int
    seconds: float
    counts: dict[str, int]
    notes: list[str]

    def description(self) -> str:
        counts = ", ".join(f"{number} {outcome}" for outcome, number in self.counts.items())
        return f"{self.where}: {counts or 'no test'} in {self.seconds:.0f} s"


def main(arguments: list[str]) -> int:
    """Run pytest on both databases, or on the one asked for; the exit status of the whole."""
    parser = argparse.ArgumentParser(
        prog="manage.py test",
        description="Run the tests on SQLite and PostgreSQL. Other arguments go on to pytest.",
        epilog="TEST_POSTGRES_URL names a server; 'throwaway' starts one for the run. "
        "--thorough runs the tests that a normal run leaves out. -n 0 runs in one process.",
        allow_abbrev=False,
    )
    parser.add_argument("--sqlite", action="store_true", help="on SQLite only")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL only")
    given, for_pytest = parser.parse_known_args(arguments)
    both = given.sqlite == given.postgres
    runs: list[Run] = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="education-duty-tests-") as folder:
        if both or given.sqlite:
            runs.append(on_sqlite(for_pytest, Path(folder)))
        if both or given.postgres:
            wanted = os.environ.get("TEST_POSTGRES_URL", "")
            if runs and runs[0].status == INTERRUPTED:
                return INTERRUPTED
            try:
                with postgres.server(wanted) as server:
                    # Alone it runs everything, as the other one would.
                    narrowed = ["--database-only", *for_pytest] if runs else for_pytest
                    runs.append(on_postgres(narrowed, Path(folder), server))
                missing = ""
            except Refusal as refusal:
                missing = f"POSTGRESQL WAS NOT TESTED: {refusal}"
                failed = bool(os.environ.get("CI") or wanted or not both)
        else:
            missing = ""
    tell(runs, missing)
    statuses = {run.status for run in runs}
    if statuses == {NO_TESTS}:
        return NO_TESTS
    return max(statuses - {NO_TESTS}, default=0) or int(failed)


def on_sqlite(arguments: list[str], folder: Path) -> Run:
    return run_pytest("SQLite", arguments, folder, f"sqlite:///{quote(str(folder))}/db.sqlite3")


def on_postgres(arguments: list[str], folder: Path, server: postgres.Server) -> Run:
    return run_pytest(server.description, arguments, folder, server.url)


def run_pytest(where: str, arguments: list[str], folder: Path, database_url: str) -> Run:
    """One run of pytest, spread over the processors unless a debugger was asked for."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("EDUCATION_DUTY_") or name in ASKED_BY_TESTS
    } | {
        "DATABASE_URL": database_url,
        # Its own in every run, so that two at once on one server do not meet.
        "EDUCATION_DUTY_TEST_DATABASE": f"test_education_duty_{os.getpid()}",
        "EDUCATION_DUTY_TEST_REPORT": str(report),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    spread = [] if "--pdb" in arguments else ["-n", "auto", "--dist", "worksteal"]
    sys.stdout.write(f"\n--- Tests on {where}\n")
    sys.stdout.flush()
    start = time.monotonic()
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=env) as process:
        # Both ask pytest to end in its own way: it has databases to remove.
        signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
        status = None
        while status is None:
            with suppress(KeyboardInterrupt):  # Ctrl-C reaches pytest by itself
                status = process.wait()
    found = json.loads(report.read_text()) if report.exists() else {"counts": {}, "notes": []}
    return Run(where, status, time.monotonic() - start, found["counts"], found["notes"])


def tell(runs: list[Run], missing: str) -> None:
    notes = dict.fromkeys(note for run in runs for note in run.notes)
    lines = ["", *notes, *(run.description() for run in runs), missing]
    sys.stdout.write("\n".join(lines).rstrip() + "\n")
    sys.stdout.flush()
