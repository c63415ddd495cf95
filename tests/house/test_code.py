"""Lint, format, types and the order of imports, each by its own tool (pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

import pytest

from education_duty.bootstrap.places import ROOT

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
