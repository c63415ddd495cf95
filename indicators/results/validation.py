"""Checks a unit's figures of an evaluation year by the rules: what each finds odd, or wrong.

Goes in: the catalogue with its rules, and numbers by indicator and year, wherever they come from:
typed, drafted or standing. Comes out: one `Broken` a rule and figure. The arithmetic is
`measures.plausibility`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from indicators.measures import plausibility
from indicators.measures.formula import Formula, Missing, Reference, evaluate
from indicators.models import (
    Aggregation,
    Comparator,
    Direction,
    Indicator,
    QuantityKind,
    Rule,
    RuleComparator,
    RuleKind,
)
from indicators.results.applicable_targets import applicable_targets
from indicators.results.dependencies import Key, inputs
from indicators.results.equations import side_of_rule
from indicators.results.snapshot import Snapshot

STANDS_OUT_FROM = Decimal("3.5")
RATES = (QuantityKind.SHARE, QuantityKind.RATE)
COMPARED = (*RATES, QuantityKind.AVERAGE)
SIZED = (QuantityKind.COUNT, QuantityKind.AMOUNT)
# What is odd about a figure for what it is worked out from may be odd there.
FROM_BELOW = (RuleKind.UNIT_SLIP, RuleKind.GROWTH, RuleKind.RANGE, RuleKind.OUTLIER)


@dataclass(frozen=True)
class RuleInputs:
    """The numbers of a unit, by id of the indicator and year; None where there is none.

    `is_reported`: whether there is a figure or a state; `others` the numbers of the other units of
    the same city; `computed` what stands beside a stated figure, worked out from all units.
    `replaced` is the number that a figure replaces, `beside` those of the other units each with its
    size, by ids and years of both; both are asked only where no last year is comparable.
    """

    number: Callable[[int, int], Decimal | None]
    is_reported: Callable[[int, int], bool]
    others: Callable[[int, int], Sequence[Decimal]]
    computed: Callable[[int, int], Decimal | None]
    replaced: Callable[[int, int], Decimal | None] = lambda _pk, _year: None
    beside: Callable[[int, int, int, int], Sequence[tuple[Decimal, Decimal]]] = (
        lambda _pk, _year, _size, _size_year: ()
    )


@dataclass(frozen=True)
class Broken:
    """A figure that breaks a rule. `numbers` are what was compared, `other` the indicator (id) that
    one of them belongs to, where it is not the figure's own."""

    rule: Rule
    indicator_id: int
    year: int
    code: str
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    other: int | None = None

    def details(self, snapshot: Snapshot) -> dict[str, Any]:
        """What is kept of it, as JSON: numbers as text, the other indicator by its code."""
        return {
            "code": self.code,
            "numbers": {name: str(number) for name, number in self.numbers.items()},
            "other": snapshot.indicators[self.other].code if self.other else "",
        }


@dataclass(frozen=True)
class _CheckedFigure:
    """A figure to check, beside all numbers of its unit."""

    snapshot: Snapshot
    unit_id: int
    inputs: RuleInputs
    indicator: Indicator
    year: int

    @property
    def number(self) -> Decimal | None:
        return self.inputs.number(self.indicator.pk, self.year)

    @property
    def before(self) -> Decimal | None:
        return self.inputs.number(self.indicator.pk, self.year - 1)

    @property
    def has_new_definition(self) -> bool:
        """Whether it means something else than last year's, so that they do not grow apart."""
        pk, year = self.indicator.pk, self.year
        return self.snapshot.definition_break(pk, year - 1, year) is not None

    @property
    def comparable_before(self) -> Decimal | None:
        """Last year's number, where it means the same and times of it can be told: not of 0."""
        return None if self.has_new_definition else self.before or None

    def broken(self, rule: Rule, code: str, **numbers: Decimal) -> Broken:
        return Broken(rule, self.indicator.pk, self.year, code, numbers)


