"""Units within their boundaries, where an operator has loaded those of all that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from indicators.figures.drawing import SHAPE_LETTERS
from indicators.figures.figure import Figure
from indicators.figures.heat import shade_of, span_across
from indicators.models import Boundary
from indicators.models.prepared import prepared

FEWEST = 3  # units
LETTERS = 64  # that the map is wide


@dataclass(frozen=True)
class Area:
    """`path` is SVG path data in the map's own coordinates."""

    figure: Figure
    path: str
    shade: str
    doubt: str


@dataclass(frozen=True)
class Label:
    """`x` is the middle of the words, `y` their lower edge."""

    words: str
    x: int
    y: int


@dataclass(frozen=True)
class DrawnMap:
    """`box` is the SVG's viewBox, `letter` the height of a letter in its coordinates."""

    areas: list[Area]
    labels: list[Label]
    box: str
    letter: int
    approval_numbers: str
    sources: str

    @property
    def is_doubted(self) -> bool:
        return any(area.doubt for area in self.areas)


def drawn_map(figures: Sequence[Figure]) -> DrawnMap | None:
    """None where a unit has no boundary, or with fewer than FEWEST. One query."""
    units = [one.jurisdiction.pk for one in figures]
    kept = {one.jurisdiction_id: one for one in _boundaries(units=units)}
    if len(kept) < max(len(units), FEWEST):
        return None
    found = [(one, kept[one.jurisdiction.pk]) for one in figures]
    left, top = (min(getattr(one, side) for one in kept.values()) for side in ("left", "top"))
    right, bottom = (
        max(getattr(one, side) for one in kept.values()) for side in ("right", "bottom")
    )
    span = span_across(figures)
    letter = max(1, (right - left) // LETTERS)
    return DrawnMap(
        [Area(figure, one.path, shade_of(figure, span), figure.doubt) for figure, one in found],
        _labels(found, letter),
        f"{left} {top} {right - left} {bottom - top}",
        letter,
        "、".join(dict.fromkeys(one.approval_number for one in kept.values())),
        "、".join(dict.fromkeys(one.source for one in kept.values() if one.source)),
    )


@prepared
def _boundaries(units: Any) -> QuerySet[Boundary]:
    return Boundary.objects.filter(jurisdiction__id__in=units).order_by()


def _labels(found: Sequence[tuple[Figure, Boundary]], letter: int) -> list[Label]:
    """The shape of each light in the middle of its unit, with the name where there is room; large
    units come first, and none lies over another."""
    by_size = sorted(
        found, key=lambda one: (one[1].left - one[1].right) * (one[1].bottom - one[1].top)
    )
    taken: list[tuple[int, int, int, int]] = []
    labels = []
    for figure, one in by_size:
        mark, name = SHAPE_LETTERS.get(figure.status, ""), str(figure.jurisdiction.name)
        if figure.doubt:
            mark += "⚠"
        x, y = (one.left + one.right) // 2, (one.top + one.bottom + letter) // 2
        for words in (f"{mark} {name}".strip(), mark):
            half = letter * (len(words) + 1) // 2
            place = (x - half, y - letter * 5 // 4, x + half, y + letter // 4)
            # A name may reach a little over the sides of its unit.
            fits = words == mark or 4 * half <= 3 * (one.right - one.left)
            if words and fits and not any(_overlap(place, other) for other in taken):
                taken.append(place)
                labels.append(Label(words, x, y))
                break
    return labels


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
