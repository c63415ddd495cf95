"""What the pages show of achievements, as far as the user sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from indicators.collection import may_enter_achievements
from indicators.models import (
    ACHIEVEMENT_CONTENT,
    Achievement,
    AchievementKind,
    AchievementVersion,
    DutyArea,
    Jurisdiction,
    User,
)


def achievements_seen(user: User) -> QuerySet[AchievementVersion]:
    """Of each achievement the version that the user reads, with what its line names."""
    return AchievementVersion.objects.for_user(user).in_order()


def finding(user: User) -> str:
    """How many there are of each kind that the user sees; empty where there are none. One query."""
    seen = AchievementVersion.objects.for_user(user).order_by()
    kinds = dict(seen.values_list("kind").annotate(n=Count("pk")))
    if not kinds:
        return ""
    said = [f"{kind.label} {kinds[kind]}" for kind in AchievementKind if kind in kinds]
    return _("In all %(kinds)s.") % {"kinds": _(", ").join(said)}


def may_change(user: User, achievement: Achievement) -> bool:
    """Whether the user enters for its unit; whether it is open now, the door says."""
    return may_enter_achievements(user, achievement.jurisdiction, achievement.duty_area)


def removed(user: User, pk: int) -> AchievementVersion | None:
    """The achievement as it was taken out, if it was and the user may bring it back."""
    latest = AchievementVersion.objects.filter(
        achievement__pk=pk, version=F("achievement__version"), is_removed=True
    )
    found = latest.in_order().first()
    return found if found and may_change(user, found.achievement) else None


def units_to_enter_for(user: User) -> list[Jurisdiction]:
    """The units whose achievements the user enters, the own ones first; of those that are no more
    only the own."""
    scope = user.scope
    own = Jurisdiction.objects.filter(pk__in=scope.enters).order_by("code")
    below = Jurisdiction.objects.filter(parent__in=scope.enters_below, valid_to=None)
    return [*own, *below.exclude(pk__in=scope.enters).order_by("code")]


def areas_to_enter(user: User) -> QuerySet[DutyArea]:
    """The duty areas in which the user enters anything."""
    areas = [*user.scope.enters.values(), *user.scope.enters_below.values()]
    if any(not limited for limited in areas):
        return DutyArea.objects.all()
    return DutyArea.objects.filter(pk__in=frozenset().union(*areas))


@dataclass(frozen=True)
class Past:
    """A version beside what it changed: names of the fields that say something else."""

    version: AchievementVersion
    changed: list[str]


def history_of(user: User, shown: AchievementVersion) -> list[Past]:
    """The versions up to the one that the user reads, the latest first."""
    told = shown.achievement.versions.history_for(user)
    found = told.filter(version__lte=shown.version)
    versions = list(found.select_related("change__actor", "achievement").order_by("version"))
    past = [
        Past(now, _changed(before, now))
        for before, now in zip([None, *versions], versions, strict=False)
    ]
    return past[::-1]


def _changed(before: AchievementVersion | None, now: AchievementVersion) -> list[str]:
    if before is None:
        return []
    return [
        str(field.verbose_name)
        for name in ACHIEVEMENT_CONTENT
        if getattr(before, name) != getattr(now, name) and (field := _field(name))
    ]


def _field(name: str) -> Any:
    return AchievementVersion._meta.get_field(name)


@dataclass(frozen=True)
class Compared:
    """A field of a conflict: what stood there when the user began, and what somebody made of it."""

    label: str
    before: str
    now: str


def compared(before: AchievementVersion | None, now: AchievementVersion) -> list[Compared]:
    """The fields that somebody else changed meanwhile."""
    return [
        Compared(str(_field(name).verbose_name), _said(before, name), _said(now, name))
        for name in ACHIEVEMENT_CONTENT
        if before is None or getattr(before, name) != getattr(now, name)
    ]


def _said(version: AchievementVersion | None, name: str) -> str:
    if version is None:
        return ""
    shown = getattr(version, f"get_{name}_display", None)
    return str(shown() if shown else getattr(version, name) or "")
