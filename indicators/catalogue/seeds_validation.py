"""What is asked of the rows of a file beside what `row_validation` asks of each: that they go
together, and of figures, which are the door's, what lets a row be compared with what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from indicators.catalogue.row_validation import TWICE, Fault, row_faults
from indicators.catalogue.seeds_cells import Day, Exact
from indicators.collection import Refusal
from indicators.measures.units import Unit
from indicators.models import (
    UNITS,
    Achievement,
    AchievementVersion,
    Indicator,
    PeriodKind,
    UnitOfMeasure,
)

Cells = dict[str, str]
# Conflicts: the index of the later of two rows, the column, and what is wrong.
Across = Callable[[Sequence[Cells]], Iterator[tuple[int, str, str]]]


def usual_limits(cells: Cells) -> None:
    """As the door for writes does: counts and amounts begin at 0 unless a limit is given."""
    number = Exact()
    limits = {name: number.read(cells[name]) for name in ("lower_limit", "upper_limit")}
    indicator = Indicator(quantity_kind=cells["quantity_kind"], **limits)
    indicator.set_usual_limits()
    cells["lower_limit"] = number.write(indicator.lower_limit)


def own_base(cells: Cells) -> None:
    """As the model does: a unit that names no base is its own."""
    cells["base"] = cells["base"] or cells["code"]
    cells["words"] = " ".join(dict.fromkeys(cells["words"].split()))


def unit_of_measure(cells: Cells) -> UnitOfMeasure:
    """The row as a unit, not stored."""
    given = {name: cells[name] for name in ("code", "name_zh", "name_en", "base", "dimension")}
    factor, whole = Exact().read(cells["factor"]), cells["whole"] == "yes"
    return UnitOfMeasure(**given, factor=factor, whole=whole, words=cells["words"])


def units_in(rows: Sequence[Cells]) -> dict[str, Unit]:
    """The units of the rows by code; those whose base is neither here nor there are left out."""
    measures = [unit_of_measure(cells) for cells in rows]
    found = {one.code: one.as_unit() for one in measures if one.is_base}
    for one in measures:
        base = found.get(one.base) or UNITS.get(one.base)
        if base is not None and not one.is_base:
            found[one.code] = one.as_unit(base)
    return found


def units_that_there_are(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """Units hold and are made of others, of the file or stored."""
    known = {**UNITS, **units_in(rows)}
    for at, cells in enumerate(rows):
        for column, said in unit_of_measure(cells).reference_faults(known).items():
            yield at, column, str(said)


def figure_in_full(cells: Cells) -> None:
    """What the door for writes would fill in, so that the row can be compared with what is kept."""
    if cells["value"] and not cells["as_entered"]:
        cells["as_entered"] = cells["value"]
    if not cells["period_from"]:
        before = 1 if cells["period_kind"] == PeriodKind.CUMULATIVE else 0
        cells["period_from"] = str(int(cells["year"]) - before)


def figure_faults(cells: Cells) -> Iterator[Fault]:
    if bool(cells["value"]) == bool(cells["statement"]):
        yield "value", "a figure has either a value or a statement; fill one of the two"
    if cells["period_from"] and int(cells["period_from"]) > int(cells["year"]):
        yield "period_from", "after the year in which the period ends"


def achievement_faults(cells: Cells) -> Iterator[Fault]:
    """What either of the two tables would not take of the row."""
    texts = ("code", "title", "issued_by", "number", "proof", "description", "kind", "level")
    whole = ("evaluation_year", "report_start", "report_end")
    given = {name: cells[name] for name in texts}
    of = {name: int(cells[name]) if cells[name] else None for name in whole}
    achievement = Achievement(code=given.pop("code"), **of)
    yield from row_faults(achievement, without={"jurisdiction", "duty_area"})
    day = Day().read(cells["issued_on"])
    version = AchievementVersion(version=1, issued_on=day, **given)
    yield from row_faults(version, without={"achievement", "change"})


def one_definition_a_year(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    column, said = TWICE["definition_unique_valid_from"]
    return _same(rows, ("indicator", "valid_from"), column, str(said))


def one_principal(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    marked = [
        {**cells, "at": str(at)} for at, cells in enumerate(rows) if cells["principal"] == "yes"
    ]
    key = ("indicator", "level", "year")
    said = "another row is the principal one of this indicator and level; mark one only"
    for at, column, _said in _same(marked, key, "principal", said):
        yield int(marked[at]["at"]), column, said


def no_code_twice(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """No code may mean two units in the same year."""
    by_code: dict[str, list[Cells]] = {}
    for at, cells in enumerate(rows):
        code = cells["code"]
        for other in by_code.setdefault(code, []):
            if _overlap(cells, other):
                refusal = Refusal("jurisdiction_overlaps", code=code, unit=other["name_zh"])
                yield at, "code", refusal.message
        by_code[code].append(cells)


def places_apart(rows: Sequence[Cells]) -> Iterator[tuple[int, str, str]]:
    """No two rows have the same words of the report."""
    placed = sorted(
        (int(cells["report_start"]), int(cells["report_end"]), at)
        for at, cells in enumerate(rows)
        if cells["report_start"] and cells["report_end"]
    )
    for (_start, end, before), (start, _end, after) in pairwise(placed):
        if start < end:
            said = "another row has a part of this place of the report; they must not overlap"
            yield max(before, after), "report_start", said


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
            yield at, column, said
        seen.add(place)
