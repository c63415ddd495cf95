"""The light of a figure: which target it is held against and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from indicators.measures.attainment import (
    Goal,
    attainment,
    attainment_between,
    attainment_of_statement,
)
from indicators.measures.bounds import stored
from indicators.models import Comparator, Indicator, Qualifier, QuantityKind, Status, Target
from indicators.results.computation import Lookup, ResultContent, figure_of_past, tells_no_past
from indicators.results.dependencies import Key
from indicators.results.snapshot import Snapshot
from indicators.results.uncertainty import bounds_at, is_between


def with_target_status(
    snapshot: Snapshot, key: Key, content: ResultContent, look: Lookup
) -> ResultContent:
    """The figure with its target and status; `status_reason` says why it has no colour."""
    target = snapshot.lighting(key.indicator_id, key.unit_id, key.year)
    status, reason = _status(snapshot, key, content, target, look)
    if target is not None and target.comparator == _NOT_BELOW_LAST_YEAR:
        broken = snapshot.definition_break(key.indicator_id, key.year - 1, key.year)
        if broken is not None and status in _COMPARED:
            status, reason = Status.NO_DATA, {"code": "definition_break", "year": broken}
    light = (target and target.pk, status, reason)
    return ResultContent._make((*content[: -len(light)], *light))


def _status(
    snapshot: Snapshot, key: Key, content: ResultContent, target: Target | None, look: Lookup
) -> tuple[str, dict[str, Any]]:
    if not content.has_figure:
        return Status.NO_DATA, {}
    if target is None:
        return _NO_TARGET, {}
    if content.is_partial:
        return Status.NO_DATA, {"code": "partial_sum"}
    if content.statement:
        if target.comparator == Comparator.ALL:
            return attainment_of_statement(content.statement), {}
        return Status.NO_TARGET, {"code": "statement_against_number"}
    goal = _kept_goal(snapshot, target, snapshot.indicators[key.indicator_id])
    if target.comparator == _NOT_BELOW_LAST_YEAR:
        before = figure_of_past(snapshot, key._replace(year=key.year - 1), look)
        if tells_no_past(before.reason):
            return Status.NO_DATA, before.reason
        if before.number is None or before.is_partial:
            return Status.NO_DATA, {"code": "no_last_year"}
        if before.part_of_year != content.part_of_year:
            return Status.NO_DATA, {"code": "part_of_year"}
        goal = _kept_up(goal or _NOTHING_LOST, snapshot.indicators[key.indicator_id], before)
        if before.qualifier in _ABOVE and content.qualifier in _ABOVE:
            goal = replace(goal, comparator=_NOT_BELOW_LAST_YEAR, value=before.number)
    if goal is None or content.number is None:
        return Status.NO_TARGET, {"code": "lights_statements_only"}
    if is_between(content):
        between = stored(content.least, content.most)
        return attainment_between(content.number, goal, between), {}
    status = attainment(
        content.number, goal, qualifier=content.qualifier, last_place=content.last_place
    )
    return status, {}


def _kept_up(goal: Goal, indicator: Indicator, before: ResultContent) -> Goal:
    """Not to fall below last year's: below the most that it can have been, or more than what is
    only said to lie above its number."""
    most = bounds_at(indicator, before).most
    if most.is_finite():
        return replace(goal, value=most)
    above = Comparator.GT if before.qualifier in _ABOVE else goal.comparator
    return replace(goal, comparator=above, value=before.number)


# Looked up once, as they are asked of every figure of a load.
_NOT_BELOW_LAST_YEAR, _NO_TARGET = Comparator.NOT_BELOW_LAST_YEAR, Status.NO_TARGET
_COMPARED = (Status.MET, Status.NEAR, Status.MISSED)
# Last year's was more than its number, and so is what is not below it.
_ABOVE = (Qualifier.MORE_THAN, Qualifier.REMAINDER)
_NOTHING_LOST = Goal(Comparator.NOT_BELOW_LAST_YEAR, Decimal(0), margin=Decimal(0))


def _kept_goal(snapshot: Snapshot, target: Target, indicator: Indicator) -> Goal | None:
    """The same for all figures that the target lights."""
    goals = snapshot.goals
    if target.pk not in goals:
        goals[target.pk] = goal_of(target, indicator)
    return goals[target.pk]


def goal_of(target: Target, indicator: Indicator) -> Goal | None:
    """The target as arithmetic; None where it has no number of its own.

    The default margin is 5 % of the value, none for ranks.
    """
    if target.value is None:
        return None
    strict: Any = Decimal(0) if indicator.quantity_kind == QuantityKind.RANK else None
    return Goal(
        target.comparator,
        target.value,
        target.value_to,
        target.margin if target.margin is not None else strict,
    )
