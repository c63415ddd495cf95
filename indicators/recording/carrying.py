"""What goes along when units end and others begin: people, targets, figures, running rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count

from indicators.collection import Refusal
from indicators.models import (
    Change,
    Jurisdiction,
    Membership,
    Round,
    Standing,
    State,
    Submission,
    Target,
    User,
    ValueRevision,
    YearlyValue,
)
from indicators.recording.change import record_change
from indicators.recording.round import ask_otherwise
from indicators.recording.window import begin
from indicators.recording.writing import CONTENT, set_standing, write
from indicators.results import Key


class MovedPerson(NamedTuple):
    """A membership that goes from a unit to one or more others."""

    name: str
    role: str
    before: Jurisdiction
    after: Sequence[Jurisdiction]


class MovedRound(NamedTuple):
    """A round that runs or is planned: `asked` are asked from now on, `ended` no longer; `lagged`
    ended, and are still asked figures of earlier years."""

    round: Round
    asked: Sequence[Jurisdiction]
    ended: Sequence[Jurisdiction]
    lagged: Sequence[Jurisdiction]


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


def copy_figures(
    before: Jurisdiction, after: Jurisdiction, year: int, *, actor: User | None, reason: str
) -> int:
    """Figures from the year on are the next unit's, standing as they stood; how many.

    Those of the unit that ended stay in its history and count nowhere.
    """
    values = {
        value.pk: value
        for value in YearlyValue.objects.filter(jurisdiction=before, year__gte=year).exclude(
            state=State.BLANK
        )
    }
    tiers: dict[int, set[str]] = defaultdict(set)
    for revision, tier in (
        Standing.objects.current().filter(value__in=values).values_list("revision_id", "tier")
    ):
        tiers[revision].add(tier)
    versions: dict[int, list[ValueRevision]] = defaultdict(list)
    for one in (
        ValueRevision.objects.filter(value__in=values)
        .select_related("change")
        .order_by("value", "version")
    ):
        if one.pk in tiers or one.version == values[one.value_id].version:
            versions[one.value_id].append(one)
    changes: dict[tuple[str, bool], Change] = {}
    made: dict[int, YearlyValue] = {}
    for step in range(max(map(len, versions.values()), default=0)):
        placed: dict[str, dict[Key, YearlyValue]] = defaultdict(dict)
        by: dict[Key, Change] = {}
        for pk, some in versions.items():
            if step >= len(some):
                continue
            told = some[step]
            way = (told.change.origin, told.change.on_behalf)
            if way not in changes:
                changes[way] = record_change(
                    actor=actor, reason=reason, origin=way[0], on_behalf=way[1]
                )
            value = made.setdefault(
                pk,
                YearlyValue(
                    indicator_id=values[pk].indicator_id, jurisdiction=after, year=values[pk].year
                ),
            )
            for name in CONTENT:
                setattr(value, name, getattr(told, name))
            value.version, value.change = step + 1, changes[way]
            key = Key(after.pk, value.year, value.indicator_id)
            by[key] = changes[way]
            for tier in tiers[told.pk] or {""}:
                placed[tier][key] = value
        write({id(value): value for some in placed.values() for value in some.values()}.values())
        for tier, at in placed.items():
            if tier:
                set_standing(at, tiers=[tier], changes=by)
    return len(made)


def figures_left(ended: Collection[Jurisdiction], year: int) -> list[tuple[Jurisdiction, int]]:
    """How many figures from the year on stay with units that are no more."""
    counted = (
        YearlyValue.objects.filter(jurisdiction__in=ended, year__gte=year)
        .exclude(state=State.BLANK)
        .order_by()
        .values_list("jurisdiction")
        .annotate(n=Count("pk"))
    )
    counts = dict(counted)
    return [(unit, counts[unit.pk]) for unit in ended if unit.pk in counts]


def ask_instead(
    ended: Sequence[Jurisdiction],
    begun: Sequence[Jurisdiction],
    *,
    actor: User | None,
    change: Change,
) -> list[MovedRound]:
    """Rounds that run or are planned ask the new units for the years in which these are there, and
    those that ended for what is of earlier years. Refuses: submitted_before_change."""
    running = Round.objects.filter(closed_at__isnull=True, jurisdictions__in=ended).distinct()
    return [
        moved
        for one in running.order_by("pk")
        if (moved := _ask_instead(one, ended, begun, actor, change))
    ]


def _ask_instead(
    asked: Round,
    ended: Sequence[Jurisdiction],
    begun: Sequence[Jurisdiction],
    actor: User | None,
    change: Change,
) -> MovedRound | None:
    held = list(asked.submissions.select_for_update(of=("self",)).order_by("pk"))
    now = Round.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    units = set(now.jurisdictions.all())
    years = {one.year_for(now.evaluation_year) for one in now.indicators.all()}
    mine = [unit for unit in ended if unit in units]
    if not any(begun[0].valid_in(year) for year in years):
        return None
    _refuse_sent(now, held, mine)
    lagged = [unit for unit in mine if any(unit.valid_in(year) for year in years)]
    gone = [unit for unit in mine if unit not in lagged]
    wanted = (units - set(gone)) | set(begun)
    now.jurisdictions.set(wanted)
    now.version += 1
    now.save(update_fields=["version"])
    if now.is_open:
        for one in held:
            one.round = now
        ask_otherwise(now, held, set(), wanted, actor)
        _begin_with_drafts(now, begun, change)
    return MovedRound(now, begun, gone, lagged)


def _refuse_sent(now: Round, held: Iterable[Submission], mine: Collection[Jurisdiction]) -> None:
    """What was sent is the unit's own answer, and is not taken out of its hands."""
    units = {unit.pk: unit for unit in mine}
    for one in held:
        if one.jurisdiction_id in units and one.dropped_at is None and one.times_submitted:
            raise Refusal(
                "submitted_before_change",
                field="ended",
                unit=units[one.jurisdiction_id].name,
                round=now.title,
            )


def _begin_with_drafts(now: Round, begun: Sequence[Jurisdiction], change: Change) -> None:
    """Where figures came along, the new unit's answer is a draft."""
    years = {one.pk: one.year_for(now.evaluation_year) for one in now.indicators.all()}
    found = YearlyValue.objects.filter(jurisdiction__in=begun, indicator__in=years)
    filled = {one.jurisdiction_id for one in found if years[one.indicator_id] == one.year}
    held = {}
    for one in now.submissions.filter(jurisdiction__in=filled):
        one.round = now
        held[one] = change
    begin(held)
