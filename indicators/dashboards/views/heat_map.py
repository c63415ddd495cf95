from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import findings
from indicators.dashboards.forms import AreaForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures import evaluation_years, top_unit
from indicators.figures.heat import heat_map as heat_map_of
from indicators.models import SignedInRequest


@login_required
def heat_map(request: SignedInRequest) -> HttpResponse:
    """Which unit, which indicator: the units at hand by the rates of a duty area."""
    unit = top_unit(request.user)
    if not request.user.scope.sees_figures or unit is None:
        raise PermissionDenied
    years = evaluation_years(request.user) or [timezone.localdate().year]
    form = AreaForm.filled(request.GET.dict(), years)
    if not form.is_valid():
        return render(request, "dashboards/refused.html", {"form": form}, status=400)
    asked = form.cleaned_data
    found = heat_map_of(request.user, unit, asked["year"], asked["area"], tier=asked["tier"])
    context = {
        "form": form,
        "unit": unit,
        "year": asked["year"],
        "area": form.area_name,
        "provisional": is_provisional(asked["year"], asked["tier"]),
        "map": found,
        "finding": findings.of_heat_map(found, unit),
    }
    return render(request, "dashboards/heat_map.html", context)
