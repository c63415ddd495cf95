from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, year_asked
from indicators.dashboards.forms import YearForm
from indicators.figures import UnitProgress, progress_of_units
from indicators.models import SignedInRequest

ROWS_PER_PAGE = 100


@login_required
def units(request: SignedInRequest) -> HttpResponse:
    """The units at hand, or those below one of them: how many figures each has, how they stand."""
    form = year_asked(request, YearForm)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    under = request.GET.get("under", "")
    rows = progress_of_units(request.user, year, tier=tier, under=under)
    if under and under not in {row.unit.code for row in rows}:
        raise Http404
    rows.sort(key=_worst_first)
    rows_page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": rows_page.object_list,
        "page": rows_page,
        "under": under,
        "finding": findings.of_units(rows),
    }
    return page(request, "units", form, context)


def _worst_first(row: UnitProgress) -> tuple[int, int, int, int, str]:
    """The units above first, then what misses most, and of those alike what lacks most figures."""
    lacking = row.expected - row.reported
    return row.unit.depth, -row.tally.missed, -row.tally.near, -lacking, row.unit.code
