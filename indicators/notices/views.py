from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.figures.notices import wording_of
from indicators.models import Notice, SignedInRequest
from indicators.notices.forms import KindsForm

SHOWN_AT_MOST = 100


@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """What the person was told, the latest first, and what to be told at all."""
    return _shown(request, KindsForm(request.user))


@login_required
@require_POST
def seen(request: SignedInRequest) -> HttpResponse:
    """All that was told so far has been seen."""
    latest = request.POST.get("latest", "")
    if latest.isdecimal() and len(latest) < 19:
        mine = Notice.objects.for_user(request.user).unseen()
        mine.filter(pk__lte=int(latest)).update(seen_at=timezone.now())
    return redirect("notices:start")


@login_required
@require_POST
def choose(request: SignedInRequest) -> HttpResponse:
    form = KindsForm(request.user, request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("notices:start")


def _shown(request: SignedInRequest, form: KindsForm, status: int = 200) -> HttpResponse:
    notices = (
        Notice.objects.for_user(request.user)
        .select_related(
            "submission__round", "submission__jurisdiction", "event__change", "indicator"
        )
        .order_by("-pk")[:SHOWN_AT_MOST]
    )
    context = {"notices": [wording_of(notice) for notice in notices], "form": form}
    return render(request, "notices/start.html", context, status=status)
