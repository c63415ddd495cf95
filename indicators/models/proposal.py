"""A change of the catalogue that would move approved figures, until a supervisor has decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models.change import Change
from indicators.models.naming import choices_constraint


class ProposalAct(models.TextChoices):
    SAVE = "save", _("Save")
    DELETE = "delete", _("Delete")
    CHANGE = "change", _("Change of units")


class CatalogueProposal(models.Model):
    """`content` is the row as it is to be (Django's JSON serialization), or the change of units as
    `recording.jurisdiction_change` tells it; `seen` the digest of the
    row that the editor had before them; `change` is the one that carried it out."""

    act = models.CharField(_("act"), max_length=6, choices=ProposalAct)
    content = models.TextField(_("content"))
    title = models.CharField(_("title"), max_length=300)
    seen = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of the catalogue to be confirmed")
        verbose_name_plural = _("changes of the catalogue to be confirmed")
        ordering = ["-pk"]
        constraints = [
            choices_constraint("catalogueproposal", "act", ProposalAct),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(change__isnull=True),
                name="catalogueproposal_confirmed_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        return self.change_id is None and self.withdrawn_at is None
