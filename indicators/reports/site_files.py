"""Static pages written into a folder, for the commands that publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import CommandError


def written(files: Mapping[str, bytes], folder: Path) -> str:
    """What was written, in a sentence. Raises CommandError for a folder that holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} is not empty. Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (folder / path).write_bytes(content)
    return f"{len(files)} files in {folder}."
