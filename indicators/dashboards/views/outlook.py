from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, unit_asked
from indicators.dashboards.forms import UnitYearForm
from indicators.dashboards.rows import of_outlooks
from indicators.figures import figures_of
from indicators.figures.outlook import LABELS, ORDER, outlooks_of
from indicators.models import SignedInRequest


@login_required
def outlook(request: SignedInRequest) -> HttpResponse:
    """Of one unit: which targets will be met in time if all goes on as it did, and which not."""
    form = unit_asked(request, UnitYearForm)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    figures = form.chosen(figures_of(request.user, form.unit, year, tier=tier))
    outlooks = outlooks_of(request.user, figures, tier=tier)
    counts = Counter(one.code for one in outlooks)
    context = {
        "unit": form.unit,
        "outlooks": outlooks,
        "rows": of_outlooks(outlooks),
        "finding": findings.of_outlooks(outlooks),
        "counts": [(LABELS[code], counts[code]) for code in ORDER if counts[code]],
    }
    return page(request, "outlook", form, context)
