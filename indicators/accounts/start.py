"""The first sign-in: a person chooses a password with the code that was handed out."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin, UsernameField
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from indicators.accounts.codes import digest_of_code
from indicators.models import StartCode, User

NO_ACCOUNT = "0" * 64


class StartForm(SetPasswordMixin, forms.Form):
    """Takes a user name, its code, and the password that the person chooses."""

    username = UsernameField(label=_("username"), max_length=150)
    code = forms.CharField(
        label=_("start-up code"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    password1, password2 = SetPasswordMixin.create_password_fields()

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        user = self._user(given.get("username", ""), given.get("code", ""))
        if user is None and not self.errors.keys() & {"username", "code"}:
            raise ValidationError(
                _(
                    "User name and start-up code do not belong together, or the code was used or"
                    " has run out. The system administrator makes a new one."
                )
            )
        self.validate_passwords()
        if user is not None:
            self.validate_password_for_user(user)
        return given

    @transaction.atomic
    def save(self) -> User | None:
        """The account with its password; None where the code was used up or has run out since."""
        given = self.cleaned_data
        user = self._user(given["username"], given["code"], hold=True)
        if user is not None:
            user.set_password(given["password1"])
            user.save(update_fields=["password"])
            StartCode.objects.filter(user=user).delete()
        return user

    def _user(self, username: str, code: str, *, hold: bool = False) -> User | None:
        """The account that the code is of; an unknown name takes as long as a wrong code."""
        users = User.objects.select_for_update(no_key=True) if hold else User.objects.all()
        user = users.filter(username=username, is_active=True).first()
        known = StartCode.objects.good().filter(user=user).first() if user else None
        digest = known.digest if known else NO_ACCOUNT
        good = secrets.compare_digest(digest_of_code(code, user), digest)
        return user if known and good else None
