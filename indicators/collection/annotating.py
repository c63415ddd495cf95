"""Who pins annotations to figures of a unit."""

from __future__ import annotations

from indicators.models import Jurisdiction, User
from indicators.models.path import ids_in


def may_annotate(actor: User, unit: Jurisdiction) -> bool:
    """The unit's own people, and officers, leads and supervisors of what is above it. Auditors and
    editors change nothing."""
    scope = actor.scope
    above = scope.supervises | (scope.own & scope.whole)
    return unit.pk in scope.own or not above.isdisjoint(ids_in(unit.path))
