"""A problem is raised, mostly from a figure, and said otherwise later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.collection import Refusal, problem_acts
from indicators.figures.former_names import as_it_is
from indicators.figures.problems import goal_words
from indicators.models import Criterion, Indicator, Problem, ProblemAct, Rule, SignedInRequest
from indicators.problems.beginning import Beginning, beginning_in
from indicators.problems.conflict import renew
from indicators.problems.forms import CriteriaForms, CriterionForm, ProblemForm, as_typed
from indicators.problems.views import get_problem
from indicators.recording.problem import edit_problem, raise_problem

EMPTY_ROWS = 2


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Raise a problem; an address that names a figure fills the form in."""
    if not request.user.scope.supervises:
        raise PermissionDenied
    begins = beginning_in(request)
    if request.method != "POST":
        form = ProblemForm(request.user, initial=begins.of_problem)
        return _page(request, form, _criteria(begins.of_criteria))
    form = ProblemForm(request.user, data=request.POST)
    criteria = _criteria(data=request.POST)
    if not (form.is_valid() & criteria.is_valid()):
        return _page(request, form, criteria, status=422)
    problem = form.save(commit=False)
    problem.jurisdiction = form.cleaned_data["unit"]
    problem.indicator = _indicator(form.cleaned_data["indicator"])
    problem.figure_year = form.cleaned_data["figure_year"] if problem.indicator else None
    problem.rule = _rule(begins)
    asked = [found for one in criteria if (found := one.criterion(problem.jurisdiction))]
    try:
        made = raise_problem(problem, actor=request.user, criteria=asked)
    except Refusal as refusal:
        return _refused(request, form, criteria, refusal)
    messages.success(request, _("The problem is raised. Add its measures now."))
    return redirect("problems:problem", made.pk)


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a problem says, and the figures that would show it solved."""
    problem = get_problem(request, pk)
    if ProblemAct.EDIT not in problem_acts(problem, request.user):
        raise PermissionDenied
    if request.method != "POST":
        form = ProblemForm(request.user, instance=problem, initial={"version": problem.version})
        kept = [as_typed(one) for one in _criteria_of(problem)]
        return _page(request, form, _criteria(kept), problem)
    form = ProblemForm(request.user, instance=problem, data=request.POST)
    criteria = _criteria(data=request.POST)
    if not (form.is_valid() & criteria.is_valid()):
        return _page(request, form, criteria, problem, status=422)
    asked = [found for one in criteria if (found := one.criterion(as_it_is(problem.jurisdiction)))]
    units = {one.indicator_id: one.jurisdiction for one in _criteria_of(problem)}
    for one in asked:
        one.jurisdiction = units.get(one.indicator_id, one.jurisdiction)
    said = {name: form.cleaned_data[name] for name in ("title", "description", "version")}
    try:
        edit_problem(problem, actor=request.user, criteria=asked, **said)
    except Refusal as refusal:
        return _refused(request, form, criteria, refusal, problem)
    messages.success(request, _("The problem is changed."))
    return redirect("problems:problem", pk)


def _criteria_of(problem: Problem) -> list[Criterion]:
    return list(problem.criteria.select_related("indicator", "jurisdiction"))


def _criteria(initial: list[dict[str, Any]] | None = None, data: Any = None) -> Any:
    indicators = {one.code: one for one in Indicator.objects.select_related("duty_area")}
    rows = [*(initial or []), *({"from_year": timezone.localdate().year},) * EMPTY_ROWS]
    return CriteriaForms(
        data,
        initial=None if data is not None else rows[: CriteriaForms.max_num],
        form_kwargs={"indicators": indicators},
        prefix="criteria",
    )


def _indicator(code: str) -> Indicator | None:
    return Indicator.objects.filter(code=code).first() if code else None


def _rule(begins: Beginning) -> Rule | None:
    return Rule.objects.filter(code=begins.rule).first() if begins.rule else None


def _refused(
    request: HttpRequest,
    form: ProblemForm,
    criteria: Any,
    refusal: Refusal,
    problem: Problem | None = None,
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    status = 409 if refusal.code == "problem_moved" else 422
    if status == 409 and problem is not None:
        renew(form, problem, ("title", "description"))
        now = "；".join(f"{one.indicator} {goal_words(one)}" for one in _criteria_of(problem))
        criteria.non_form_errors().append(_("Now it says: %(now)s") % {"now": now or "—"})
    return _page(request, form, criteria, problem, status=status)


def _page(
    request: HttpRequest,
    form: ProblemForm,
    criteria: Any,
    problem: Problem | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    labels = [field.label for field in CriterionForm(indicators={})]
    context = {"form": form, "criteria": criteria, "problem": problem, "labels": labels}
    return render(request, "problems/raise.html", context, status=status)
