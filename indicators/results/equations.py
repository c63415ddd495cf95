"""Formulas as sums of inputs, and sums of inputs that a rule says to be equal: whoever is told all
but one of those works out that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from indicators.measures.formula import Formula, FormulaError, Reference, parse
from indicators.measures.quotient import Quotient, Sum, input_of, quotients_in
from indicators.models import Rule, RuleComparator, RuleKind
from indicators.results.dependencies import Key
from indicators.results.snapshot import Snapshot

DEEPEST = 10  # of formulas that name formulas


def resolved(
    snapshot: Snapshot, place: Key, reference: Reference, deep: int = DEEPEST
) -> Quotient[Key]:
    """An input of a formula at the place; where it is computed itself, as a sum of inputs,
    those."""
    code, year = reference.code, reference.year_at(place.year)
    indicator = snapshot.by_code.get(code, 0)
    key = Key(place.unit_id, year, indicator)
    formula = snapshot.formula(indicator, year) if indicator else None
    if formula is not None and deep:
        found = quotients_in(formula, lambda one: resolved(snapshot, key, one, deep - 1))
        if len(found) == 1 and found[0].is_sum:
            return found[0]
    return input_of(key)


def equations_of(snapshot: Snapshot, place: Key) -> Iterator[Sum[Key]]:
    """The equalities that rules demand, the figure at the place among what they hold: their left
    side less their right one. A `tolerance` is not looked at: nearly equal tells nearly as much."""
    for rule in snapshot.rules:
        if rule.kind == RuleKind.COMPARISON and rule.comparator == RuleComparator.EQUAL:
            for year in (place.year, place.year + 1):  # which names it as last year's
                if rule.valid_from <= year <= (rule.valid_to or year):
                    found = _equation(snapshot, rule, place._replace(year=year))
                    if found is not None and place in found.factors:
                        yield found


def side_of_rule(text: str) -> Formula | None:
    """None for what came in by another way than the door, which refuses it."""
    try:
        return parse(text)
    except FormulaError:
        return None


def _equation(snapshot: Snapshot, rule: Rule, at: Key) -> Sum[Key] | None:
    difference: Sum[Key] = Sum()
    for text, sign in ((rule.left, 1), (rule.right, -1)):
        formula = side_of_rule(text)
        if formula is None:
            return None
        if not formula.codes:  # a number, which tells nothing
            continue
        found = quotients_in(formula, partial(resolved, snapshot, at))
        if len(found) != 1 or not found[0].is_sum:
            return None
        (side,) = found
        difference = difference.plus(side.over, Fraction(sign) / side.under.constant)
    return difference
