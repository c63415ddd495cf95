"""Achievements (成果): honours, documents and model cases that a unit reports with its figures.

Decided: what an achievement says is kept by version, append-only (guarded by triggers); which of
its versions stands as reported and as approved follows the unit's submission, as its figures do. So
the people of the unit read the latest, whoever enters for it too, and others what was last
submitted: a draft is nobody else's to see, and what was taken out stays until that is submitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from indicators.models.catalogue import DutyArea
from indicators.models.change import Change
from indicators.models.cleaning import (
    marks_faults,
    place_constraint,
    place_faults,
    refuse,
    year_faults,
)
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint

if TYPE_CHECKING:
    from indicators.models.account import User


class AchievementKind(models.TextChoices):
    HONOUR = "honour", pgettext_lazy("achievement", "Honour")
    DOCUMENT = "document", pgettext_lazy("achievement", "Document")
    CASE = "case", pgettext_lazy("achievement", "Model case")


class AchievementLevel(models.TextChoices):
    """Of whom it comes: ministries and provinces are of one level, as administration counts."""

    NATIONAL = "national", pgettext_lazy("achievement", "National")
    PROVINCIAL = "provincial", pgettext_lazy("achievement", "Provincial or ministerial")
    CITY = "city", pgettext_lazy("achievement", "City")
    COUNTY = "county", pgettext_lazy("achievement", "District or county")


class AchievementQuerySet(models.QuerySet["Achievement"]):
    def waiting_for_approval(self, unit: int, evaluation_year: int) -> Self:
        """Of the unit (id): what stands as reported and not yet so as approved."""
        found = self.filter(
            jurisdiction=unit, evaluation_year=evaluation_year, reported_version__isnull=False
        )
        return found.exclude(approved_version=F("reported_version"), approved_version__isnull=False)


class Achievement(models.Model):
    """Of a unit, an evaluation year and a duty area, which stay; the rest is in its versions.

    `code` tells it in files: C, the year, and a number. `report_start` and `report_end` are where
    the published report names it, in characters from 0, the end exclusive. Of `reported_version`
    and `approved_version` there is none until then.
    """

    code = models.CharField(_("number of the achievement"), max_length=20, unique=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="achievements"
    )
    duty_area = models.ForeignKey(
        DutyArea,
        verbose_name=_("duty area"),
        on_delete=models.PROTECT,
        related_name="achievements",
    )
    evaluation_year = models.PositiveSmallIntegerField(_("evaluation year"))
    report_start = models.PositiveIntegerField(_("begins in the report at"), null=True, blank=True)
    report_end = models.PositiveIntegerField(_("ends in the report at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    reported_version = models.PositiveIntegerField(_("version reported"), null=True, blank=True)
    approved_version = models.PositiveIntegerField(_("version approved"), null=True, blank=True)

    objects = AchievementQuerySet.as_manager()

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ["-evaluation_year", "code"]
        indexes = [
            models.Index(fields=["jurisdiction", "evaluation_year"], name="achievement_of_unit")
        ]
        constraints = [
            place_constraint("achievement"),
            models.CheckConstraint(
                condition=Q(reported_version__isnull=True) | Q(reported_version__lte=F("version")),
                name="achievement_reported_is_a_version",
            ),
            models.CheckConstraint(
                condition=Q(approved_version__isnull=True) | Q(approved_version__lte=F("version")),
                name="achievement_approved_is_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("achievements:achievement", args=[self.pk])

    def clean(self) -> None:
        refuse(year_faults(self, "evaluation_year") | place_faults(self))


_UNIT = "achievement__jurisdiction_id"
_STANDS = Q(version=F("achievement__reported_version")) | Q(
    version=F("achievement__approved_version")
)


def _drafts_of(user: User) -> Q:
    """Those of the units whose drafts the user sees, or enters."""
    entered_for = Q(achievement__jurisdiction__parent__in=sorted(user.scope.enters_below))
    return user.scope.sees_drafts(_UNIT) | entered_for


class AchievementVersionQuerySet(models.QuerySet["AchievementVersion"]):
    def for_user(self, user: User) -> Self:
        """Of each achievement that the user sees the version that is the user's to read; nothing of
        those that were taken out in it."""
        drafts = _drafts_of(user)
        latest = drafts & Q(version=F("achievement__version"))
        reported = user.scope.sees(_UNIT) & Q(version=F("achievement__reported_version"))
        return self.filter(latest | ~drafts & reported, is_removed=False)

    def history_for(self, user: User) -> Self:
        """Of the user's own drafts all versions; of others those that stand as reported or as
        approved: what was said between two submissions is nobody else's."""
        return self.filter(_drafts_of(user) | user.scope.sees(_UNIT) & _STANDS)

    def standing_for(self, user: User) -> Self:
        """The versions that the user reads of what stands as reported or as approved, whoever
        reads it: no drafts."""
        return self.filter(user.scope.sees(_UNIT) & _STANDS, is_removed=False)

    def approved(self) -> Self:
        """The versions that stand as approved, and were not taken out."""
        return self.filter(version=F("achievement__approved_version"), is_removed=False)

    def of(self, unit: Jurisdiction, evaluation_year: int) -> Self:
        return self.filter(
            achievement__jurisdiction=unit, achievement__evaluation_year=evaluation_year
        )

    def in_order(self) -> Self:
        """By duty area, then as they were entered."""
        found = self.select_related(
            "achievement__jurisdiction", "achievement__duty_area", "change__actor"
        )
        return found.order_by("achievement__duty_area__position", "achievement__code")


