"""What belongs to the project: the files that git tracks."""

import subprocess
from functools import cache
from pathlib import Path

from education_duty.bootstrap.places import ROOT


@cache
def files() -> tuple[Path, ...]:
    """Relative to the root; those deleted but not yet committed are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = (Path(name) for name in listed.stdout.split("\0") if name)
    return tuple(name for name in names if (ROOT / name).is_file())


def text_of(file: Path) -> str:
    """Empty for what is no text, such as a picture."""
    try:
        return (ROOT / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
