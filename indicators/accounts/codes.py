"""Codes that are handed out once, on paper or on a screen, and kept as digests only.

They have 100 random bits, which nobody guesses.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from indicators.measures.characters import as_ascii
from indicators.models import StartCode, User

# None that is taken for another when it is read off a screen.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _OF = 4, 5
GOOD_FOR = datetime.timedelta(days=14)


def new_code() -> str:
    """As it is printed, in groups."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(_OF)) for _group in range(_GROUPS))
    return "-".join(groups)


def digest_of_code(code: str, user: User | None = None) -> str:
    """However it was typed: in small letters, full width, without its dashes.

    Of a `user`'s: with what stands for the password, so that a password that is set by any way
    makes the code void.
    """
    plain = "".join(sign for sign in as_ascii(code).upper() if sign.isalnum())
    bound = f"{plain} {user.password}" if user else plain
    return hashlib.sha256(bound.encode()).hexdigest()


@transaction.atomic
def new_start_codes(users: Iterable[User]) -> dict[User, str]:
    """A new code for each; the password and the code that it had are void, and it is signed out."""
    codes = {user: new_code() for user in users}
    expires_at = timezone.now() + GOOD_FOR
    for user in codes:
        user.set_unusable_password()
    User.objects.bulk_update(codes, ["password"])
    StartCode.objects.bulk_create(
        [
            StartCode(user=user, digest=digest_of_code(code, user), expires_at=expires_at)
            for user, code in codes.items()
        ],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["digest", "expires_at"],
    )
    return codes
