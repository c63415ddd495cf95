"""Who signed in, failed to, and signed out; and which pairs of account and address are locked."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from axes.models import AccessAttempt
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.models.naming import choices_constraint

# Begins what a lock names an account by that does not exist; no name holds it.
NO_ACCOUNT = "?"


class SignInResult(models.TextChoices):
    SIGNED_IN = "signed_in", _("Signed in")
    FAILED = "failed", _("Failed")
    LOCKED = "locked", _("Refused: locked")
    SIGNED_OUT = "signed_out", _("Signed out")
    ASKED_BY_MAIL = "asked_by_mail", _("Asked for a new password by e-mail")


class SignInRecord(models.Model):
    """One event. Without a foreign key: it outlives the account, and may be of none.

    The name of an account that does not exist is not kept: it may be a password in the wrong box.
    """

    at = models.DateTimeField(_("time"))
    username = models.CharField(_("account"), max_length=150, blank=True)
    address = models.GenericIPAddressField(_("network address"))
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    result = models.CharField(_("result of the sign-in"), max_length=20, choices=SignInResult)

    class Meta:
        verbose_name = _("sign-in record")
        verbose_name_plural = _("sign-in records")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="signinrecord_at")]
        constraints = [choices_constraint("signinrecord", "result", SignInResult)]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.get_result_display()}"


class SignInLockQuerySet(models.QuerySet["SignInLock"]):
    def counting(self) -> Self:
        """Those whose last failure is younger than a lock lasts: the others hold nobody up."""
        return self.filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)

    def expired(self) -> Self:
        return self.filter(attempt_time__lte=timezone.now() - settings.AXES_COOLOFF_TIME)

    def at_pair(self, username: str, address: str) -> Self:
        return self.filter(username=username, ip_address=address)

    def at_address(self, address: str) -> Self:
        return self.filter(ip_address=address)


class SignInLock(AccessAttempt):
    """The failures of a pair of account and address since its last success, as django-axes counts
    them; a lock from the limit on."""

    objects = SignInLockQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("sign-in lock")
        verbose_name_plural = _("sign-in locks")
        ordering = ["-attempt_time"]

    def __str__(self) -> str:
        return f"{self.account or '—'} · {self.ip_address}"

    @property
    def account(self) -> str:
        """Its name; empty for one that does not exist, which is counted by a digest."""
        name = str(self.username or "")
        return "" if name.startswith(NO_ACCOUNT) else name

    @property
    def until(self) -> datetime | None:
        """Until when it locks; None below the limit."""
        if self.failures_since_start < settings.AXES_FAILURE_LIMIT:
            return None
        ends: datetime = self.attempt_time + settings.AXES_COOLOFF_TIME
        return ends
