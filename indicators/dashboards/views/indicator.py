from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import charts, findings, inequality, rows
from indicators.dashboards.asked import refused
from indicators.dashboards.forms import FigureYearForm
from indicators.dashboards.over_now import finding_now
from indicators.dashboards.provisional import is_provisional
from indicators.dashboards.tables import worst_first
from indicators.figures import (
    Figure,
    figures_across,
    figures_through,
    indicator_for,
    other_units,
    top_unit,
    years_of,
)
from indicators.figures.annotated import annotated_places
from indicators.figures.boundaries import Boundaries, FigureNow, figures_across_now
from indicators.figures.drawn_map import drawn_map
from indicators.figures.explanation import explain, target_lines
from indicators.figures.inequality import inequality_through
from indicators.figures.outlook import outlook_of
from indicators.figures.provenance import formula_in_names
from indicators.figures.queries import YEARS_BACK
from indicators.figures.ranking import ranking_of
from indicators.figures.tile_map import tile_map
from indicators.models import SignedInRequest, User


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
    if form.cleaned_data["boundaries"] == Boundaries.NOW:
        shown = _across_now(request.user, figure)
    else:
        shown = _across_then(request.user, figure)
    outlook = outlook_of(figure, trend)
    context = {
        "form": form,
        "figure": figure,
        "provisional": is_provisional(year - found.lag, tier),
        "explanation": explain(request.user, figure, trend),
        "outlook": outlook,
        "trend": trend,
        "trend_finding": findings.of_trend(trend),
        "trend_chart": charts.trend(trend, outlook),
        "definitions": [
            (one, formula_in_names(figure.snapshot, one.formula))
            for one in reversed(figure.snapshot.definitions.get(found.pk, []))
        ],
        "targets": target_lines(figure),
    }
    return render(request, "dashboards/indicator.html", context | shown)


def _across_then(user: User, figure: Figure) -> dict[str, Any]:
    """The units of the year beside each other, and how unequal they are."""
    across = figures_across(user, figure)
    across.sort(key=lambda f: (f.number is None, -(f.number or 0), f.jurisdiction.code))
    in_table = sorted(across, key=worst_first)
    others = other_units(user, figure, across)
    unequal = inequality_through(user, figure)
    wholes = unequal[-1].weights if unequal and unequal[-1].year == figure.year else {}
    ranking = ranking_of(user, figure, across, wholes)
    return {
        "inequality": unequal,
        "inequality_finding": inequality.finding(unequal),
        "inequality_sub_title": inequality.sub_title(unequal, str(figure.jurisdiction)),
        "inequality_chart": inequality.chart(unequal),
        "finding": findings.of_indicator(figure, across),
        "across": in_table,
        "across_rows": rows.of_units(in_table, ranking, annotated_places(user, across)),
        "ranking": ranking,
        "across_finding": findings.of_units_apart(across, others),
        "across_chart": charts.bars(across),
        "tile_map": tile_map(across),
        "drawn_map": drawn_map(across),
        "others": findings.of_others(figure, others),
        "silent": [f for f in across if not f.has_figure and f.result_state != "not_applicable"],
    }


def _across_now(user: User, figure: Figure) -> dict[str, Any]:
    """The units of today in the year. No places and no spread: what was worked out, or could not
    be, would stand among what the units answered for."""
    across = figures_across_now(user, figure)
    told = [one.of_today for one in across if not one.refused and not one.figure.is_partial]
    told.sort(key=lambda f: (f.number is None, -(f.number or 0), f.jurisdiction.code))
    across.sort(key=_told_first)
    annotated = annotated_places(user, [one.figure for one in across])
    return {
        "finding": findings.of_figure(figure),
        "across_now": across,
        "across_now_rows": rows.of_units_now(across, annotated),
        "across_now_finding": finding_now(across),
        "across_chart": charts.bars(told),
    }


def _told_first(one: FigureNow) -> tuple[int, tuple[int, Decimal]]:
    """Figures, then why there are none, then what nobody has reported."""
    kind = 1 if one.refused else 0 if one.figure.has_figure else 2
    return kind, worst_first(one.figure)
