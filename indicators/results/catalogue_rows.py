"""The rows that the catalogue is made of, by questions that are compiled once: every write asks
them all as soon as the catalogue has changed."""

from __future__ import annotations

from django.db.models import QuerySet

from indicators.models import (
    Definition,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Rule,
    Target,
)
from indicators.models.prepared import prepared


@prepared
def definitions() -> QuerySet[Definition]:
    return Definition.objects.order_by("indicator_id", "valid_from")


@prepared
def targets() -> QuerySet[Target]:
    return Target.objects.select_related("framework")


@prepared
def units() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.all()


@prepared
def unit_changes() -> QuerySet[JurisdictionChange]:
    return JurisdictionChange.objects.prefetch_related("from_units", "to_units")


@prepared
def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.select_related("duty_area")


@prepared
def rules() -> QuerySet[Rule]:
    return Rule.objects.prefetch_related("indicators")
