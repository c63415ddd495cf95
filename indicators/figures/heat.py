"""Units by the indicators of a duty area, each cell with its light or its place among the units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.figures.boundaries import (
    Boundaries,
    FigureNow,
    changed_since,
    figures_now,
    units_now,
)
from indicators.figures.figure import Figure
from indicators.figures.queries import figures_of
from indicators.figures.unit_lines import unit_lines
from indicators.models import LIT, Direction, Jurisdiction, QuantityKind, Status, User
from indicators.results import current_snapshot

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


def widest_area() -> str:
    """The duty area (code) with the most columns, the first of several; empty without any."""
    shown = Counter(
        one.duty_area.code
        for one in current_snapshot().indicators.values()
        if one.quantity_kind in SHOWN
    )
    return max(shown, key=lambda code: shown[code], default="")


@dataclass(frozen=True)
class Cell:
    """`shade` is a light's code, a fifth from `fifth1` (the worst) to `fifth5`, `missing` where a
    figure is awaited, or nothing. `now` says whose figure it is over the boundaries of today."""

    figure: Figure | None
    shade: str
    now: FigureNow | None = None


@dataclass(frozen=True)
class HeatLine:
    """`was_there` in the year, so that it has pages of its own."""

    unit: Jurisdiction
    name: str
    was_there: bool
    cells: list[Cell]

    @property
    def problems(self) -> tuple[int, int, int]:
        """How many of its cells are missed, near, and not in: by these lines stand in order."""
        shades = Counter(cell.shade for cell in self.cells)
        return shades[Status.MISSED], shades[Status.NEAR], shades["missing"]


@dataclass(frozen=True)
class HeatMap:
    """`lines` are the unit above, then those below it, the most problems first; `figures` are its,
    whose indicators head the columns."""

    figures: list[Figure]
    lines: list[HeatLine]

    @property
    def over_now(self) -> list[FigureNow]:
        """The figures that say which units have another boundary today, or why none is told."""
        return changed_since(cell.now for line in self.lines for cell in line.cells)


def heat_map(
    user: User,
    unit: Jurisdiction,
    evaluation_year: int,
    area: str,
    *,
    tier: str,
    boundaries: str = Boundaries.THEN,
) -> HeatMap:
    """Rates and statements of the duty area (code) that the units below are asked too, or compute.
    One query of figures, over the boundaries of now three."""
    snapshot = current_snapshot()
    wanted = {
        pk
        for pk, one in snapshot.indicators.items()
        if one.duty_area.code == area and one.quantity_kind in SHOWN
    }
    # What may not fall is told from the year before in as many decimals as that takes.
    years_shown = 1 if wanted.isdisjoint(snapshot.compared_with_last_year) else 2
    asking: dict[str, Any] = {"tier": tier, "years_shown": years_shown, "wanted": wanted}
    if boundaries == Boundaries.NOW:
        own = figures_of(user, unit, evaluation_year, **asking)
        rows = _rows_now(user, unit, own, evaluation_year)
    else:
        _indicators, of_units = unit_lines(user, unit, evaluation_year, **asking)
        own = [one for line in of_units if line.unit == unit for one in line.figures if one]
        rows = [(line.unit, [(one, None) for one in line.figures]) for line in of_units]
    below = [figures for one, figures in rows if one != unit]
    asked = [
        at for at in range(len(own)) if any(figures[at][0] is not None for figures in below)
    ] or range(len(own))
    spans = {at: span_of(figures[at][0] for figures in below) for at in asked}
    names = snapshot.unit_name
    lines = [
        HeatLine(
            one,
            names(one.pk),
            one.valid_in(evaluation_year),
            [
                Cell(figure, "" if now and now.refused else shade_of(figure, spans[at]), now)
                for at in asked
                for figure, now in (figures[at],)
            ],
        )
        for one, figures in rows
    ]
    lines.sort(key=lambda line: line.problems, reverse=True)
    lines.sort(key=lambda line: line.unit != unit)
    return HeatMap([own[at] for at in asked], lines)


Row = tuple[Jurisdiction, list[tuple[Figure | None, FigureNow | None]]]


def _rows_now(user: User, unit: Jurisdiction, own: Sequence[Figure], year: int) -> list[Row]:
    """A line for the unit whose figures they are, then by code for those of today below it."""
    below = units_now(user, unit, year)
    places = [(figure.indicator, one, figure.year) for figure in own for one in below]
    found = {}
    if own:
        for now in figures_now(user, places, tier=own[0].tier, snapshot=own[0].snapshot):
            found[now.unit.pk, now.figure.indicator.pk] = now
    of_units: list[Row] = []
    for one in below:
        cells = [found.get((one.pk, figure.indicator.pk)) for figure in own]
        of_units.append((one, [(now.figure if now else None, now) for now in cells]))
    return [(unit, [(figure, None) for figure in own]), *of_units]


def span_across(figures: Sequence[Figure]) -> tuple[Decimal, Decimal] | None:
    """What one indicator's figures are shaded by. A large unit has more: of counts only lights
    are."""
    return None if figures[0].indicator.goes_by_size else span_of(figures)


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
