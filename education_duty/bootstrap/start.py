"""The first thing manage.py does."""

import os
import sys
from pathlib import Path

from education_duty.bootstrap import assets, environment, tools, translations
from education_duty.bootstrap.places import (
    ROOT,
    SETUP_LOG,
    VAR,
    VENV_PYTHON,
    Refusal,
    switched_on,
)

# Set by who looks after packages, assets and translations themselves, such as an image's builder.
OWN_ENVIRONMENT = "EDUCATION_DUTY_OWN_ENVIRONMENT"


def enter(argv: list[str]) -> None:
    """Come back only inside .venv with all in place; otherwise set up and start the command there.

    Ends the process with one line on stderr where something is missing.
    """
    try:
        if switched_on(OWN_ENVIRONMENT):
            return
        if os.name == "nt":
            raise Refusal("Windows is not supported: call this inside WSL (wsl --install).")
        for_tests = argv[1:2] == ["test"]
        was_ready = ready(for_tests)
        if not was_ready:
            set_up(for_tests)
        # After a set-up even from inside: what is already imported may have been replaced.
        if not (was_ready and environment.inside()):
            os.execv(VENV_PYTHON, [str(VENV_PYTHON), str(ROOT / "manage.py"), *argv[1:]])
    except Refusal as refusal:
        sys.exit(f"manage.py: {refusal}")
    except OSError as error:
        what = error.strerror or str(error)
        where = f" ({error.filename})" if error.filename else ""
        sys.exit(f"manage.py: set-up stopped: {what}{where}; mend that and call again.")
    except KeyboardInterrupt:
        sys.exit("manage.py: set-up was interrupted; call again to go on.")


def ready(for_tests: bool) -> bool:
    return (
        environment.made()
        and all(environment.installed(lock) for lock in _locks(for_tests))
        and assets.in_place()
        and not translations.stale()
    )


def set_up(for_tests: bool) -> None:
    """Do what is not done yet, each step where the one before it has come to its end."""
    VAR.mkdir(exist_ok=True)
    with tools.one_at_a_time(VAR / "setup.lock", "Another start is setting up; waiting for it ..."):
        if ready(for_tests):
            return
        SETUP_LOG.write_text("")
        if not environment.made():
            environment.make()
        for lock, what in _locks(for_tests).items():
            if not environment.installed(lock):
                environment.install(lock, what)
        if not assets.in_place():
            assets.put_in_place()
        if translations.stale():
            translations.compile_stale()


def _locks(for_tests: bool) -> dict[Path, str]:
    runtime = {environment.RUNTIME: "locked packages"}
    return runtime | ({environment.TEST: "locked packages of the tests"} if for_tests else {})
