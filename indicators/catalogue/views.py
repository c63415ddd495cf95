from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.figures.moved import moved_figures
from indicators.models import CatalogueProposal, ProposalAct, SignedInRequest
from indicators.recording.jurisdiction_change import UnitsChange, preview_jurisdiction_change
from indicators.recording.proposal import Preview, confirm, previewed, withdraw

LISTED_AT_MOST = 200


@login_required
def proposals(request: SignedInRequest) -> HttpResponse:
    """Changes of the catalogue that wait for a supervisor, and those that were decided."""
    _refuse_others(request)
    found = CatalogueProposal.objects.select_related("made_by", "change__actor")
    waiting = [one for one in found if one.waits]
    decided = [one for one in found if not one.waits][:LISTED_AT_MOST]
    context = {"waiting": waiting, "decided": decided}
    return render(request, "catalogue/proposals.html", context)


@login_required
def proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it would move, old and new; posted, it is confirmed or withdrawn."""
    _refuse_others(request)
    found = get_object_or_404(CatalogueProposal.objects.select_related("made_by"), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    try:
        if request.POST.get("act") == "withdraw":
            withdraw(found, actor=request.user)
            messages.success(request, _("Withdrawn."))
        else:
            confirm(
                found,
                actor=request.user,
                digest=request.POST.get("digest", ""),
                reason=request.POST.get("reason", ""),
            )
            messages.success(request, _("Confirmed. The corrections are kept."))
    except Refusal as refusal:
        status = 409 if refusal.code in ("moved_meanwhile", "proposal_decided") else 422
        found.refresh_from_db()
        return _page(request, found, refusal=refusal, status=status)
    return redirect("catalogue:proposals")


def _page(
    request: SignedInRequest,
    found: CatalogueProposal,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    preview, broken, done = Preview(), None, None
    if found.waits:
        try:
            preview = previewed(found)
            if found.act == ProposalAct.CHANGE:
                asked = UnitsChange.from_text(found.content)
                done = preview_jurisdiction_change(asked, reason=found.reason)
        except Refusal as refused:
            broken = refused
    figures = moved_figures(preview.moved)
    supervises = bool(request.user.scope.supervises)
    context = {
        "proposal": found,
        "count": len(figures),
        # An editor reads the city's figures only.
        "figures": [one for one in figures if supervises or one.is_seen_by(request.user)],
        "digest": preview.digest,
        "may_confirm": supervises and found.waits and broken is None,
        "broken": broken,
        "done": done,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "catalogue/proposal.html", context, status=status)


def _refuse_others(request: SignedInRequest) -> None:
    scope = request.user.scope
    if not (scope.supervises or scope.edits_catalogue or scope.audits):
        raise PermissionDenied
