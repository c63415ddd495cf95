"""The full long format: its columns, in the order that is an interface, and a row's cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from indicators.exchange.queries import COMPUTED, Before, Row, place_of
from indicators.figures.csv_stream import Cell
from indicators.measures.exact import plain
from indicators.measures.units import UNITS

COLUMNS = {
    "indicator": _("Indicator code"),
    "name": _("Indicator"),
    "jurisdiction": _("Unit code"),
    "jurisdiction_name": _("Unit"),
    "year": _("Year"),
    "value": _("Value"),
    "computed": _("Computed"),
    "statement": _("Statement"),
    "state": _("State"),
    "qualifier": _("Qualifier"),
    "unit": _("Unit of measure"),
    "as_entered": _("As entered"),
    "tier": _("Tier"),
    "basis": _("Basis"),
    "origin": _("Origin"),
    "target": _("Target"),
    "status": _("Status"),
    "definition": _("Version of the definition"),
    "corrected_from": _("Before the correction"),
    "reported": _("Units reported"),
    "expected": _("Units expected"),
}
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}


def table(
    rows: Iterable[Row], *, header: str, before: Mapping[str, Before] = MappingProxyType({})
) -> Iterator[list[Cell]]:
    """The header, of `codes` or of `names` in the reader's language, and a line for each row."""
    yield list(COLUMNS) if header == "codes" else [str(name) for name in COLUMNS.values()]
    for row in rows:
        yield cells(row, before)


def cells(row: Row, before: Mapping[str, Before]) -> list[Cell]:
    """The cells in the order of COLUMNS. Numbers are in the base unit, words are codes."""
    has_figure = row.number is not None or row.statement
    return [
        row.indicator,
        row.name,
        row.jurisdiction,
        row.jurisdiction_name,
        row.year,
        row.number,
        row.computed_statement if row.computed is None else row.computed,
        row.statement,
        row.state,
        row.qualifier if has_figure else "",
        UNITS[row.unit].zh if row.unit else "",
        row.as_entered,
        row.tier,
        row.basis,
        row.origin,
        target(row),
        row.status,
        row.definition,
        corrected_from(row, before),
        row.reported,
        row.expected,
    ]


def corrected_from(row: Row, before: Mapping[str, Before]) -> str:
    """What was approved at the place, where another version stands now."""
    was = before.get(place_of(row.indicator, row.jurisdiction, row.year))
    if was is None:
        return ""
    moved = was.revision == COMPUTED or row.revision not in (None, was.revision)
    return was.says if moved else ""


def target(row: Row) -> str:
    """The target that lights the figure: `≥ 96`, `90..95`, `all`, `not_below_last_year`.

    Full coverage that names a number has it behind the word: `all 100`.
    """
    if row.comparator is None:
        return ""
    if row.target is None:
        return row.comparator
    if row.target_to is not None:
        return f"{plain(row.target)}..{plain(row.target_to)}"
    return f"{SIGNS.get(row.comparator, row.comparator)} {plain(row.target)}"
