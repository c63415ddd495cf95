from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from indicators.figures import indicators_for
from indicators.figures.formatting import unit_word
from indicators.models import UNITS, Indicator, SignedInRequest


@login_required
def indicators(request: SignedInRequest) -> HttpResponse:
    """Every indicator by duty area, or those whose name, code or other name has the words."""
    if not request.user.scope.reads_catalogue:
        raise PermissionDenied
    words = request.GET.get("q", "").strip()
    every = indicators_for(request.user)
    found = [one for one in every if _has(one, words.casefold().split())]
    areas = groupby(found, key=lambda one: one.duty_area)
    context = {
        "words": words,
        "found": found,
        "total": len(every),
        "areas": [(area, [(one, _unit(one)) for one in some]) for area, some in areas],
    }
    return render(request, "dashboards/indicators.html", context)


def _has(indicator: Indicator, words: list[str]) -> bool:
    text = " ".join((indicator.code, indicator.name_en, *indicator.names_in_texts)).casefold()
    return all(word in text for word in words)


def _unit(indicator: Indicator) -> str:
    code = indicator.display_unit or indicator.unit
    return unit_word(UNITS[code]) if code else ""
