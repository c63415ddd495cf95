"""Who enters the achievements of a unit: whoever enters its figures of the duty area."""

from __future__ import annotations

from indicators.models import DutyArea, Jurisdiction, User


def may_enter_achievements(actor: User, unit: Jurisdiction, duty_area: DutyArea) -> bool:
    """As one of the unit's own officers, or of the city above it on its behalf."""
    scope = actor.scope
    return scope.may_enter(unit.pk, duty_area.pk) or scope.may_enter_for(unit, duty_area.pk)
