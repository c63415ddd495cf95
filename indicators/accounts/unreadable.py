"""Refuses in words what no database takes, and reads forms that are not in UTF-8 where it can.

A NUL in an address is no character to PostgreSQL, and a body in another encoding than UTF-8 may
hold halves of characters: both would end as an error of the server on whichever page reads them.
What stands behind the question mark is left to the forms, which say what is wrong.

Decided: UTF-8 is read by whichever name; a form in GBK, which older Chinese programs send, is read
if every byte of it is; no other encoding is guessed at.
"""

import codecs
from collections.abc import Callable
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

GBK = ("gbk", "gb2312", "gb18030")
WIDEST = "gb18030"  # holds all of the others
UNREAD = "\ufffd"  # what Django puts where bytes are no character
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


class UnreadableMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise BadRequest("NUL in the address")
        charset = (request.content_params or {}).get("charset")
        if charset:
            codec = _codec(charset)
            if codec == "utf-8":
                request.encoding = codec  # Django reads a form by this one name alone
            elif codec not in GBK or not _is_read(request):
                return _refuse(request)
        return self.get_response(request)


def _codec(charset: str) -> str:
    """Python's own name of an encoding; empty where there is none."""
    try:
        return codecs.lookup(charset.strip()).name
    except LookupError:
        return ""


def _is_read(request: HttpRequest) -> bool:
    """Put a form in GBK in the place of the one that Django would read; whether all of it was."""
    if request.method != "POST" or request.content_type not in (FORM, MULTIPART):
        request.encoding = "utf-8"  # there is no form, and an address is in no other encoding
        return True
    files: MultiValueDict = MultiValueDict()
    if request.content_type == FORM:
        found = QueryDict(request.body, encoding=WIDEST)
    else:
        request.encoding = WIDEST
        found, files = request.POST, request.FILES
    pairs = [(name, text) for name, texts in found.lists() for text in texts]
    if any(UNREAD in part for pair in pairs for part in pair):
        return False
    request.encoding = "utf-8"  # forgets what Django had read
    request.POST = QueryDict(urlencode(pairs))
    request._files = files  # type: ignore[attr-defined]
    return True


def _refuse(request: HttpRequest) -> HttpResponse:
    why = _(
        "The form is not in UTF-8 and could not be read; nothing was saved. Fill it in on the page"
        " itself; a program must send it in UTF-8."
    )
    return render(request, "400.html", {"why": why}, status=400)
