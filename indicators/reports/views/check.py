"""The numbers of a report held against the figures, and bound to them where they stand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from indicators.collection import Refusal, report_acts
from indicators.figures.drawn_check import counted, finding, relation_rows
from indicators.figures.formatting import together
from indicators.models import Paragraph, Report, ReportAct, SignedInRequest
from indicators.recording.binding import bind_places
from indicators.reports.checking import Candidate, CheckedReport, checked_report
from indicators.reports.forms import BindPlaceForm
from indicators.reports.reading import read_report
from indicators.reports.views.paragraph import get_paragraph
from indicators.reports.views.report import get_report


@login_required
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each paragraph with numbers that are figures; who may write it can bind them."""
    report = get_report(request, pk)
    return _page(request, report, checked_report(read_report(report, request.user), request.user))


@login_required
@require_POST
def bind(request: SignedInRequest, pk: int) -> HttpResponse:
    """One number to the figure that was pressed for, or all that have one meaning."""
    paragraph = get_paragraph(request, pk)
    report = paragraph.report
    checked = checked_report(read_report(report, request.user), request.user)
    form = BindPlaceForm(request.POST)
    if not form.is_valid():
        return _page(request, report, checked, Refusal("unknown_choice"), paragraph)
    wanted, place = _wanted(checked, paragraph, form)
    places = [one.place for one in wanted if one.place is not None]
    try:
        bind_places(
            paragraph, actor=request.user, version=form.cleaned_data["version"], places=places
        )
    except Refusal as refusal:
        now = checked_report(read_report(report, request.user), request.user)
        return _page(request, report, now, refusal, paragraph)
    messages.success(request, _said(wanted))
    return redirect(f"{reverse('reports:check', args=[report.pk])}#{place}")


def _wanted(
    checked: CheckedReport, paragraph: Paragraph, form: BindPlaceForm
) -> tuple[list[Candidate], str]:
    """What is to be bound, and where on the page it stands."""
    found, start = checked.of(paragraph), form.cleaned_data["start"]
    if found is None:
        return [], ""
    if start is None:
        return found.clear, f"paragraph_{paragraph.pk}"
    asked = found.offered(start, form.cleaned_data["figure"])
    return ([asked[1]], f"n{asked[0].mark.number}") if asked else ([], "")


def _said(bound: list[Candidate]) -> str:
    if len(bound) == 1:
        figure = bound[0].figure
        return _("Bound: “%(words)s” is %(name)s, %(unit)s, %(year)s.") % {
            "words": bound[0].reads,
            "name": figure.name,
            "unit": figure.jurisdiction.name,
            "year": figure.year,
        }
    return _bound(len(bound))


def _finding(checked: CheckedReport, *, writes: bool) -> str:
    """What came of the check, how many numbers are bound, and how many one click would bind."""
    said = [finding(checked.marks), _bound(checked.bound)]
    if writes and checked.clear:
        said.append(
            ngettext(
                "%(count)s can be bound with one click.",
                "%(count)s can be bound with one click each.",
                checked.clear,
            )
            % {"count": checked.clear}
        )
    return together(said)


def _bound(count: int) -> str:
    return ngettext("%(count)s number is bound.", "%(count)s numbers are bound.", count) % {
        "count": count
    }


def _page(
    request: SignedInRequest,
    report: Report,
    checked: CheckedReport,
    refusal: Refusal | None = None,
    refused: Paragraph | None = None,
) -> HttpResponse:
    writes = ReportAct.WRITE in report_acts(report, request.user)
    context = {
        "report": report,
        "checked": checked,
        "counted": counted(checked.marks),
        "finding": _finding(checked, writes=writes),
        "relations": relation_rows(checked.found) if checked.found else [],
        "writes": writes,
        "refusal": refusal,
        "refused": refused,
    }
    return render(request, "reports/check.html", context, status=409 if refusal else 200)
