"""What every page of figures begins and ends with: who may look, what is asked, what is drawn."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indicators.dashboards.forms import OverviewForm, YearForm
from indicators.dashboards.provisional import is_provisional
from indicators.figures import evaluation_years, top_unit
from indicators.models import Jurisdiction, SignedInRequest

YearFormT = TypeVar("YearFormT", bound=YearForm)
OverviewFormT = TypeVar("OverviewFormT", bound=OverviewForm)


def only_who_sees_figures(request: SignedInRequest) -> None:
    if not request.user.scope.sees_figures:
        raise PermissionDenied


def year_asked(request: SignedInRequest, form_class: type[YearFormT]) -> YearFormT:
    only_who_sees_figures(request)
    years = evaluation_years(request.user) or [timezone.localdate().year]
    return form_class.filled(request.GET.dict(), years)


def unit_asked(request: SignedInRequest, form_class: type[OverviewFormT]) -> OverviewFormT:
    """A unit that the user may not see does not exist for them."""
    only_who_sees_figures(request)
    form = form_class.filled(request.user, request.GET.dict(), timezone.localdate().year)
    if {"jurisdiction", "other"} & set(form.errors) and "year" not in form.errors:
        raise Http404
    return form


def own_top_unit(request: SignedInRequest) -> Jurisdiction:
    unit = top_unit(request.user)
    if unit is None:
        raise PermissionDenied
    return unit


def said_of(form: YearForm | OverviewForm) -> dict[str, object]:
    """What was asked for, field by field, as it is kept of what somebody takes along."""
    return {name: form.data.get(name, "") for name in form.fields}


def refused(request: SignedInRequest, form: YearForm | OverviewForm) -> HttpResponse:
    return render(request, "dashboards/refused.html", {"form": form}, status=400)


def page(
    request: SignedInRequest, name: str, form: YearForm | OverviewForm, context: dict[str, Any]
) -> HttpResponse:
    """The template of the name, with the form, its year and whether figures may still change."""
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    common = {"form": form, "year": year, "provisional": is_provisional(year, tier)}
    return render(request, f"dashboards/{name}.html", common | context)
