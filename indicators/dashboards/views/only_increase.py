from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import own_top_unit, page, refused, year_asked
from indicators.dashboards.forms import YearForm
from indicators.dashboards.matrix_rows import of_only_increase
from indicators.figures.only_increase import fallen, lines_of
from indicators.models import SignedInRequest


@login_required
def only_increase(request: SignedInRequest) -> HttpResponse:
    """What may not fall below last year, of each unit at hand."""
    form, unit = year_asked(request, YearForm), own_top_unit(request)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    indicators, lines = lines_of(request.user, unit, year, tier=tier)
    only_fallen = request.GET.get("fallen") == "yes"
    shown = [one for one in lines if fallen(one)] if only_fallen else lines
    context = {
        "unit": unit,
        "indicators": indicators,
        "lines": shown,
        "rows": of_only_increase(indicators, shown),
        "only_fallen": only_fallen,
        "finding": findings.of_only_increase(lines),
    }
    return page(request, "only_increase", form, context)
