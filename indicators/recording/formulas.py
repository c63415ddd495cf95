"""What is wrong with a formula: asked before it is kept, by `check_catalogue` and by the seeds.

Every fault is a refusal, whose sentence is the same wherever it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext

from indicators.collection import FORMULA_FAULTS, Refusal
from indicators.measures.cycles import cycle_from
from indicators.measures.formula import Formula, FormulaError, parse
from indicators.measures.formula_units import UnitsDoNotFit, check_units
from indicators.models import (
    UNITS,
    Aggregation,
    Definition,
    Indicator,
    QuantityKind,
    ReportingLevel,
)
from indicators.recording.validation import unit_name

Graph = dict[str, frozenset[str]]
_SCALES = ("percent", "permille")


class Version(Protocol):
    """What is asked of a definition."""

    @property
    def valid_from(self) -> int: ...
    @property
    def formula(self) -> str: ...


def refuse_broken_formula(definition: Definition) -> None:
    """Refuses at the formula: formula_cycle, what `formula_faults`, `adding_up_faults` find."""
    indicator = definition.indicator
    others = {one.code: one for one in Indicator.objects.all()} | {indicator.code: indicator}
    for fault in formula_faults(indicator, definition.formula, others):
        raise fault
    versions: dict[str, list[Version]] = {indicator.code: [definition]}
    for other in Definition.objects.exclude(pk=definition.pk).select_related("indicator"):
        versions.setdefault(other.indicator.code, []).append(other)
    for fault in adding_up_faults(indicator, versions[indicator.code]):
        raise fault
    for year, graph in graphs_by_year(versions):
        if year >= definition.valid_from and (way := cycle_from(graph, indicator.code)):
            raise cycle_fault(year, way)


def refuse_formulas_that_no_longer_fit(indicator: Indicator, before: Indicator | None) -> None:
    """Own formulas and those that name the indicator, which is stored, are still right after what
    changed. Refuses: what `refuse_broken_formula` does, at the box that it comes from."""
    counts = attrgetter("unit", "quantity_kind", "aggregation", "reporting_level")
    if before is not None and counts(before) == counts(indicator):
        return
    mine = Q(indicator=indicator) | Q(formula__contains=indicator.code)
    boxes = {"formula_of_above_only": "reporting_level", "derived_adds_up": "aggregation"}
    for definition in (
        Definition.objects.filter(mine).exclude(formula="").select_related("indicator")
    ):
        try:
            refuse_broken_formula(definition)
        except Refusal as refusal:
            refusal.field = boxes.get(refusal.code, "unit")
            raise


def refuse_unreadable_formula(text: str, field: str) -> None:
    """Refuses: formula_unreadable, formula_unknown_code."""
    formula = parsed(text, field)
    known = Indicator.objects.filter(code__in=formula.codes).values_list("code", flat=True)
    for fault in _unknown_codes(formula, text, field, set(known)):
        raise fault


def parsed(text: str, field: str = "formula") -> Formula:
    """The formula that the text means. Refuses: formula_unreadable."""
    try:
        return parse(text)
    except FormulaError as error:
        raise Refusal(
            "formula_unreadable",
            field=field,
            position=error.position,
            fault=FORMULA_FAULTS[error.code],
        ) from error


def formula_faults(
    of: Indicator, text: str, indicators: Mapping[str, Indicator]
) -> Iterator[Refusal]:
    """What is wrong with the formula of one indicator among all of them, by code; but for cycles.

    Codes: formula_unreadable, formula_unknown_code, formula_of_statement, formula_of_above_only,
    formula_unlike_units, formula_units.
    """
    try:
        formula = parsed(text)
    except Refusal as refusal:
        yield refusal
        return
    unknown = list(_unknown_codes(formula, text, "formula", indicators.keys()))
    if unknown:
        yield from unknown
        return
    named = [indicators[code] for code in sorted(formula.codes)]
    statements = [one for one in (*named, of) if one.quantity_kind == QuantityKind.STATEMENT]
    for one in statements:
        yield Refusal("formula_of_statement", field="formula", code=one.code)
    if of.reporting_level == ReportingLevel.UNITS:
        for one in named:
            if one.reporting_level == ReportingLevel.ABOVE:
                yield Refusal("formula_of_above_only", field="formula", code=one.code)
    if not statements and all(one.unit in UNITS for one in (*named, of)):
        yield from _unit_faults(of, formula, indicators)


def adding_up_faults(of: Indicator, versions: Iterable[Version]) -> Iterator[Refusal]:
    """Code: derived_adds_up. One that was entered in earlier years adds up in these."""
    if of.aggregation != Aggregation.NONE and all(one.formula for one in versions):
        said = Aggregation.NONE.label
        yield Refusal("derived_adds_up", field="formula", code=of.code, none=said)


def graphs_by_year(versions: Mapping[str, Iterable[Version]]) -> Iterator[tuple[int, Graph]]:
    """For each year in which a definition begins, what the formulas in force then name, by code.

    `prev` and `base_year` count as well: a figure that needs its own last year has no beginning.
    """
    begun: Graph = dict.fromkeys(versions, frozenset())
    in_order = sorted(
        ((one.valid_from, code, one.formula) for code, some in versions.items() for one in some)
    )
    for at, (year, code, text) in enumerate(in_order):
        try:
            begun[code] = parse(text).codes if text else frozenset()
        except FormulaError:
            begun[code] = frozenset()  # told of by itself
        if at + 1 == len(in_order) or in_order[at + 1][0] != year:
            yield year, dict(begun)


def cycle_fault(year: int, way: list[str]) -> Refusal:
    return Refusal("formula_cycle", field="formula", year=year, path=" → ".join([*way, way[0]]))


def _unknown_codes(
    formula: Formula, text: str, field: str, known: Iterable[str]
) -> Iterator[Refusal]:
    for code in sorted(formula.codes - set(known)):
        match = re.search(rf"\b{re.escape(code)}\b", text)
        position = match.start() + 1 if match else 0
        yield Refusal("formula_unknown_code", field=field, code=code, position=position)


def _unit_faults(
    of: Indicator, formula: Formula, indicators: Mapping[str, Indicator]
) -> Iterator[Refusal]:
    try:
        check_units(formula, UNITS[of.unit], lambda code: UNITS[indicators[code].unit])
    except UnitsDoNotFit as error:
        left, right = _in_words(error.left), _in_words(error.right)
        if error.code == "gives_another_unit":
            yield Refusal("formula_units", field="formula", left=left, right=right)
        else:
            yield Refusal("formula_unlike_units", field="formula", left=left, right=right)


def _in_words(measure: str) -> str:
    """The measure by the names of its units: 平方米/人 for persons^-1·square_metres, and 台/人·%
    for what is told per hundred."""
    if measure == "ratio":
        return gettext("a ratio")
    above: list[str] = []
    below: list[str] = []
    scales: list[str] = []
    for code, _hat, power in (factor.partition("^") for factor in measure.split("·")):
        name = unit_name(UNITS[code]) if code in UNITS else code
        times = abs(int(power or 1))
        named = f"{name}^{times}" if times != 1 else name
        side = scales if code in _SCALES else below if power.startswith("-") else above
        side.append(f"{name}^{power}" if code in _SCALES and power else named)
    counted = "".join(["·".join(above) or ("1" if below else ""), *(f"/{one}" for one in below)])
    return "·".join([part for part in (counted, *scales) if part])
