"""In which years an indicator, or a unit, is asked: what rounds and figures hold an editor to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import (
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Round,
    State,
    Submission,
)
from indicators.models.jurisdiction import collecting_unit
from indicators.recording.findings import listed


def refuse_asked_otherwise(before: Indicator, indicator: Indicator) -> None:
    """What rounds ask, and what figures are of, goes on being asked as it is.

    Refuses: lag_in_round, figures_outside_years, asked_in_round.
    """
    if before.lag != indicator.lag:
        _refuse_lag_in_round(indicator)
    _refuse_years_left_out(indicator)


def _refuse_lag_in_round(indicator: Indicator) -> None:
    """While a round asks the indicator, its lag says which year's figure the round means."""
    asked = _asking_still(indicator).first()
    if asked is not None:
        raise Refusal("lag_in_round", field="lag", round=asked.title)


def _refuse_years_left_out(indicator: Indicator) -> None:
    """The past stays: years that have figures are asked, and what rounds still ask is as well.

    Refuses: figures_outside_years, asked_in_round.
    """
    field = "asked_from" if indicator.asked_to is None else "asked_to"
    figures = indicator.values.exclude(state=State.BLANK)
    years = set(figures.values_list("year", flat=True).distinct())
    outside = sorted(year for year in years if not indicator.is_asked_for(year))
    if outside:
        raise Refusal("figures_outside_years", field=field, years=listed(list(map(str, outside))))
    for asked in _asking_still(indicator):
        if not indicator.is_asked_in(asked.evaluation_year):
            raise Refusal("asked_in_round", field=field, round=asked.title)


def refuse_unit_in_round(before: Jurisdiction, unit: Jurisdiction) -> None:
    """What a round asks the unit, of years in which it is, goes on: that it ends is an act; and the
    round stays the one that asks it, and the units below it.

    Refuses: unit_in_round.
    """
    if (before.valid_from, before.valid_to) != (unit.valid_from, unit.valid_to):
        _refuse_end(before, unit)
    if (before.parent_id, before.collects) != (unit.parent_id, unit.collects):
        _refuse_another_city(before, unit)


def _refuse_end(before: Jurisdiction, unit: Jurisdiction) -> None:
    for asked in _asking_units(Jurisdiction.objects.filter(pk=unit.pk)).prefetch_related(
        "indicators"
    ):
        years = {one.year_for(asked.evaluation_year) for one in asked.indicators.all()}
        for year in sorted(years):
            if before.valid_in(year) and not unit.valid_in(year):
                field = "valid_from" if year < unit.valid_from else "valid_to"
                raise Refusal(
                    "unit_in_round", field=field, round=asked.title, unit=unit.name, year=year
                )


def _refuse_another_city(before: Jurisdiction, unit: Jurisdiction) -> None:
    below_or_it = Jurisdiction.objects.within([before.path])
    asking = list(_asking_units(below_or_it).prefetch_related("jurisdictions"))
    if not asking:
        return
    below = below_or_it.in_bulk()
    above = Jurisdiction.objects.above({before.pk, unit.parent_id or before.pk}).in_bulk()
    were = below | above
    will_be = were | {unit.pk: unit}
    for asked in asking:
        for one in asked.jurisdictions.all():
            if one.pk not in below or asked.city_id not in _places_of_rounds(were, one.pk):
                continue
            if asked.city_id not in _places_of_rounds(will_be, one.pk):
                raise Refusal(
                    "unit_in_round",
                    field="level" if before.parent_id == unit.parent_id else "parent",
                    round=asked.title,
                    unit=one.name,
                    year=asked.evaluation_year,
                )


def _places_of_rounds(units: Mapping[int, Jurisdiction], unit_id: int) -> set[int | None]:
    """The units (ids) whose rounds ask the unit, as `window` looks for them."""
    return {collecting_unit(units, unit_id), units[unit_id].parent_id}


def answered_units(change: JurisdictionChange) -> set[int]:
    """The units (ids) that ended and for which the change, as it is stored, says who reports."""
    stored = JurisdictionChange.objects.filter(pk=change.pk, answered_by__isnull=False)
    ended = Jurisdiction.objects.filter(changes_from__in=stored, valid_to__isnull=False)
    return set(ended.values_list("pk", flat=True))


def rounds_unanswered(ended: Collection[int]) -> list[Round]:
    """The rounds that still ask units of these (ids) for which no change says who reports."""
    return list(_asking_units(_unanswered(ended))) if ended else []


def refuse_unanswered(ended: Collection[int]) -> None:
    """Refuses: unit_in_round, where a round still asks a unit of these (ids), which have ended, and
    nobody reports for it any more."""
    for asked in rounds_unanswered(ended):
        unit = _unanswered(ended)[0]
        raise Refusal(
            "unit_in_round",
            field="answered_by",
            round=asked.title,
            unit=unit.name,
            year=asked.evaluation_year,
        )


def _unanswered(ended: Collection[int]) -> QuerySet[Jurisdiction]:
    answering = JurisdictionChange.objects.filter(
        from_units=OuterRef("pk"), answered_by__isnull=False
    )
    return Jurisdiction.objects.filter(~Exists(answering), pk__in=ended)


def _asking_units(units: QuerySet[Jurisdiction]) -> QuerySet[Round]:
    """Those planned or open that ask any of the units, and closed ones that go on for one."""
    going_on = Submission.objects.going_on(timezone.localdate()).filter(jurisdiction__in=units)
    return Round.objects.filter(
        Q(jurisdictions__in=units, closed_at__isnull=True)
        | Exists(going_on.filter(round=OuterRef("pk")))
    ).distinct()


def _asking_still(indicator: Indicator) -> QuerySet[Round]:
    """Those that are planned or open, and closed ones that go on for a unit."""
    going_on = Submission.objects.going_on(timezone.localdate())
    holding = Q(closed_at__isnull=True) | Exists(going_on.filter(round=OuterRef("pk")))
    return Round.objects.filter(holding, indicators=indicator)
