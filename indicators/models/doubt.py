"""Figures in doubt: what the rules find odd in what stands as reported, explained by nobody.

Unlike a finding, a doubt belongs to no submission: what is saved where no round is, or loaded from
an operator's own seeds, is looked at as well. Nothing here is history: a doubt goes when the figure
is changed, explained or approved.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.models.correction import Figure
from indicators.models.rule import Rule


class DoubtMark(models.TextChoices):
    """How a figure is marked: it is in doubt itself, or it or its light rests on one that is."""

    OWN = "own", _("to be verified")
    RESTS = "rests", _("rests on figures to be verified")


class Doubt(Figure):
    """A rule that a reported figure breaks, neither explained nor closed by approval.

    `details` are the numbers behind it, as those of a finding.
    """

    rule = models.ForeignKey(
        Rule, verbose_name=_("rule"), on_delete=models.CASCADE, related_name="doubts"
    )
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        ordering = ["jurisdiction", "year", "indicator", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "indicator", "rule"], name="doubt_unique"
            )
        ]


class DueExamination(models.Model):
    """A unit and year (ids, without references) in which a figure came to stand since the rules
    last looked. Written by a trigger, so by whichever door; one row an occasion.

    `follows`: no figure of its own did, but one of a unit that its doubted figures are compared
    with; what is found then concerns nobody else.
    """

    jurisdiction_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    follows = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("due examination")
        verbose_name_plural = _("due examinations")

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} · {self.year}"
