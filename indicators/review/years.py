"""A unit's year, as far as no submission to a round decides of it: its approved figures are
reopened, the year is approved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from indicators.collection import ApprovedWouldMove, Refusal, entered_achievements, entered_any
from indicators.figures import Figure, figures_of, unit_for
from indicators.models import Jurisdiction, SignedInRequest, Submission, Tier
from indicators.recording.achievement import achievements_to_approve
from indicators.recording.reopening import (
    approve_year,
    digest_of_versions,
    reopen_figures,
    reopened_in_rounds,
    waiting_for_approval,
)
from indicators.review.wording import would_move


class ReopenForm(forms.Form):
    """Figures by code, the reason, and the last day on which the unit may change them."""

    until = forms.DateField(required=False)

    @property
    def codes(self) -> list[str]:
        return list(self.data.getlist("chosen")) if hasattr(self.data, "getlist") else []

    @property
    def reason(self) -> str:
        """As it was sent; the door says what is wrong with it."""
        return str(self.data.get("reason", ""))


@login_required
def year(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The year's figures; posted, the chosen ones are reopened or the year is approved."""
    unit = unit_for(request.user, code, year)
    if unit is None or not request.user.scope.supervises:
        raise Http404
    if request.method != "POST":
        return _page(request, unit, year)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, unit, year, form=form, status=400)
    try:
        if request.POST.get("act") == "approve":
            count = approve_year(
                unit,
                year,
                actor=request.user,
                reason=form.reason,
                seen=request.POST.get("seen", ""),
                confirmed=request.POST.get("moves", ""),
            )
            messages.success(
                request, _("Approved: %(n)s figures.") % {"n": count} if count else _("Approved.")
            )
        else:
            _reopen(request, unit, year, form)
    except Refusal as refusal:
        status = 409 if refusal.code == "year_moved" else 422
        moves = would_move(refusal if isinstance(refusal, ApprovedWouldMove) else None)
        return _page(request, unit, year, form=form, refusal=refusal, status=status, **moves)
    return redirect("review:year", code, year)


def _reopen(request: SignedInRequest, unit: Jurisdiction, year: int, form: ReopenForm) -> None:
    until = form.cleaned_data["until"]
    if until is None:
        raise Refusal("day_missing", field="until")
    chosen = [one.indicator for one in _approved(request, unit, year) if one.code in form.codes]
    reopen_figures(unit, year, chosen, actor=request.user, reason=form.reason, until=until)
    messages.success(
        request, _("Reopened until %(day)s: %(n)s figures.") % {"day": until, "n": len(chosen)}
    )


def _approved(request: SignedInRequest, unit: Jurisdiction, year: int) -> list[Figure]:
    """What the unit gave and what stands as approved."""
    figures = figures_of(request.user, unit, year, tier=Tier.APPROVED, years_shown=2)
    return [one for one in figures if one.result and one.result.revision_id is not None]


def _page(
    request: SignedInRequest, unit: Jurisdiction, year: int, *, status: int = 200, **more: Any
) -> HttpResponse:
    form = more.get("form")
    waiting = waiting_for_approval(unit, year)
    asked = {value.indicator_id for value in waiting}
    reported = figures_of(request.user, unit, year, years_shown=2) if waiting else []
    achievements = achievements_to_approve(unit, year)
    in_rounds = reopened_in_rounds(unit, year)
    approved = _approved(request, unit, year)
    asked_by = Submission.objects.asked().filter(jurisdiction=unit, round__evaluation_year=year)
    context = {
        "unit": unit,
        "year": year,
        "submission": asked_by.select_related("round", "jurisdiction").first(),
        "approved": approved,
        "figures": [one for one in approved if one.indicator.pk not in in_rounds],
        "waiting": [figure for figure in reported if figure.indicator.pk in asked],
        "achievements": achievements,
        "seen": digest_of_versions(waiting, achievements),
        "own_work": entered_any(unit.pk, year, asked, request.user)
        or entered_achievements(unit.pk, year, request.user),
        "chosen": form.codes if form else [],
        "reason": form.reason if form else "",
        "until": form.data.get("until", "") if form else "",
        **more,
    }
    return render(request, "review/year.html", context, status=status)
