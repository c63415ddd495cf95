from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import charts, findings, rows
from indicators.dashboards.asked import refused
from indicators.dashboards.forms import FigureYearForm
from indicators.dashboards.provisional import is_provisional
from indicators.dashboards.tables import worst_first
from indicators.figures import (
    figures_across,
    figures_through,
    indicator_for,
    other_units,
    top_unit,
    years_of,
)
from indicators.figures.drawn_map import drawn_map
from indicators.figures.explanation import explain, target_lines
from indicators.figures.inequality import inequality_through
from indicators.figures.outlook import outlook_of
from indicators.figures.provenance import formula_in_names
from indicators.figures.queries import YEARS_BACK
from indicators.figures.ranking import ranking_of
from indicators.figures.tile_map import tile_map
from indicators.models import SignedInRequest


@login_required
def indicator(request: SignedInRequest, code: str) -> HttpResponse:
    """One indicator: the city's trend, the units beside each other, its meaning and its targets."""
    found = indicator_for(request.user, code)
    city = top_unit(request.user)
    if found is None or city is None:
        raise Http404
    years = years_of(request.user, found) or [timezone.localdate().year]
    form = FigureYearForm.filled(request.GET.dict(), years)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    trend = figures_through(
        request.user, found, city, range(year - YEARS_BACK, year + 1), tier=tier
    )
    figure = next((f for f in trend if f.year == year), None)
    while len(trend) > 1 and not trend[0].has_figure:
        trend.pop(0)
    if figure is None:
        raise Http404
    across = figures_across(request.user, figure)
    across.sort(key=lambda f: (f.number is None, -(f.number or 0), f.jurisdiction.code))
    in_table = sorted(across, key=worst_first)
    outlook = outlook_of(figure, trend)
    others = other_units(request.user, figure, across)
    unequal = inequality_through(request.user, figure)
    wholes = unequal[-1].weights if unequal and unequal[-1].year == year else {}
    ranking = ranking_of(request.user, figure, across, wholes)
    context = {
        "form": form,
        "figure": figure,
        "provisional": is_provisional(year - found.lag, tier),
        "explanation": explain(request.user, figure, trend),
        "outlook": outlook,
        "inequality": unequal,
        "inequality_finding": findings.of_inequality(unequal),
        "finding": findings.of_indicator(figure, across),
        "trend": trend,
        "trend_finding": findings.of_trend(trend),
        "trend_chart": charts.trend(trend, outlook),
        "across": in_table,
        "across_rows": rows.of_units(in_table, ranking),
        "ranking": ranking,
        "across_finding": findings.of_units_apart(across, others),
        "across_chart": charts.bars(across),
        "tile_map": tile_map(across),
        "drawn_map": drawn_map(across),
        "others": findings.of_others(figure, others),
        "silent": [f for f in across if not f.has_figure and f.result_state != "not_applicable"],
        "definitions": [
            (one, formula_in_names(figure.snapshot, one.formula))
            for one in reversed(figure.snapshot.definitions.get(found.pk, []))
        ],
        "targets": target_lines(figure),
    }
    return render(request, "dashboards/indicator.html", context)
