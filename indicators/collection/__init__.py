"""Second floor: what may be done by whom and when, and every refusal with its stable code.

Today: who may enter which figure, and what a figure must be. Rounds and submissions will live here.
"""

from indicators.collection.refusals import FORMULA_FAULTS, Refusal, Stale
from indicators.collection.rules import (
    FIRST_YEAR,
    last_year,
    on_behalf,
    refuse_unless_enterable,
    refuse_unless_within_limits,
    years,
)

__all__ = [
    "FIRST_YEAR",
    "FORMULA_FAULTS",
    "Refusal",
    "Stale",
    "last_year",
    "on_behalf",
    "refuse_unless_enterable",
    "refuse_unless_within_limits",
    "years",
]
