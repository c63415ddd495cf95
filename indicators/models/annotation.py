"""Annotations (附注): what somebody pins to a figure, outside any round.

The thread of a figure in a submission is another thing: there the city asks and the unit answers
(`models.submission.Remark`).

Decided, who sees them: the people of the unit whose figure it is, and those whose role reaches down
to it. Whoever only looks up to a figure sees none: what is said about a city's figure may speak of
one district, so the people of its districts do not read it, nor does an editor, who reads no
district's figures; and nobody reads what is said about a unit that they do not see. So an
annotation of a district's officer is read by the district and by the city, and that of the city at
a district's figure by that district.

Decided, what stays: a row is never changed and never deleted, triggers see to that. Its author may
take it back, which is a row of its own; its words are then shown to nobody, and that there was one
is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import Indicator
from indicators.models.jurisdiction import Jurisdiction

if TYPE_CHECKING:
    from indicators.models.account import User


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def for_user(self, user: User) -> Self:
        return self.filter(user.scope.answers_for("jurisdiction_id"))

    def said(self) -> Self:
        """What was said, also what was taken back since; not the rows that take it back."""
        return self.filter(takes_back__isnull=True).select_related("author", "taken_back")

    def standing(self) -> Self:
        """What was said and is not taken back."""
        return self.filter(takes_back__isnull=True, taken_back__isnull=True)


class Annotation(models.Model):
    """Either says something, or takes back what its author said at the same figure. `year` is that
    of the value."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    text = models.CharField(_("text"), max_length=1000, blank=True)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back"
    )

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["indicator", "jurisdiction", "year"], name="annotation_of_figure")
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(takes_back__isnull=True) & ~Q(text=""))
                | Q(takes_back__isnull=False, text=""),
                name="annotation_says_or_takes_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.jurisdiction_id} {self.year}"

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back")
