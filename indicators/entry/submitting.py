"""The unit's whole answer to a round: what is missing, what was asked, and sending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indicators.collection import Refusal
from indicators.entry.answer_page import AnswerPage, answer_page
from indicators.entry.forms import ActForm
from indicators.models import Act, Rule, SignedInRequest
from indicators.recording.findings import explain
from indicators.recording.submission import (
    check_submission,
    hand_over,
    remark,
    submit,
    take_back,
)


@login_required
def submission(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The answer; posted, the officer hands it over, or the lead checks, submits or takes it
    back. To submit is asked first."""
    page = answer_page(request.user, code, year)
    if request.method != "POST":
        return _shown(request, page)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, status=400)
    asked = form.cleaned_data
    act, version = Act(asked["act"]), asked["version"]
    found = page.answer.submission
    asks = act == Act.SUBMIT and act in page.acts and not asked["confirmed"]
    if asks and version == found.version:
        return _to_sign(request, page, reason=form.reason)
    try:
        if act == Act.CHECK:
            check_submission(found, actor=request.user, version=version)
            messages.success(request, _("Checked. It can be submitted now."))
        elif act == Act.HAND_OVER:
            hand_over(found, actor=request.user, version=version, reason=form.reason)
            messages.success(request, _("Handed over. The lead is told of it."))
        elif act == Act.TAKE_BACK:
            take_back(found, actor=request.user, version=version, reason=form.reason)
            messages.success(request, _("Taken back. It can be changed and submitted again."))
        else:
            given = {"version": version, "reason": form.reason, "seen": asked["seen"]}
            submit(found, actor=request.user, **given)
            messages.success(request, _("Submitted. The city is reviewing the figures now."))
    except Refusal as refusal:
        page = answer_page(request.user, code, year)
        shown = _to_sign if asked["confirmed"] and page.may_submit else _shown
        return shown(request, page, status=409, refusal=refusal, reason=form.reason)
    return redirect(request.path)


@login_required
@require_safe
def sign_off(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """All figures beside last year's, with what was found: the lead checks and submits here."""
    return _to_sign(request, answer_page(request.user, code, year))


@login_required
@require_POST
def answer_question(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Add the unit's answer to the thread of a figure."""
    page = answer_page(request.user, code, year)
    text = request.POST.get("text", "")
    asked = {figure.code: figure.indicator for figure in page.figures}
    indicator = asked.get(request.POST.get("indicator", ""))
    if indicator is None:
        raise Http404
    try:
        remark(page.answer.submission, indicator, actor=request.user, text=text)
    except Refusal as refusal:
        said = {"refused_thread": indicator.code, "text": text}
        return _shown(request, page, status=422, refusal=refusal, **said)
    messages.success(request, _("Answered."))
    return redirect("entry:submission", code, year)


@login_required
@require_POST
def explain_finding(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Say why a figure is right although a rule doubts it."""
    page = answer_page(request.user, code, year)
    text = request.POST.get("text", "")
    rule = {rule.code: rule for rule in Rule.objects.all()}.get(request.POST.get("rule", ""))
    asked = {figure.code: figure.indicator for figure in page.figures}
    indicator = asked.get(request.POST.get("indicator", ""))
    if rule is None or indicator is None:
        raise Http404
    try:
        seen = request.POST.get("seen", "")
        answer = page.answer.submission
        explain(answer, rule, indicator, actor=request.user, text=text, seen=seen)
    except Refusal as refusal:
        said = {"refused_finding": f"{rule.code} {indicator.code}", "text": text}
        page = answer_page(request.user, code, year)  # with what somebody else explained meanwhile
        return _shown(request, page, status=422, refusal=refusal, **said)
    messages.success(request, _("Explained."))
    return redirect("entry:submission", code, year)


def _shown(
    request: HttpRequest, page: AnswerPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "entry/submission.html", {"page": page, **more}, status=status)


def _to_sign(
    request: HttpRequest, page: AnswerPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "entry/sign_off.html", {"page": page, **more}, status=status)
