"""An edition: what it says for ever, what has moved since, its files, one that comes back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indicators.figures.downloads import attachment
from indicators.models import Edition, ExportFormat, ExportKind, SignedInRequest
from indicators.recording.export import keep_export
from indicators.reports.errata import differences, errata_of
from indicators.reports.outputs import KINDS, NotMade, as_fragment, compared, written_out


@login_required
@require_safe
def edition(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, _edition(request, pk))


@login_required
@require_safe
def output(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The edition as html, docx, pdf or txt: the same bytes each time."""
    found = _edition(request, pk)
    try:
        content = written_out(found, kind)
    except NotMade as fault:
        return _page(request, found, error=str(fault), status=409)
    name = str(found)
    keep_export(
        request,
        kind=ExportKind.REPORT,
        format=ExportFormat(kind),
        name=name,
        asked={"edition": found.digest},
    )
    return HttpResponse(
        content,
        content_type=KINDS[kind],
        headers=attachment(name, kind, "report"),
    )


@login_required
@require_POST
def returned(request: SignedInRequest, pk: int) -> HttpResponse:
    """A DOCX of the edition that an office has edited: what was changed in it. Nothing is saved."""
    found = _edition(request, pk)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, found, error=_("Choose the file first."), status=422)
    try:
        changes = compared(found, file)
    except NotMade as fault:
        return _page(request, found, error=str(fault), status=422)
    unchanged = sum(one.state == "unchanged" for one in changes.figures)
    return _page(request, found, returned=changes, unchanged=unchanged)


def _edition(request: SignedInRequest, pk: int) -> Edition:
    asked = Edition.objects.for_user(request.user).select_related(
        "report__jurisdiction", "change__actor"
    )
    found = asked.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: SignedInRequest, found: Edition, status: int = 200, **more: object
) -> HttpResponse:
    before = found.report.editions.filter(number__lt=found.number).first()
    context = {
        "edition": found,
        "fragment": as_fragment(found),
        "errata": errata_of(found, request.user),
        "before": before,
        "differences": differences(before, found) if before else [],
        **more,
    }
    return render(request, "reports/edition.html", context, status=status)
