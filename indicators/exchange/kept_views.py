"""Who took which files, for those who answer for it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from indicators.exchange.forms import KeptForm
from indicators.exchange.tables import ExportTable
from indicators.models import Export, SignedInRequest

ROWS_PER_PAGE = 50


@login_required
@require_safe
def kept(request: SignedInRequest) -> HttpResponse:
    """The exports by people of the reader's cities, by person and kind."""
    if not (request.user.scope.audits or request.user.scope.supervises):
        raise PermissionDenied
    form = KeptForm(request.GET, label_suffix="")
    if not form.is_valid():
        return render(request, "exchange/kept.html", {"form": form}, status=400)
    exports = Export.objects.for_user(request.user).select_related("actor", "jurisdiction")
    table = ExportTable(form.chosen(exports))
    table.per_page_field = "rows_per_page_is_fixed"
    RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    return render(request, "exchange/kept.html", {"form": form, "table": table})
