from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from indicators.dashboards.asked import only_who_sees_figures
from indicators.dashboards.rows import of_doubts
from indicators.figures.doubt_sources import figures_in_doubt, sources_at
from indicators.models import SignedInRequest

ROWS_PER_PAGE = 100


@login_required
def doubts(request: SignedInRequest) -> HttpResponse:
    """The figures in doubt of the units that the user sees by name: what is odd about each."""
    only_who_sees_figures(request)
    found, resting = figures_in_doubt(request.user)
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    sources = sources_at(list(page.object_list))
    raises = bool(request.user.scope.supervises)
    context = {
        "count": len(found),
        "resting": resting,
        "page": page,
        "sources": sources,
        "rows": of_doubts(sources, raises=raises),
    }
    return render(request, "dashboards/doubts.html", context)
