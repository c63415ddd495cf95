"""Knowing in milliseconds that nothing has to be done."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def of_files(paths: Iterable[Path], *facts: str) -> str:
    """One hash over names and contents of files, and over facts such as a version.

    A folder counts as all files below it; what is not there counts as absent, not as an error.
    """
    whole = hashlib.sha256("\0".join(facts).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                whole.update(f"{file.relative_to(path.parent)}\0{content}\n".encode())
    return whole.hexdigest()


class Stamps:
    """What was done last, by name: a small JSON file, written after the work and never before."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fits(self, name: str, fingerprint: str) -> bool:
        return self._read().get(name) == fingerprint

    def set(self, name: str, fingerprint: str) -> None:
        known = self._read() | {name: fingerprint}
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(known, indent=1, sort_keys=True))
        fresh.replace(self.path)

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(self.path.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}  # nothing known: everything is done again
