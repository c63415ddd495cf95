from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from indicators.collection import Refusal, may_annotate
from indicators.dashboards import findings
from indicators.dashboards.annotations import annotation_lines, carry_out_at
from indicators.dashboards.provisional import is_provisional
from indicators.dashboards.rows import of_links
from indicators.figures import figures_through, indicator_for, unit_for
from indicators.figures.doubt_sources import sources_of
from indicators.figures.explanation import explain
from indicators.figures.history import version_behind, versions_of, was_entered
from indicators.figures.provenance import provenance_of
from indicators.models import SignedInRequest, Tier

YEARS_BACK = 6
STATUS = {"not_your_act": 403, "annotation_gone": 404}


@login_required
def figure(request: SignedInRequest, code: str, unit: str, year: int) -> HttpResponse:
    """One figure: what was typed, by whom, every version, what it is made of and what it feeds.
    Posted to, something is pinned to it or taken back."""
    tier = Tier.APPROVED if request.GET.get("tier") == Tier.APPROVED else Tier.REPORTED
    indicator = indicator_for(request.user, code)
    jurisdiction = unit_for(request.user, unit, year)
    if indicator is None or jurisdiction is None:
        raise Http404
    years = range(year - YEARS_BACK, year + 1)
    trend = figures_through(request.user, indicator, jurisdiction, years, tier=tier)
    found = next((f for f in trend if f.year == year), None)
    if found is None:
        raise Http404
    answer: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        try:
            messages.success(request, carry_out_at(request.user, found, request.POST))
        except Refusal as refusal:
            answer = {"refused": refusal, "annotated": request.POST.get("text", "")}
            status = STATUS.get(refusal.code, 422)
        else:
            return redirect(request.get_full_path())
    provenance = provenance_of(request.user, found)
    place = {"indicator": indicator.pk, "jurisdiction": jurisdiction.pk, "year": year}
    context = {
        "figure": found,
        "finding": findings.of_figure(found),
        "explanation": explain(request.user, found, trend, inputs=provenance.inputs),
        "provenance": provenance,
        "inputs": of_links(provenance.inputs),
        "parts": of_links(provenance.parts, by_unit=True),
        "feeds": of_links(provenance.feeds),
        "doubted": sources_of(request.user, found),
        "typed": version_behind(found),
        "versions": versions_of(request.user, **place) if was_entered(**place) else [],
        "annotations": annotation_lines(request.user, found),
        "annotates": may_annotate(request.user, found.jurisdiction),
        "tier": tier,
        "evaluation_year": year - indicator.lag,
        "provisional": is_provisional(year - indicator.lag, tier),
    }
    return render(request, "dashboards/figure.html", context | answer, status=status)
