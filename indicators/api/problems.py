"""What goes wrong, as programs are told it: a stable code, a sentence, and where it is.

A row of a batch that the door refuses has the door's own code and sentence (`collection`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

# By code: the status it is answered with, and the sentence.
PROBLEMS = {
    "unreadable_body": (400, _("The body of the request cannot be read as JSON.")),
    "bad_request": (400, _("The request cannot be read.")),
    "no_token": (
        401,
        _(
            "A token is needed, in the header Authorization: Bearer. It is unknown, has run out or"
            " was revoked, or its account may not be used now."
        ),
    ),
    "not_allowed": (403, _("The owner of the token may not read this.")),
    "not_found": (404, _("There is no such thing, or it is not yours to see.")),
    "method_not_allowed": (405, _("This cannot be done at this address.")),
    "stale_versions": (
        409,
        _("Some of the figures were changed meanwhile; nothing was saved. Compare and send anew."),
    ),
    "key_used": (
        409,
        _("This Idempotency-Key was used for another request; nothing was saved."),
    ),
    "too_large": (413, _("The request is too large. Send it in several parts.")),
    "invalid": (422, _("Something in the request is not as the schema says.")),
    "rows_refused": (422, _("{n} rows cannot be saved; nothing was saved.")),
    "too_many_requests": (
        429,
        _("More than {limit} requests in a minute. Try again in {seconds} s."),
    ),
    "server_error": (500, _("Something went wrong here. Nothing was saved.")),
    "unavailable": (503, _("The database cannot be reached just now. Try again.")),
}
# What is the matter with a part of a request, by the types of pydantic's errors; else "not_read".
FAULTS = {
    "missing": _("It is missing."),
    "extra_forbidden": _("There is no such field."),
    "greater_than_equal": _("At least {ge}."),
    "less_than_equal": _("At most {le}."),
    "too_long": _("At most {max_length} rows."),
    "too_short": _("At least {min_length} rows."),
    "enum": _("There is: {expected}."),
    "literal_error": _("There is: {expected}."),
    "not_read": _("It is not of the kind that the schema says."),
}


class Problem(Exception):
    """Ends a request; `errors` are its faults, each a mapping with code and message."""

    def __init__(
        self,
        code: str,
        /,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status, sentence = PROBLEMS[code]
        self.body = {
            "code": code,
            "message": str(sentence).format(**params),
            "errors": list(errors),
        }
        self.headers = headers or {}

    def answer(self) -> HttpResponse:
        return JsonResponse(self.body, status=self.status, headers=dict(self.headers))


def fault(
    code: str, field: str | None, row: int | None = None, **params: Any
) -> dict[str, str | int | None]:
    """What is the matter with a part of a request, by a code of FAULTS."""
    return {
        "code": code,
        "message": str(FAULTS[code]).format(**params),
        "row": row,
        "field": field,
    }


def faults_of_fields(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str | int | None]]:
    """What pydantic found, in our words: which row of a batch, which field of it."""
    found = []
    for error in errors:
        _source, *place = error["loc"]
        code = error["type"] if error["type"] in FAULTS else "not_read"
        row = next((part for part in place if isinstance(part, int)), None)
        names = [part for part in place if isinstance(part, str)]
        params = {
            name: str(said).replace(" or ", ", ") for name, said in error.get("ctx", {}).items()
        }
        found.append(fault(code, names[-1] if names else None, row, **params))
    return found
