from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, unit_asked
from indicators.dashboards.forms import TwoDaysForm, TwoUnitsForm, TwoYearsForm, UnitYearForm
from indicators.dashboards.matrix_rows import of_pairs
from indicators.figures.annotated import annotated_places
from indicators.figures.as_of import MOST_UNITS, pairs_of_days
from indicators.figures.boundaries import Boundaries
from indicators.figures.pairs import (
    Pair,
    boundary_of_all,
    pairs_of_units,
    pairs_of_years,
    why_none_paired,
)
from indicators.models import SignedInRequest, User


@login_required
def compare(request: SignedInRequest) -> HttpResponse:
    """Two units side by side in a year."""
    form = unit_asked(request, TwoUnitsForm)
    if not form.is_valid():
        return refused(request, form)
    asked = form.cleaned_data
    unit, other = form.unit, form.units[asked["other"]]
    over = {"tier": asked["tier"], "boundaries": asked["boundaries"]}
    pairs = pairs_of_units(request.user, unit, other, asked["year"], **over)
    heads = {"first": other.name, "second": unit.name, "unit": unit, "other": other}
    shown = _shown(form, pairs, unit.name, other.name)
    if shown["over_now"] and unit == other:
        both = _("Both are %(unit)s today.") % {"unit": unit.name}
        shown |= {"refused": both, "finding": both}
    shown = _drawn(shown, other.name, unit.name, request.user)
    return page(request, "compare", form, heads | shown)


@login_required
def changes(request: SignedInRequest) -> HttpResponse:
    """One unit in two years."""
    form = unit_asked(request, TwoYearsForm)
    if not form.is_valid():
        return refused(request, form)
    asked = form.cleaned_data
    year, since = asked["year"], asked["since"]
    over = {"tier": asked["tier"], "boundaries": asked["boundaries"]}
    pairs = pairs_of_years(request.user, form.unit, since, year, **over)
    heads: dict[str, Any] = {"first": since, "second": year, "since": since, "unit": form.unit}
    heads["was_there"] = form.unit.valid_in(since)
    heads["is_told_at_once"] = request.user.scope.is_told_sums(form.unit)
    shown = _drawn(_shown(form, pairs, year, since), since, year, request.user)
    return page(request, "changes", form, heads | shown)


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
    shown = _drawn(shown, first, second)
    finding = findings.of_days(shown["pairs"], first, second)
    return page(request, "days", form, heads | shown | {"finding": finding})


def _shown(
    form: UnitYearForm, pairs: list[Pair], second: str | int, first: str | int
) -> dict[str, Any]:
    area = form.cleaned_data["area"]
    pairs = [one for one in pairs if area in ("", one.second.indicator.duty_area.code)]
    refused = why_none_paired(pairs)
    return {
        "pairs": pairs,
        "refused": refused,
        "finding": refused or findings.of_pairs(pairs, second, first),
        "over_now": form.cleaned_data.get("boundaries") == Boundaries.NOW,
        "boundary": "" if refused else boundary_of_all(pairs),
    }


def _drawn(
    shown: dict[str, Any], first: object, second: object, user: User | None = None
) -> dict[str, Any]:
    """With the rows of the table where there is one; for the user, with marks at the figures that
    bear an annotation."""
    if shown["refused"]:
        return shown
    figures = [one for pair in shown["pairs"] for one in (pair.first, pair.second)]
    rows = of_pairs(
        shown["pairs"],
        first,
        second,
        annotated_places(user, figures) if user else frozenset(),
        over_now=shown["over_now"],
        told_apart=shown["over_now"] and not shown["boundary"],
    )
    return shown | {"rows": rows}
