from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from indicators.collection import Refusal
from indicators.entry.answers import answer_to_round, first_left
from indicators.entry.entry_validation import read_boxes, validate
from indicators.entry.forms import StartForm
from indicators.entry.one_row import row_to_save, sheet_after
from indicators.entry.progress import areas_of
from indicators.entry.services import prefer_unit, save_rows, saved_words
from indicators.entry.sheet import Sheet, sheet_for, units_of
from indicators.figures import year_to_enter
from indicators.figures.drafts import figures_with_drafts
from indicators.models import SignedInRequest, unit_with_slug


@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """To a sheet of the unit: the one asked for, else where work is left in the year to be entered,
    else the first."""
    user = request.user
    if not user.scope.own:
        raise PermissionDenied
    asked = StartForm(request.GET)
    if not asked.is_valid():
        return render(request, "entry/nothing.html", {"year": request.GET.get("year")}, status=400)
    year = asked.cleaned_data["year"] or year_to_enter(user)
    units = units_of(user, year)
    unit = unit_with_slug(units, asked.cleaned_data["unit"]) or next(iter(units), None)
    areas, answer, figures = [], None, []
    if unit:
        answer = answer_to_round(unit, year)
        figures = figures_with_drafts(user, unit, year)
        areas = areas_of(user, unit, figures, answer.asked if answer else None)
    if unit is None or not areas:
        return render(request, "entry/nothing.html", {"year": year})
    wanted = [area for area in areas if area.code == asked.cleaned_data["area"]]
    if wanted:
        return redirect("entry:sheet", unit.slug, year, wanted[0].code)
    left = first_left(user, answer, figures, areas)
    area = left.indicator.duty_area if left else areas[0]
    there = f"#row_{left.code}" if left else ""
    return redirect(reverse("entry:sheet", args=[unit.slug, year, area.code]) + there)


@login_required
def sheet(request: SignedInRequest, code: str, year: int, area: str) -> HttpResponse:
    """The sheet; posted, all its touched rows are saved, and what was refused comes back."""
    found = _sheet(request, code, year, area)
    if request.method != "POST":
        validate(found)
        return render(request, "entry/sheet.html", {"sheet": found})
    if not found.may_enter:
        raise PermissionDenied
    saved = save_rows(found, found.rows, actor=request.user, reason=_reason(request))
    if not found.conflicts and not found.refused:
        messages.success(request, saved_words(saved))
        return redirect(request.path)
    validate(found)
    context = {"sheet": found, "saved": saved}
    if found.conflicts:
        return render(request, "entry/conflict.html", context, status=409)
    return render(request, "entry/sheet.html", context, status=422)


@login_required
@require_POST
def choose_unit(request: SignedInRequest, code: str, year: int, area: str) -> HttpResponse:
    """Remember in which unit amounts are entered here, and open the sheet in it."""
    found = sheet_for(request.user, code, year, area)
    if found is None:
        raise Http404
    try:
        prefer_unit(request.user, found.area, request.POST.get("unit", ""))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("entry:sheet", code, year, area)


@login_required
@require_POST
def check(request: SignedInRequest, code: str, year: int, area: str) -> HttpResponse:
    """What the boxes mean as they stand: readings, refusals, doubts. Nothing is written."""
    found = _sheet(request, code, year, area)
    if not found.may_enter:
        raise PermissionDenied
    read_boxes(found, actor=request.user, reason=_reason(request))
    validate(found)
    return render(request, "entry/_check.html", {"sheet": found, "live": True})


@login_required
@require_POST
def row(request: SignedInRequest, code: str, year: int, area: str, indicator: str) -> HttpResponse:
    """Save one row; comes back as that row, all computed ones, and how far the sheet is filled."""
    asked = row_to_save(request.user, code, year, area, indicator, request.POST)
    if asked is None:
        raise Http404
    if not asked.may_enter:
        raise PermissionDenied
    save_rows(asked, asked.rows, actor=request.user, reason=_reason(request))
    found = sheet_after(request.user, asked, request.POST)
    if found is None:
        raise Http404
    validate(found)
    mine = found.rows[0]
    status = 409 if mine.conflict else 422 if mine.refusal else 200
    context = {"sheet": found, "rows": found.rows}
    response = render(request, "entry/_rows.html", context, status=status)
    response.headers["X-Sheet-Row"] = indicator
    return response


def _sheet(request: SignedInRequest, code: str, year: int, area: str) -> Sheet:
    data = request.POST if request.method == "POST" else None
    found = sheet_for(request.user, code, year, area, data)
    if found is None:
        raise Http404
    return found


def _reason(request: SignedInRequest) -> str:
    return request.POST.get("reason", "").strip()
