"""What somebody asks of the custom table again and again, kept under a name of their own.

Decided: only the question is kept, as the page has it in its address, and never a figure; so it is
answered anew for whoever looks, and what is passed on is that address, no row of this table. It is
a choice of one's own, no business data: it is changed without a reason, and is not handed on by
who leaves. It stays theirs, and is there again should they come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from indicators.models.account import User


class SavedQuestionQuerySet(models.QuerySet["SavedQuestion"]):
    def for_user(self, user: User) -> Self:
        """The user's own; none for who may open no table of figures (any more)."""
        return self.filter(owner=user) if user.scope.sees_figures else self.none()

    def pinned(self) -> Self:
        return self.filter(is_pinned=True)


class SavedQuestion(models.Model):
    """`query` is what stands behind the question mark of the custom table's address. `version`
    grows when the name or the query becomes another; to pin it changes neither."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="saved_questions",
    )
    name = models.CharField(pgettext_lazy("saved question", "name"), max_length=100)
    query = models.CharField(_("question"), max_length=3000)
    is_pinned = models.BooleanField(_("pinned to the first page"), default=False)
    made_at = models.DateTimeField(_("made at"))
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = SavedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved question")
        verbose_name_plural = _("saved questions")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="savedquestion_unique")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('dashboards:custom_table')}?{self.query}"
