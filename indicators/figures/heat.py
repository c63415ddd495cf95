"""Units by the indicators of a duty area, each cell with its light or its place among the units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.figures.figure import Figure
from indicators.figures.queries import figures_of
from indicators.figures.unit_lines import unit_lines
from indicators.models import LIT, Direction, Jurisdiction, QuantityKind, User

# Of counts and amounts large units have more, which is neither good nor bad.
SHOWN = (
    QuantityKind.SHARE,
    QuantityKind.RATE,
    QuantityKind.AVERAGE,
    QuantityKind.GROWTH_RATE,
    QuantityKind.PERCENTAGE_POINTS,
    QuantityKind.STATEMENT,
)
FIFTHS = 5


@dataclass(frozen=True)
class Cell:
    """`shade` is a light's code, a fifth from `fifth1` (the worst) to `fifth5`, `missing` where a
    figure is awaited, or nothing."""

    figure: Figure | None
    shade: str


@dataclass(frozen=True)
class HeatLine:
    unit: Jurisdiction
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMap:
    """`figures` are those of the unit above, whose indicators head the columns."""

    figures: list[Figure]
    lines: list[HeatLine]


def heat_map(
    user: User, unit: Jurisdiction, evaluation_year: int, area: str, *, tier: str
) -> HeatMap:
    """Rates and statements of the duty area (code) that the units below are asked too, or compute.
    Two queries of figures."""
    own = [
        one
        for one in figures_of(user, unit, evaluation_year, tier=tier)
        if one.indicator.duty_area.code == area and one.indicator.quantity_kind in SHOWN
    ]
    lines = unit_lines(user, own)
    below = [line for line in lines if line.unit != unit]
    asked = [
        at for at in range(len(own)) if any(line.figures[at] is not None for line in below)
    ] or range(len(own))
    spans = {at: span_of(line.figures[at] for line in below) for at in asked}
    return HeatMap(
        [own[at] for at in asked],
        [
            HeatLine(
                line.unit,
                [Cell(line.figures[at], shade_of(line.figures[at], spans[at])) for at in asked],
            )
            for line in lines
        ],
    )


def span_of(figures: Iterable[Figure | None]) -> tuple[Decimal, Decimal] | None:
    """Their lowest and highest; None with fewer than two, or all alike."""
    numbers = [one.number for one in figures if one is not None and one.number is not None]
    if len(numbers) < 2 or min(numbers) == max(numbers):
        return None
    return min(numbers), max(numbers)


def shade_of(figure: Figure | None, span: tuple[Decimal, Decimal] | None) -> str:
    """A code of `Cell.shade`; `span` is that of the units beside each other."""
    if figure is None:
        return ""
    if not figure.has_figure:
        return "" if figure.result_state == "not_applicable" else "missing"
    if figure.status in LIT:
        return figure.status
    direction = figure.indicator.direction
    if figure.number is None or span is None or direction in (Direction.NONE, Direction.MET):
        return ""
    part = (figure.number - span[0]) / (span[1] - span[0])
    if direction == Direction.LOWER_BETTER:
        part = 1 - part
    fifth = min(FIFTHS, max(1, int(part * FIFTHS) + 1))
    return f"fifth{fifth}"
