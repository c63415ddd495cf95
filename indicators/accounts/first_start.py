"""The first account of an installation, made in the browser with a code that `migrate` prints.

Who reads what `migrate` prints may run `createsuperuser` as well; so the code gives no right that
its reader does not have. It has 100 random bits, which nobody guesses. Each `migrate` prints
another and the one before is void; the first account uses it up.
"""

from __future__ import annotations

import secrets
import sys
from typing import Any, TextIO

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.accounts.codes import digest_of_code, new_code
from indicators.models import FirstStartCode, User


def announce(using: str, verbosity: int = 1, stdout: TextIO | None = None, **_signal: Any) -> None:
    """After `migrate`: print a code while there is no account, unless nobody would read it."""
    if verbosity < 1 or not _is_at_its_start(using):
        return
    code = new_code()
    FirstStartCode.objects.using(using).update_or_create(
        pk=1, defaults={"digest": digest_of_code(code)}
    )
    (stdout or sys.stdout).write(
        f"There is no account yet. Open {reverse('accounts:first_start')} and enter, once: {code}\n"
    )


def is_open() -> bool:
    """Whether the first account is still to be made with a code."""
    return FirstStartCode.objects.exists() and not User.objects.exists()


class FirstStartForm(BaseUserCreationForm):
    """Makes a superuser, who keeps accounts and sees no figures."""

    code = forms.CharField(
        label=_("start-up code"), max_length=100, widget=forms.TextInput({"autofocus": True})
    )

    class Meta:
        model = User
        fields = ("username", "full_name")

    field_order = ("code", "username", "full_name", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)  # the code comes first

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        known = FirstStartCode.objects.filter(pk=1).values_list("digest", flat=True).first()
        if not secrets.compare_digest(digest_of_code(code), known or ""):
            raise ValidationError(_("This is not the code that “migrate” printed last."))
        return code

    def save(self, commit: bool = True) -> User:
        """Uses the code up. Raises FirstStartCode.DoesNotExist where somebody was quicker."""
        user: User = super().save(commit=False)
        user.is_staff = user.is_superuser = True
        with transaction.atomic():
            # Deleted first: of two at once, one finds none.
            used, _rows = FirstStartCode.objects.filter(
                digest=digest_of_code(self.cleaned_data["code"])
            ).delete()
            if not used or User.objects.exists():
                raise FirstStartCode.DoesNotExist
            user.save()
        return user


def _is_at_its_start(using: str) -> bool:
    with connections[using].cursor() as cursor:
        tables = set(connections[using].introspection.table_names(cursor))
    there = {FirstStartCode._meta.db_table, User._meta.db_table} <= tables
    return there and not User.objects.using(using).exists()
