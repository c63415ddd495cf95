"""A table of the reader's own: of indicators, units and years one on its rows, one on columns.

A figure whose definition changed since the year chosen before it says so: the two are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from indicators.figures.figure import Figure
from indicators.figures.queries import figures_at
from indicators.models import Indicator, Jurisdiction, User

AXES = ("indicators", "units", "years")
Item = Indicator | Jurisdiction | int  # of each axis in turn


class Cell(NamedTuple):
    """`figure` is None where the indicator is not asked of the unit in the year. `broken` says that
    it means something else than in the last year before it that is shown."""

    head: Item
    figure: Figure | None
    broken: str = ""


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
    figures = figures_at(user, places, tier=tier)
    found = {
        (one.indicator, one.jurisdiction, one.year - one.indicator.lag): one for one in figures
    }

    broken = _broken(figures)

    def cell(of: Item, row: Item, column: Item) -> Cell:
        at = {left: of, rows: row, columns: column}
        figure = found.get(tuple(at[axis] for axis in AXES))  # type: ignore[arg-type]
        return Cell(column, figure, broken.get(_place(figure), "") if figure else "")

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


def _place(figure: Figure) -> tuple[int, int, int]:
    return (figure.indicator.pk, figure.jurisdiction.pk, figure.year)


def _broken(figures: Sequence[Figure]) -> dict[tuple[int, int, int], str]:
    """Of each that means something else than the last one before it, by its place, in words."""
    before: dict[tuple[int, int], Figure] = {}
    found = {}
    for one in sorted((one for one in figures if one.has_figure), key=lambda one: one.year):
        indicator, unit, year = _place(one)
        if earlier := before.get((indicator, unit)):
            since = one.snapshot.definition_break(indicator, earlier.year, year)
            if since is not None:
                found[_place(one)] = _("definition changed in %(year)s") % {"year": since}
        before[indicator, unit] = one
    return found
