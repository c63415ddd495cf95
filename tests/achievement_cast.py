"""Achievements of the cast's units."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.models import Achievement, AchievementVersion, DutyArea, Jurisdiction, User
from indicators.recording.achievement import add_achievement
from tests.cast import YEAR


def said(**content: Any) -> AchievementVersion:
    """A model case of the city's level, unless said otherwise."""
    return AchievementVersion(
        **{"kind": "case", "title": "优秀案例", "level": "city", **content},
    )


def add(
    unit: Jurisdiction,
    actor: User,
    area: DutyArea,
    *,
    year: int = YEAR,
    reason: str = "",
    **content: Any,
) -> Achievement:
    return add_achievement(unit, year, area, said(**content), actor=actor, reason=reason)


@pytest.fixture
def area(db: None) -> DutyArea:
    return DutyArea.objects.get_or_create(
        code="funding", defaults={"name_zh": "优先保障", "position": 2}
    )[0]


@pytest.fixture
def safety(db: None) -> DutyArea:
    return DutyArea.objects.create(code="safety", name_zh="校园安全", position=7)
