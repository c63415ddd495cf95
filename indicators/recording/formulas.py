"""Refuses a formula that cannot be worked out, before it is kept."""

from __future__ import annotations

from operator import itemgetter

from django.db.models import Q

from indicators.collection import FORMULA_FAULTS, Refusal
from indicators.measures.cycles import cycle_from
from indicators.measures.formula import Formula, FormulaError, parse
from indicators.measures.formula_units import UnitsDoNotFit, check_units
from indicators.measures.units import UNITS
from indicators.models import Definition, Indicator


def refuse_broken_formula(definition: Definition) -> None:
    """Refuses: formula_unreadable, formula_unknown_code, formula_cycle, formula_units."""
    formula = read_formula(definition.formula, "formula")
    units = dict(Indicator.objects.values_list("code", "unit"))
    _refuse_cycle(definition, formula)
    try:
        check_units(formula, UNITS[definition.indicator.unit], lambda code: UNITS[units[code]])
    except KeyError as error:
        raise Refusal("formula_of_statement", field="formula") from error
    except UnitsDoNotFit as error:
        left, right = _sign(error.left), _sign(error.right)
        raise Refusal("formula_units", field="formula", left=left, right=right) from error


def refuse_formulas_that_no_longer_fit(indicator: Indicator) -> None:
    """Own formulas and those that name the indicator still give their units. Refuses: formula_units
    and what else `refuse_broken_formula` does, at the unit."""
    mine = Q(indicator=indicator) | Q(formula__contains=indicator.code)
    for definition in (
        Definition.objects.filter(mine).exclude(formula="").select_related("indicator")
    ):
        try:
            refuse_broken_formula(definition)
        except Refusal as refusal:
            refusal.field = "unit"
            raise


def read_formula(text: str, field: str) -> Formula:
    """The formula, whose codes all are indicators.

    Refuses: formula_unreadable, formula_unknown_code.
    """
    try:
        formula = parse(text)
    except FormulaError as error:
        raise Refusal(
            "formula_unreadable",
            field=field,
            position=error.position,
            fault=FORMULA_FAULTS[error.code],
        ) from error
    known = Indicator.objects.filter(code__in=formula.codes).values_list("code", flat=True)
    unknown = sorted(formula.codes - set(known))
    if unknown:
        raise Refusal("formula_unknown_code", field=field, code=", ".join(unknown))
    return formula


def _sign(measure: str) -> str:
    """The unit's sign where the measure has one: % for percent."""
    return UNITS[measure].zh if measure in UNITS else measure


def _refuse_cycle(definition: Definition, formula: Formula) -> None:
    """Through `prev` as well: a figure that needs its own last year would never end. Of
    definitions only those in force together, as `check_catalogue` finds them."""
    own = definition.indicator.code
    versions: dict[str, list[tuple[int, frozenset[str]]]] = {
        own: [(definition.valid_from, formula.codes)]
    }
    others = Definition.objects.exclude(pk=definition.pk).order_by("valid_from")
    for code, year, text in others.values_list("indicator__code", "valid_from", "formula"):
        try:
            codes = parse(text).codes if text else frozenset()
        except FormulaError:
            continue  # refused when saved; found by check_catalogue if it came another way
        versions.setdefault(code, []).append((year, codes))
    begin = {year for of_code in versions.values() for year, _codes in of_code}
    for year in sorted(one for one in begin if one >= definition.valid_from):
        graph = {code: _in_force(of_code, year) for code, of_code in versions.items()}
        way = cycle_from(graph, own)
        if way:
            raise Refusal("formula_cycle", field="formula", path=" → ".join([*way, own]))


def _in_force(versions: list[tuple[int, frozenset[str]]], year: int) -> frozenset[str]:
    begun = [version for version in versions if version[0] <= year]
    return max(begun, key=itemgetter(0))[1] if begun else frozenset()
