"""Where the seeds lie, and their rows as they are written."""

import csv
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
