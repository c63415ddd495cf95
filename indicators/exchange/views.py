from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from indicators.exchange.forms import ExportForm
from indicators.exchange.postgres_csv import csv_file
from indicators.exchange.queries import Asked
from indicators.figures.csv_stream import csv_download
from indicators.models import Tier, User


@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The page on which a visitor chooses what to download."""
    form = ExportForm(_reader(request), under=request.GET.get("under", ""))
    return render(request, "exchange/export.html", {"form": form})


@login_required
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """The full long format. What cannot be is said on the page of the choice (400)."""
    user = _reader(request)
    form = ExportForm(user, request.GET)
    if form.has_error("jurisdiction", "unknown_unit"):
        raise Http404
    if not form.is_valid():
        return render(request, "exchange/export.html", {"form": form}, status=400)
    header = form.cleaned_data["header"] or "names"
    return csv_download(csv_file(user, form.asked, header=header), *_names(form.asked))


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
