"""Where things lie, and what is said on the way."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = ROOT / "education_duty"
FRONTEND = PROJECT / "frontend"
LOCALE = ROOT / "indicators" / "locale"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
# Test runs and the demo keep here what can be thrown away and made again.
VAR = ROOT / "var"
ASSETS = VAR / "assets"
TEST_ASSETS = VAR / "test-assets"
SETUP_LOG = VAR / "setup.log"


class Refusal(Exception):
    """Something is missing. The message is one line, and says how to mend it."""


def say(line: str) -> None:
    """Progress: on stderr, so that stdout stays the command's own."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def switched_on(variable: str) -> bool:
    """A yes-or-no variable; what is neither is refused rather than taken for no."""
    value = os.environ.get(variable, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("", "0", "false", "no", "off"):
        return False
    raise Refusal(f'{variable} is "{value}": write 1 or 0.')
