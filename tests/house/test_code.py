"""Lint, format, types and the order of imports, each by its own tool (pyproject.toml); and that
figures are written in one place."""

import subprocess
import sys
from pathlib import Path

import pytest

from education_duty.bootstrap.places import ROOT
from tests.house import tracked, writes

TOOLS = Path(sys.executable).parent
CHECKS = {
    "lint": ["ruff", "check", "--no-cache"],
    "format": ["ruff", "format", "--check", "--no-cache"],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_keeps_the_house_rules(check: str) -> None:
    tool, *arguments = CHECKS[check]

    found = subprocess.run(
        [TOOLS / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("YearlyValue.objects.create(number=1)", ["1: YearlyValue.create"]),
        ("models.Standing.objects.filter(pk=1).delete()", ["1: Standing.delete"]),
        (
            "ValueRevision.objects.for_user(user).exclude(pk=1).update(x=1)",
            ["1: ValueRevision.update"],
        ),
        ("indicator.values.filter(year=2021).update(note='')", ["1: values.update"]),
        ("value.standings.create(tier='approved')", ["1: standings.create"]),
        ("copy_in(YearlyValue, COLUMNS, rows)", ["1: YearlyValue"]),
        ("value = YearlyValue(number=1)\nvalue.save()", ["2: save"]),
        ("run('insert into indicators_standing (tier)')", ["1: insert into indicators_standing"]),
        ("run(f'UPDATE indicators_yearlyvalue SET x = {1}')", ["1: UPDATE indicators_yearlyvalue"]),
        ("YearlyValue.objects.filter(pk=1).first()", []),
        ("places.values().update({})", []),
        ("Round.objects.create()", []),
        ("run('SELECT 1 FROM indicators_yearlyvalue')", []),
    ],
)
def test_the_search_for_writes_finds_what_is_planted(planted: str, found: list[str]) -> None:
    assert writes.complaints(planted) == found


def test_figures_are_written_by_recording_alone() -> None:
    """The benchmark writes bare SQL, beside which the door is measured, into a city of its own."""
    modules = [
        file
        for file in tracked.files()
        if file.suffix == ".py" and file.parts[0] in ("indicators", "education_duty")
        if file.parts[1] not in ("migrations", "recording")
    ]
    found = [
        f"{file}:{complaint}"
        for file in modules
        for complaint in writes.complaints(tracked.text_of(file))
    ]

    assert len(modules) > 100
    assert {one.split(":")[0] for one in found} == {"indicators/benchmark/rows.py"}
