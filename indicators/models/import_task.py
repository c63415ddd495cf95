"""What is to be done with a large file by a process beside the web's, one task an import.

A task is there until it is done; what it does is kept in the same transaction in which it goes. So
whoever is ended in the middle has done nothing, and the task is still there: a lease, which runs
out where it is not renewed, says whether somebody is at it.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.imports import Import
from indicators.models.naming import choices_constraint


class ImportAct(models.TextChoices):
    READ = "read", pgettext_lazy("task", "Reading and comparing the file")
    SAVE = "save", pgettext_lazy("task", "Saving the figures")
    UNDO = "undo", pgettext_lazy("task", "Taking the import back")


class ImportTask(models.Model):
    """`content` is the file, where it is to be read; `arguments` what else was said when it was
    asked. `lease` names who is at it, `leased_until` how long that is believed."""

    of_import = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="task")
    act = models.CharField(max_length=10, choices=ImportAct)
    content = models.BinaryField(null=True)
    arguments = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("task of an import")
        verbose_name_plural = _("tasks of imports")
        ordering = ["asked_at", "pk"]
        constraints = [
            choices_constraint("importtask", "act", ImportAct),
            models.CheckConstraint(
                condition=models.Q(lease__isnull=True, leased_until__isnull=True)
                | models.Q(lease__isnull=False, leased_until__isnull=False),
                name="importtask_lease_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.of_import_id}"

    def is_held(self, now: datetime.datetime) -> bool:
        """Whether somebody is at it."""
        return self.leased_until is not None and self.leased_until > now
