"""Answers 304 to who has a page already, as long as nothing at all was written since.

What a page shows follows from what is stored, who asks, in which language and colours, on which
day, and from the code. None of that is looked at here but as a whole: the database says whether
anything was written (`models.database_state`), so that no page has to be kept in step by hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import condition

from education_duty.bootstrap.fingerprint import of_files
from education_duty.bootstrap.places import PROJECT, ROOT
from indicators.models.database_state import database_state

View = Callable[..., HttpResponseBase]
# Cookies that a page is drawn by, or whose loss it mends.
COOKIES = ("theme", settings.CSRF_COOKIE_NAME)
OWN = "EDUCATION_DUTY_"
# The code, templates and settings that this process was started with.
RELEASE = of_files(
    [ROOT / "indicators", ROOT / "templates", PROJECT],
    *(f"{name}={said}" for name, said in sorted(os.environ.items()) if OWN in name),
)


def unless_unchanged(view: View) -> View:
    """The view, which is not asked where its page would be the one that the browser has."""
    answering: View = condition(etag_func=_etag)(view)

    @wraps(view)
    def answer(request: HttpRequest, **place: object) -> HttpResponseBase:
        response = answering(request, **place)
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response.headers.pop("ETag", None)
        return response

    return answer


def _etag(request: HttpRequest, **_place: object) -> str | None:
    """None for a page that tells something once, and for who has not signed in."""
    # Before anything else is read, so that a page can only be newer than its mark.
    state = database_state()
    if not (state and request.user.is_authenticated) or len(get_messages(request)):
        return None
    by = (
        *(state, RELEASE, request.get_full_path(), str(request.user.pk)),
        *(str(request.session.session_key), str(get_language()), str(timezone.localdate())),
        *(request.COOKIES.get(name, "") for name in COOKIES),
    )
    return f'"{sha256(chr(0).join(by).encode()).hexdigest()}"'