def check(
    snapshot: Snapshot,
    unit_id: int,
    evaluation_year: int,
    rule_inputs: RuleInputs,
    *,
    about: Set[int] | None = None,
) -> list[Broken]:
    """All that the rules find, the gravest first; what slipped by a factor is not told again as
    growth. `about` are the indicators (ids) of which all is asked; else it is asked of all."""
    asked = snapshot.indicators.values()
    places = [
        _CheckedFigure(
            snapshot, unit_id, rule_inputs, indicator, indicator.year_for(evaluation_year)
        )
        for indicator in (asked if about is None else with_derived(snapshot, about))
        if snapshot.reports(indicator.pk, unit_id, indicator.year_for(evaluation_year))
    ]
    found = [
        broken
        for rule in snapshot.rules
        for place in _figures_asked(rule, places)
        for broken in _CHECKS[RuleKind(rule.kind)](rule, place)
    ]
    slipped = {(b.indicator_id, b.year) for b in found if b.rule.kind == RuleKind.UNIT_SLIP}
    found = [
        broken
        for broken in found
        if broken.rule.kind != RuleKind.GROWTH or (broken.indicator_id, broken.year) not in slipped
    ]
    return found + list(_below_doubted(places, found))


def with_derived(snapshot: Snapshot, about: Set[int]) -> list[Indicator]:
    """The indicators, and those worked out from them: what is odd there may be told of them."""
    found = set(about)
    for pk in about:
        code = snapshot.indicators[pk].code
        found.update(one.indicator_id for one in snapshot.dependents.get(code, ()))
    return [indicator for pk, indicator in snapshot.indicators.items() if pk in found]


def _below_doubted(places: list[_CheckedFigure], found: list[Broken]) -> Iterator[Broken]:
    """A figure without last year is doubted where what is worked out from it is: it may be what is
    wrong, and nothing else would say so."""
    silent = {(place.indicator.pk, place.year): place for place in places}
    for broken in found:
        silent.pop((broken.indicator_id, broken.year), None)
    for broken in found:
        if broken.rule.kind not in FROM_BELOW:
            continue
        key = Key(places[0].unit_id, broken.year, broken.indicator_id)
        for below in inputs(places[0].snapshot, key):
            place = silent.get((below.indicator_id, below.year))
            if place is None or place.before is not None or not place.number:
                continue
            if _formula_of(place) is None:
                del silent[below.indicator_id, below.year]
                code = "doubted_above"
                yield Broken(broken.rule, *(below.indicator_id, below.year), code, {}, key[2])


def _figures_asked(rule: Rule, places: list[_CheckedFigure]) -> list[_CheckedFigure]:
    """The figures that the rule is asked of, in years in which it is valid."""
    named = {indicator.pk for indicator in rule.indicators.all()}
    return [
        place
        for place in places
        if rule.valid_from <= place.year <= (rule.valid_to or place.year)
        and (place.indicator.pk in named if named else _applies(rule, place))
    ]


def _applies(rule: Rule, place: _CheckedFigure) -> bool:
    """Whether the rule asks something of a figure that it does not name."""
    indicator = place.indicator
    if rule.unit and rule.unit != indicator.unit:
        return False
    if rule.kind == RuleKind.COMPARISON:
        return indicator.code == _first_code(rule.left)
    if rule.kind == RuleKind.PAIR:
        return False
    if rule.kind == RuleKind.OUTLIER and rule.right:
        adds_up = indicator.aggregation == Aggregation.SUM
        return adds_up and indicator.quantity_kind in SIZED and _formula_of(place) is None
    if rule.kind == RuleKind.OUTLIER:
        return indicator.quantity_kind in COMPARED
    if rule.kind == RuleKind.RANGE and rule.unit == "percent":
        # A rate may pass 100; a share worked out from its parts is told there, to be mended there.
        return indicator.quantity_kind == QuantityKind.SHARE and _share(place) is None
    if rule.kind == RuleKind.GROWTH and rule.unit:
        rises = indicator.direction == Direction.HIGHER_BETTER
        return rises and (rule.unit != "percent" or indicator.quantity_kind in RATES)
    if rule.kind == RuleKind.GROWTH:
        return _may_not_fall(place)
    return True


