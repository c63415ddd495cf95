"""Pages are made for one person: no proxy keeps them, and a browser asks again before it shows one.

Decided against `no-store`: a browser would then forget what was typed when somebody goes back to a
form, which is what we tell them to do where a page has grown too old.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class CachingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
