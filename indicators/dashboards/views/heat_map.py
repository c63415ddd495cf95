from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import own_top_unit, page, refused, year_asked
from indicators.dashboards.forms import AreaForm
from indicators.dashboards.matrix_rows import of_heat_map
from indicators.figures.boundaries import Boundaries
from indicators.figures.heat import heat_map as heat_map_of
from indicators.models import SignedInRequest


@login_required
def heat_map(request: SignedInRequest) -> HttpResponse:
    """Which unit, which indicator: the units at hand by the rates of a duty area."""
    form, unit = year_asked(request, AreaForm), own_top_unit(request)
    if not form.is_valid():
        return refused(request, form)
    asked = form.cleaned_data
    found = heat_map_of(
        request.user,
        unit,
        asked["year"],
        asked["area"],
        tier=asked["tier"],
        boundaries=asked["boundaries"],
    )
    context = {
        "unit": unit,
        "area": form.area_name,
        "map": found,
        "rows": of_heat_map(found, asked["year"]),
        "over_now": asked["boundaries"] == Boundaries.NOW,
        "finding": findings.of_heat_map(found, unit),
    }
    return page(request, "heat_map", form, context)
