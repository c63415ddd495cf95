from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from indicators.dashboards.asked import only_who_sees_figures
from indicators.dashboards.custom_table_form import CustomTableForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures.custom_table import custom_tables
from indicators.models import SignedInRequest


@login_required
def custom_table(request: SignedInRequest) -> HttpResponse:
    """The reader's own question: which indicators, units and years, and what stands where."""
    only_who_sees_figures(request)
    form = CustomTableForm.filled(request.user, request.GET)
    if not form.is_bound:
        return render(request, "dashboards/custom_table.html", {"form": form})
    if not form.is_valid():
        return render(request, "dashboards/custom_table.html", {"form": form}, status=400)
    asked = form.cleaned_data
    years, tier = form.years, asked["tier"]
    context = {
        "form": form,
        "tables": custom_tables(
            request.user,
            form.indicators,
            form.units,
            years,
            rows=asked["rows"],
            columns=asked["columns"],
            tier=tier,
        ),
        "provisional": any(is_provisional(year, tier) for year in years),
    }
    return render(request, "dashboards/custom_table.html", context)
