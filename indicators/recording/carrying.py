"""What goes along when units end and others begin: people, targets, reports, achievements and
proofs of problems.

Figures do in `carried_figures`, rounds in `carried_rounds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicators.models import (
    Achievement,
    BoundFigure,
    Change,
    Criterion,
    Jurisdiction,
    Membership,
    Problem,
    ProblemAct,
    Report,
    ReportAct,
    ReportState,
    Target,
)
from indicators.recording.problem import record_event
from indicators.recording.report import TITLE_LENGTH, enter_act


class MovedPerson(NamedTuple):
    """A membership that goes from a unit to one or more others."""

    name: str
    role: str
    before: Jurisdiction
    after: Sequence[Jurisdiction]


def move_people(ended: Sequence[Jurisdiction], heirs: Sequence[Jurisdiction]) -> list[MovedPerson]:
    """Everybody does for the heirs what they did for the units that ended; nothing for these."""
    moved = []
    areas: dict[tuple[int, int, str], set[int] | None] = {}
    memberships = (
        Membership.objects.filter(jurisdiction__in=ended)
        .select_related("user", "jurisdiction")
        .prefetch_related("duty_areas")
    )
    for one in memberships:
        mine = {area.pk for area in one.duty_areas.all()}
        for unit in heirs:
            place = (one.user_id, unit.pk, one.role)
            held = areas.get(place, set())
            # No duty areas means all of them.
            areas[place] = held | mine if mine and held is not None else None
        moved.append(
            MovedPerson(
                one.user.get_full_name(), one.get_role_display(), one.jurisdiction, list(heirs)
            )
        )
    memberships.delete()
    for (user, heir, role), limited in areas.items():
        made = Membership.objects.create(user_id=user, jurisdiction_id=heir, role=role)
        made.duty_areas.set(limited or ())
    return moved


def copy_targets(before: Jurisdiction, after: Jurisdiction, year: int) -> int:
    """The unit's own targets bind the next one: those of no year, of its first, or of later."""
    own = [
        target
        for target in Target.objects.filter(jurisdiction=before).select_related("framework")
        if target.year is None or target.year >= year or not target.framework.is_plan
    ]
    for target in own:
        target.pk, target.jurisdiction = None, after
        target._state.adding = True
        target.save()
    return len(own)


def move_reports(
    before: Jurisdiction, after: Jurisdiction, year: int, change: Change
) -> list[Report]:
    """Reports of the year or later are the next unit's, in their state, and their heading names it:
    the year is its own now, and two would be of one year. Those of years before stay, as their
    figures do. Figures of the year or later that any report names are the next unit's as well.
    What an edition says is frozen, and stays as it is. The history of each says that it was moved.
    """
    reports = Report.objects.select_for_update().filter(
        jurisdiction=before, evaluation_year__gte=year
    )
    moved = list(reports.order_by("pk"))
    for one in moved:
        one.jurisdiction = after
        one.title = one.title.replace(before.name_zh, after.name_zh)[:TITLE_LENGTH]
        enter_act(one, ReportAct.CARRY, ReportState(one.state), change)
    BoundFigure.objects.filter(jurisdiction=before, year__gte=year).update(jurisdiction=after)
    return moved


def move_achievements(ended: Sequence[Jurisdiction], after: Jurisdiction, year: int) -> int:
    """Those of the year or later are the next unit's, as they go with its submissions; of merged
    units all are, whose own are asked for no more."""
    theirs = Achievement.objects.filter(jurisdiction__in=ended, evaluation_year__gte=year)
    return theirs.update(jurisdiction=after)


def move_criteria(before: Jurisdiction, after: Jurisdiction, change: Change) -> list[Problem]:
    """What would show problems solved is looked for in the next unit's figures, and in those of the
    years before; whose problem it is stays, as with its measures: the next unit answers for it. The
    history of each problem says so, settled ones too, which may still relapse."""
    criteria = Criterion.objects.filter(jurisdiction=before)
    problems = Problem.objects.select_for_update().filter(pk__in=criteria.values("problem"))
    moved = list(problems.order_by("pk"))
    for one in moved:
        one.version += 1
        one.save(update_fields=["version"])
        record_event(one, None, ProblemAct.CARRY, one.state, change)
    criteria.update(jurisdiction=after)
    return moved
