"""Whether what is shown may still change by review."""

from __future__ import annotations

from indicators.models import Round, Tier


def is_provisional(evaluation_year: int, tier: str) -> bool:
    """Whether reported figures are shown of a year whose round is running; one query at most."""
    return tier == Tier.REPORTED and Round.objects.of_year(evaluation_year).running().exists()
