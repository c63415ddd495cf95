"""The unit's whole answer to a round: what is missing, what was asked, and sending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.collection import (
    Refusal,
    allows,
    has_role_for,
    refuse_unless_taken_back_in_time,
    returned_unanswered,
)
from indicators.entry.answers import Answer, answer_to_round
from indicators.entry.forms import ActForm
from indicators.entry.sheet import units_of
from indicators.figures import Figure
from indicators.figures.drafts import figures_with_drafts
from indicators.figures.findings import (
    CodeYear,
    Said,
    asked_or_derived,
    findings_in,
    with_explanations,
)
from indicators.figures.submissions import Event, Thread, events_of, threads_of
from indicators.models import Act, Jurisdiction, Rule, SignedInRequest, User
from indicators.recording.findings import explain
from indicators.recording.submission import check_submission, remark, submit, take_back


@dataclass(frozen=True)
class Page:
    """What the unit's people see of their answer; `kept` says why it cannot be taken back."""

    unit: Jurisdiction
    year: int
    answer: Answer
    figures: list[Figure]
    threads: list[Thread]
    events: list[Event]
    acts: list[Act]
    kept: Refusal | None
    said: dict[CodeYear, list[Said]]
    unanswered: set[int]

    @property
    def may_submit(self) -> bool:
        """Whether the answer is still the unit's to work on."""
        return allows(self.answer.submission, Act.SUBMIT)

    @property
    def expected(self) -> list[Figure]:
        """What the unit itself has to give."""
        return [
            figure
            for figure in self.figures
            if figure.is_expected and figure.indicator.pk in self.answer.asked
        ]

    @property
    def missing(self) -> list[Figure]:
        return [figure for figure in self.expected if not figure.is_reported]

    @property
    def reported(self) -> int:
        return len(self.expected) - len(self.missing)

    @property
    def found(self) -> list[tuple[Figure, Said, str]]:
        """What the rules find in the figures as they are, with what was said to it; errors first,
        and last what is explained. Figures worked out from what was asked are among them.
        """
        rows = [
            (figure, one, one.explanation)
            for figure in asked_or_derived(self.figures, self.year, self.answer.asked)
            for one in self.said.get((figure.code, figure.year), [])
        ]
        return sorted(rows, key=lambda row: (not row[1].is_error, bool(row[2])))

    @property
    def open_questions(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.is_open]

    @property
    def named(self) -> list[tuple[Figure, str, bool]]:
        """What was returned or reopened, with the reasons, and whether it still has to be changed
        or answered."""
        return [
            (figure, reason, figure.indicator.pk in self.unanswered)
            for figure in self.figures
            if (reason := self.answer.reason_for(figure))
        ]


@login_required
def submission(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """The answer; posted, the lead checks, submits or takes it back."""
    page = _page(request.user, code, year)
    if request.method != "POST":
        return _shown(request, page)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, status=400)
    asked = form.cleaned_data
    found = page.answer.submission
    try:
        if asked["act"] == Act.CHECK:
            check_submission(found, actor=request.user, version=asked["version"])
            messages.success(request, _("Checked. It can be submitted now."))
        elif asked["act"] == Act.TAKE_BACK:
            take_back(found, actor=request.user, version=asked["version"], reason=form.reason)
            messages.success(request, _("Taken back. It can be changed and submitted again."))
        else:
            submit(found, actor=request.user, version=asked["version"], reason=form.reason)
            messages.success(request, _("Submitted. The city is reviewing the figures now."))
    except Refusal as refusal:
        page = _page(request.user, code, year)
        return _shown(request, page, status=409, refusal=refusal, reason=form.reason)
    return redirect(request.path)


@login_required
@require_POST
def answer_question(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Add the unit's answer to the thread of a figure."""
    page = _page(request.user, code, year)
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
    page = _page(request.user, code, year)
    text = request.POST.get("text", "")
    rule = {rule.code: rule for rule in Rule.objects.all()}.get(request.POST.get("rule", ""))
    asked = {figure.code: figure.indicator for figure in page.figures}
    indicator = asked.get(request.POST.get("indicator", ""))
    if rule is None or indicator is None:
        raise Http404
    try:
        explain(page.answer.submission, rule, indicator, actor=request.user, text=text)
    except Refusal as refusal:
        said = {"refused_finding": f"{rule.code} {indicator.code}", "text": text}
        return _shown(request, page, status=422, refusal=refusal, **said)
    messages.success(request, _("Explained."))
    return redirect("entry:submission", code, year)


def _page(user: User, code: str, year: int) -> Page:
    unit = next((unit for unit in units_of(user, year) if unit.code == code), None)
    answer = answer_to_round(unit, year) if unit else None
    if unit is None or answer is None:
        raise Http404
    found = answer.submission
    figures = figures_with_drafts(user, unit, year)
    acts = [
        act
        for act in (Act.CHECK, Act.SUBMIT, Act.TAKE_BACK)
        if allows(found, act) and has_role_for(act, found, user)
    ]
    kept = None
    if Act.TAKE_BACK in acts:
        try:
            refuse_unless_taken_back_in_time(found, timezone.localdate())
        except Refusal as refusal:
            acts, kept = [], refusal
    return Page(
        unit=unit,
        year=year,
        answer=answer,
        figures=figures,
        threads=threads_of(user, found),
        events=events_of(user, found),
        unanswered=returned_unanswered(answer.window),
        said=with_explanations(user, found, figures, findings_in(figures, year)),
        acts=acts,
        kept=kept,
    )


def _shown(request: HttpRequest, page: Page, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "entry/submission.html", {"page": page, **more}, status=status)
