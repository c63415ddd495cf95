"""Who asks: the owner of a token, in the header Authorization, and not too often."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from indicators.api.problems import Problem
from indicators.models import ApiToken, User
from indicators.models.api_token import REQUESTS_A_MINUTE


class PersonalToken(HttpBearer):
    """Answers 401 to whatever is no good token, 429 to one that asked too often."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        found = ApiToken.objects.with_text(token)
        if found is None:
            return None
        seconds = found.count_use()
        if seconds:
            raise Problem(
                "too_many_requests",
                headers={"Retry-After": str(seconds)},
                limit=REQUESTS_A_MINUTE,
                seconds=seconds,
            )
        return found.owner


class ApiRequest(HttpRequest):
    """A request that came in with a token; for annotations only."""

    auth: User


def reader_of(request: ApiRequest) -> User:
    """Who asks for business data. Administrators, who see none, are refused."""
    if not request.auth.scope.sees_figures:
        raise Problem("not_allowed")
    return request.auth