def _may_not_fall(place: _CheckedFigure) -> bool:
    """Whether a target that binds the unit forbids the figure to fall."""
    unit, bound = place.snapshot.units[place.unit_id], place.snapshot.targets
    in_force = applicable_targets(
        bound.get(place.indicator.pk, []), place.indicator, unit, place.year
    )
    return any(target.comparator == Comparator.NOT_BELOW_LAST_YEAR for target in in_force)


def _comparison(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    left, right = (_worked_out(text, place) for text in (rule.left, rule.right))
    if left is None or right is None:
        return
    holds = {
        RuleComparator.AT_MOST: left <= right,
        RuleComparator.AT_LEAST: left >= right,
        RuleComparator.EQUAL: not plausibility.is_off(left, right, rule.tolerance or Decimal(0)),
    }
    if not holds[RuleComparator(rule.comparator)]:
        yield place.broken(rule, f"not_{rule.comparator}", left=left, right=right)


def _part_whole(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    """Asked of the share that names both, told at the part."""
    pair = _share(place)
    if pair is None:
        return
    (part, year), (whole, whole_year) = (
        (place.snapshot.by_code.get(each.code), each.year_at(place.year)) for each in pair
    )
    if part is None or whole is None:
        return
    mine, other = place.inputs.number(part, year), place.inputs.number(whole, whole_year)
    if mine is not None and other is not None and mine > other:
        yield Broken(rule, part, year, "above_whole", {"mine": mine, "other": other}, whole)


def _pair(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    """Told at each that is missing while another of the rule is given."""
    if place.inputs.is_reported(place.indicator.pk, place.year):
        return
    for one in rule.indicators.all():
        if place.inputs.is_reported(one.pk, place.year + one.lag - place.indicator.lag):
            yield Broken(rule, place.indicator.pk, place.year, "pair_missing", {}, one.pk)
            return


def _growth(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    now, before = place.number, place.before
    if now is None or before is None:
        return
    change = plausibility.growth(now, before, unit=place.indicator.unit)
    if change is None or place.has_new_definition:
        return
    points = place.indicator.unit == "percent"
    if rule.lower is not None and change < rule.lower:
        code = "fell" if points else "below_last_year" if rule.lower == 0 else "grew_too_little"
        yield place.broken(rule, code, before=before, change=change)
    elif rule.upper is not None and change > rule.upper:
        code = "rose" if points else "grew_too_much"
        yield place.broken(rule, code, before=before, change=change)


def _range(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    number = place.number
    if number is None:
        return
    if rule.lower is not None and number < rule.lower:
        yield place.broken(rule, "below_range", limit=rule.lower)
    elif rule.upper is not None and number > rule.upper:
        yield place.broken(rule, "above_range", limit=rule.upper)


def _unit_slip(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    """Against last year's figure, else the one that it replaces; a share entered for the first
    time, of which much is wanted, is of 100 and not of 1."""
    now, before, code = place.number, place.comparable_before, "{}"
    if now is None:
        return
    if before is None:
        before, code = place.inputs.replaced(place.indicator.pk, place.year), "{}_replaced"
    indicator = place.indicator
    unit, kind, direction = indicator.unit, indicator.quantity_kind, indicator.direction
    if before is None:
        rises = direction == Direction.HIGHER_BETTER and _formula_of(place) is None
        if rises and plausibility.may_be_a_fraction(now, unit, kind):
            yield place.broken(rule, "slip_to_fraction", times=plausibility.HUNDRED)
        return
    lower = direction == Direction.LOWER_BETTER
    slip = plausibility.slip(now, before, unit=unit, kind=kind, lower_better=lower)
    if slip:
        factor = {"times": slip.times} if slip.times is not None else {}
        yield place.broken(rule, code.format(slip.code), before=before, **factor)


def _outlier(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    number = place.number
    if number is None:
        return
    if rule.right:
        yield from _apart(rule, place, number)
        return
    score = plausibility.score(number, place.inputs.others(place.indicator.pk, place.year))
    if score is not None and abs(score) >= (rule.tolerance or STANDS_OUT_FROM):
        code = "stands_out_above" if score > 0 else "stands_out_below"
        yield place.broken(rule, code, score=abs(score))


def _apart(rule: Rule, place: _CheckedFigure, number: Decimal) -> Iterator[Broken]:
    """For its size far from the other units, where no last year says what is usual."""
    pk = place.snapshot.by_code.get(rule.right)
    if pk is None or pk == place.indicator.pk or place.comparable_before is not None:
        return
    year = place.year + place.snapshot.indicators[pk].lag - place.indicator.lag
    size = place.inputs.number(pk, year)
    if size is None or number < plausibility.FEW:
        return
    others = place.inputs.beside(place.indicator.pk, place.year, pk, year)
    found = plausibility.apart(number, size, others)
    if found and abs(found[0]) >= (rule.tolerance or STANDS_OUT_FROM):
        code = "apart_above" if found[0] > 0 else "apart_below"
        # Not by how much: it would tell what is usual elsewhere.
        yield Broken(rule, place.indicator.pk, place.year, code, {}, pk)


def _unchanged(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    now, before = place.number, place.before
    if now is None or before is None or _formula_of(place) is not None:
        return
    if plausibility.is_copied(now, before, unit=place.indicator.unit):
        yield place.broken(rule, "unchanged", before=before)


def _city_total(rule: Rule, place: _CheckedFigure) -> Iterator[Broken]:
    stated, computed = place.number, place.inputs.computed(place.indicator.pk, place.year)
    if stated is None or computed is None:
        return
    if plausibility.is_off(computed, stated, rule.tolerance or Decimal(0)):
        difference = abs(computed - stated)
        yield place.broken(rule, "total_differs", computed=computed, difference=difference)


_CHECKS: Mapping[RuleKind, Callable[[Rule, _CheckedFigure], Iterator[Broken]]] = {
    RuleKind.COMPARISON: _comparison,
    RuleKind.PART_WHOLE: _part_whole,
    RuleKind.PAIR: _pair,
    RuleKind.GROWTH: _growth,
    RuleKind.RANGE: _range,
    RuleKind.UNIT_SLIP: _unit_slip,
    RuleKind.OUTLIER: _outlier,
    RuleKind.UNCHANGED: _unchanged,
    RuleKind.CITY_TOTAL: _city_total,
}


def _worked_out(text: str, place: _CheckedFigure) -> Decimal | None:
    """A side of a comparison with the unit's numbers put in; None where one of them is missing."""
    formula = side_of_rule(text)
    if formula is None:
        return None

    def figure(reference: Reference) -> Decimal | Missing:
        pk = place.snapshot.by_code.get(reference.code)
        found = place.inputs.number(pk, reference.year_at(place.year)) if pk else None
        return Missing("input_missing", (reference.code,)) if found is None else found

    result = evaluate(formula, figure)
    return None if isinstance(result, Missing) else result


def _first_code(text: str) -> str:
    formula = side_of_rule(text)
    return formula.references[0].code if formula and formula.references else ""


def _formula_of(place: _CheckedFigure) -> Formula | None:
    return place.snapshot.formula(place.indicator.pk, place.year)


def _share(place: _CheckedFigure) -> tuple[Reference, Reference] | None:
    """Part and whole, where the figure is worked out as their share."""
    formula = _formula_of(place)
    if formula is None or place.indicator.quantity_kind != QuantityKind.SHARE:
        return None
    return plausibility.part_and_whole(formula)
