"""Where the seeds lie, and their rows as they are written; changed as somebody would in a table."""

import csv
from pathlib import Path

from indicators.catalogue.seeds import Outcome

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edit(folder: Path, file: str, key: dict[str, str], **cells: str) -> None:
    """Change the cells of the row that has the cells of `key`."""
    path = folder / file
    found = rows(path)
    chosen = [row for row in found if key.items() <= row.items()]
    assert len(chosen) == 1
    chosen[0].update(cells)
    save(path, found)


def add(folder: Path, file: str, like: dict[str, str], **cells: str) -> None:
    """Add a row like another one."""
    found = rows(folder / file)
    template = next(row for row in found if like.items() <= row.items())
    save(folder / file, [*found, {**template, **cells}])


def save(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def told(outcomes: list[Outcome], file: str) -> tuple[int, int, dict[str, str]]:
    """What loading said of the file: how many were added, how many changed, what was left why."""
    outcome = next(outcome for outcome in outcomes if outcome.file == file)
    return outcome.added, outcome.changed, outcome.left
