"""An account with its first membership, made by whoever has the shell."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from indicators.models import Jurisdiction, Membership, User


@transaction.atomic
def make_account(
    username: str, *, full_name: str, role: str, unit: Jurisdiction, password: str | None
) -> User:
    """Without a password it is started with a code. Raises ValidationError: a name that is none or
    is taken, a password that is too easy."""
    user = User(username=username, full_name=full_name)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    membership = Membership(user=user, role=role, jurisdiction=unit)
    membership.full_clean()
    membership.save()
    return user
