"""Message catalogues: written as .po, read as .mo, which set-up compiles."""

from pathlib import Path

from education_duty.bootstrap import tools
from education_duty.bootstrap.places import LOCALE, VENV_PYTHON


def stale() -> list[Path]:
    """The .po files whose .mo is missing or older."""
    return [po for po in sorted(LOCALE.rglob("*.po")) if _changed(po) > _changed(_compiled(po))]


def compile_stale() -> None:
    with tools.step("Compiling translations"):
        for po in stale():
            # Without --use-fuzzy a catalogue whose header is marked fuzzy is left out, silently.
            files: tools.Command = ["--input-file", po, "--output-file", _compiled(po)]
            tools.run(
                [VENV_PYTHON, "-m", "babel.messages.frontend", "compile", "--use-fuzzy", *files],
                what=f"Compiling {po.name}",
            )


def _compiled(po: Path) -> Path:
    return po.with_suffix(".mo")


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0
