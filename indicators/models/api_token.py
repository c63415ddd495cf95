"""What a program uses the API with: a person's token; and what it was answered, by its own key."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.models.account import User

# Begins every token, so that whoever finds one in a file knows what it is.
TOKEN_BEGINS = "edt_"
# 256 random bits in 43 signs: no salt is needed, and nobody tries them out.
TOKEN = re.compile(TOKEN_BEGINS + "[A-Za-z0-9_-]{43}")
REQUESTS_A_MINUTE = 300
ANSWERS_KEPT = datetime.timedelta(hours=24)


def digest_of_token(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_password(owner: User) -> str:
    """Of the stored hash, whatever the secret key is: another one for each password chosen."""
    return hashlib.sha256(owner.password.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def good(self) -> Self:
        """Those that are neither revoked nor have run out, of accounts that may be used."""
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=timezone.now(), owner__is_active=True
        )

    def with_text(self, text: str) -> ApiToken | None:
        """The good one that the text is of. As sign-ins do, tokens end with the password: with one
        that was chosen anew, and with one that was taken away."""
        if not TOKEN.fullmatch(text):
            return None
        found = self.good().filter(digest=digest_of_token(text)).select_related("owner").first()
        usable = found is not None and found.owner.has_usable_password() and found.is_good
        return found if usable else None


class ApiToken(models.Model):
    """Gives a program the rights of its owner, until it runs out or is revoked.

    Of the token itself only a digest is kept; `begins` tells them apart. `password_digest` is that
    of the password which its owner had when it was made. `counted` requests came
    since the minute `counted_since`: kept here, as several processes answer.
    """

    owner = models.ForeignKey(
        User, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField(_("begins with"), max_length=12)
    password_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("good until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    counted_since = models.DateTimeField(null=True)
    counted = models.PositiveIntegerField(default=0)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="apitoken_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner} · {self.name}"

    @property
    def is_good(self) -> bool:
        """Of an account that may be used."""
        fits = self.password_digest == digest_of_password(self.owner)
        return fits and self.revoked_at is None and self.expires_at > timezone.now()

    def count_use(self) -> int:
        """Count one request; the seconds to wait where there were too many in this minute, else 0.

        One row is written for each request: what a process counted by itself would be as many
        limits as there are processes.
        """
        now = timezone.now()
        minute = now.replace(second=0, microsecond=0)
        here = ApiToken.objects.filter(pk=self.pk)
        here.update(
            counted=Case(When(counted_since=minute, then=F("counted") + 1), default=Value(1)),
            counted_since=minute,
            last_used_at=now,
        )
        counted = here.values_list("counted", flat=True).first() or 0
        return 60 - now.second if counted > REQUESTS_A_MINUTE else 0


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    def forgotten(self) -> Self:
        """Those that are too old to count."""
        return self.filter(made_at__lte=timezone.now() - ANSWERS_KEPT)


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, so that its repetition is answered so.

    `digest` is the SHA-256 of the request's body. The row is added before the request is worked on,
    in its transaction: of two with one key at once the second waits for the first.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField(db_index=True)

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="keptanswer_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.key}"
