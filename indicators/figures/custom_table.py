"""A table of the reader's own: of indicators, units and years one on its rows, one on columns.

A figure whose definition changed since the year chosen before it says so: the two are not compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from django.utils.translation import gettext as _

from indicators.figures.boundaries import Boundaries, FigureNow, changed_since, figures_now
from indicators.figures.figure import Figure
from indicators.figures.queries import figures_at
from indicators.models import Indicator, Jurisdiction, User

AXES = ("indicators", "units", "years")
Item = Indicator | Jurisdiction | int  # of each axis in turn
At = tuple[Indicator, Jurisdiction, int]  # a place in the table: an item of each axis


class Cell(NamedTuple):
    """`figure` is None where the indicator is not asked of the unit in the year. `broken` says that
    it means something else than in the last year before it that is shown, `now` whose figure it is
    over the boundary of today."""

    head: Item
    figure: Figure | None
    broken: str = ""
    now: FigureNow | None = None


@dataclass(frozen=True)
class Line:
    """A cell for each column."""

    head: Item
    cells: list[Cell]


@dataclass(frozen=True)
class CustomTable:
    """`of` is what it is of on the axis that is on neither rows nor columns."""

    of: Item
    heads: Sequence[Item]
    lines: list[Line]

    @property
    def over_now(self) -> list[FigureNow]:
        """The figures that say which units have another boundary today, or why none is told."""
        return changed_since(cell.now for line in self.lines for cell in line.cells)


def custom_tables(
    user: User,
    indicators: Sequence[Indicator],
    units: Sequence[Jurisdiction],
    evaluation_years: Sequence[int],
    *,
    rows: str,
    columns: str,
    tier: str,
    boundaries: str = Boundaries.THEN,
) -> list[CustomTable]:
    """A table for each item of the axis that is neither on `rows` nor on `columns` (of AXES). What
    the user may not see is empty, as everywhere. One query of figures; over the boundaries of now,
    where the units are those of today, three."""
    items: dict[str, Sequence[Item]] = {
        "indicators": indicators,
        "units": units,
        "years": evaluation_years,
    }
    [left] = (axis for axis in AXES if axis not in (rows, columns))
    places = [
        (indicator, unit, indicator.year_for(year))
        for indicator in indicators
        for unit in units
        for year in evaluation_years
    ]
    over: dict[At, FigureNow] = {}
    if boundaries == Boundaries.NOW:
        told = figures_now(user, places, tier=tier)
        over = {_at(one.figure, one.unit): one for one in told}
        found = {at: one.figure for at, one in over.items()}
    else:
        found = {_at(one, one.jurisdiction): one for one in figures_at(user, places, tier=tier)}

    broken = _broken(found)

    def cell(of: Item, row: Item, column: Item) -> Cell:
        items_at = {left: of, rows: row, columns: column}
        at = cast(At, tuple(items_at[axis] for axis in AXES))
        return Cell(column, found.get(at), broken.get(at, ""), over.get(at))

    return [
        CustomTable(
            of,
            items[columns],
            [
                Line(row, [cell(of, row, column) for column in items[columns]])
                for row in items[rows]
            ],
        )
        for of in items[left]
    ]


def _at(figure: Figure, unit: Jurisdiction) -> At:
    return figure.indicator, unit, figure.year - figure.indicator.lag


def _broken(found: Mapping[At, Figure]) -> dict[At, str]:
    """Of each that means something else than the last one before it, by its place, in words."""
    before: dict[tuple[Indicator, Jurisdiction], int] = {}
    broken = {}
    told = [(at, one) for at, one in found.items() if one.has_figure]
    for at, one in sorted(told, key=lambda each: each[1].year):
        indicator, unit, _year = at
        if (earlier := before.get((indicator, unit))) is not None:
            since = one.snapshot.definition_break(indicator.pk, earlier, one.year)
            if since is not None:
                broken[at] = _("definition changed in %(year)s") % {"year": since}
        before[indicator, unit] = one.year
    return broken
