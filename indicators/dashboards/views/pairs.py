from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards import findings
from indicators.dashboards.forms import TwoUnitsForm, TwoYearsForm, UnitYearForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures.pairs import Pair, pairs_of_units, pairs_of_years
from indicators.models import SignedInRequest


@login_required
def compare(request: SignedInRequest) -> HttpResponse:
    """Two units side by side in a year."""
    form = _asked(request, TwoUnitsForm)
    if not form.is_valid():
        return _refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    unit, other = form.unit, form.units[form.cleaned_data["other"]]
    pairs = pairs_of_units(request.user, unit, other, year, tier=tier)
    heads = {"first": other.name, "second": unit.name, "year": year, "unit": unit, "other": other}
    return _page(request, "compare", form, pairs, heads)


@login_required
def changes(request: SignedInRequest) -> HttpResponse:
    """One unit in two years."""
    form = _asked(request, TwoYearsForm)
    if not form.is_valid():
        return _refused(request, form)
    year, since = form.cleaned_data["year"], form.cleaned_data["since"]
    tier = form.cleaned_data["tier"]
    pairs = pairs_of_years(request.user, form.unit, since, year, tier=tier)
    heads = {"first": since, "second": year, "year": year, "since": since, "unit": form.unit}
    return _page(request, "changes", form, pairs, heads)


def _asked(request: SignedInRequest, form_class: type[UnitYearForm]) -> UnitYearForm:
    if not request.user.scope.sees_figures:
        raise PermissionDenied
    form = form_class.filled(request.user, request.GET.dict(), timezone.localdate().year)
    if {"jurisdiction", "other"} & set(form.errors) and "year" not in form.errors:
        raise Http404
    return form


def _refused(request: SignedInRequest, form: UnitYearForm) -> HttpResponse:
    return render(request, "dashboards/refused.html", {"form": form}, status=400)


def _page(
    request: SignedInRequest,
    name: str,
    form: UnitYearForm,
    pairs: list[Pair],
    heads: dict[str, Any],
) -> HttpResponse:
    area = form.cleaned_data["area"]
    pairs = [one for one in pairs if area in ("", one.second.indicator.duty_area.code)]
    context = heads | {
        "form": form,
        "provisional": is_provisional(form.cleaned_data["year"], form.cleaned_data["tier"]),
        "pairs": pairs,
        "finding": findings.of_pairs(pairs, heads["second"], heads["first"]),
    }
    return render(request, f"dashboards/{name}.html", context)
