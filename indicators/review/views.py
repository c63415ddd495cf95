from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.collection import (
    ApprovedWouldMove,
    Refusal,
    allows,
    had_a_hand_in,
    has_role_for,
)
from indicators.figures.review import Reviewed, review_of
from indicators.figures.submissions import events_of, queue_for
from indicators.models import AchievementVersion, Act, Jurisdiction, SignedInRequest, Submission
from indicators.recording.submission import remark
from indicators.review.forms import DecisionForm
from indicators.review.services import decide, refuse_contradictions
from indicators.review.wording import finding, would_move


@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for a decision, by deadline and risk, and the rest below it."""
    if not request.user.scope.whole:
        raise PermissionDenied
    return render(request, "review/queue.html", {"queue": queue_for(request.user)})


@login_required
def submission(request: SignedInRequest, year: int, code: str) -> HttpResponse:
    """One submission; posted, the decision is carried out. To approve is asked first."""
    found = _found(request, year, code)
    if request.method != "POST":
        return _shown(request, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, status=400, form=form)
    try:
        if _is_asked(request, found, form):
            refuse_contradictions(found, form)
            return _confirmation(request, found, form)
        done = decide(found, form, actor=request.user)
    except ApprovedWouldMove as refusal:
        return _confirmation(request, _found(request, year, code), form, refusal)
    except Refusal as refusal:
        status = 409 if refusal.code == "submission_moved" else 422
        return _shown(
            request, _found(request, year, code), status=status, form=form, refusal=refusal
        )
    messages.success(request, done)
    return redirect("review:queue")


def _is_asked(request: SignedInRequest, found: Submission, form: DecisionForm) -> bool:
    """Whether to approve it has to be asked yet; what the door would refuse, it refuses."""
    asked = form.cleaned_data
    if asked["act"] != Act.APPROVE or asked["confirmed"] or asked["version"] != found.version:
        return False
    may = allows(found, Act.APPROVE) and has_role_for(Act.APPROVE, found, request.user)
    return may and not had_a_hand_in(found, request.user)


def _confirmation(
    request: SignedInRequest,
    found: Submission,
    form: DecisionForm,
    refusal: ApprovedWouldMove | None = None,
) -> HttpResponse:
    """What is about to be approved, in sum, and which approved figures would move besides."""
    rows = review_of(request.user, found)
    context = {
        "submission": found,
        "rows": [row for row in rows if row.was_asked],
        "none": [row for row in rows if row.was_asked and not row.figure.has_figure],
        "doubted": [(row, one) for row in rows for one in row.findings],
        "changed": [row for row in rows if row.was_changed],
        "threads": [row.thread for row in rows if row.thread and row.thread.is_open],
        "reason": form.reason,
    } | would_move(refusal)
    return render(request, "review/confirm.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def ask(request: SignedInRequest, year: int, code: str) -> HttpResponse:
    """Put a question about a figure to the unit."""
    found = _found(request, year, code)
    text = request.POST.get("text", "")
    codes = {one.code: one for one in found.round.indicators.all()}
    asked = codes.get(request.POST.get("indicator", ""))
    if asked is None:
        raise Http404
    try:
        remark(found, asked, actor=request.user, text=text)
    except Refusal as refusal:
        return _shown(request, found, status=422, refusal=refusal, asked=asked.code, text=text)
    messages.success(request, _("Asked."))
    return redirect("review:submission", year, code)


def _found(request: SignedInRequest, year: int, code: str) -> Submission:
    found = (
        Submission.objects.for_user(request.user)
        .filter(round__evaluation_year=year, jurisdiction__in=Jurisdiction.objects.with_slug(code))
        .select_related("round__city", "jurisdiction")
        .order_by("-jurisdiction__valid_from")
        .first()
    )
    if found is None or not request.user.scope.whole:
        raise Http404
    return found


def _shown(
    request: SignedInRequest, found: Submission, *, status: int = 200, **more: Any
) -> HttpResponse:
    rows, events = review_of(request.user, found), events_of(request.user, found)
    achievements = AchievementVersion.objects.for_user(request.user)
    form = more.get("form")
    figures, reasons = (form.figures, form.reasons) if form else ({}, {})
    worked_on = figures.keys() | reasons.keys()
    groups = {
        "look": [row for row in rows if row.weight],
        "returned": [row for row in rows if row.returned],
        "changed": [row for row in rows if row.was_changed],
        "all": rows,
    }
    show = form.data.get("show", "look") if form else "look"
    if not groups.get(show) or worked_on - {row.code for row in groups[show]}:
        show = "all"
    acts = {
        act.value
        for act in (Act.APPROVE, Act.RETURN, Act.EXTEND, Act.REOPEN)
        if allows(found, act) and has_role_for(act, found, request.user)
    }
    own_work = Act.APPROVE.value in acts and had_a_hand_in(found, request.user)
    context = {
        "submission": found,
        "own_work": own_work,
        "prints": request.user.scope.prints_confirmations_of(found.jurisdiction),
        "rows": [(row, row.code in figures, reasons.get(row.code, "")) for row in rows],
        "groups": _counted(groups),
        "show": show,
        "acts": acts - {Act.APPROVE.value} if own_work else acts,
        "chooses": acts & {Act.RETURN.value, Act.REOPEN.value},
        "finding": finding(found, rows, events),
        "events": events,
        "achievements": achievements.of(found.jurisdiction, found.round.evaluation_year).in_order(),
        **more,
    }
    return render(request, "review/submission.html", context, status=status)


def _counted(groups: dict[str, list[Reviewed]]) -> list[tuple[str, str, int]]:
    labels = {
        "look": _("To look at"),
        "returned": _("Returned last time"),
        "changed": _("Changed"),
        "all": _("All"),
    }
    return [(name, labels[name], len(rows)) for name, rows in groups.items()]
