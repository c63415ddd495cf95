"""The ledger, a problem's page, and the documents that are named to a problem or a measure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from indicators.collection import Refusal, problem_acts
from indicators.figures.csv_stream import csv_response
from indicators.figures.downloads import xlsx_response
from indicators.models import ExportKind, Measure, Problem, ProblemAct, SignedInRequest
from indicators.problems.acting import carry_out, done_words
from indicators.problems.forms import UNSETTLED, ActForm, DocumentForm, LedgerForm
from indicators.problems.queries import (
    counts_of,
    lines_of,
    overdue_among,
    page_of,
    problems_seen,
)
from indicators.problems.tables import LedgerTable, rows_of
from indicators.recording.export import keep_export
from indicators.recording.problem import name_document

ROWS_PER_PAGE = 50


@login_required
@require_safe
def ledger(request: SignedInRequest) -> HttpResponse:
    """The problems that fit, the unsettled ones unless others are asked for."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "problems/ledger.html", {"form": form}, status=400)
    seen = problems_seen(request.user)
    found = form.chosen(seen)
    if form.cleaned_data["overdue"]:
        found = overdue_among(request.user, found)
    table = LedgerTable(found)
    table.per_page_field = "rows_per_page_is_fixed"
    RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    rows = [row.record for row in table.paginated_rows]
    context = {
        "form": form,
        "table": table,
        "lines": lines_of(request.user, rows),
        "counts": counts_of(request.user, seen),
        "raises": bool(request.user.scope.supervises),
        "query": request.GET.urlencode(),
    }
    return render(request, "problems/ledger.html", context)


@login_required
@require_safe
def ledger_file(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """All problems that fit, a row a measure, as csv or xlsx; kept like every export."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "problems/ledger.html", {"form": form}, status=400)
    found = form.chosen(problems_seen(request.user))
    if form.cleaned_data["overdue"]:
        found = overdue_among(request.user, found)
    lines = lines_of(request.user, found.order_by("-year", "code"))
    rows = list(rows_of(lines))
    name = _("ledger of problems")
    asked = {field: form.data.get(field, "") for field in form.fields}
    keep_export(
        request,
        kind=ExportKind.PROBLEMS,
        format=kind,
        name=name,
        asked=asked,
        rows=len(rows) - 1,
    )
    return (xlsx_response if kind == "xlsx" else csv_response)(rows, name, "problems")


@login_required
def problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """A problem with its measures, figures and course; posted, something is done with it."""
    found = get_problem(request, pk)
    if request.method != "POST":
        return show_problem(request, found)
    form = ActForm(request.POST)
    if not form.is_valid():
        return show_problem(request, found, status=400)
    try:
        carry_out(found, form, actor=request.user)
    except Refusal as refusal:
        status = 409 if refusal.code == "problem_moved" else 422
        found = get_problem(request, pk)
        return show_problem(request, found, status=status, refusal=refusal, reason=form.reason)
    messages.success(request, done_words(ProblemAct(form.cleaned_data["act"])))
    return redirect("problems:problem", pk)


@login_required
@require_POST
def document(request: SignedInRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Name a document of the problem, or of one of its measures."""
    found = get_problem(request, pk)
    thing: Problem | Measure = found if number is None else get_measure(request, found, number)
    form = DocumentForm(request.POST)
    if ProblemAct.DOCUMENT not in problem_acts(thing, request.user):
        raise PermissionDenied
    try:
        if form.is_valid():
            name_document(thing, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The document is kept."))
        else:
            messages.error(request, str(next(iter(form.errors.values()))[0]))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    if number is None:
        return redirect("problems:problem", pk)
    return redirect("problems:measure", pk, number)


def get_problem(request: SignedInRequest, pk: int) -> Problem:
    """The problem, if the user sees it."""
    found = (
        problems_seen(request.user)
        .filter(pk=pk)
        .select_related("jurisdiction", "duty_area", "indicator", "rule")
    )
    problem = found.first()
    if problem is None:
        raise Http404
    return problem


def get_measure(request: SignedInRequest, problem: Problem, number: int) -> Measure:
    """The problem's measure, if the user sees it."""
    found = Measure.objects.for_user(request.user).filter(problem=problem, number=number)
    measure = found.select_related("unit", "passed_from__unit").first()
    if measure is None:
        raise Http404
    measure.problem = problem
    return measure


def show_problem(
    request: SignedInRequest, found: Problem, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = page_of(request.user, found)
    context = {
        "page": page,
        "document_form": DocumentForm(initial={"version": found.version}),
        **more,
    }
    return render(request, "problems/problem.html", context, status=status)


def _asked(request: SignedInRequest) -> LedgerForm:
    if not request.user.scope.sees_figures:
        raise PermissionDenied
    data = request.GET if request.GET else {"state": UNSETTLED}
    return LedgerForm(request.user, data)
