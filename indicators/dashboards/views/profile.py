from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, unit_asked
from indicators.dashboards.forms import OwnUnitYearForm
from indicators.figures.profile import profile_of
from indicators.models import SignedInRequest


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """One unit: its course through the years, and where it stands in its comparison group."""
    form = unit_asked(request, OwnUnitYearForm)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    found = profile_of(request.user, form.unit, year, tier=tier)
    area = form.cleaned_data["area"]
    lines = [one for one in found.lines if area in ("", one.figure.indicator.duty_area.code)]
    context = {
        "unit": form.unit,
        "peers": found.peers,
        "lines": lines,
        "finding": findings.of_profile(lines),
    }
    return page(request, "profile", form, context)
