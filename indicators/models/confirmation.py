"""The confirmation (上报确认表) of a submission: which figures a signed paper is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.models.submission import Submission

if TYPE_CHECKING:
    from indicators.models.account import User

SHORT = 16


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def for_user(self, user: User) -> Self:
        """Those of submissions that the user may see."""
        return self.filter(submission__in=Submission.objects.for_user(user))


class Confirmation(models.Model):
    """What stood as reported when the paper was made. `digest` is the SHA-256 of the canonical
    `rows` (`confirmations.canonical`): the same figures have the same one, however often they are
    printed."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="confirmations"
    )
    digest = models.CharField(_("check number"), max_length=64, db_index=True)
    rows = models.JSONField()
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("issued by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of a submission")
        verbose_name_plural = _("confirmations of submissions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "digest"], name="confirmation_unique")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The short form, to be read from paper: 3F2A-90C1-77DE-0B14."""
        return number_of(self.digest)


def number_of(digest: str) -> str:
    """
    >>> number_of("3f2a90c177de0b14" + 48 * "0")
    '3F2A-90C1-77DE-0B14'
    """
    short = digest[:SHORT].upper()
    return "-".join(short[at : at + 4] for at in range(0, SHORT, 4))
