"""The page that looks a check number up, and the paper itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indicators.collection import Refusal
from indicators.confirmations.canonical import digits_in
from indicators.confirmations.comparison import compare
from indicators.confirmations.services import print_paper
from indicators.figures.downloads import attachment
from indicators.models import (
    Confirmation,
    ExportFormat,
    ExportKind,
    SignedInRequest,
    Submission,
    unit_with_slug,
)
from indicators.recording.export import keep_export


@login_required
@require_safe
def look_up(request: SignedInRequest) -> HttpResponse:
    """Whether a check number belongs to what stands now, and if not, what changed."""
    if not (request.user.scope.own or request.user.scope.whole):
        raise PermissionDenied
    number = request.GET.get("number", "")
    digits = digits_in(number)
    found = None
    if digits:
        found = (
            Confirmation.objects.for_user(request.user)
            .filter(digest__startswith=digits)
            .select_related("submission__round", "submission__jurisdiction", "issued_by")
            .first()
        )
    context = {
        "number": number,
        "found": found,
        "compared": compare(found) if found else None,
    }
    return render(request, "confirmations/look_up.html", context)


@login_required
@require_POST
def paper(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The paper of the unit's submission; what it says is kept under its number."""
    submission = _submission(request, code, year)
    if not request.user.scope.prints_confirmations_of(submission.jurisdiction):
        raise PermissionDenied
    try:
        made = print_paper(submission, actor=request.user)
    except Refusal as refusal:
        return render(request, "confirmations/look_up.html", {"error": refusal.message}, status=409)
    name = _("%(unit)s confirmation %(year)s") % {"unit": submission.unit_name, "year": year}
    asked = {"unit": submission.jurisdiction.code, "year": year}
    keep_export(
        request,
        kind=ExportKind.CONFIRMATION,
        format=ExportFormat.PDF,
        name=name,
        asked=asked,
    )
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers=attachment(name, "pdf", "confirmation"),
    )


def _submission(request: SignedInRequest, code: str, year: int) -> Submission:
    seen = Submission.objects.for_user(request.user).filter(round__evaluation_year=year)
    found = {one.jurisdiction: one for one in seen.select_related("jurisdiction", "round")}
    unit = unit_with_slug(found, code)
    if unit is None:
        raise Http404
    return found[unit]
