"""Whether what is shown may still change by review."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from indicators.models import Round, Tier
from indicators.models.prepared import prepared


def is_provisional(evaluation_year: int, tier: str) -> bool:
    """Whether reported figures are shown of a year whose round is running; one query at most."""
    return tier == Tier.REPORTED and bool(_running(year=evaluation_year))


@prepared
def _running(year: Any) -> QuerySet[Round, Any]:
    return Round.objects.of_year(year).running().values_list("pk")[:1]
