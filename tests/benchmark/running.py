"""Runs a benchmark as an operator does, in a database of its own on the server of the tests."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from education_duty.bootstrap.places import ROOT


def ran(what, size, *more):
    """The one object that it prints, and what it tells meanwhile."""
    if connection.vendor != "postgresql":
        pytest.skip("the benchmark measures PostgreSQL; it runs with the tests there")
    url = os.environ["DATABASE_URL"]  # of the server; the benchmark makes its own database there
    done = subprocess.run(
        [sys.executable, "manage.py", "benchmark", what, "--json", "--quick"]
        + [f"--{name}={number}" for name, number in vars(size).items()]
        + [*more],
        cwd=ROOT,
        env=os.environ | {"TEST_POSTGRES_URL": url, "EDUCATION_DUTY_OWN_ENVIRONMENT": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    [line] = done.stdout.splitlines()
    return json.loads(line), done.stderr
