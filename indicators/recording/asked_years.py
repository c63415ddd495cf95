"""In which years an indicator, or a unit, is asked: what rounds and figures hold an editor to."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Indicator, Jurisdiction, Round, State, Submission
from indicators.recording.findings import listed


def refuse_lag_in_round(indicator: Indicator) -> None:
    """While a round asks the indicator, its lag says which year's figure the round means."""
    asked = _asking_still(indicator).first()
    if asked is not None:
        raise Refusal("lag_in_round", field="lag", round=asked.title)


def refuse_years_left_out(indicator: Indicator) -> None:
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
    """What a round asks the unit, of years in which it is, goes on: that it ends is an act.

    Refuses: unit_in_round.
    """
    going_on = Submission.objects.going_on(timezone.localdate())
    asking = Round.objects.filter(
        Q(jurisdictions=unit, closed_at__isnull=True)
        | Exists(going_on.filter(round=OuterRef("pk"), jurisdiction=unit))
    )
    for asked in asking.distinct().prefetch_related("indicators"):
        years = {one.year_for(asked.evaluation_year) for one in asked.indicators.all()}
        for year in sorted(years):
            if before.valid_in(year) and not unit.valid_in(year):
                field = "valid_from" if year < unit.valid_from else "valid_to"
                raise Refusal(
                    "unit_in_round", field=field, round=asked.title, unit=unit.name, year=year
                )


def _asking_still(indicator: Indicator) -> QuerySet[Round]:
    """Those that are planned or open, and closed ones that go on for a unit."""
    going_on = Submission.objects.going_on(timezone.localdate())
    holding = Q(closed_at__isnull=True) | Exists(going_on.filter(round=OuterRef("pk")))
    return Round.objects.filter(holding, indicators=indicator)
