"""A measure's page, and adding, changing and passing down measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.collection import Refusal, problem_acts
from indicators.models import (
    Jurisdiction,
    Measure,
    Problem,
    ProblemAct,
    ProblemState,
    SignedInRequest,
)
from indicators.models.path import ids_in
from indicators.problems.acting import carry_out, done_words
from indicators.problems.conflict import renew
from indicators.problems.forms import ActForm, DocumentForm, MeasureForm, TasksForm
from indicators.problems.queries import ACTS, documents_of, events_of
from indicators.problems.views import get_measure, get_problem
from indicators.recording.measure import add_measure, edit_measure, pass_down

SAID = ("title", "description", "department", "due_on")


@login_required
def measure(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """A measure, or a district's task; posted, something is done with it."""
    found = get_measure(request, get_problem(request, pk), number)
    if request.method != "POST":
        return _shown(request, found)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, status=400)
    try:
        carry_out(found, form, actor=request.user)
    except Refusal as refusal:
        status = 409 if refusal.code == "problem_moved" else 422
        found = get_measure(request, get_problem(request, pk), number)
        return _shown(request, found, status=status, refusal=refusal, reason=form.reason)
    messages.success(request, done_words(ProblemAct(form.cleaned_data["act"])))
    return redirect("problems:measure", pk, number)


@login_required
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new measure of the problem, over the problem's version."""
    problem = get_problem(request, pk)
    _refuse_unless(request, ProblemAct.ADD, problem)
    units = _units_for(problem)
    form = MeasureForm(units, data=request.POST or None, initial={"version": problem.version})
    context = {"form": form, "problem": problem, "title": _("Add a measure")}
    if request.method != "POST":
        return render(request, "problems/form.html", context)
    if not form.is_valid():
        return render(request, "problems/form.html", context, status=422)
    new = form.save(commit=False)
    new.unit = form.cleaned_data["unit"]
    try:
        add_measure(problem, new, actor=request.user, version=form.cleaned_data["version"])
    except Refusal as refusal:
        return _refused(request, form, refusal, context, problem)
    messages.success(request, _("The measure is added."))
    return redirect("problems:problem", pk)


@login_required
def edit(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Change what a measure says, or its deadline."""
    problem = get_problem(request, pk)
    found = get_measure(request, problem, number)
    _refuse_unless(request, ProblemAct.EDIT, found)
    form = MeasureForm([], data=request.POST or None, instance=found)
    form.initial["version"] = found.version
    context = {"form": form, "problem": problem, "measure": found, "title": _("Edit the measure")}
    if request.method != "POST":
        return render(request, "problems/form.html", context)
    if not form.is_valid():
        return render(request, "problems/form.html", context, status=422)
    try:
        edit_measure(found, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, form, refusal, context, found, SAID)
    messages.success(request, _("The measure is changed."))
    return redirect("problems:measure", pk, number)


@login_required
def tasks(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Pass a measure down to units below, each with the same day."""
    problem = get_problem(request, pk)
    found = get_measure(request, problem, number)
    _refuse_unless(request, ProblemAct.ADD, problem)
    form = TasksForm(found, data=request.POST or None, initial={"version": problem.version})
    title = _("Pass down to units")
    context = {"form": form, "problem": problem, "measure": found, "title": title}
    if request.method != "POST":
        return render(request, "problems/form.html", context)
    if not form.is_valid():
        return render(request, "problems/form.html", context, status=422)
    try:
        made = pass_down(found, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return _refused(request, form, refusal, context, problem)
    said = ngettext("%(n)s unit has the task.", "%(n)s units have the task.", len(made))
    messages.success(request, said % {"n": len(made)})
    return redirect("problems:problem", pk)


def _units_for(problem: Problem) -> list[Jurisdiction]:
    """Who may be responsible: the unit concerned, those above it, and those right below."""
    above = ids_in(problem.jurisdiction.path)
    units = Jurisdiction.objects.filter(valid_to=None)
    found = units.filter(Q(pk__in=above) | Q(parent=problem.jurisdiction_id)).order_by("code")
    return sorted(found, key=lambda unit: unit.pk != problem.jurisdiction_id)


def _refuse_unless(request: SignedInRequest, act: ProblemAct, thing: Problem | Measure) -> None:
    if act not in problem_acts(thing, request.user):
        raise PermissionDenied


def _refused(
    request: SignedInRequest,
    form: Any,
    refusal: Refusal,
    context: dict[str, Any],
    thing: Problem | Measure,
    fields: Sequence[str] = (),
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    status = 409 if refusal.code == "problem_moved" else 422
    if status == 409:
        renew(form, thing, fields)
    return render(request, "problems/form.html", context, status=status)


def _shown(
    request: SignedInRequest, found: Measure, *, status: int = 200, **more: Any
) -> HttpResponse:
    settled = found.problem.state == ProblemState.ACCEPTED
    acts = [] if settled else problem_acts(found, request.user)
    below = Measure.objects.for_user(request.user).filter(passed_from=found)
    adds = ProblemAct.ADD in problem_acts(found.problem, request.user)
    context = {
        "measure": found,
        "acts": acts,
        "buttons": [act for act in ACTS if act in acts],
        "tasks": below.select_related("unit").order_by("number"),
        "passes_down": adds and found.passed_from_id is None and found.unit.collects,
        "events": events_of(request.user, Q(measure=found)),
        "documents": documents_of(request.user, Q(measure=found)),
        "document_form": DocumentForm(initial={"version": found.version}),
        **more,
    }
    return render(request, "problems/measure.html", context, status=status)
