"""What belongs to one request: its name, and the catalogue as it finds it."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from indicators.figures import one_snapshot
from indicators.models import current_request


class RequestNameMiddleware:
    """By its name what it changed and the web server's log lead to each other.

    The name is the answer's X-Request-ID; what a browser sends as such is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request.set(str(uuid.uuid4()))
        try:
            with one_snapshot():
                response = self.get_response(request)
            response.headers["X-Request-ID"] = current_request.get()
            return response
        finally:
            current_request.reset(token)
