"""Achievements that the seeds bring: by one change without a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.models import Achievement, AchievementVersion, Origin
from indicators.recording.change import record_change

FIELDS = [field.name for field in Achievement._meta.concrete_fields if not field.primary_key]


def write_seeded(
    told: Sequence[tuple[Achievement, Mapping[str, Any]]], reason: str, *, published: bool
) -> None:
    """Store each achievement, new or known, with its content as the next version. It stands as
    reported, and as approved where the report that it comes of is `published`. The caller's
    transaction."""
    if not told:
        return
    change = record_change(actor=None, reason=reason, origin=Origin.SEED)
    for achievement, _content in told:
        achievement.version = 1 if achievement.pk is None else achievement.version + 1
        achievement.reported_version = achievement.version
        if published:
            achievement.approved_version = achievement.version
    known = [one for one, _content in told if one.pk is not None]
    Achievement.objects.bulk_create([one for one, _content in told if one.pk is None])
    Achievement.objects.bulk_update(known, FIELDS)
    AchievementVersion.objects.bulk_create(
        AchievementVersion(
            achievement=achievement, version=achievement.version, change=change, **content
        )
        for achievement, content in told
    )
