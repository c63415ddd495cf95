"""Answers 304 to who has a page already, as long as nothing at all was written since.

What a page shows follows from what is stored, who asks, in which language and colours, on which
day, and from the code. None of that is looked at here but as a whole: the database says whether
anything was written (`models.database_state`), so that no page has to be kept in step by hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256

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
OWN = "EDUCATION_DUTY_"
LOOKS = ("theme",)  # cookies that a page is drawn by


def unless_unchanged(view: View) -> View:
    """The view, which is not asked where its page would be the one that the browser has."""
    answering: View = condition(etag_func=_etag)(view)
    return answering


def _etag(request: HttpRequest, **_place: object) -> str | None:
    """None for a page that tells something once, and for who has not signed in."""
    if not request.user.is_authenticated or len(get_messages(request)):
        return None
    state = database_state()
    if not state:
        return None
    by = (
        *(state, _release(), request.get_full_path(), str(request.user.pk)),
        *(str(request.session.session_key), str(get_language()), str(timezone.localdate())),
        *(request.COOKIES.get(name, "") for name in LOOKS),
    )
    return f'"{sha256(chr(0).join(by).encode()).hexdigest()}"'


@cache
def _release() -> str:
    """The code, templates and settings that this process was started with."""
    settings = (f"{name}={said}" for name, said in sorted(os.environ.items()) if OWN in name)
    return of_files([ROOT / "indicators", ROOT / "templates", PROJECT], *settings)
