"""In which unit a person enters the amounts of a duty area's sheets."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from indicators.measures.typed_unit import AMOUNTS
from indicators.models.catalogue import DutyArea
from indicators.models.naming import choices_constraint


class EntryUnit(models.Model):
    """A choice of one's own, no business data: it is changed without a reason and kept nowhere."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="entry_units"
    )
    duty_area = models.ForeignKey(DutyArea, on_delete=models.CASCADE, related_name="+")
    unit = models.CharField(
        max_length=10, choices=[(code, unit.zh) for code, unit in AMOUNTS.items()]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "duty_area"], name="entryunit_unique"),
            choices_constraint("entryunit", "unit", AMOUNTS),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.duty_area_id} {self.unit}"
