from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from indicators.figures.drawn_check import counted, finding, marks_of, relation_rows, sentences_of
from indicators.figures.text_check import NothingToHoldAgainst, check_text
from indicators.models import Tier, User
from indicators.number_check.forms import CheckForm
from indicators.number_check.unreadable import NOTHING

PAGE = "number_check/check.html"


@login_required
def check(request: HttpRequest) -> HttpResponse:
    """A text that is uploaded or pasted, each of its numbers held against the figures. Nothing of
    it is kept."""
    user = request.user
    if not isinstance(user, User) or not user.scope.sees_figures:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, PAGE, {"form": CheckForm(user)})
    form = CheckForm(user, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    asked = form.cleaned_data
    tiers = (asked["tier"] or Tier.REPORTED,)
    unit, year = asked["unit"], asked["year"]
    try:
        found = check_text(asked["checked"], user, unit=unit, year=year, tiers=tiers)
    except NothingToHoldAgainst as nothing:
        form.add_error(None, NOTHING[nothing.code])
        return render(request, PAGE, {"form": form}, status=422)
    marks = marks_of(found, user, tiers)
    context = {
        "form": form,
        "found": found,
        "marks": sorted(marks, key=lambda mark: mark.check.verdict != "differs"),
        "sentences": sentences_of(found, marks),
        "counted": counted(marks),
        "finding": finding(marks),
        "relations": relation_rows(found),
    }
    return render(request, PAGE, context)