class AchievementVersion(models.Model):
    """What was said of an achievement; who said it when, its change tells. Append-only.

    `number` is the number of the document or certificate, `proof` where the paper that proves it
    is kept, `description` the short narrative.
    """

    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=AchievementKind)
    title = models.CharField(pgettext_lazy("achievement", "title"), max_length=200)
    issued_by = models.CharField(_("awarded or issued by"), max_length=100, blank=True)
    level = models.CharField(
        pgettext_lazy("achievement", "level"), max_length=10, choices=AchievementLevel
    )
    number = models.CharField(_("number of the document or certificate"), max_length=60, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    proof = models.CharField(_("proof, and where it is kept"), max_length=300, blank=True)
    description = models.TextField(_("short narrative"), max_length=1000, blank=True)
    is_removed = models.BooleanField(_("taken out"), default=False)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = AchievementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an achievement")
        verbose_name_plural = _("versions of achievements")
        ordering = ["achievement", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["achievement", "version"], name="achievementversion_unique"
            ),
            choices_constraint("achievementversion", "kind", AchievementKind),
            choices_constraint("achievementversion", "level", AchievementLevel),
            models.CheckConstraint(condition=~Q(title=""), name="achievementversion_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        refuse(marks_faults(self, *ONE_LINE))

    @property
    def standing(self) -> str:
        """How far this version has come: approved, reported, or a draft."""
        if self.version == self.achievement.approved_version:
            return pgettext("achievement", "Approved")
        if self.version == self.achievement.reported_version:
            return pgettext("achievement", "Reported")
        return pgettext("achievement", "Draft")

    @property
    def name_in_text(self) -> str:
        """As a text names it: a document in its brackets, with its number behind.

        >>> AchievementVersion(kind="document", title="办法", number="渝府〔2022〕3号").name_in_text
        '《办法》（渝府〔2022〕3号）'
        >>> AchievementVersion(kind="document", title="《教育法》实施办法").name_in_text
        '《〈教育法〉实施办法》'
        """
        if self.kind != AchievementKind.DOCUMENT:
            return self.title
        title = self.title
        if not (title.startswith("《") and title.endswith("》")):
            title = f"《{title.translate(_INNER_BRACKETS)}》"
        return f"{title}（{self.number}）" if self.number else title


# Within its brackets a title that it names has single ones.
_INNER_BRACKETS = str.maketrans("《》", "〈〉")

# What somebody says of an achievement; the version, and whether it was taken out, the door adds.
ACHIEVEMENT_CONTENT = (
    "kind",
    "title",
    "issued_by",
    "level",
    "number",
    "issued_on",
    "proof",
    "description",
)
# Of these a text or a table makes one line.
ONE_LINE = ("title", "issued_by", "number", "proof")
