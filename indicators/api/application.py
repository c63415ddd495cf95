"""The API as a whole: its addresses, and what becomes of whatever goes wrong."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from indicators.api import endpoints, values
from indicators.api.authentication import PersonalToken
from indicators.api.problems import Problem, faults_of_fields


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """What generated clients call their functions."""
        return operation.view_func.__name__


api = Api(
    title=_("Education duties: figures for programs"),
    version="1",
    description=_("Reads and enters figures in the name of a person, by a token of theirs."),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-1",
    auth=PersonalToken(),
)
api.add_router("", endpoints.router)
api.add_router("", values.router)


@api.exception_handler(Problem)
def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.answer()


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return Problem("no_token", headers={"WWW-Authenticate": "Bearer"}).answer()


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return Problem("invalid", errors=faults_of_fields(error.errors)).answer()


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Raised by ninja for a body that is no JSON, and by nothing else here."""
    return Problem("unreadable_body").answer()


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return Problem("too_large").answer()


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem("not_found").answer()
