"""Failed attempts lock a pair of account and address, and are only slowed per address; all sign-ins
are kept.

django-axes counts and locks; here is what it is told. Decided:

- Locked is the pair, since an office shares one address: nobody locks others out from elsewhere,
  and a colleague's mistakes lock the colleague. Attempts during a lock do not prolong it.
- Slowed is the address: where many failed lately, from any account, one may fail every two seconds.
  Whoever comes between is asked to come again in a second or two; no thread waits. A browser that
  an account signed in with before is not slowed for it, so that whoever tries accounts in turn
  does not hold up the office.
- An account that does not exist is locked and slowed as any other. Its name is kept nowhere, as it
  may be a password in the wrong box: counted is a digest.
- Nothing that was posted is kept; axes would keep all but the password.
- Kept for a little more than the six months that the cybersecurity law (网络安全法第二十一条) asks.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from indicators.accounts.client import address_of, browser_of, network_of
from indicators.models import SignInLock, SignInRecord, SignInResult, User
from indicators.models.account import NAME_LENGTH
from indicators.models.sign_in import NO_ACCOUNT

KEPT = timedelta(days=200)
MANY_FAILURES = 20  # of an address, in the time that a lock lasts
PACE = timedelta(seconds=2)
REFUSALS_KEPT = timedelta(minutes=1)  # one a pair: whoever goes on is not kept line by line

KNOWN_BROWSER = "known_browser"
KNOWN_ACCOUNTS = 5  # as a computer is shared
_SALT = "indicators.accounts.sign_ins"


class Handler(AxesDatabaseHandler):
    """What django-axes does when somebody signs in, fails to, or signs out."""

    def user_login_failed(
        self, sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            return  # nobody asks: a command
        was_locked = request.axes_locked_out  # type: ignore[attr-defined]
        given = request.GET, request.POST
        # One row a pair, and nothing of what was sent.
        request.axes_user_agent = request.axes_http_accept = ""  # type: ignore[attr-defined]
        request.GET = request.POST = QueryDict()
        try:
            super().user_login_failed(sender, credentials, request, **kwargs)
        finally:
            request.GET, request.POST = given
        result = SignInResult.LOCKED if was_locked else SignInResult.FAILED
        keep(request, existing(typed_name(credentials)), result)

    def clean_expired_user_attempts(
        self, request: HttpRequest | None = None, credentials: dict | None = None
    ) -> int:
        """Of the pair alone: two requests that each drop many rows could wait for one another. The
        rest is dropped by `forget_old`."""
        if request is None:
            return 0
        pair = SignInLock.objects.at_pair(account_of(request, credentials), network_of(request))
        return pair.expired().delete()[0]

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().user_logged_in(sender, request, user, **kwargs)
        keep(request, user.get_username(), SignInResult.SIGNED_IN)

    def user_logged_out(
        self, sender: Any, request: HttpRequest, user: User | None, **kwargs: Any
    ) -> None:
        if user is not None:
            keep(request, user.get_username(), SignInResult.SIGNED_OUT)


def keep(request: HttpRequest, username: str, result: SignInResult) -> None:
    now, address = timezone.now(), address_of(request)
    event = {"username": username, "address": address, "result": result}
    if (
        result == SignInResult.LOCKED
        and SignInRecord.objects.filter(at__gt=now - REFUSALS_KEPT, **event).exists()
    ):
        return
    SignInRecord.objects.create(at=now, browser=browser_of(request), **event)


def forget_old() -> None:
    """What is older than it is kept; running it twice does nothing twice."""
    SignInRecord.objects.filter(at__lt=timezone.now() - KEPT).delete()
    SignInLock.objects.expired().delete()


# --- Accounts ----------------------------------------------------------------------------------


def typed_name(given: Mapping[str, Any] | None) -> str:
    """As the form reads it; no longer than a name may be."""
    name = str((given or {}).get("username") or "")[: NAME_LENGTH + 1]
    return unicodedata.normalize("NFKC", name).strip()


def existing(name: str) -> str:
    """The name if an account has it, else nothing."""
    return name if User.objects.filter(username=name).exists() else ""


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """What a lock names the account by; for one that does not exist nothing that tells what was
    typed, and no name that an account could have."""
    name = typed_name(credentials if credentials else request.POST)
    return existing(name) or NO_ACCOUNT + _digest(name)


def _digest(name: str) -> str:
    return salted_hmac(_SALT, name).hexdigest()[:32]


# --- How long to wait --------------------------------------------------------------------------


def seconds_locked(request: HttpRequest, credentials: Mapping[str, Any] | None) -> int:
    """How long the pair is still locked, at least a second."""
    pair = SignInLock.objects.at_pair(account_of(request, credentials), network_of(request))
    found = pair.first()  # one row a pair
    until = found.until if found else None
    return _seconds(until - timezone.now()) if until else 1


def seconds_slowed(request: HttpRequest, name: str) -> int:
    """How long somebody at this address has to wait before trying the account; 0 for not at all."""
    address = SignInLock.objects.counting().at_address(network_of(request))
    lately = address.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if (lately["failures"] or 0) < MANY_FAILURES or _digest(name) in _known_here(request):
        return 0
    left = lately["last"] + PACE - timezone.now()
    return _seconds(left) if left > timedelta(0) else 0


def _seconds(left: timedelta) -> int:
    return max(1, math.ceil(left.total_seconds()))


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser say that the account signed in with it; signed, and without any name."""
    marks = [_digest(user.get_username())]
    marks += [mark for mark in _known_here(request) if mark not in marks]
    response.set_signed_cookie(
        KNOWN_BROWSER,
        ".".join(marks[:KNOWN_ACCOUNTS]),
        salt=_SALT,
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _known_here(request: HttpRequest) -> list[str]:
    cookie = request.get_signed_cookie(
        KNOWN_BROWSER, default="", salt=_SALT, max_age=int(KEPT.total_seconds())
    )
    return [mark for mark in (cookie or "").split(".") if mark]
