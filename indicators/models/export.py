"""Files that left the house: who took which figures, when, and what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint
from indicators.models.path import within

if TYPE_CHECKING:
    from indicators.models.account import User


class ExportKind(models.TextChoices):
    FIGURES = "figures", _("Figures, one a row")
    SUMMARY = "summary", _("Summary tables")
    PACKAGE = "package", _("Data package")
    PROBLEMS = "problems", _("Problems")
    ACHIEVEMENTS = "achievements", _("Achievements")
    OVERVIEW = "overview", _("Overview")
    PROGRESS = "progress", _("Progress of a round")
    CONFIRMATION = "confirmation", _("Confirmation")
    REPORT = "report", _("Edition of a report")
    BRIEF = "brief", _("Brief")
    TABLE = "table", _("Table of a page")


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", pgettext_lazy("format of a file", "Workbook")
    ZIP = "zip", pgettext_lazy("format of a file", "Package")
    PDF = "pdf", pgettext_lazy("format of a file", "Paper")
    DOCX = "docx", pgettext_lazy("format of a file", "Document")
    HTML = "html", pgettext_lazy("format of a file", "Web page")
    TXT = "txt", pgettext_lazy("format of a file", "Plain text")


class ExportQuerySet(models.QuerySet["Export"]):
    def for_user(self, user: User) -> Self:
        """Those by people of the cities that the user supervises or audits, and of their units."""
        scope = user.scope
        paths = [scope.paths[pk] for pk in scope.supervises | scope.audits]
        return self.filter(within(paths, "jurisdiction__"))


class Export(models.Model):
    """A file that somebody took. Never changed and never deleted: triggers see to that.

    `jurisdiction` is the topmost unit that the person had a role for. `asked` says in codes what
    was asked for, `name` is what the file was called; `rows` is how many lines of figures it has,
    where that is known before it is made.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("time"))
    kind = models.CharField(_("kind"), max_length=20, choices=ExportKind)
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat)
    name = models.CharField(_("file"), max_length=255)
    asked = models.JSONField(_("asked for"), default=dict)
    rows = models.PositiveIntegerField(_("rows"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at"], name="export_made_at")]
        constraints = [
            choices_constraint("export", "kind", ExportKind),
            choices_constraint("export", "format", ExportFormat),
        ]

    def __str__(self) -> str:
        return self.name
