"""Third floor: the one door for reads. A figure with its unit, target, status and provenance.

Goes in: a user, a unit and an evaluation year. Comes out: `Figure`s, ready in words; what the user
may not see is not among them. Rooms draw figures and compute nothing.
"""

from indicators.figures.figure import Figure
from indicators.figures.queries import (
    Tally,
    evaluation_years,
    figures_of,
    tallies,
    unit_for,
    units_for,
)

__all__ = [
    "Figure",
    "Tally",
    "evaluation_years",
    "figures_of",
    "tallies",
    "unit_for",
    "units_for",
]
