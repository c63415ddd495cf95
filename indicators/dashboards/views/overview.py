from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, said_of, unit_asked
from indicators.dashboards.charts import statuses_by_area
from indicators.dashboards.forms import OverviewForm
from indicators.dashboards.tables import OverviewTable, UnitTable
from indicators.figures import Figure, by_kind, drawing, figures_beside, figures_of, tallies
from indicators.figures.annotated import annotated_places
from indicators.figures.csv_stream import csv_response
from indicators.figures.downloads import xlsx_response
from indicators.figures.movers import movers
from indicators.models import ExportKind, SignedInRequest, Status
from indicators.models.path import ids_in
from indicators.recording.export import keep_export

ROWS_PER_PAGE = 25


@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    form = unit_asked(request, OverviewForm)
    if not form.is_valid():
        return refused(request, form)
    figures = _figures(request, form)
    tallied = tallies(figures)
    table = _table(request, form, figures)
    # The number of rows is the page's own matter, not the address's.
    table.per_page_field = "rows_per_page_is_fixed"
    all_rows = request.GET.get("rows") == "all"
    RequestConfig(request, paginate=not all_rows and {"per_page": ROWS_PER_PAGE}).configure(table)
    context: dict[str, Any] = {
        "unit": form.unit,
        "finding": findings.of_overview(figures, tallied[-1]),
        "chart_finding": findings.of_chart(tallied),
        "kinds": by_kind(tallied),
        "total": tallied[-1],
        "movers": movers(figures),
        "chart": statuses_by_area(tallied[:-1]),
        "statuses": [drawing.status(status) for status in Status],
        "table": table,
        "all_rows": all_rows,
    }
    return page(request, "overview", form, context)


@login_required
def overview_file(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The table as csv or xlsx, as filtered and sorted on screen, all its pages."""
    form = unit_asked(request, OverviewForm)
    if not form.is_valid():
        return refused(request, form)
    table = _table(request, form, _figures(request, form))
    RequestConfig(request, paginate=False).configure(table)
    name = _("overview_%(unit)s_%(year)s") % {
        "unit": form.unit.name,
        "year": form.cleaned_data["year"],
    }
    keep_export(
        request,
        kind=ExportKind.OVERVIEW,
        format=kind,
        name=name,
        asked=said_of(form),
        rows=len(table.rows),
    )
    return (xlsx_response if kind == "xlsx" else csv_response)(table.cells(), name)


def _table(request: SignedInRequest, form: OverviewForm, figures: list[Figure]) -> OverviewTable:
    """The figures that pass the filters; of a district, with its city's beside them."""
    chosen = form.chosen(figures)
    by_id = {unit.pk: unit for unit in form.units.values()}
    above = [by_id[pk] for pk in ids_in(form.unit.path)[:-1] if pk in by_id]
    annotated = partial(annotated_places, request.user)
    if not above:
        return OverviewTable(chosen, annotated=annotated)
    of_city = partial(figures_beside, request.user, unit=above[-1])
    return UnitTable(chosen, annotated=annotated, of_city=of_city)


def _figures(request: SignedInRequest, form: OverviewForm) -> list[Figure]:
    asked = form.cleaned_data
    return figures_of(request.user, form.unit, asked["year"], tier=asked["tier"], years_shown=2)
