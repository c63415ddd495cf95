"""An edition (定稿) of a report: its text, figures, targets, definitions and units, frozen.

Decided: frozen are canonical bytes, not references. Every output is made of them alone, so that it
says the same after whatever is corrected later; what has moved since is told beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from indicators.models.change import Change
from indicators.models.report import Report

if TYPE_CHECKING:
    from indicators.models.account import User


class EditionQuerySet(models.QuerySet["Edition"]):
    def for_user(self, user: User) -> Self:
        """Those of reports that the user may see."""
        return self.filter(report__in=Report.objects.for_user(user))


class Edition(models.Model):
    """`content` is canonical JSON (`recording.edition`), `digest` the SHA-256 of its bytes in
    UTF-8. Append-only."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    content = models.TextField()
    digest = models.CharField("SHA-256", max_length=64)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a report", "edition")
        verbose_name_plural = pgettext_lazy("of a report", "editions")
        ordering = ["report", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_unique")]

    def __str__(self) -> str:
        return gettext("%(report)s, edition %(number)s") % {
            "report": self.report,
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        return reverse("reports:edition", args=[self.pk])
