"""Measures are added to a problem, changed, and passed down to districts as tasks with a date."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Jurisdiction, Measure, Problem, ProblemAct, ProblemState, User
from indicators.models.path import ids_in
from indicators.recording.problem import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    acting,
    record_event,
)
from indicators.recording.validation import refuse_odd_text

A = ProblemAct


def add_measure(
    problem: Problem, measure: Measure, *, actor: User, version: int, reason: str = ""
) -> Measure:
    """What is to be done, by whom, by when, over the problem's version.

    Refuses as all acts do, and: title_missing, responsible_elsewhere, day_passed, too_long,
    null_character.
    """
    with acting(problem, A.ADD, actor=actor, version=version, reason=reason) as act:
        _refuse_unfit(measure, act.problem)
        measure.problem, measure.number = act.problem, _next_number(act.problem)
        measure.state = ProblemState.OPEN
        measure.save()
        record_event(act.problem, measure, A.ADD, "", act.change)
    return measure


def edit_measure(
    measure: Measure,
    *,
    actor: User,
    version: int,
    title: str,
    description: str = "",
    department: str = "",
    due_on: datetime.date | None = None,
    reason: str = "",
) -> Measure:
    """Say it otherwise, or move its deadline. Refuses as `add_measure`; a deadline that has passed
    may stay."""
    with acting(measure, A.EDIT, actor=actor, version=version, reason=reason) as act:
        held = act.measure
        assert held is not None
        moved = due_on != held.due_on
        held.title, held.description = title.strip(), description.strip()
        held.department, held.due_on = department.strip(), due_on
        _refuse_unfit(held, act.problem, day=moved)
    return held


def pass_down(
    measure: Measure,
    units: Collection[Jurisdiction],
    *,
    actor: User,
    version: int,
    due_on: datetime.date | None,
    reason: str = "",
) -> list[Measure]:
    """Give units below the measure's own the same to do until a day, each as a task of its own,
    over the problem's version. Those that have it already are left out, also where it is the task
    of a unit that is no more and that they report for.

    Refuses as all acts do, and: no_unit_chosen, deadline_missing, day_passed,
    responsible_elsewhere.
    """
    with acting(measure.problem, A.ADD, actor=actor, version=version, reason=reason) as act:
        if due_on is None:
            raise Refusal("deadline_missing", field="due_on")
        have = set(measure.units_that_have_it().values_list("pk", flat=True))
        wanted = [unit for unit in units if unit.pk not in have]
        if not wanted:
            raise Refusal("no_unit_chosen", field="units")
        number = _next_number(act.problem)
        made: list[Measure] = []
        # As they are now; the actor's list may be older.
        for unit in Jurisdiction.objects.filter(pk__in=[one.pk for one in wanted]).order_by("code"):
            if measure.unit_id not in ids_in(unit.path)[:-1]:
                raise Refusal("responsible_elsewhere", field="units", unit=unit.name)
            task = Measure(
                problem=act.problem,
                number=number + len(made),
                title=measure.title,
                description=measure.description,
                unit=unit,
                due_on=due_on,
                passed_from=measure,
            )
            _refuse_unfit(task, act.problem)
            made.append(task)
        Measure.objects.bulk_create(made)
        for task in made:
            record_event(act.problem, task, A.ADD, "", act.change)
    return made


def _next_number(problem: Problem) -> int:
    numbers = problem.measures.values_list("number", flat=True)
    return max(numbers, default=0) + 1


def _refuse_unfit(measure: Measure, problem: Problem, *, day: bool = True) -> None:
    if not measure.title.strip():
        raise Refusal("title_missing", field="title")
    refuse_odd_text(measure.title, TITLE_LENGTH, "title")
    refuse_odd_text(measure.description, TEXT_LENGTH, "description")
    refuse_odd_text(measure.department, 60, "department")
    measure.unit = Jurisdiction.objects.get(pk=measure.unit_id)
    concerned, answers = ids_in(problem.jurisdiction.path), ids_in(measure.unit.path)
    if measure.unit_id not in concerned and problem.jurisdiction_id not in answers:
        raise Refusal("responsible_elsewhere", field="unit", unit=measure.unit.name)
    if day and measure.due_on is not None and measure.due_on < timezone.localdate():
        raise Refusal("day_passed", field="due_on", day=measure.due_on)
