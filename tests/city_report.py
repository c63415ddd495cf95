"""The city's published report, which is not part of the project, for the tests that need it.

It is looked for at the path in EDUCATION_DUTY_REPORT, else beside the project; where there is none,
the tests that need it say so and are skipped.
"""

import os
import warnings
from pathlib import Path

import pytest

from education_duty.bootstrap.places import ROOT
from tests.catalogue.files import rows

BESIDE = ROOT.parent / "shared" / "reference" / "self-evaluation-report.txt"


@pytest.fixture(scope="session")
def report_path():
    path = Path(os.environ.get("EDUCATION_DUTY_REPORT") or BESIDE)
    if not path.is_file():
        skip(
            "NO REPORT to hold the figures of the seeds against: put its text beside the project,"
            " or give its path in EDUCATION_DUTY_REPORT."
        )
    return path


@pytest.fixture(scope="session")
def city_report(report_path):
    with report_path.open(encoding="utf-8", newline="") as file:
        return file.read()


@pytest.fixture
def checked_list(report_path):
    """The list of figures that was checked by hand, by indicator."""
    path = report_path.parent / "figures.csv"
    if not path.is_file():
        skip("NO CHECKED LIST of figures beside the report: the seeds were not compared with it.")
    return {row["indicator_code"]: row for row in rows(path)}


def skip(said):
    warnings.warn(said, stacklevel=2)
    pytest.skip(said)
