from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, unit_asked
from indicators.dashboards.forms import TwoDaysForm, TwoUnitsForm, TwoYearsForm, UnitYearForm
from indicators.figures.as_of import MOST_UNITS, pairs_of_days
from indicators.figures.pairs import Pair, pairs_of_units, pairs_of_years
from indicators.models import SignedInRequest


@login_required
def compare(request: SignedInRequest) -> HttpResponse:
    """Two units side by side in a year."""
    form = unit_asked(request, TwoUnitsForm)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    unit, other = form.unit, form.units[form.cleaned_data["other"]]
    pairs = pairs_of_units(request.user, unit, other, year, tier=tier)
    heads = {"first": other.name, "second": unit.name, "unit": unit, "other": other}
    return page(request, "compare", form, heads | _shown(form, pairs, unit.name, other.name))


@login_required
def changes(request: SignedInRequest) -> HttpResponse:
    """One unit in two years."""
    form = unit_asked(request, TwoYearsForm)
    if not form.is_valid():
        return refused(request, form)
    year, since = form.cleaned_data["year"], form.cleaned_data["since"]
    tier = form.cleaned_data["tier"]
    pairs = pairs_of_years(request.user, form.unit, since, year, tier=tier)
    heads = {"first": since, "second": year, "since": since, "unit": form.unit}
    heads["is_told_at_once"] = request.user.scope.is_told_sums(form.unit)
    return page(request, "changes", form, heads | _shown(form, pairs, year, since))


@login_required
def days(request: SignedInRequest) -> HttpResponse:
    """What one unit's figures said on two days, where that differs."""
    form = unit_asked(request, TwoDaysForm)
    if not form.is_valid():
        return refused(request, form)
    asked = form.cleaned_data
    first, second = asked["first"], asked["second"]
    found = pairs_of_days(request.user, form.unit, asked["year"], first, second, tier=asked["tier"])
    heads = {"first": f"{first}", "second": f"{second}", "unit": form.unit}
    if found is None:
        heads["too_many"] = MOST_UNITS
    shown = _shown(form, found or [], f"{second}", f"{first}")
    finding = findings.of_days(shown["pairs"], first, second)
    return page(request, "days", form, heads | shown | {"finding": finding})


def _shown(
    form: UnitYearForm, pairs: list[Pair], second: str | int, first: str | int
) -> dict[str, Any]:
    area = form.cleaned_data["area"]
    pairs = [one for one in pairs if area in ("", one.second.indicator.duty_area.code)]
    return {"pairs": pairs, "finding": findings.of_pairs(pairs, second, first)}
