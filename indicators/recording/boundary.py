"""Keeps the boundaries that an operator loads, each in the place of the one before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from indicators.models import Boundary

DRAWN = ("path", "left", "top", "right", "bottom", "approval_number", "source")


def keep_boundaries(boundaries: Sequence[Boundary]) -> None:
    """All or none. Raises ValidationError where a field is not as it has to be."""
    for one in boundaries:
        one.clean_fields()
    Boundary.objects.bulk_create(
        boundaries,
        update_conflicts=True,
        unique_fields=["jurisdiction"],
        update_fields=DRAWN,
    )


def forget_boundaries() -> int:
    """Of all units; how many there were."""
    with transaction.atomic():
        count, _by_model = Boundary.objects.all().delete()
    return count
