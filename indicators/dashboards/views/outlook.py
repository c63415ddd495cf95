from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import findings
from indicators.dashboards.forms import UnitYearForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures import figures_of
from indicators.figures.outlook import LABELS, ORDER, outlooks_of
from indicators.models import SignedInRequest


@login_required
def outlook(request: SignedInRequest) -> HttpResponse:
    """Of one unit: which targets will be met in time if all goes on as it did, and which not."""
    if not request.user.scope.sees_figures:
        raise PermissionDenied
    form = UnitYearForm.filled(request.user, request.GET.dict(), timezone.localdate().year)
    if "jurisdiction" in form.errors and "year" not in form.errors:
        raise Http404
    if not form.is_valid():
        return render(request, "dashboards/refused.html", {"form": form}, status=400)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    figures = form.chosen(figures_of(request.user, form.unit, year, tier=tier))
    outlooks = outlooks_of(request.user, figures, tier=tier)
    counts = Counter(one.code for one in outlooks)
    context = {
        "form": form,
        "unit": form.unit,
        "year": year,
        "provisional": is_provisional(year, tier),
        "outlooks": outlooks,
        "finding": findings.of_outlooks(outlooks),
        "counts": [(LABELS[code], counts[code]) for code in ORDER if counts[code]],
    }
    return render(request, "dashboards/outlook.html", context)
