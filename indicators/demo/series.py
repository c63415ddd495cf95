"""The shapes in which a figure's level over years and districts is told (`levels` tells them)."""

from __future__ import annotations

from dataclasses import dataclass

WAN, YI = 10_000, 100_000_000
RESIDENTS = "residents"
# What districts lean towards, in per cent of the city's level, by kind of place.
Leaning = tuple[int, int, int, int]
SETTINGS = ("centre", "ring", "northeast", "southeast")
EVEN: Leaning = (100, 100, 100, 100)


@dataclass(frozen=True)
class Shared:
    """A total shared out in proportion to another figure, `of`, more or less.

    `spread` is how far a district may lie from its kind, per mille; `part` says that it is a part
    of `of` and nowhere more. `step` is the smallest amount that is told.
    """

    code: str
    unit: str
    of: str
    totals: dict[int, int]
    leaning: Leaning = EVEN
    spread: int = 50
    part: bool = False
    step: int = 1


@dataclass(frozen=True)
class Difference:
    """What remains of `of` without `less`."""

    code: str
    unit: str
    of: str
    less: str


Series = Shared | Difference


@dataclass(frozen=True)
class Stated:
    """A statement, and in how many districts it was met in part only, year after year."""

    code: str
    partly: dict[int, int]
    words: str


def of_years(first: int, *totals: int, times: int = 1) -> dict[int, int]:
    return {first + later: total * times for later, total in enumerate(totals)}
