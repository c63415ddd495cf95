"""The wide table as a page and as a workbook."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators.exchange.forms import SummaryForm
from indicators.exchange.summary import Summary, summaries_of
from indicators.exchange.summary_workbook import write_summaries
from indicators.figures.downloads import XLSX, attachment
from indicators.models import DutyArea, ExportFormat, ExportKind, SignedInRequest, Tier
from indicators.recording.export import keep_export


@login_required
@require_safe
def summary(request: SignedInRequest) -> HttpResponse:
    """The table on the page, to look at and to print; of the first duty area where none is said."""
    form = _asked(request, area_said="area" in request.GET)
    if not form.is_valid():
        return render(request, "exchange/summary.html", {"form": form}, status=400)
    summaries = _summaries(request, form)
    asked = {name: str(form.data[name]) for name in form.fields}
    context = {
        "form": form,
        "summaries": summaries,
        "query": urlencode(asked),
        "query_of_all": urlencode(asked | {"area": ""}),
    }
    return render(request, "exchange/summary.html", context)


@login_required
@require_safe
def summary_file(request: SignedInRequest) -> HttpResponse:
    """The workbook; of all duty areas, a sheet each, where none is said."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "exchange/summary.html", {"form": form}, status=400)
    summaries = _summaries(request, form)
    if not summaries:
        raise Http404
    given = form.cleaned_data
    parts = [form.unit.name, given["year"], given["area"].name if given["area"] else ""]
    approved = Tier.APPROVED.label if given["tier"] == Tier.APPROVED else ""
    name = "_".join(str(part) for part in (_("summary"), *parts, approved) if part)
    asked = {field: form.data[field] for field in form.fields}
    keep_export(
        request,
        kind=ExportKind.SUMMARY,
        format=ExportFormat.XLSX,
        name=name,
        asked=asked,
        rows=sum(len(one.rows) + 1 for one in summaries),
    )
    return HttpResponse(
        write_summaries(summaries, name),
        content_type=XLSX,
        headers=attachment(name, "xlsx", "summary"),
    )


def _asked(request: SignedInRequest, *, area_said: bool = True) -> SummaryForm:
    """What was asked for. A unit that the user may not see does not exist for them."""
    if not request.user.scope.sees_figures:
        raise PermissionDenied
    data = request.GET.dict()
    if not area_said:
        first = DutyArea.objects.order_by("position").first()
        data["area"] = first.code if first else ""
    form = SummaryForm.filled(request.user, data)
    if "jurisdiction" in form.errors and "year" not in form.errors:
        raise Http404
    return form


def _summaries(request: SignedInRequest, form: SummaryForm) -> list[Summary]:
    asked = form.cleaned_data
    return summaries_of(
        request.user, form.unit, asked["year"], tier=asked["tier"], area=asked["area"]
    )
