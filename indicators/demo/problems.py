"""Carries out through the doors, day by day, what is told of the city's problems."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import ROUND_FLOOR

from django.utils import timezone

from indicators.demo import problem_story as story
from indicators.demo.accounts import CITY
from indicators.models import (
    Comparator,
    Criterion,
    Indicator,
    Jurisdiction,
    Measure,
    Problem,
    ProblemAct,
    ProblemSource,
    Role,
    Tier,
    User,
    YearlyResult,
)
from indicators.recording import measure as tasks
from indicators.recording import problem as door

_ACTS = {
    ProblemAct.START: door.start,
    ProblemAct.HAND_IN: door.hand_in,
    ProblemAct.ACCEPT: door.accept,
    ProblemAct.SEND_BACK: door.send_back,
}


Desks = Callable[[str, Role], User]
"""Who sits at the desk of a unit (code) in a role."""


def do(one: story.StoryEvent, today: datetime.date, at: Desks) -> None:
    """`today` is the day from which days are counted."""
    match one:
        case story.Raised():
            _raise(one, at(CITY, Role.SUPERVISOR))
        case story.PassedDown():
            _pass_down(one, today, at(CITY, Role.SUPERVISOR))
        case story.Deed():
            thing = _problem(one.code) if one.measure is None else _measure(one, one.measure)
            _ACTS[one.act](
                thing, actor=at(one.unit, one.role), version=thing.version, reason=one.reason
            )


def _raise(one: story.Raised, supervisor: User) -> None:
    unit = _unit(one.unit)
    indicator = Indicator.objects.select_related("duty_area").get(code=one.indicator)
    problem = Problem(
        jurisdiction=unit,
        duty_area=indicator.duty_area,
        title=one.title,
        description=one.description,
        year=one.year + 1,
        source=ProblemSource.REVIEW,
    )
    number = YearlyResult.objects.values_list("number", flat=True).get(
        indicator=indicator, jurisdiction=unit, year=one.year, tier=Tier.APPROVED
    )
    assert number is not None
    wanted = Criterion(
        indicator=indicator,
        jurisdiction=unit,
        comparator=Comparator.GE,
        value=(number / 100).to_integral_value(ROUND_FLOOR) * 100,
        from_year=one.year,
    )
    door.raise_problem(problem, actor=supervisor, criteria=[wanted])


def _pass_down(one: story.PassedDown, today: datetime.date, supervisor: User) -> None:
    measure = Measure.objects.select_related("problem").get(
        problem__code=one.code, number=one.measure
    )
    tasks.pass_down(
        measure,
        [_unit(code) for code in one.units],
        actor=supervisor,
        version=measure.problem.version,
        due_on=today + datetime.timedelta(one.due),
        reason=one.reason,
    )


def _problem(code: str) -> Problem:
    return Problem.objects.select_related("jurisdiction").get(code=code)


def _measure(deed: story.Deed, number: int) -> Measure:
    own = Measure.objects.select_related("problem__jurisdiction", "unit").filter(
        problem__code=deed.code
    )
    if deed.of:
        return own.get(passed_from__number=number, unit__code=deed.of)
    return own.get(number=number)


def _unit(code: str) -> Jurisdiction:
    return Jurisdiction.objects.valid_in(timezone.localdate().year).get(code=code)
