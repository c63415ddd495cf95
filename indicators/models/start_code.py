"""The code with which a person starts an account that has no password yet."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone

from indicators.models.account import User


class StartCodeQuerySet(models.QuerySet["StartCode"]):
    def good(self) -> Self:
        """Those that have not run out."""
        return self.filter(expires_at__gt=timezone.now())


class StartCode(models.Model):
    """The one code of an account that is good now, as a SHA-256; used up by choosing a password."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="start_code")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    objects = StartCodeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} · {self.expires_at:%Y-%m-%d %H:%M}"
