from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.exchange.data_package import package_file
from indicators.exchange.forms import ExportForm
from indicators.exchange.page_table import PageTableForm
from indicators.figures import top_unit
from indicators.figures.csv_stream import csv_download, csv_response
from indicators.figures.downloads import streamed, xlsx_response
from indicators.figures.long_csv import csv_file
from indicators.figures.long_format import table
from indicators.figures.long_rows import Asked, before_corrections, doubts, rows
from indicators.models import ExportFormat, ExportKind, SignedInRequest, Tier, User
from indicators.recording.export import keep_export

PLAIN = "text/plain; charset=utf-8"


@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The page on which a visitor chooses what to download."""
    user = _reader(request)
    form = ExportForm(user, under=request.GET.get("under", ""))
    context = {"form": form, "takes_package": takes_package(user)}
    return render(request, "exchange/export.html", context)


@login_required
def figures_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The full long format, csv or xlsx. What cannot be is said on the page of the choice (400)."""
    user = _reader(request)
    form = ExportForm(user, request.GET)
    if form.has_error("jurisdiction", "unknown_unit"):
        raise Http404
    if not form.is_valid():
        return render(request, "exchange/export.html", {"form": form}, status=400)
    header = form.cleaned_data["header"] or "names"
    name, fallback = _names(form.asked)
    asked = {field: form.data.get(field, "") for field in form.fields}
    keep_export(request, kind=ExportKind.FIGURES, format=kind, name=name, asked=asked)
    if kind == "xlsx":
        found = table(
            rows(user, form.asked),
            header=header,
            before=before_corrections(user),
            doubts=doubts(user),
        )
        return xlsx_response(found, name, fallback)
    return csv_download(csv_file(user, form.asked, header=header), name, fallback)


@login_required
def package(request: HttpRequest) -> HttpResponseBase:
    """All that the reader may see of the city, as a data package; for people of the city only."""
    user = _reader(request)
    unit = top_unit(user)
    if unit is None or not takes_package(user):
        raise PermissionDenied
    name = _("%(unit)s data package") % {"unit": unit.name}
    asked = {"jurisdiction": unit.code}
    keep_export(request, kind=ExportKind.PACKAGE, format=ExportFormat.ZIP, name=name, asked=asked)
    return streamed(
        package_file(user, unit),
        name,
        "zip",
        content_type="application/zip",
        fallback=f"education-duty-{unit.code}",
    )


@login_required
@require_POST
def page_table(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """A table of a page, csv or xlsx, as its reader has it before them."""
    form = PageTableForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("This is no table of a page."), content_type=PLAIN)
    name, rows = form.cleaned_data["name"], form.cleaned_data["rows"]
    if request.user.scope.sees_figures:
        keep_export(
            request,
            kind=ExportKind.TABLE,
            format=kind,
            name=name,
            asked={"page": request.headers.get("Referer", "")[:500]},
            rows=len(rows) - 1,
        )
    return (xlsx_response if kind == "xlsx" else csv_response)(rows, name, "table")


def takes_package(user: User) -> bool:
    """Whether the user works for a city: a unit's people take their files one by one."""
    return bool(user.scope.whole or user.scope.named)


def _reader(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not user.scope.sees_figures:
        raise PermissionDenied
    return user


def _names(asked: Asked) -> tuple[str, str]:
    """The file's name in the reader's language, and one in ASCII."""
    unit = asked.units[-1] if asked.units else None
    approved = asked.tier == Tier.APPROVED
    words = [
        _("figures"),
        unit.name if unit else "",
        asked.year,
        asked.area.name if asked.area else "",
        Tier.APPROVED.label if approved else "",
    ]
    codes = [
        "figures",
        unit.code if unit else "",
        asked.year,
        asked.area.code if asked.area else "",
        asked.tier if approved else "",
    ]
    return (
        "_".join(str(word) for word in words if word),
        slugify(" ".join(str(code) for code in codes if code)),
    )
