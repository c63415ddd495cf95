"""A figure against its target: met, near or missed, and how far it is from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.measures.bounds import Bounds

DEFAULT_MARGIN = Decimal("0.05")
UP_TO = ("le", "lt")
_UNDER = (*UP_TO, "range")


@dataclass(frozen=True)
class Goal:
    """What is to be reached. `value` (and `value_to` of a range) in the indicator's unit.

    Comparators: ge gt le lt eq range all not_below_last_year. For the last, `value` is last year's
    figure. `margin` is in the same unit; None means 5 % of the value.
    """

    comparator: str
    value: Decimal
    value_to: Decimal | None = None
    margin: Decimal | None = None


def gap(figure: Decimal, goal: Goal) -> Decimal:
    """Figure less target: below zero when under it. In a range 0, else the way to its nearer end.

    >>> gap(Decimal("95.67"), Goal("ge", Decimal(96)))
    Decimal('-0.33')
    """
    if goal.comparator == "range" and goal.value_to is not None:
        if figure < goal.value:
            return figure - goal.value
        return max(figure - goal.value_to, Decimal(0))
    return figure - goal.value


def attainment(
    figure: Decimal, goal: Goal, *, qualifier: str = "exact", last_place: int | None = None
) -> str:
    """`met` by comparison of the numbers as kept; `near` within the margin; else `missed`.

    A figure that is only said to lie below or above its number is met where that much is certain:
    不足 (`less_than`) never from a number on, and up to one when its own limit is. 余 (`remainder`)
    is less than one of its `last_place` beyond: 42 余万 lies below 43 万.

    >>> attainment(Decimal("95.67"), Goal("ge", Decimal(96)))
    'near'
    >>> attainment(Decimal("3.32"), Goal("le", Decimal(5)))
    'met'
    >>> attainment(Decimal(5), Goal("ge", Decimal(4)), qualifier="less_than")
    'missed'
    """
    if qualifier == "remainder" and goal.comparator in _UNDER:
        end = goal.value if goal.comparator in UP_TO else goal.value_to
        below = None if last_place is None else figure + Decimal(10) ** last_place
        if below is None or end is None or below > end:
            return _missed(figure, goal)
    if _met(figure, goal, qualifier):
        return "met"
    return _missed(figure, goal)


def attainment_between(figure: Decimal, goal: Goal, bounds: Bounds) -> str:
    """Of a figure that was worked out and lies between bounds: met where both of them meet it; what
    its number alone would meet is near.

    >>> attainment_between(Decimal(100), Goal("ge", Decimal(80)), Bounds(Decimal(60), Decimal(100)))
    'near'
    """
    found = attainment(figure, goal)
    if found != "met" or all(_met(end, goal, "exact") for end in bounds):
        return found
    return "near" if margin_of(goal) else "missed"


def _missed(figure: Decimal, goal: Goal) -> str:
    away = gap(figure, goal)
    margin = margin_of(goal, above=away > 0)
    # A margin of zero forgives nothing: a figure on the line of a strict comparison is missed.
    return "near" if margin and abs(away) <= margin else "missed"


def margin_of(goal: Goal, *, above: bool = False) -> Decimal:
    """How far from its end a figure is still near: as given, else 5 % of that end of the goal.

    >>> margin_of(Goal("ge", Decimal(96)))
    Decimal('4.80')
    """
    if goal.margin is not None:
        return goal.margin
    end = goal.value_to if above and goal.value_to is not None else goal.value
    return abs(end) * DEFAULT_MARGIN


def attainment_of_statement(statement: str) -> str:
    """A statement is met or missed; partly is missed, for statements have no margin."""
    return "met" if statement == "met" else "missed"


def _met(figure: Decimal, goal: Goal, qualifier: str) -> bool:
    above = figure > goal.value or (figure == goal.value and qualifier != "at_least")
    match qualifier:
        case "less_than":
            return goal.comparator in UP_TO and figure <= goal.value
        case "more_than" | "at_least" if goal.comparator in (*UP_TO, "eq", "range"):
            return False
        case "remainder" if goal.comparator == "eq":
            return False
        case "more_than" | "remainder" | "at_least" if goal.comparator == "gt":
            return above
    match goal.comparator:
        case "gt":
            return figure > goal.value
        case "le":
            return figure <= goal.value
        case "lt":
            return figure < goal.value
        case "eq":
            return figure == goal.value
        case "range":
            return goal.value_to is not None and goal.value <= figure <= goal.value_to
        case _:
            return figure >= goal.value
