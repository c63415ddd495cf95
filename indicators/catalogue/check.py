"""Looks through the catalogue for what cannot work, and says each finding in one line.

Goes in: the indicators with their definitions, from the database or as plain entries. Comes out: a
list of findings, empty when all is well. Nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indicators.measures.cycles import cycles
from indicators.measures.formula import Formula, FormulaError, parse
from indicators.measures.formula_units import UnitsDoNotFit, check_units
from indicators.measures.units import UNITS, Unit
from indicators.models import Aggregation, Definition, Indicator, QuantityKind, ReportingLevel

FORMULA_WORDS = {
    "ends_early": "it ends where something must follow",
    "expected_close": "a closing parenthesis is missing",
    "expected_code": "here belongs the code of an indicator",
    "expected_comma": "here belongs a comma",
    "expected_open": "here belongs an opening parenthesis",
    "expected_year": "here belongs a year of four digits",
    "too_deep": "parentheses lie too deep in one another",
    "too_long": "it is too long",
    "unexpected": "this does not belong here",
    "unknown_function": "there is no such function",
    "unknown_sign": "there is no such sign",
}
UNIT_WORDS = {
    "different_units": "it adds or compares {left} and {right}",
    "gives_another_unit": "it gives {left}, the indicator is kept in {right}",
}


@dataclass(frozen=True)
class DefinitionEntry:
    version: int
    valid_from: int
    formula: str = ""


@dataclass(frozen=True)
class Entry:
    """What the check knows of an indicator."""

    code: str
    unit: str
    display_unit: str
    quantity_kind: str
    aggregation: str
    reporting_level: str
    definitions: tuple[DefinitionEntry, ...]


@dataclass(frozen=True)
class Finding:
    """`kind` is stable; `said` is for a reader."""

    kind: str
    indicator: str
    said: str

    def __str__(self) -> str:
        return f"{self.indicator}: {self.said} [{self.kind}]"


def check_catalogue() -> list[Finding]:
    """What is wrong with the catalogue as it is stored."""
    return findings(stored_entries())


def stored_entries() -> dict[str, Entry]:
    """The catalogue of the database, in two queries."""
    definitions: dict[int, list[DefinitionEntry]] = {}
    for one in Definition.objects.order_by("indicator_id", "version"):
        definitions.setdefault(one.indicator_id, []).append(
            DefinitionEntry(one.version, one.valid_from, one.formula)
        )
    return {
        one.code: Entry(
            code=one.code,
            unit=one.unit,
            display_unit=one.display_unit,
            quantity_kind=one.quantity_kind,
            aggregation=one.aggregation,
            reporting_level=one.reporting_level,
            definitions=tuple(definitions.get(one.pk, ())),
        )
        for one in Indicator.objects.order_by("code")
    }


def findings(entries: Mapping[str, Entry]) -> list[Finding]:
    """All findings: of each indicator by itself, then the cycles among them."""
    found = [finding for entry in entries.values() for finding in _of_entry(entry, entries)]
    return found + list(_cycles(entries))


def formula_in_words(error: FormulaError) -> str:
    """The fault of a formula with its position.

    >>> formula_in_words(FormulaError("unknown_sign", 3, "^"))
    'the formula cannot be read at position 3 (^): there is no such sign'
    """
    found = f" ({error.found})" if error.found else ""
    why = FORMULA_WORDS.get(error.code, error.code)
    return f"the formula cannot be read at position {error.position}{found}: {why}"


def _of_entry(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    def finding(kind: str, said: str) -> Finding:
        return Finding(kind, entry.code, said)

    unit = UNITS.get(entry.unit)
    if entry.quantity_kind != QuantityKind.STATEMENT and (unit is None or unit.base != unit.code):
        yield finding("unknown_unit", f"{entry.unit!r} is no unit to keep values in")
    shown = UNITS.get(entry.display_unit)
    if shown and shown.base != entry.unit:
        yield finding("units_do_not_fit", f"shown in {shown.code}, but kept in {entry.unit}")
    if not entry.definitions:
        yield finding("no_definition", "it has no definition; write what it means")
    derived = [one for one in entry.definitions if one.formula]
    if derived and entry.aggregation != Aggregation.NONE:
        yield finding(
            "derived_adds_up",
            f"it is computed by a formula, so it cannot add up by {entry.aggregation}; use none",
        )
    for definition in derived:
        for kind, said in _of_formula(entry, definition.formula, entries):
            yield finding(kind, f"version {definition.version}: {said}")


def _of_formula(entry: Entry, text: str, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    try:
        formula = parse(text)
    except FormulaError as error:
        yield "broken_formula", formula_in_words(error)
        return
    unknown = sorted(formula.codes - entries.keys())
    for code in unknown:
        yield "unknown_code", f"no indicator has the code {code} (position {_place(code, text)})"
    if unknown:
        return
    statements = [
        code
        for code in sorted(formula.codes)
        if entries[code].quantity_kind == QuantityKind.STATEMENT
    ]
    for code in statements:
        yield "statement_in_formula", f"{code} is a statement, there is nothing to reckon with"
    if entry.quantity_kind == QuantityKind.STATEMENT:
        yield "statement_in_formula", "it is a statement and has a formula"
    if entry.reporting_level == ReportingLevel.DISTRICT:
        for code in sorted(formula.codes):
            if entries[code].reporting_level == ReportingLevel.CITY:
                yield "input_of_city_only", f"districts do not report {code}, the city alone does"
    if not statements:
        yield from _unit_faults(entry, formula, entries)


def _unit_faults(
    entry: Entry, formula: Formula, entries: Mapping[str, Entry]
) -> Iterator[tuple[str, str]]:
    def unit_of(code: str) -> Unit:
        return UNITS[entries[code].unit]

    if entry.unit not in UNITS or any(entries[code].unit not in UNITS for code in formula.codes):
        return  # said already, of the indicator whose unit it is
    try:
        check_units(formula, UNITS[entry.unit], unit_of)
    except UnitsDoNotFit as error:
        said = UNIT_WORDS.get(error.code, error.code).format(left=error.left, right=error.right)
        yield "units_do_not_fit", said


def _place(code: str, text: str) -> int:
    """The position, from 1, at which the code first stands in the formula."""
    match = re.search(rf"\b{re.escape(code)}\b", text)
    return match.start() + 1 if match else 0


def _cycles(entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Each cycle once, through `prev` and `base_year` as well: such a figure never has a beginning.

    Definitions follow one another, so each year in which one begins is a graph of its own.
    """
    years = sorted({one.valid_from for entry in entries.values() for one in entry.definitions})
    seen: set[frozenset[str]] = set()
    for year in years:
        graph = {code: _inputs(entry, year) & entries.keys() for code, entry in entries.items()}
        for cycle in cycles(graph):
            if frozenset(cycle) not in seen:
                seen.add(frozenset(cycle))
                way = " → ".join([*cycle, cycle[0]])
                yield Finding(
                    "cycle", cycle[0], f"from {year} on it is computed from itself: {way}"
                )


def _inputs(entry: Entry, year: int) -> frozenset[str]:
    in_force = [one for one in entry.definitions if one.valid_from <= year]
    if not in_force:
        return frozenset()
    try:
        latest = max(in_force, key=lambda one: one.valid_from)
        return parse(latest.formula).codes if latest.formula else frozenset()
    except FormulaError:
        return frozenset()
