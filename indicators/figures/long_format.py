"""The full long format: its columns, in the order that is an interface, and a row's cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.figures.csv_stream import Cell
from indicators.figures.long_rows import COMPUTED, Before, Row, place_of
from indicators.measures.exact import plain
from indicators.models import (
    UNITS,
    Basis,
    Comparator,
    DoubtMark,
    Origin,
    Qualifier,
    State,
    Statement,
    Status,
    Tier,
)

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
    "doubt": _("Doubt"),
}
# Columns whose cells choose from a list, and the comparator, which is a part of the target's.
CHOICES: Mapping[str, type[models.TextChoices]] = {
    "statement": Statement,
    "state": State,
    "qualifier": Qualifier,
    "tier": Tier,
    "basis": Basis,
    "origin": Origin,
    "status": Status,
    "doubt": DoubtMark,
    "comparator": Comparator,
}
NOTHING: Mapping[str, Any] = MappingProxyType({})
Words = Mapping[str, Mapping[str, str]]
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}


def table(
    rows: Iterable[Row],
    *,
    header: str,
    before: Mapping[str, Before] = NOTHING,
    doubts: Mapping[str, str] = NOTHING,
) -> Iterator[list[Cell]]:
    """The header, of `codes` or of `names` in the reader's language, and a line for each row."""
    words = words_under(header)
    before = in_words(before, words)
    yield list(COLUMNS) if header == "codes" else [str(name) for name in COLUMNS.values()]
    for row in rows:
        yield cells(row, before, doubts, words)


def words_under(header: str) -> Words:
    """What each code says in the reader's language, by column; nothing under a heading of codes."""
    if header == "codes":
        return {}
    return {
        column: {code: str(label) for code, label in choices.choices}
        for column, choices in CHOICES.items()
    }


def in_words(before: Mapping[str, Before], words: Words) -> Mapping[str, Before]:
    """What was approved before corrections, a statement or a state in words."""
    if not words:
        return before
    said = {**words["state"], **words["statement"]}
    return {
        place: one._replace(says=one.in_words or said.get(one.says, one.says))
        for place, one in before.items()
    }


def cells(
    row: Row, before: Mapping[str, Before], doubts: Mapping[str, str], words: Words
) -> list[Cell]:
    """The cells in the order of COLUMNS. Numbers are in the base unit."""
    has_figure = row.number is not None or row.statement

    def said(column: str, code: str) -> str:
        return words[column].get(code, code) if words else code

    return [
        row.indicator,
        row.name,
        row.jurisdiction,
        row.jurisdiction_name,
        row.year,
        row.number,
        said("statement", row.computed_statement) if row.computed is None else row.computed,
        said("statement", row.statement),
        said("state", row.state),
        said("qualifier", row.qualifier) if has_figure else "",
        UNITS[row.unit].zh if row.unit else "",
        row.as_entered,
        said("tier", row.tier),
        said("basis", row.basis),
        said("origin", row.origin),
        target(row, words),
        said("status", row.status),
        row.definition,
        corrected_from(row, before),
        row.reported,
        row.expected,
        said("doubt", doubt(row, doubts)),
    ]


def corrected_from(row: Row, before: Mapping[str, Before]) -> str:
    """What was approved at the place, where another version stands now."""
    was = before.get(place_of(row.indicator, row.jurisdiction, row.year))
    if was is None:
        return ""
    moved = was.revision == COMPUTED or row.revision not in (None, was.revision)
    return was.says if moved else ""


def doubt(row: Row, doubts: Mapping[str, str]) -> str:
    """That what stands as reported is in doubt; what was approved is not."""
    if not doubts or row.tier != Tier.REPORTED:
        return ""
    return doubts.get(place_of(row.indicator, row.jurisdiction, row.year), "")


def target(row: Row, words: Words) -> str:
    """The target that lights the figure: `≥ 96`, `90..95`, `all`, `not_below_last_year`.

    Full coverage that names a number has it behind the word: `all 100`. One that is made up is
    marked so: `≥ 96 (demonstration)`.
    """
    if row.comparator is None:
        return ""
    comparator = words.get("comparator", {}).get(row.comparator, row.comparator)
    if row.target is None:
        goal = comparator
    elif row.target_to is not None:
        goal = f"{plain(row.target)}..{plain(row.target_to)}"
    else:
        goal = f"{SIGNS.get(row.comparator, comparator)} {plain(row.target)}"
    return goal + made_up_mark(words) if row.target_is_made_up else goal


def made_up_mark(words: Words) -> str:
    """What follows a target that the demonstration alone has."""
    code = Origin.DEMONSTRATION.value
    return f" ({words['origin'][code] if words else code})"
