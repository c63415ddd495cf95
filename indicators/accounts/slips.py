"""What is handed to people so that they can sign in the first time: a page to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from indicators.accounts.codes import GOOD_FOR
from indicators.models import User


@dataclass(frozen=True)
class Slip:
    """One person's; without a code where the account had a password already."""

    user: User
    code: str
    roles: Sequence[str]


@never_cache
def slips_page(request: HttpRequest, slips: Sequence[Slip]) -> HttpResponse:
    """The codes, shown this once."""
    until = timezone.localdate() + GOOD_FOR
    return render(request, "accounts/slips.html", {"slips": slips, "until": until})
