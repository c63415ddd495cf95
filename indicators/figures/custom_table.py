"""A table of the reader's own: of indicators, units and years one on its rows, one on columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.figures.figure import Figure
from indicators.figures.queries import figures_at
from indicators.models import Indicator, Jurisdiction, User

AXES = ("indicators", "units", "years")
Item = Indicator | Jurisdiction | int  # of each axis in turn


@dataclass(frozen=True)
class Line:
    """`cells` are of each column its head and the figure; None where the indicator is not asked of
    the unit in the year."""

    head: Item
    cells: list[tuple[Item, Figure | None]]


@dataclass(frozen=True)
class CustomTable:
    """`of` is what it is of on the axis that is on neither rows nor columns."""

    of: Item
    heads: Sequence[Item]
    lines: list[Line]


def custom_tables(
    user: User,
    indicators: Sequence[Indicator],
    units: Sequence[Jurisdiction],
    evaluation_years: Sequence[int],
    *,
    rows: str,
    columns: str,
    tier: str,
) -> list[CustomTable]:
    """A table for each item of the axis that is neither on `rows` nor on `columns` (of AXES). What
    the user may not see is empty, as everywhere. One query of figures."""
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
    found = {
        (one.indicator, one.jurisdiction, one.year - one.indicator.lag): one
        for one in figures_at(user, places, tier=tier)
    }

    def figure(of: Item, row: Item, column: Item) -> Figure | None:
        at = {left: of, rows: row, columns: column}
        return found.get(tuple(at[axis] for axis in AXES))  # type: ignore[arg-type]

    return [
        CustomTable(
            of,
            items[columns],
            [
                Line(row, [(column, figure(of, row, column)) for column in items[columns]])
                for row in items[rows]
            ],
        )
        for of in items[left]
    ]
