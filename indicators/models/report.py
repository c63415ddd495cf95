"""The yearly report of a unit: paragraphs that are written in the system, with bound figures.

Decided: a paragraph is the thing that two people may not change at once; each of its versions is
kept for ever (guarded by triggers), and so is whatever is done to the report. A bound figure stands
in the text as its mark, `{F7}`: which figure it is, and how it is written, is said once beside the
text. A mark that names no bound figure is text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import DutyArea, Indicator
from indicators.models.change import Change
from indicators.models.jurisdiction import Jurisdiction, JurisdictionChange
from indicators.models.naming import choices_constraint

if TYPE_CHECKING:
    from indicators.models.account import User

MOST_DECIMALS = 4
LONGEST_WORD = 10
# How a bound figure or a citation (`models.citation`) is named in the text, by its short id.
MARK = re.compile(r"\{([FC][1-9][0-9]{0,5})\}")


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    RETURNED = "returned", pgettext_lazy("report", "Returned")
    APPROVED = "approved", pgettext_lazy("report", "Approved")


class ReportAct(models.TextChoices):
    """What is done to a report; carried over it is by a rename or an upgrade of its unit alone."""

    WRITE = "write", pgettext_lazy("report", "Write")
    SUBMIT = "submit", pgettext_lazy("report", "Submit")
    RETURN = "return", pgettext_lazy("report", "Return")
    APPROVE = "approve", pgettext_lazy("report", "Approve")
    FREEZE = "freeze", pgettext_lazy("report", "Freeze as an edition")
    REOPEN = "reopen", pgettext_lazy("report", "Reopen")
    CARRY = "carry", pgettext_lazy("act", "Carry over from the unit before")


class Level(models.IntegerChoices):
    """How high a heading stands; the numbers are those of official documents (GB/T 9704, 7.3.3)."""

    TEXT = 0, _("Text without a heading")
    CHAPTER = 1, _("一、")
    SECTION = 2, _("（一）")
    ITEM = 3, _("1．")


class FigureForm(models.TextChoices):
    """How a bound figure is written."""

    VALUE = "value", _("The figure itself")
    CHANGE = "change", _("Its change, by direction and size")
    COVERAGE = "coverage", _("Met: 全覆盖")
    STANDARD = "standard", _("Met: 全面达标")
    RISING = "rising", _("Met: 只增不减")


class ReportQuerySet(models.QuerySet["Report"]):
    def for_user(self, user: User) -> Self:
        """Those of the own units, and of all below where the role reaches down."""
        return self.filter(user.scope.answers_for("jurisdiction_id"))


class Report(models.Model):
    """One a unit and evaluation year. `version` grows with each act, not with each paragraph."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="reports"
    )
    evaluation_year = models.PositiveSmallIntegerField(_("evaluation year"))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a unit", "report")
        verbose_name_plural = pgettext_lazy("of a unit", "reports")
        ordering = ["-evaluation_year", "jurisdiction__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "evaluation_year"], name="report_unique"
            ),
            choices_constraint("report", "state", ReportState),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])


class ReportEvent(models.Model):
    """An act; who did it when and why says its change. Append-only."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=10, choices=ReportAct)
    from_state = models.CharField(_("from"), max_length=10, choices=ReportState, blank=True)
    to_state = models.CharField(_("to"), max_length=10, choices=ReportState)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("event of a report")
        verbose_name_plural = _("events of reports")
        ordering = ["report", "pk"]
        constraints = [choices_constraint("reportevent", "act", ReportAct)]

    def __str__(self) -> str:
        return f"{self.report_id} {self.act}"

    @property
    def units(self) -> str:
        """From which unit to which it was carried over."""
        return JurisdictionChange.units_in(self.change_id if self.act == ReportAct.CARRY else None)


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    def in_order(self) -> Self:
        """Those that were not taken out, as they follow each other."""
        return self.filter(is_removed=False).order_by("position", "pk")


class Paragraph(models.Model):
    """A heading, a text, or both: the text of a section or an item follows its heading in the same
    line. What it says now; how it came to that, its versions tell."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="paragraphs")
    position = models.PositiveIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.TEXT)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    duty_area = models.ForeignKey(
        DutyArea,
        verbose_name=_("duty area"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    is_removed = models.BooleanField(_("taken out"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["report", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values), name="paragraph_level_known"
            )
        ]

    def __str__(self) -> str:
        return self.heading or self.text[:40] or gettext("Empty paragraph")

    def get_absolute_url(self) -> str:
        return reverse("reports:paragraph", args=[self.pk])


class ParagraphVersion(models.Model):
    """What a paragraph said; who wrote it when says its change. Append-only."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    is_removed = models.BooleanField(_("taken out"), default=False)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("version of a paragraph")
        verbose_name_plural = _("versions of paragraphs")
        ordering = ["paragraph", "version"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "version"], name="paragraphversion_unique")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.version}"


class BoundFigure(models.Model):
    """A figure that the text of a report may name by its mark, and how it is written there.

    `base_year` is what a change is told against, the year before where it is empty. `unit_word` is
    what the text counts in (名, 万元) where that is not the indicator's display unit. `as_bound` is
    how it was written when it was bound, so that a change since can be told.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="figures")
    number = models.PositiveIntegerField(_("number"))
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    form = models.CharField(_("form"), max_length=10, choices=FigureForm, default=FigureForm.VALUE)
    base_year = models.PositiveSmallIntegerField(_("against the year"), null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), null=True, blank=True, validators=[MaxValueValidator(MOST_DECIMALS)]
    )
    unit_word = models.CharField(
        _("unit word"), max_length=LONGEST_WORD, blank=True, db_default="", default=""
    )
    as_bound = models.CharField(max_length=100, blank=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("bound figure")
        verbose_name_plural = _("bound figures")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="boundfigure_unique"),
            choices_constraint("boundfigure", "form", FigureForm),
            models.CheckConstraint(
                condition=models.Q(decimals__isnull=True) | models.Q(decimals__lte=MOST_DECIMALS),
                name="boundfigure_decimals_few",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.indicator}"

    @property
    def short_id(self) -> str:
        """In files: letters and digits only."""
        return f"F{self.number}"

    @property
    def mark(self) -> str:
        """In the text."""
        return f"{{{self.short_id}}}"


class ParagraphComment(models.Model):
    """What somebody says about a paragraph to those who write it. Append-only."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    text = models.CharField(_("text"), max_length=1000)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.author_id}"


class SentencePattern(models.Model):
    """How the first draft speaks of an indicator: `{name}`, `{value}` and `{change}` stand for what
    the figure says. Without one, the draft has a plain sentence for the kind of quantity."""

    indicator = models.OneToOneField(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="pattern"
    )
    text_zh = models.CharField(
        _("pattern"),
        max_length=300,
        help_text=_("{name}, {value} and {change} stand for what the figure says."),
    )

    class Meta:
        verbose_name = _("sentence pattern")
        verbose_name_plural = _("sentence patterns")
        ordering = ["indicator__duty_area__position", "indicator__position"]

    def __str__(self) -> str:
        return self.text_zh
