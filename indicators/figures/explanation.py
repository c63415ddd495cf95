"""Why a light is what it is: base, target, gap, distance covered, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from indicators.figures import formatting
from indicators.figures.figure import Figure
from indicators.figures.formatting import Words
from indicators.figures.queries import figures_at
from indicators.measures.attainment import attainment, margin_of
from indicators.measures.plausibility import part_and_whole
from indicators.measures.trajectory import distance_covered
from indicators.models import UNITS, Comparator, Status, Target, User


@dataclass(frozen=True)
class Explanation:
    """Attainment (the gap) and distance covered are told apart, each with its own words."""

    base: str
    covered: str
    turns: str
    lacks: str = ""


@dataclass(frozen=True)
class TargetLine:
    """A target in a list: what is to be reached, by or from when, and whom it binds."""

    target: Target
    words: str
    year: str
    binds: str


def target_lines(figure: Figure) -> list[TargetLine]:
    """All targets of the figure's indicator, of every level and year, the latest year first."""
    targets = figure.snapshot.targets.get(figure.indicator.pk, [])
    return [
        TargetLine(
            target,
            formatting.target_words(target, figure.indicator),
            formatting.target_year_words(target),
            figure.snapshot.unit_name(target.jurisdiction_id)
            if target.jurisdiction_id
            else target.get_level_display(),
        )
        for target in sorted(targets, key=lambda t: (-(t.year or 0), t.level))
    ]


def explain(
    user: User, figure: Figure, trend: Iterable[Figure], *, inputs: Sequence[Figure] | None = None
) -> Explanation:
    """`trend` are the figures of the same place through the years, earliest first; `inputs` what
    the figure is computed from, else asked where a share is short of its target."""
    before = (f for f in trend if f.year < figure.year and not f.is_partial)
    base = next((f for f in before if f.number is not None), None)
    return Explanation(
        base=_("%(year)s: %(value)s") % {"year": base.year, "value": base.value} if base else "",
        covered=_covered(figure, base.number if base else None),
        turns=_turns(figure),
        lacks=_lacks(user, figure, inputs),
    )


def _lacks(user: User, figure: Figure, inputs: Sequence[Figure] | None) -> str:
    """What a share is short of, and how much that is of what it is a share of."""
    short = figure.status in (Status.MISSED, Status.NEAR)
    formula = figure.snapshot.formula(figure.indicator.pk, figure.year)
    if not short or figure.gap_number is None:
        return ""
    gap = str(figure.gap).lstrip("+−")
    lacking = figure.gap_number < 0
    in_short = _("%(gap)s short") if lacking else _("%(gap)s too much")
    pair = part_and_whole(formula) if formula else None
    if pair is None or figure.indicator.unit != "percent":
        return in_short % {"gap": gap}
    places = [
        (figure.snapshot.indicators[pk], figure.jurisdiction, reference.year_at(figure.year))
        for reference in pair
        if (pk := figure.snapshot.by_code.get(reference.code))
    ]
    if inputs is None:
        inputs = figures_at(user, places, tier=figure.tier, snapshot=figure.snapshot)
    there = {(f.indicator, f.jurisdiction, f.year): f for f in inputs}
    found = [there[place] for place in places if place in there]
    number = found[1].number if len(found) == 2 and not found[1].is_partial else None
    if number is None:
        return in_short % {"gap": gap}
    part, amount = found[0], abs(figure.gap_number) * number / 100
    words = {"gap": gap, "name": part.name, "amount": _number(part, _whole_units(part, amount))}
    if lacking:
        return _("%(gap)s short, about %(amount)s of %(name)s") % words
    return _("%(gap)s too much, about %(amount)s of %(name)s") % words


def _whole_units(figure: Figure, amount: Decimal) -> Decimal:
    """Persons and places are not told in parts; what is too little is not told as enough."""
    if not UNITS[figure.indicator.unit].whole:
        return amount.quantize(Decimal(1).scaleb(-figure.indicator.decimals))
    return amount.to_integral_value(rounding=ROUND_CEILING)


def _covered(figure: Figure, base: Decimal | None) -> str:
    """How much of the way from the base year to the target is behind; only where there is a way."""
    if base is None or figure.number is None or figure.goal is None:
        return ""
    if figure.goal.comparator == Comparator.NOT_BELOW_LAST_YEAR:
        return ""
    if attainment(base, figure.goal) == "met":
        return _("The base year met the target already")
    covered = distance_covered(base, figure.number, figure.goal.value)
    if covered is None:
        return ""
    return _("%(share)s%% of the way from the base year to the target") % {
        "share": formatting.digits(covered, 1)
    }


def _turns(figure: Figure) -> str:
    """The values at which the light changes, in words."""
    goal = figure.goal
    if goal is None or goal.comparator in (Comparator.RANGE, Comparator.EQ):
        return ""
    margin = margin_of(goal)
    upwards = goal.comparator not in (Comparator.LE, Comparator.LT)
    edge = goal.value - margin if upwards else goal.value + margin
    words = {"target": _number(figure, goal.value), "edge": _number(figure, edge)}
    if not margin:
        text = _("below %(target)s missed") if upwards else _("above %(target)s missed")
    elif upwards:
        text = _("below %(target)s near, below %(edge)s missed")
    else:
        text = _("above %(target)s near, above %(edge)s missed")
    return text % words


def _number(figure: Figure, number: Decimal) -> Words:
    return formatting.number_words(number, figure.indicator, place=formatting.place_of(number))
