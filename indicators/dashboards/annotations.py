"""What is pinned to a figure, as its page lists it, and what is done with it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.dashboards.saved_questions import number_in
from indicators.figures import Figure
from indicators.models import Annotation, User
from indicators.models.prepared import prepared
from indicators.recording.annotation import annotate, take_back


@dataclass(frozen=True)
class AnnotationLine:
    """`is_own` where the reader may take it back."""

    annotation: Annotation
    is_own: bool


def annotation_lines(user: User, figure: Figure) -> list[AnnotationLine]:
    """The earliest first; one query, none where the user reads nothing of the unit, as
    `AnnotationQuerySet.for_user` has it."""
    if not user.scope.answers_for_unit(figure.jurisdiction):
        return []
    unit, year, indicator = figure.place
    return [
        AnnotationLine(one, one.author_id == user.pk and not one.is_taken_back)
        for one in _said_at(unit=unit, year=year, indicator=indicator)
    ]


@prepared
def _said_at(unit: Any, year: Any, indicator: Any) -> QuerySet[Annotation]:
    there = Annotation.objects.said()
    return there.filter(jurisdiction__id=unit, year=year, indicator__id=indicator)


def carry_out_at(user: User, figure: Figure, given: Mapping[str, str]) -> str:
    """Pin an annotation to the figure or take one back; what was done, in words. Refuses as
    `recording.annotation` does, and: unknown_choice."""
    act = given.get("act", "")
    if act == "annotate":
        place = (figure.indicator, figure.jurisdiction, figure.year)
        annotate(*place, actor=user, text=given.get("text", ""))
        return _("The annotation is pinned.")
    if act == "take_back":
        take_back(number_in(given, "annotation"), actor=user)
        return _("The annotation is taken back.")
    raise Refusal("unknown_choice")
