"""The entries of the menu that a role sees, and where its work begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.models import Role, User


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    current: bool = False


def places(user: User, path: str = "") -> list[Place]:
    """What the user may open, in the order of the menu; empty without any role."""
    scope = user.scope
    found: list[tuple[str, str]] = []
    if scope.sees_figures:
        found.append((_("Overview"), reverse("dashboards:overview")))
    if scope.own:
        found.append((_("Data entry"), reverse("entry:start")))
    if scope.sees_figures:
        found.append((_("Data export"), reverse("exchange:export")))
    if scope.sees_figures or scope.roles & {Role.ADMINISTRATOR} or user.is_superuser:
        found.append((_("Administration"), reverse("admin:index")))
    return [Place(label, url, path.startswith(url)) for label, url in found]


def first_page(user: User) -> str:
    """An officer begins with the sheet, everybody else with the first page of the menu."""
    if user.scope.enters:
        return reverse("entry:start")
    menu = places(user)
    return menu[0].url if menu else ""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for the page frame. Worked out only where a template asks for it."""
    user = request.user
    return {
        "demonstration": settings.MODE == "demo",
        "menu": lambda: places(user, request.path) if isinstance(user, User) else [],
        "memberships": lambda: user.scope.memberships if isinstance(user, User) else (),
    }
