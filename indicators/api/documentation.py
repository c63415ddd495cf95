"""The schema in the reader's language: for programs, and as a page for those who write them."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from indicators.api.application import api
from indicators.api.middleware import PREFIX
from indicators.api.problems import PROBLEMS
from indicators.figures.long_format import COLUMNS
from indicators.models.api_token import REQUESTS_A_MINUTE

TRANSLATED = {"description", "summary"}
BOUNDS = {"minimum": "≥", "maximum": "≤", "pattern": "~", "minItems": "≥", "maxItems": "≤"}


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1. Open to everybody: it tells of no figure."""
    return JsonResponse(schema())


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The same to read, and what is not in a schema: tokens, limits, problems."""
    made = schema()
    kinds = made["components"]["schemas"]
    context = {
        "title": made["info"]["title"],
        "address": request.build_absolute_uri(PREFIX),
        "operations": [
            _operation(path, method, operation, kinds)
            for path, methods in made["paths"].items()
            for method, operation in methods.items()
        ],
        "kinds": [
            (name, _fields(name, kind, kinds))
            for name, kind in kinds.items()
            if "properties" in kind
        ],
        "problems": [
            (status, code, re.sub(r"{\w+}", "…", str(said)))
            for code, (status, said) in PROBLEMS.items()
        ],
        "limit": REQUESTS_A_MINUTE,
    }
    return render(request, "api/docs.html", context)


def schema() -> dict[str, Any]:
    made = api.get_openapi_schema(path_prefix=PREFIX)
    title = gettext(api.title)
    found: dict[str, Any] = _told(made)
    found["info"]["title"] = title
    for component in found["components"]["schemas"].values():
        component.pop("description", None)  # what the code says to those who read it
    for methods in found["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                _without_null(parameter["schema"])
    return found


def _told(part: Any) -> Any:
    """In the reader's language, and without the titles that pydantic makes of names."""
    if isinstance(part, dict):
        return {
            name: gettext(inner) if name in TRANSLATED and isinstance(inner, str) else _told(inner)
            for name, inner in part.items()
            if not (name == "title" and isinstance(inner, str))
        }
    return [_told(inner) for inner in part] if isinstance(part, list | tuple) else part


def _without_null(kind: dict[str, Any]) -> None:
    """What may be left out of an address is not written as null there."""
    kinds = kind.get("anyOf", [])
    if len(kinds) == 2 and {"type": "null"} in kinds:
        del kind["anyOf"]
        kind.pop("default", None)
        kind |= kinds[0]


def _operation(
    path: str, method: str, operation: dict[str, Any], kinds: dict[str, Any]
) -> dict[str, Any]:
    body = operation.get("requestBody")
    return {
        "path": path,
        "method": method.upper(),
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": [
            _field(one["name"], one, one["schema"], one["required"], kinds)
            for one in operation["parameters"]
        ],
        "takes": _kind(_content(body), kinds) if body else "",
        "gives": _kind(_content(operation["responses"][200]), kinds),
    }


def _content(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = part["content"]["application/json"]["schema"]
    return found


def _fields(name: str, kind: dict[str, Any], kinds: dict[str, Any]) -> list[dict[str, Any]]:
    """What has to be given is said of what programs send, whose names end so."""
    needed = kind.get("required", []) if name.endswith("In") else []
    return [
        _field(field, inner, inner, field in needed, kinds)
        for field, inner in kind["properties"].items()
    ]


def _field(
    name: str, part: dict[str, Any], kind: dict[str, Any], needed: bool, kinds: dict[str, Any]
) -> dict[str, Any]:
    return {
        "name": name,
        "kind": _kind(kind, kinds),
        "needed": needed,
        "description": part.get("description") or COLUMNS.get(name, ""),
    }


def _kind(kind: dict[str, Any], kinds: dict[str, Any]) -> str:
    """In one line: `string | null`, `ValueOut[]`, or the codes to choose from."""
    if "$ref" in kind:
        name = kind["$ref"].rsplit("/", 1)[-1]
        return _kind(kinds[name], kinds) if "enum" in kinds[name] else name
    if "anyOf" in kind:
        return " | ".join(_kind(one, kinds) for one in kind["anyOf"])
    if "enum" in kind:
        return " | ".join(str(one) or '""' for one in kind["enum"])
    if "const" in kind:
        return str(kind["const"]) or '""'
    if kind.get("type") == "array":
        return (
            f"({_kind(kind['items'], kinds)})[]"
            if "anyOf" in kind["items"]
            else (f"{_kind(kind['items'], kinds)}[]")
        )
    bounds = [f"{sign} {kind[name]}" for name, sign in BOUNDS.items() if name in kind]
    return " ".join([kind.get("format") or kind.get("type", ""), *bounds])
