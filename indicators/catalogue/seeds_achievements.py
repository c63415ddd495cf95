"""The shelf of achievements: what the seeds say of one is its latest version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from indicators.catalogue.seeds_files import Row
from indicators.catalogue.seeds_of_units import UnitShelf, reason_of_seeds
from indicators.catalogue.seeds_stored import Prepared
from indicators.models import ACHIEVEMENT_CONTENT, Achievement, AchievementVersion
from indicators.recording.catalogue_change import Touched
from indicators.recording.seeded_achievements import write_seeded


class AchievementShelf(UnitShelf):
    """One that users took out is not there."""

    def stored(self, rows: Sequence[Row]) -> Iterable[Any]:
        found = AchievementVersion.objects.filter(
            is_removed=False, version=F("achievement__version")
        ).select_related("achievement__jurisdiction", "achievement__duty_area")
        self.latest = {one.achievement_id: one for one in found}
        return [one.achievement for one in self.latest.values()]

    def value(self, thing: Any, name: str) -> Any:
        if name in ACHIEVEMENT_CONTENT:
            return getattr(self.latest[thing.pk], name)
        return super().value(thing, name)

    def year_of(self, one: Prepared) -> int:
        return int(one.values["evaluation_year"])

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        told = []
        for one in all_rows:
            content = {name: one.values.pop(name) for name in ACHIEVEMENT_CONTENT}
            achievement = one.thing or Achievement()
            for name, value in one.values.items():
                setattr(achievement, name, value)
            told.append((achievement, content))
        write_seeded(told, reason_of_seeds(), published=self.published)
