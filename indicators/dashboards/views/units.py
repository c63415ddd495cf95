from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import findings
from indicators.dashboards.forms import YearForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures import UnitProgress, evaluation_years, progress_of_units
from indicators.models import SignedInRequest

ROWS_PER_PAGE = 100


@login_required
def units(request: SignedInRequest) -> HttpResponse:
    """The units at hand, or those below one of them: how many figures each has, how they stand."""
    if not request.user.scope.sees_figures:
        raise PermissionDenied
    years = evaluation_years(request.user) or [timezone.localdate().year]
    form = YearForm.filled(request.GET.dict(), years)
    if not form.is_valid():
        return render(request, "dashboards/refused.html", {"form": form}, status=400)
    asked = form.cleaned_data
    under = request.GET.get("under", "")
    rows = progress_of_units(request.user, asked["year"], tier=asked["tier"], under=under)
    if under and under not in {row.unit.code for row in rows}:
        raise Http404
    rows.sort(key=_worst_first)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "year": asked["year"],
        "provisional": is_provisional(asked["year"], asked["tier"]),
        "rows": page.object_list,
        "page": page,
        "under": under,
        "finding": findings.of_units(rows),
    }
    return render(request, "dashboards/units.html", context)


def _worst_first(row: UnitProgress) -> tuple[int, int, int, int, str]:
    """The units above first, then what misses most, and of those alike what lacks most figures."""
    lacking = row.expected - row.reported
    return row.unit.depth, -row.tally.missed, -row.tally.near, -lacking, row.unit.code
