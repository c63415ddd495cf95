"""Personal tokens: a person makes one for a program of theirs, and sees its text this once."""

from __future__ import annotations

import datetime
import secrets

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.models import ApiToken, User
from indicators.models.api_token import TOKEN_BEGINS, digest_of_password, digest_of_token
from indicators.models.cleaning import marks_faults

BYTES = 32
SHOWN = 8  # signs of the text by which its owner knows it again
LASTS = {
    30: _("30 days"),
    90: _("90 days"),
    180: _("180 days"),
    365: _("1 year"),
}


class TokenForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=_("good for"), coerce=int, choices=list(LASTS.items()), initial=90
    )

    class Meta:
        model = ApiToken
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        faults = marks_faults(ApiToken(name=name), "name")
        if faults:
            raise forms.ValidationError(faults["name"])
        return name


def make_token(owner: User, name: str, days: int) -> tuple[ApiToken, str]:
    """A new token with its text, which is kept nowhere."""
    text = TOKEN_BEGINS + secrets.token_urlsafe(BYTES)
    now = timezone.now()
    token = ApiToken.objects.create(
        owner=owner,
        name=name,
        digest=digest_of_token(text),
        password_digest=digest_of_password(owner),
        begins=text[: len(TOKEN_BEGINS) + SHOWN],
        made_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    return token, text


def revoke(token: ApiToken, *, actor: User) -> bool:
    """Make it worthless at once; False where it was already."""
    here = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    return bool(here.update(revoked_at=timezone.now(), revoked_by=actor))
