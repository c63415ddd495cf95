from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import findings
from indicators.dashboards.forms import YearForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures import evaluation_years, top_unit
from indicators.figures.only_increase import lines_of
from indicators.models import SignedInRequest


@login_required
def only_increase(request: SignedInRequest) -> HttpResponse:
    """What may not fall below last year, of each unit at hand."""
    unit = top_unit(request.user)
    if not request.user.scope.sees_figures or unit is None:
        raise PermissionDenied
    years = evaluation_years(request.user) or [timezone.localdate().year]
    form = YearForm.filled(request.GET.dict(), years)
    if not form.is_valid():
        return render(request, "dashboards/refused.html", {"form": form}, status=400)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    indicators, lines = lines_of(request.user, unit, year, tier=tier)
    context = {
        "form": form,
        "unit": unit,
        "year": year,
        "provisional": is_provisional(year, tier),
        "indicators": indicators,
        "lines": lines,
        "finding": findings.of_only_increase(lines),
    }
    return render(request, "dashboards/only_increase.html", context)
