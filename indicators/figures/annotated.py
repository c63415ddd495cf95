"""Which figures bear an annotation (附注) that the reader may read: lists mark them.

The mark leads to the page of the figure, where the words stand; what was taken back bears none.
Files go without: there is no page in them to lead to, and who is handed one need not be who may
read what is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from indicators.figures.figure import Figure
from indicators.models import Annotation, User
from indicators.models.prepared import prepared
from indicators.results import Key


def annotated_places(user: User, figures: Iterable[Figure]) -> frozenset[Key]:
    """Those of the figures that bear one. One query; none where the user reads what is said of
    none of their units, as `AnnotationQuerySet.for_user` has it."""
    scope = user.scope
    places = {one.place for one in figures if scope.answers_for_unit(one.jurisdiction)}
    if not places:
        return frozenset()
    units, years = {place.unit_id for place in places}, {place.year for place in places}
    found = _standing(units=units, years=years)
    return frozenset(places.intersection(Key(*place) for place in found))


@prepared
def _standing(units: Any, years: Any) -> QuerySet[Annotation, Any]:
    standing = Annotation.objects.standing().order_by()
    there = standing.filter(jurisdiction__id__in=units, year__in=years)
    return there.values_list("jurisdiction_id", "year", "indicator_id")
