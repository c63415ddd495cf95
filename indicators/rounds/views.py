from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.figures.csv_stream import csv_response
from indicators.figures.downloads import xlsx_response
from indicators.figures.progress import progress_of_round
from indicators.models import ExportKind, Jurisdiction, Round, SignedInRequest
from indicators.recording.export import keep_export
from indicators.recording.round import save_round
from indicators.rounds.forms import RoundForm, beginning, year_in
from indicators.rounds.tables import rows_of
from indicators.rounds.ticking import groups_of, ticked

ROWS_PER_PAGE = 100


@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """The city's rounds, the latest first."""
    if not request.user.scope.whole:
        raise PermissionDenied
    rounds = Round.objects.for_user(request.user).select_related("city")
    runs = bool(request.user.scope.supervises)
    return render(request, "rounds/start.html", {"rounds": rounds, "runs": runs})


@login_required
def plan(request: SignedInRequest, year: int | None = None) -> HttpResponse:
    """A new plan, or the plan of a year's round; posted it is saved, or many boxes are ticked."""
    city = _city(request)
    found = None
    if year is not None:
        found = get_object_or_404(Round, city=city, evaluation_year=year)
    instance = found or Round(city=city)
    if request.method != "POST":
        initial = (
            {
                "version": found.version,
                "indicators": found.indicators.all(),
                "jurisdictions": found.jurisdictions.all(),
            }
            if found
            else beginning(city, timezone.localdate().year)
        )
        return _form(request, RoundForm(instance=instance, initial=initial, city=city))
    if "tick" in request.POST:
        held = ticked(request.POST, city, instance.evaluation_year or year_in(request.POST))
        return _form(request, RoundForm(instance=instance, initial=held, city=city))
    form = RoundForm(data=request.POST, instance=instance, city=city)
    if not form.is_valid():
        return _form(request, form, status=422)
    asked = form.cleaned_data
    try:
        saved = save_round(
            form.instance,
            actor=request.user,
            version=asked["version"],
            indicators=asked.get("indicators", instance.indicators.all() if found else []),
            jurisdictions=asked.get("jurisdictions", instance.jurisdictions.all() if found else []),
        )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _form(request, form, status=409 if refusal.code == "round_moved" else 422)
    messages.success(request, _("The plan is saved."))
    return redirect("rounds:progress", saved.evaluation_year)


@login_required
def progress(request: SignedInRequest, year: int) -> HttpResponse:
    """Units by duty areas: what was submitted of what is expected, the most pressing first."""
    return progress_page(request, get_round(request, year))


@login_required
def progress_file(request: SignedInRequest, year: int, kind: str) -> HttpResponseBase:
    """The heat map and all beside it, as csv or xlsx."""
    found = progress_of_round(request.user, get_round(request, year))
    name = _("progress_%(year)s") % {"year": year}
    keep_export(
        request,
        kind=ExportKind.PROGRESS,
        format=kind,
        name=name,
        asked={"year": year},
        rows=len(found.rows),
    )
    return (xlsx_response if kind == "xlsx" else csv_response)(rows_of(found), name)


def get_round(request: SignedInRequest, year: int) -> Round:
    found = Round.objects.for_user(request.user).of_year(year).select_related("city").first()
    if found is None:
        raise Http404
    return found


def progress_page(
    request: SignedInRequest, found: Round, refusal: Refusal | None = None
) -> HttpResponse:
    progress = progress_of_round(request.user, found)
    runs = found.city_id in request.user.scope.supervises
    context = {
        "round": found,
        "progress": progress,
        "page": Paginator(progress.rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "runs": runs,
        "ever_submitted": found.submissions.ever_submitted(),
        "refusal": refusal,
    }
    return render(request, "rounds/progress.html", context, status=409 if refusal else 200)


def _form(request: SignedInRequest, form: RoundForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "groups": groups_of(form)}
    return render(request, "rounds/plan.html", context, status=status)


def _city(request: SignedInRequest) -> Jurisdiction:
    """The city whose rounds the user runs."""
    city = Jurisdiction.objects.filter(pk__in=request.user.scope.supervises).first()
    if city is None:
        raise PermissionDenied
    return city
