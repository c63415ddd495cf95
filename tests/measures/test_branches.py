"""Of the pure ground floor no branch is without a test."""

import subprocess
import sys

import pytest

from education_duty.bootstrap.places import ROOT

MEASURES = "indicators/measures"


@pytest.mark.thorough
def test_every_branch_of_the_measures_is_taken(tmp_path):
    coverage = [sys.executable, "-m", "coverage"]
    data = f"--data-file={tmp_path / 'coverage'}"
    tests = ["-m", "pytest", "-q", "tests/measures", "-p", "no:cacheprovider", "-p", "no:xdist"]
    ran = subprocess.run(
        [*coverage, "run", "--branch", data, f"--source={MEASURES}", *tests],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:]
    told = subprocess.run(
        [*coverage, "report", data, "--show-missing", "--skip-covered", "--fail-under=100"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
