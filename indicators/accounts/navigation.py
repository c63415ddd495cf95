"""The entries of the menu that a role sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.models import Role, User
from indicators.models.notice import count_of_unseen

THEME_COOKIE = "theme"
THEMES = ("light", "dark", "auto")


@dataclass(frozen=True)
class MenuEntry:
    label: str
    url: str
    current: bool = False


def places(user: User, path: str = "") -> list[MenuEntry]:
    """What the user may open, in the order of the menu; empty without any role."""
    scope = user.scope
    found = [(_("To do"), reverse("home:home"))]
    if scope.sees_figures:
        found.append((_("Overview"), reverse("dashboards:overview")))
    if scope.sees_figures:
        found.append((_("Units"), reverse("dashboards:units")))
        found.append((_("Indicators"), reverse("dashboards:indicators")))
    if scope.own:
        found.append((_("Data entry"), reverse("entry:start")))
    if scope.enters or scope.enters_below:
        found.append((_("Import"), reverse("imports:start")))
    if scope.whole:
        found.append((_("Rounds"), reverse("rounds:start")))
        found.append((_("Review"), reverse("review:queue")))
    if scope.own or scope.whole:
        found.append((_("Reports"), reverse("reports:start")))
    if scope.sees_figures:
        found.append((_("Achievements"), reverse("achievements:achievements")))
        found.append((_("Problems"), reverse("problems:ledger")))
    if scope.edits_catalogue or scope.supervises:
        found.append((_("Catalogue changes"), reverse("catalogue:proposals")))
    if scope.sees_figures:
        found.append((_("Data export"), reverse("exchange:export")))
        found.append((_("Number check"), reverse("number_check:check")))
    if scope.audits or scope.supervises:
        found.append((_("Exports kept"), reverse("exchange:kept")))
    if scope.sees_figures or scope.roles & {Role.ADMINISTRATOR} or user.is_superuser:
        found.append((_("Administration"), reverse("admin:index")))
    # The nearest above the page; the start page is above all, and of none but itself.
    above = [url for _label, url in found if path.startswith(url) and url != "/"]
    current = max(above, key=len, default="/" if path == "/" else "")
    return [MenuEntry(label, url, url == current) for label, url in found]


def unseen(user: User) -> int | None:
    """How many messages the user has not seen; None where the role is told nothing. One query."""
    if not (user.scope.own or user.scope.whole):
        return None
    return count_of_unseen(user)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for the page frame. Worked out only where a template asks for it."""
    user = getattr(
        request, "user", None
    )  # none where a request was refused before it was asked for
    return {
        "demonstration": settings.MODE == "demo",
        "theme": theme if (theme := request.COOKIES.get(THEME_COOKIE)) in THEMES else "auto",
        "menu": lambda: places(user, request.path) if isinstance(user, User) else [],
        "unseen": cache(lambda: unseen(user) if isinstance(user, User) else None),
        "memberships": lambda: user.scope.memberships if isinstance(user, User) else (),
    }
