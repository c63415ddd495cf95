"""What a figure was before it was corrected: shown beside it wherever it is shown."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from indicators.figures.formatting import correction_words, version_words
from indicators.models import (
    Act,
    Correction,
    EventFigure,
    Indicator,
    Standing,
    Tier,
    User,
    ValueRevision,
)
from indicators.models.prepared import prepared
from indicators.results import current_snapshot

ValueKey = tuple[int, int, int]  # indicator, unit, year


class Corrections:
    """What figures were before they were corrected; asked when the first is drawn.

    Of some units, or, given None, of all.
    """

    def __init__(self, units: Collection[int] | None) -> None:
        self.units = units

    def also_of(self, units: Collection[int]) -> Corrections:
        """Of these units as well: the same, unless it was asked before."""
        asked = {"corrected", "approved_before"} & vars(self).keys()
        if asked or self.units is None:
            return Corrections(units)
        self.units = {*self.units, *units}
        return self

    def words(
        self,
        indicator: Indicator,
        unit: int,
        year: int,
        shown_id: int | None,
        *,
        of_entered: bool = False,
    ) -> str:
        """What was approved before, where something else is shown now; else nothing. Asked
        `of_entered`, only of what was entered."""
        place = (indicator.pk, unit, year)
        before = self.approved_before.get(place) if shown_id is not None else None
        if before is not None:
            return "" if before.pk == shown_id else version_words(before, indicator)
        corrected = None if of_entered else self.corrected.get(place)
        return correction_words(corrected, indicator) if corrected else ""

    @cached_property
    def corrected(self) -> dict[ValueKey, Correction]:
        """The latest corrections of what was entered, summed or computed, by place; one query."""
        units = self.units
        found = _corrections() if units is None else _corrections_of(units=units)
        return {
            (one.indicator_id, one.jurisdiction_id, one.year): one
            for one in found
            if one.moved_the_figure
        }

    @cached_property
    def approved_before(self) -> dict[ValueKey, ValueRevision]:
        """The versions that were approved when figures of the units were reopened, by place.

        One query where nothing was ever reopened, else two. Whoever sees a figure has seen them.
        """
        units = self.units
        reopened = _reopened() if units is None else _reopened_of(units=units)
        since = {(indicator, unit, year): at for indicator, unit, year, at in reopened}
        if not since:
            return {}
        approved = (
            Standing.objects.filter(
                tier=Tier.APPROVED,
                value__jurisdiction__in={unit for _indicator, unit, _year in since},
                value__indicator__in={indicator for indicator, _unit, _year in since},
            )
            .select_related("change", "revision__value__indicator")
            .order_by("pk")
        )
        found: dict[ValueKey, ValueRevision] = {}
        for standing in approved:
            revision = standing.revision
            value = revision.value
            evaluation_year = value.year - value.indicator.lag
            at = since.get((value.indicator_id, value.jurisdiction_id, evaluation_year))
            if at is not None and standing.change.at <= at:
                found[value.indicator_id, value.jurisdiction_id, value.year] = revision
        return found


def _corrections() -> QuerySet[Correction]:
    return Correction.objects.order_by("pk")


@prepared
def _corrections_of(units: Any) -> QuerySet[Correction]:
    return _corrections().filter(jurisdiction__id__in=units)


def _reopened() -> QuerySet[EventFigure, Any]:
    """Figures that were reopened, and when, in that order."""
    reopened = EventFigure.objects.filter(event__act=Act.REOPEN).order_by("event__change__at")
    return reopened.values_list(
        "indicator_id",
        "event__submission__jurisdiction_id",
        "event__submission__round__evaluation_year",
        "event__change__at",
    )


@prepared
def _reopened_of(units: Any) -> QuerySet[EventFigure, Any]:
    return _reopened().filter(event__submission__jurisdiction__id__in=units)


def before_of_all(user: User | None) -> dict[tuple[str, str, int], Correction | ValueRevision]:
    """What figures were before, by the codes of indicator and unit and the year.

    What sums were is told to those only who see the units: two sums tell of one of them.
    """
    found = Corrections(units=None)
    if not (found.corrected or found.approved_before):
        return {}
    scope = None if user is None or user.scope.reaches_all else user.scope
    snapshot = current_snapshot()
    units = snapshot.units
    corrected = {
        place: one
        for place, one in found.corrected.items()
        if scope is None or place[1] in scope.own or scope.reaches(units[place[1]])
    }
    return {
        (snapshot.indicators[indicator].code, units[unit].code, year): before
        for (indicator, unit, year), before in (corrected | found.approved_before).items()
    }
