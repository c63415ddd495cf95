from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import own_top_unit, page, refused, year_asked
from indicators.dashboards.forms import YearForm
from indicators.figures.reliability import reliability_of
from indicators.models import SignedInRequest


@login_required
def reliability(request: SignedInRequest) -> HttpResponse:
    """Whether the year's figures can be believed, unit by unit."""
    form, unit = year_asked(request, YearForm), own_top_unit(request)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    found = reliability_of(request.user, unit, year, tier=tier)
    context = {"reliability": found, "finding": findings.of_reliability(found)}
    return page(request, "reliability", form, context)
