"""Rules over a row of the seeds, and over all rows of a file.

What the database would refuse is refused here first, in words, with its line and column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from indicators.catalogue.check import formula_in_words
from indicators.catalogue.seeds_cells import BadCell
from indicators.measures.formula import FormulaError, parse
from indicators.measures.units import UNITS
from indicators.models import (
    Aggregation,
    Comparator,
    Jurisdiction,
    PeriodKind,
    QuantityKind,
    RuleKind,
)

Cells = dict[str, str]
Rule = Callable[[Cells], None]
# Conflicts: the index of the later of two rows, the column, and what is wrong.
Across = Callable[[Sequence[Cells]], Iterator[tuple[int, str, str]]]


def indicator_units(cells: Cells) -> None:
    statement = cells["quantity_kind"] == QuantityKind.STATEMENT
    if statement and (cells["unit"] or cells["display_unit"]):
        raise BadCell("a statement has no unit; leave unit and display_unit empty", "unit")
    if statement:
        return
    if not cells["unit"]:
        raise BadCell("the cell is empty; only a statement has no unit", "unit")
    shown = cells["display_unit"]
    if shown and UNITS[shown].base != cells["unit"]:
        raise BadCell(
            f"{shown} does not hold {cells['unit']}; use a unit that does", "display_unit"
        )


def indicator_adds_up(cells: Cells) -> None:
    statement = cells["quantity_kind"] == QuantityKind.STATEMENT
    rule = cells["aggregation"]
    if statement and rule not in (Aggregation.ALL, Aggregation.NONE):
        raise BadCell(f"a statement has no {rule}; use all or none", "aggregation")
    if not statement and rule == Aggregation.ALL:
        raise BadCell("all is for statements; use sum, max, min or none", "aggregation")


def comparison(cells: Cells) -> None:
    """A rule that compares has two formulas that can be read; no other has any, but that outliers
    may name their size at the right."""
    sides = [cells["left"], cells["comparator"], cells["right"]]
    if cells["kind"] == RuleKind.OUTLIER:
        sides.pop()
    if cells["kind"] != RuleKind.COMPARISON:
        if any(sides):
            raise BadCell("only a comparison has sides; leave left, comparator and right empty")
        return
    for column in ("left", "comparator", "right"):
        if not cells[column]:
            raise BadCell("the cell is empty; a comparison needs it", column)
    for column in ("left", "right"):
        try:
            parse(cells[column])
        except FormulaError as error:
            raise BadCell(formula_in_words(error), column) from error


def usual_limits(cells: Cells) -> None:
    """As the door for writes does: counts and amounts begin at 0 unless a limit is given."""
    sized = cells["quantity_kind"] in (QuantityKind.COUNT, QuantityKind.AMOUNT)
    if sized and not cells["lower_limit"] and not cells["upper_limit"].startswith("-"):
        cells["lower_limit"] = "0"


def limits(cells: Cells) -> None:
    lower, upper = cells["lower_limit"], cells["upper_limit"]
    if lower and upper and Decimal(lower) > Decimal(upper):
        raise BadCell(f"below the lower limit {lower}", "upper_limit")


def formula(cells: Cells) -> None:
    if not cells["formula"]:
        return
    try:
        parse(cells["formula"])
    except FormulaError as error:
        raise BadCell(formula_in_words(error), "formula") from error


def threshold(cells: Cells) -> None:
    without = (Comparator.ALL, Comparator.NOT_BELOW_LAST_YEAR)
    if not cells["value"] and cells["comparator"] not in without:
        raise BadCell(f"{cells['comparator']} compares with a value; give one", "value")
    is_range = cells["comparator"] == Comparator.RANGE
    if is_range and not cells["value_to"]:
        raise BadCell("a range has two ends; give the upper one", "value_to")
    if not is_range and cells["value_to"]:
        raise BadCell("only a range has an upper value; leave it empty", "value_to")
    if is_range and Decimal(cells["value_to"]) < Decimal(cells["value"]):
        raise BadCell("below the lower end of the range", "value_to")
    if cells["margin"] and Decimal(cells["margin"]) < 0:
        raise BadCell("a margin is not negative", "margin")


def validity(cells: Cells) -> None:
    if cells["valid_to"] and int(cells["valid_to"]) <= int(cells["valid_from"]):
        raise BadCell("not after valid_from; it is the first year without the unit", "valid_to")
    if (cells["level"] == Jurisdiction.Level.CITY) != (not cells["parent"]):
        raise BadCell("a city has no parent, every other unit has one", "parent")


def one_figure(cells: Cells) -> None:
    if bool(cells["value"]) == bool(cells["statement"]):
        raise BadCell("a figure has either a value or a statement; fill one of the two", "value")
    if cells["period_from"] and int(cells["period_from"]) > int(cells["year"]):
        raise BadCell("after the year in which the period ends", "period_from")


def fill_in_figure(cells: Cells) -> None:
    """What the door for writes would fill in, so that the row can be compared with what is kept."""
    if cells["value"] and not cells["as_entered"]:
        cells["as_entered"] = cells["value"]
    if not cells["period_from"]:
        before = 1 if cells["period_kind"] == PeriodKind.CUMULATIVE else 0
        cells["period_from"] = str(int(cells["year"]) - before)


def one_definition_a_year(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    return _same(
        rows, ("indicator", "valid_from"), "valid_from", "begins in the same year; give it another"
    )


def one_principal(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    marked = [
        {**cells, "at": str(at)} for at, cells in enumerate(rows) if cells["principal"] == "yes"
    ]
    key = ("indicator", "level", "year")
    for at, column, said in _same(
        marked, key, "principal", "is the principal one of this indicator and level; mark one only"
    ):
        yield int(marked[at]["at"]), column, said


def no_code_twice(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """No code may mean two units in the same year."""
    by_code: dict[str, list[Cells]] = {}
    for at, cells in enumerate(rows):
        others = by_code.setdefault(cells["code"], [])
        for other in others:
            if _overlap(cells, other):
                said = f"in these years the code means {other['name_zh']}"
                yield at, "valid_from", f"{said}; correct valid_from or valid_to"
        others.append(cells)


def _overlap(one: Cells, other: Cells) -> bool:
    begins = max(int(one["valid_from"]), int(other["valid_from"]))
    return all(not cells["valid_to"] or begins < int(cells["valid_to"]) for cells in (one, other))


def _same(
    rows: Sequence[Cells], key: tuple[str, ...], column: str, said: str
) -> Iterator[tuple[int, str, str]]:
    seen: set[tuple[str, ...]] = set()
    for at, cells in enumerate(rows):
        place = tuple(cells[name] for name in key)
        if place in seen:
            yield at, column, f"another row {said}"
        seen.add(place)
