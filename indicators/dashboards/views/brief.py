from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.dashboards.asked import page, refused, said_of, unit_asked
from indicators.dashboards.brief import Brief, brief_of
from indicators.dashboards.forms import UnitForm
from indicators.dashboards.provisional import is_provisional
from indicators.documents.typesetting import SANS, FontMissing, fonts_with, typeset
from indicators.figures.downloads import attachment
from indicators.models import ExportFormat, ExportKind, SignedInRequest, Tier
from indicators.recording.export import keep_export

LAYOUT = Path(settings.BASE_DIR) / "templates" / "dashboards" / "brief.typ"


@login_required
def brief(request: SignedInRequest) -> HttpResponse:
    """A unit's year on one page: what is met, what to praise, to press, to ask, and whom."""
    form = unit_asked(request, UnitForm)
    if not form.is_valid():
        return refused(request, form)
    context = {"unit": form.unit, "brief": _brief(request, form)}
    return page(request, "brief", form, context)


@login_required
def brief_paper(request: SignedInRequest) -> HttpResponse:
    """The same as a PDF of one A4 page."""
    form = unit_asked(request, UnitForm)
    if not form.is_valid():
        return refused(request, form)
    found, asked = _brief(request, form), form.cleaned_data
    name = _("%(unit)s brief %(year)s") % {"unit": form.unit, "year": asked["year"]}
    try:
        made = _typeset(form, found)
    except FontMissing as missing:
        refusal = Refusal("font_missing", fonts="、".join(missing.names))
        context = {"form": form, "error": refusal.message}
        return render(request, "dashboards/refused.html", context, status=409)
    keep_export(
        request, kind=ExportKind.BRIEF, format=ExportFormat.PDF, name=name, asked=said_of(form)
    )
    headers = attachment(name, "pdf", "brief")
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _brief(request: SignedInRequest, form: UnitForm) -> Brief:
    asked = form.cleaned_data
    return brief_of(request.user, form.unit, asked["year"], tier=asked["tier"])


def _facts(year: int, tier: str) -> str:
    words = (
        _("Brief of %(day)s, figures: %(tier)s, provisional until approved")
        if is_provisional(year, tier)
        else _("Brief of %(day)s, figures: %(tier)s")
    )
    return words % {"day": f"{timezone.localdate():%Y-%m-%d}", "tier": Tier(tier).label}


def _typeset(form: UnitForm, brief: Brief) -> bytes:
    tier, year = form.cleaned_data["tier"], form.cleaned_data["year"]
    content = {
        "lang": "zh" if (get_language() or "zh").startswith("zh") else "en",
        "title": _("%(unit)s: education duties in %(year)s") % {"unit": form.unit, "year": year},
        "facts": _facts(year, tier),
        "finding": brief.finding,
        "parts": [
            {
                "heading": heading,
                "lines": [{"name": line.name, "text": line.text} for line in lines],
            }
            for heading, lines in brief.parts
        ],
        "colon": _(": "),
    }
    return typeset(LAYOUT.read_bytes(), {**content, "fonts": SANS}, fonts_with(SANS))
