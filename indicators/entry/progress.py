"""How far a unit's figures are filled, by duty area, and where work is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import TypeVar

from indicators.figures import AskedIndicator, Figure
from indicators.models import DutyArea, Jurisdiction, User

# Figures, or what is asked, of which none need be read.
Asked = TypeVar("Asked", Figure, AskedIndicator)


def areas_of(
    user: User, unit: Jurisdiction, figures: Sequence[Asked], asked: Collection[int] | None
) -> list[DutyArea]:
    """Duty areas with figures of the unit, as far as the user's membership reaches, in order; in a
    round those that it asks for (ids of indicators)."""
    areas = {
        figure.indicator.duty_area_id: figure.indicator.duty_area
        for figure in figures
        if not asked or figure.indicator.id in asked
    }
    scope = user.scope
    limited = scope.enters.get(unit.pk)
    if unit.pk not in scope.own and unit.parent_id:
        limited = scope.enters_below.get(unit.parent_id)
    found = [area for pk, area in areas.items() if not limited or pk in limited]
    return sorted(found, key=lambda area: area.position)


def progress_of(
    figures: Sequence[Asked], is_reported: Callable[[Asked], bool] = attrgetter("is_reported")
) -> dict[str, tuple[int, int]]:
    """How many of each duty area's (code) figures that the unit has to give are there, of how many;
    what a city may state beside what is worked out is not among them."""
    filled: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for figure in figures:
        if figure.is_expected:
            code = figure.indicator.duty_area.code
            expected[code] += 1
            filled[code] += is_reported(figure)
    return {code: (filled[code], count) for code, count in expected.items()}


def first_left_of(
    area: DutyArea,
    figures: Sequence[Asked],
    is_reported: Callable[[Asked], bool] = attrgetter("is_reported"),
) -> Asked | None:
    """The first figure of the area that is still to be filled."""
    own = (one for one in figures if one.indicator.duty_area_id == area.pk)
    return next((one for one in own if one.is_expected and not is_reported(one)), None)
