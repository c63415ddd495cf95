"""The list of reports, and a report with what can be done to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.collection import Refusal, report_acts
from indicators.figures import year_to_enter
from indicators.models import Jurisdiction, Report, ReportAct, SignedInRequest
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, begin_report
from indicators.reports.content import content_of
from indicators.reports.drafting import FirstDraft
from indicators.reports.forms import BeginForm, ReasonForm
from indicators.reports.reading import read_report

WITH_REASON = (ReportAct.RETURN, ReportAct.REOPEN)


@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """The reports that the user may see; a new one with its first draft."""
    scope = request.user.scope
    if not (scope.own or scope.whole):
        raise PermissionDenied
    writes = sorted(set(scope.enters) | scope.leads)
    form = None
    if writes:
        form = BeginForm(request.POST or None, units=writes, year=year_to_enter(request.user))
    status = 200
    if form is not None and request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(_begin(request, form))
            except Refusal as refusal:
                form.add_error(refusal.field or None, refusal.message)
    reports = Report.objects.for_user(request.user).select_related("jurisdiction")
    return render(request, "reports/start.html", {"reports": reports, "form": form}, status=status)


def _begin(request: SignedInRequest, form: BeginForm) -> Report:
    unit: Jurisdiction = form.cleaned_data["unit"]
    year: int = form.cleaned_data["year"]
    draft = FirstDraft(unit, year, request.user)
    return begin_report(
        unit,
        year,
        actor=request.user,
        title=draft.title,
        drafts=draft.paragraphs,
        figures=draft.figures,
        citations=draft.citations,
    )


@login_required
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report as it reads now, what speaks against its figures, its acts and editions."""
    return report_page(request, get_report(request, pk))


@login_required
@require_POST
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Submit, return, approve, reopen or freeze."""
    found = get_report(request, pk)
    form = ReasonForm(request.POST)
    code = request.POST.get("act", "")
    if not form.is_valid() or code not in ReportAct.values or code == ReportAct.WRITE:
        return report_page(request, found, Refusal("unknown_choice"))
    chosen, version = ReportAct(code), form.cleaned_data["version"]
    try:
        if chosen == ReportAct.FREEZE:
            edition = freeze(
                found,
                actor=request.user,
                version=version,
                content_of=lambda held: content_of(held, request.user),
            )
            messages.success(request, _("The edition is frozen."))
            return redirect(edition)
        act_on_report(
            found,
            chosen,
            actor=request.user,
            version=version,
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        return report_page(request, found, refusal)
    messages.success(request, _("Done: %(act)s.") % {"act": chosen.label})
    return redirect(found)


def get_report(request: SignedInRequest, pk: int) -> Report:
    found = Report.objects.for_user(request.user).select_related("jurisdiction").filter(pk=pk)
    if (one := found.first()) is None:
        raise Http404
    return one


def report_page(
    request: SignedInRequest, found: Report, refusal: Refusal | None = None
) -> HttpResponse:
    found.refresh_from_db(fields=["state", "version"])
    acts = report_acts(found, request.user)
    context = {
        "report": found,
        "read": read_report(found, request.user),
        "writes": ReportAct.WRITE in acts,
        "acts": [
            {"code": one, "label": one.label, "needs_reason": one in WITH_REASON}
            for one in ReportAct
            if one in acts and one != ReportAct.WRITE
        ],
        "events": found.events.select_related("change__actor").order_by("-pk"),
        "editions": found.editions.select_related("change__actor"),
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "reports/report.html", context, status=409 if refusal else 200)
