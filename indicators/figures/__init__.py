"""Third floor: the one door for reads. A figure with its unit, target, status and provenance.

Goes in: a user, a unit and an evaluation year. Comes out: `Figure`s, ready in words; what the user
may not see is not among them. Rooms draw figures and compute nothing.
"""

from indicators.figures.figure import Figure
from indicators.figures.queries import (
    OtherUnits,
    Tally,
    asked_indicators,
    by_kind,
    figures_across,
    figures_at,
    figures_below,
    figures_beside,
    figures_of,
    figures_through,
    figures_unread,
    indicator_for,
    indicators_for,
    other_units,
    tallies,
)
from indicators.figures.units import (
    UnitProgress,
    progress_of_units,
    top_unit,
    unit_for,
    units_near,
    units_to_enter_for,
    with_units_below,
    year_to_enter,
)
from indicators.figures.years import evaluation_years, years_of
from indicators.results import AskedIndicator, RuleInputs, one_snapshot

__all__ = [
    "AskedIndicator",
    "Figure",
    "OtherUnits",
    "RuleInputs",
    "Tally",
    "UnitProgress",
    "asked_indicators",
    "by_kind",
    "evaluation_years",
    "figures_across",
    "figures_at",
    "figures_below",
    "figures_beside",
    "figures_of",
    "figures_through",
    "figures_unread",
    "indicator_for",
    "indicators_for",
    "one_snapshot",
    "other_units",
    "progress_of_units",
    "tallies",
    "top_unit",
    "unit_for",
    "units_near",
    "units_to_enter_for",
    "with_units_below",
    "year_to_enter",
    "years_of",
]
