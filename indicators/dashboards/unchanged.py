"""Answers 304 to who has a page already, as long as nothing at all was written since.

What a page shows follows from what is stored, who asks, in which language and colours, on which
day, and from the code. None of that is looked at here but as a whole: the database says whether
anything was written (`models.database_state`), so that no page has to be kept in step by hand.

A page's mark names the session, which the person, the roles and the password behind it follow from
as long as nothing is written. So who comes with the mark is answered before any of them is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_etags

from education_duty.bootstrap.fingerprint import of_files
from education_duty.bootstrap.places import PROJECT, ROOT
from indicators.models.database_state import database_state

View = Callable[..., HttpResponseBase]
# Cookies that a page is drawn by, or whose loss it mends.
COOKIES = ("theme", settings.CSRF_COOKIE_NAME)
SAFE = ("GET", "HEAD")
OWN = "EDUCATION_DUTY_"
# The code, templates and settings that this process was started with; what is kept in files beside
# them, and which database it is, say the settings read from them.
RELEASE = of_files(
    [ROOT / "indicators", ROOT / "templates", PROJECT],
    *(f"{name}={said}" for name, said in sorted(os.environ.items()) if OWN in name),
    settings.SECRET_KEY,
    *(f"{name}={said}" for name, said in sorted(settings.DATABASES["default"].items())),
)


class UnchangedMiddleware:
    """Answers who comes with the mark of a page that is as it was, in one query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        marks = parse_etags(request.headers.get("If-None-Match", ""))
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        asks = marks and session and request.method in SAFE
        if asks and CookieStorage.cookie_name not in request.COOKIES:
            state = database_state(session)
            if state and (etag := _mark(request, state, session)) in marks:
                return HttpResponseNotModified(headers={"ETag": etag})
        return self.get_response(request)


def unless_unchanged(view: View) -> View:
    """The view, whose page bears the mark by which it is not asked for it again."""

    @wraps(view)
    def answer(request: HttpRequest, **place: object) -> HttpResponseBase:
        etag = _etag(request) if request.method in SAFE else None
        response = view(request, **place)
        if etag and response.status_code == HTTPStatus.OK:
            response.headers["ETag"] = etag
        return response

    return answer


def _etag(request: HttpRequest) -> str | None:
    """None for a page that tells something once, and for who has not signed in."""
    # Before anything else is read, so that a page can only be newer than its mark.
    state = database_state()
    if not (state and request.user.is_authenticated) or len(get_messages(request)):
        return None
    return _mark(request, state, str(request.session.session_key))


def _mark(request: HttpRequest, state: str, session: str) -> str:
    by = (
        *(state, RELEASE, session, request.get_full_path()),
        # Looked at before any language is set; without a choice it is the usual one.
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or settings.LANGUAGE_CODE,
        str(timezone.localdate()),
        *(request.COOKIES.get(name, "") for name in COOKIES),
    )
    return f'"{sha256(chr(0).join(by).encode()).hexdigest()}"'
