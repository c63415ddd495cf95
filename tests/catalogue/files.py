"""Where the seeds lie, and their rows as they are written; changed as somebody would in a table."""

import csv
from pathlib import Path

from indicators.catalogue.seeds import Outcome

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
OWN = SEEDS / "chongqing"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_rows(file: str) -> list[dict[str, str]]:
    """The rows of what ships for every city and of what is Chongqing's own."""
    return [row for path in _paths(SEEDS, file) for row in rows(path)]


def path_with(folder: Path, file: str, key: dict[str, str]) -> Path:
    """The file, of every city or of one, that holds the one row with the cells of `key`."""
    (found,) = (
        path
        for path in _paths(folder, file)
        if [row for row in rows(path) if key.items() <= row.items()]
    )
    return found


def _paths(folder: Path, file: str) -> list[Path]:
    return [path for path in (folder / file, folder / OWN.name / file) if path.is_file()]


def edit(folder: Path, file: str, key: dict[str, str], **cells: str) -> None:
    """Change the cells of the row that has the cells of `key`."""
    path = path_with(folder, file, key)
    found = rows(path)
    chosen = [row for row in found if key.items() <= row.items()]
    assert len(chosen) == 1
    chosen[0].update(cells)
    save(path, found)


def add(folder: Path, file: str, like: dict[str, str], **cells: str) -> None:
    """Add a row like another one, behind it."""
    path = path_with(folder, file, like)
    found = rows(path)
    template = next(row for row in found if like.items() <= row.items())
    save(path, [*found, {**template, **cells}])


def save(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def told(outcomes: list[Outcome], file: str) -> tuple[int, int, dict[str, str]]:
    """What loading said of the file: how many were added, how many changed, what was left why."""
    of_file = [one for one in outcomes if Path(one.file).name == file]
    left = {key: why for one in of_file for key, why in one.left.items()}
    return sum(one.added for one in of_file), sum(one.changed for one in of_file), left
