"""Citations: an achievement that the text of a report names by its mark, `{C2}`.

As a bound figure it is read anew whenever the report is, so that what was changed, or taken out,
since is told beside the place; a mark that names no citation is text.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.achievement import Achievement, AchievementVersion
from indicators.models.change import Change
from indicators.models.naming import choices_constraint
from indicators.models.report import Report


class CitationForm(models.TextChoices):
    """How a citation is written."""

    NAME = "name", pgettext_lazy("citation", "The name alone")
    FULL = "full", pgettext_lazy("citation", "With who awarded or issued it, and when")


class Citation(models.Model):
    """`as_cited` is how it was written when it was cited, so that a change since can be told."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="citations")
    number = models.PositiveIntegerField(_("number"))
    achievement = models.ForeignKey(
        Achievement,
        verbose_name=_("achievement"),
        on_delete=models.PROTECT,
        related_name="citations",
    )
    form = models.CharField(
        _("form"), max_length=10, choices=CitationForm, default=CitationForm.NAME
    )
    as_cited = models.CharField(max_length=400, blank=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="citation_unique"),
            choices_constraint("citation", "form", CitationForm),
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def short_id(self) -> str:
        """In files: letters and digits only."""
        return f"C{self.number}"

    @property
    def mark(self) -> str:
        """In the text."""
        return f"{{{self.short_id}}}"

    def written(self, version: AchievementVersion) -> str:
        """As the text says it, in Chinese."""
        if self.form == CitationForm.NAME:
            return version.name_in_text
        said = [version.issued_by, f"{version.issued_on:%Y年}" if version.issued_on else ""]
        behind = "，".join(part for part in said if part)
        return f"{version.name_in_text}（{behind}）" if behind else version.name_in_text
