"""Opening, closing, reopening, withdrawing, deleting a round: each is asked before it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from indicators.collection import Refusal
from indicators.models import Round, SignedInRequest
from indicators.recording.round import (
    close_round,
    delete_round,
    left_out,
    open_round,
    reopen_round,
    withdraw_round,
)
from indicators.rounds.views import get_round, progress_page


@dataclass(frozen=True)
class Way:
    """What is done, what it means, and how it is told; `reasoned` whether the door takes one."""

    verb: Callable[..., Any]
    title: str | Promise
    meaning: str | Promise
    done: str | Promise
    reasoned: bool = True


WAYS = {
    "close": Way(
        close_round,
        gettext_lazy("Close the round"),
        gettext_lazy("What is approved is frozen. Entering goes on only where it was extended."),
        gettext_lazy("The round is closed; what is approved is frozen."),
    ),
    "reopen": Way(
        reopen_round,
        gettext_lazy("Reopen the round"),
        gettext_lazy("What was frozen is approved as before; the other units go on."),
        gettext_lazy("The round is open again."),
    ),
    "withdraw": Way(
        withdraw_round,
        gettext_lazy("Withdraw the round"),
        gettext_lazy(
            "Nobody is asked any more. Drafts are kept; saved once more they stand as reported."
        ),
        gettext_lazy("The round is withdrawn."),
    ),
    "delete": Way(
        delete_round,
        gettext_lazy("Delete the plan"),
        gettext_lazy("The plan is gone; nobody has been told of it."),
        gettext_lazy("The plan is deleted."),
        reasoned=False,
    ),
}


@login_required
@require_POST
def open_it(request: SignedInRequest, year: int) -> HttpResponse:
    """Open the round, over the version that was seen."""
    found = get_round(request, year)
    try:
        open_round(found, actor=request.user, version=_version(request))
    except Refusal as refusal:
        return progress_page(request, found, refusal=refusal)
    messages.success(request, _("The round is open; its units can enter their figures."))
    return redirect("rounds:progress", year)


@login_required
def turn(request: SignedInRequest, year: int, way: str) -> HttpResponse:
    """Ask, saying what is left out; posted, do it over the version that was seen."""
    found, asked = get_round(request, year), WAYS[way]
    if found.city_id not in request.user.scope.supervises:
        raise Http404
    if request.method != "POST":
        return _page(request, found, asked)
    given = {"reason": request.POST.get("reason", "")} if asked.reasoned else {}
    if asked.verb is close_round:
        given["seen"] = request.POST.get("seen", "")
    try:
        asked.verb(found, actor=request.user, version=_version(request), **given)
    except Refusal as refusal:
        return _page(request, get_round(request, year), asked, refusal=refusal)
    messages.success(request, str(asked.done))
    gone = way in ("withdraw", "delete")
    return redirect("rounds:start") if gone else redirect("rounds:progress", year)


def _page(
    request: SignedInRequest, found: Round, way: Way, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "round": found,
        "way": way,
        "left_out": left_out(found) if way.verb is close_round else None,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "rounds/turn.html", context, status=_status(refusal))


def _status(refusal: Refusal | None) -> int:
    if refusal is None:
        return 200
    return 409 if refusal.code in ("round_moved", "left_out_moved") else 422


def _version(request: SignedInRequest) -> int:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else 0
