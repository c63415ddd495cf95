"""What is the same for every answer to a program, whoever makes it: language, kind, and ETag."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from indicators.api.problems import Problem

PREFIX = "/api/v1/"
# What the rest of the house answers with a page.
CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    500: "server_error",
    503: "unavailable",
}
KEPT = ("Allow", "Retry-After")


class ApiMiddleware:
    """Programs are answered in the language of Accept-Language, Chinese where it asks for none, and
    in JSON also where a page of an error would come. What a GET is answered has an ETag, made from
    the answer: a program that has it already gets 304. A CSV file has none, as it is sent while it
    is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = _without_page(self.get_response(request))
            response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept", "Accept-Language", "Authorization"])
        if request.method == "GET" and response.status_code == 200 and not response.streaming:
            set_response_etag(response)
            etag = response.headers["ETag"]
            return get_conditional_response(request, etag=etag, response=response) or response
        return response


def _without_page(response: HttpResponse) -> HttpResponse:
    """A problem in place of an error's page, which no program reads."""
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    if response.status_code < 400 or is_json:
        return response
    code = CODES.get(response.status_code, "bad_request")
    problem = Problem(code).answer()
    problem.status_code = response.status_code
    for name in KEPT:
        if name in response.headers:
            problem.headers[name] = response.headers[name]
    return problem
