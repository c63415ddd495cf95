"""Looks through the catalogue for what cannot work, and says each finding in one line.

Goes in: the indicators with their definitions, stored or not. Comes out: a list of findings, empty
when all is well. Nothing is changed. What is wrong, and its words, are those of the forms and of
the door: `row_validation` and `recording.formulas`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from indicators.catalogue.row_validation import row_faults
from indicators.measures.cycles import cycles
from indicators.models import Definition, Indicator
from indicators.recording.formulas import (
    adding_up_faults,
    cycle_fault,
    formula_faults,
    graphs_by_year,
)


@dataclass(frozen=True)
class Finding:
    """`kind` is stable: the code of a refusal, row, or no_definition; `said` is for a reader."""

    kind: str
    indicator: str
    said: str

    def __str__(self) -> str:
        return f"{self.indicator}: {self.said} [{self.kind}]"


def check_catalogue() -> list[Finding]:
    """What is wrong with the catalogue as it is stored, in two queries."""
    definitions: dict[int, list[Definition]] = {}
    for one in Definition.objects.order_by("indicator_id", "version"):
        definitions.setdefault(one.indicator_id, []).append(one)
    indicators = {one.code: one for one in Indicator.objects.order_by("code")}
    return findings(
        indicators, {code: definitions.get(one.pk, []) for code, one in indicators.items()}
    )


def findings(
    indicators: Mapping[str, Indicator], definitions: Mapping[str, Sequence[Definition]]
) -> list[Finding]:
    """All findings, of indicators and definitions by code: of each by itself, then the cycles."""
    found = [
        finding
        for indicator in indicators.values()
        for finding in _of_indicator(indicator, indicators, definitions[indicator.code])
    ]
    return found + list(_cycles(definitions))


def _of_indicator(
    indicator: Indicator, indicators: Mapping[str, Indicator], definitions: Sequence[Definition]
) -> Iterator[Finding]:
    for field, said in row_faults(indicator, without=["duty_area"]):
        yield Finding("row", indicator.code, f"{field}: {said}")
    if not definitions:
        yield Finding("no_definition", indicator.code, gettext("There is no definition yet."))
    elif any(one.formula for one in definitions):
        for fault in adding_up_faults(indicator, definitions):
            yield Finding(fault.code, indicator.code, fault.message)
    for definition in definitions:
        if definition.formula:
            for fault in formula_faults(indicator, definition.formula, indicators):
                said = f"v{definition.version}: {fault.message}"
                yield Finding(fault.code, indicator.code, said)


def _cycles(definitions: Mapping[str, Sequence[Definition]]) -> Iterator[Finding]:
    """Each cycle once, in the first year that has it."""
    seen: set[frozenset[str]] = set()
    for year, graph in graphs_by_year(definitions):
        for cycle in cycles(graph):
            if frozenset(cycle) not in seen:
                seen.add(frozenset(cycle))
                fault = cycle_fault(year, cycle)
                yield Finding(fault.code, cycle[0], fault.message)
