"""From a clone to a command on a machine without Node: the real thing, over the network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from education_duty.bootstrap.places import ROOT

pytestmark = pytest.mark.thorough
SYSTEM_PYTHON = Path(sys.base_prefix) / "bin" / "python3"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "clone"], check=True)
    return tmp_path / "clone"


def manage(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """With an empty HOME, and on PATH nothing but git."""
    home, path = clone.parent / "home", clone.parent / "path"
    home.mkdir(exist_ok=True)
    path.mkdir(exist_ok=True)
    if not (path / "git").exists():
        (path / "git").symlink_to(shutil.which("git") or "git")
    network = ("PIP_", "SSL_", "NODE_EXTRA_", "HTTP", "http", "NO_PROXY", "no_proxy")
    kept = {name: value for name, value in os.environ.items() if name.startswith(network)}
    return subprocess.run(
        [SYSTEM_PYTHON, clone / "manage.py", *arguments],
        env=kept | {"HOME": str(home), "PATH": str(path), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_clone_sets_itself_up_without_node_and_only_once(clone: Path) -> None:
    first = manage(clone, "check")
    second = manage(clone, "check")

    assert first.returncode == 0, first.stderr
    assert "Installing Node from PyPI" in first.stderr
    assert (clone / "var" / "assets" / "chart.umd.js").stat().st_size > 100_000
    assert first.stdout == second.stdout
    assert second.stderr == ""
