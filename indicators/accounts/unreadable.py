"""Refuses what no browser of ours sends and no database takes, before any page reads it.

A NUL in an address is no character to PostgreSQL, and a body in another encoding than UTF-8 may
hold halves of characters: both would end as an error of the server on whichever page reads them.
What stands behind the question mark is left to the forms, which say what is wrong.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class UnreadableMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise BadRequest("NUL in the address")
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8"):
            raise BadRequest("not in UTF-8")
        return self.get_response(request)
