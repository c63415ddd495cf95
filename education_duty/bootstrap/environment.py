"""The virtual environment: made once, filled with exactly what is locked."""

import importlib.util
import os
import sys
import venv
from pathlib import Path

from education_duty.bootstrap import fingerprint, tools
from education_duty.bootstrap.places import PROJECT, VENV, VENV_PYTHON, Refusal

RUNTIME = PROJECT / "requirements.txt"
TEST = PROJECT / "requirements-test.txt"
NODE = PROJECT / "requirements-node.txt"

PYTHON = "{}.{}".format(*sys.version_info)

stamps = fingerprint.Stamps(VENV / "stamps.json")


def inside() -> bool:
    """Is this process the environment's own Python?"""
    return Path(sys.prefix).resolve() == VENV.resolve()


def made() -> bool:
    """Is there an environment whose making came to its end?

    One made for another minor version of Python is none: its packages are out of sight. That
    shows only from inside, when the system's Python was replaced under the environment's link.
    """
    if not VENV_PYTHON.exists():
        return False
    return stamps.fits("python", PYTHON) if inside() else stamps.path.exists()


def make() -> None:
    """Make it anew with the system's Python."""
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise Refusal(
            "This Python lacks its venv module: install it "
            f"(Debian and Ubuntu: apt-get install python{PYTHON}-venv), then call again."
        )
    with tools.step("Making .venv"):
        # pip comes in by its own command, so that its words reach the log.
        venv.EnvBuilder(clear=True, symlinks=True).create(VENV)
        tools.run([VENV_PYTHON, "-m", "ensurepip", "--default-pip"], what="Putting pip into .venv")
    stamps.set("python", PYTHON)


def installed(lock: Path) -> bool:
    return stamps.fits(lock.name, fingerprint.of_files([lock]))


def install(lock: Path, what: str) -> None:
    """Install a lock file, each package only with one of the hashes it names."""
    settings = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with tools.step(f"Installing {what}"):
        tools.run(
            [VENV_PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock],
            what=f"Installing {what}",
            env=os.environ | settings,
            show="Collecting ",
        )
    stamps.set(lock.name, fingerprint.of_files([lock]))
