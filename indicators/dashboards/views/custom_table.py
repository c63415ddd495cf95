from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from indicators.collection import Refusal
from indicators.dashboards.asked import only_who_sees_figures
from indicators.dashboards.custom_table_form import CustomTableForm
from indicators.dashboards.matrix_rows import of_custom_table
from indicators.dashboards.provisional import is_provisional
from indicators.dashboards.saved_questions import carry_out, in_the_way, number_in, saved_lines
from indicators.figures.annotated import annotated_places
from indicators.figures.boundaries import Boundaries
from indicators.figures.custom_table import custom_tables
from indicators.models import SignedInRequest
from indicators.recording.saved_question import QUERY_LENGTH

STATUS = {"question_gone": 404, "question_moved": 409}


@login_required
def custom_table(request: SignedInRequest) -> HttpResponse:
    """The reader's own question: which indicators, units and years, and what stands where. Posted
    to, the question is saved, or something is done with a saved one."""
    only_who_sees_figures(request)
    form = CustomTableForm.filled(request.user, request.GET)
    if request.method == "POST":
        return _posted(request, form)
    refused = form.is_bound and not form.is_valid()
    return _shown(request, form, status=400 if refused else 200)


def _posted(request: SignedInRequest, form: CustomTableForm) -> HttpResponse:
    try:
        done = carry_out(request.user, form, request.POST)
    except Refusal as refusal:
        saves = request.POST.get("act") in ("save", "replace")
        said = {"refusal": refusal, "typed": request.POST.get("name", "")}
        if saves:
            more = {"refused": said | {"taken": in_the_way(request.user, refusal)}}
        else:
            more = {"refused_act": said | {"at": number_in(request.POST, "question")}}
        return _shown(request, form, status=STATUS.get(refusal.code, 422), **more)
    messages.success(request, done.said)
    if done.shows:
        return redirect(done.shows)
    fits = len(request.META["QUERY_STRING"]) <= QUERY_LENGTH
    return redirect(request.get_full_path() if fits else request.path)


def _shown(
    request: SignedInRequest, form: CustomTableForm, *, status: int, **more: Any
) -> HttpResponse:
    """The page, with what can be shown of the question and the reader's saved ones."""
    context: dict[str, Any] = {"form": form, "query": ""}
    if form.is_valid():
        asked = form.cleaned_data
        years, tier = form.years, asked["tier"]
        context["query"] = form.query
        tables = custom_tables(
            request.user,
            form.indicators,
            form.units,
            years,
            rows=asked["rows"],
            columns=asked["columns"],
            tier=tier,
            boundaries=asked["boundaries"],
        )
        cells = (cell for table in tables for line in table.lines for cell in line.cells)
        shown = [cell.figure for cell in cells if cell.figure]
        annotated = annotated_places(request.user, shown)
        context["tables"] = tables
        context["drawn"] = [(table, of_custom_table(table, annotated)) for table in tables]
        context["over_now"] = asked["boundaries"] == Boundaries.NOW
        context["provisional"] = any(is_provisional(year, tier) for year in years)
    context["saved"] = saved_lines(request.user, context["query"])
    return render(request, "dashboards/custom_table.html", context | more, status=status)
