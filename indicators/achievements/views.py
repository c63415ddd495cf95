"""The list of achievements, and the page of each, on which it is changed or taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from indicators.achievements.forms import AchievementForm, ListForm, NewAchievementForm
from indicators.achievements.queries import (
    achievements_seen,
    compared,
    finding,
    history_of,
    may_change,
    removed,
)
from indicators.achievements.tables import AchievementTable, rows_of
from indicators.collection import Refusal, supervises_unit
from indicators.figures.csv_stream import csv_response
from indicators.figures.downloads import xlsx_response
from indicators.models import AchievementVersion, ExportKind, SignedInRequest
from indicators.recording.achievement import (
    AchievementMoved,
    add_achievement,
    edit_achievement,
    remove_achievement,
)
from indicators.recording.export import keep_export

ROWS_PER_PAGE = 50


@login_required
@require_safe
def achievements(request: SignedInRequest) -> HttpResponse:
    """Those that fit."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "achievements/achievements.html", {"form": form}, status=400)
    found = form.chosen(achievements_seen(request.user))
    table = AchievementTable(found)
    table.per_page_field = "rows_per_page_is_fixed"
    RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    context = {
        "form": form,
        "table": table,
        "rows": [row.record for row in table.paginated_rows],
        "finding": finding(request.user),
        "enters": _enters(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "achievements/achievements.html", context)


@login_required
@require_safe
def achievements_file(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """All that fit, as csv or xlsx; kept like every export."""
    form = _asked(request)
    if not form.is_valid():
        return render(request, "achievements/achievements.html", {"form": form}, status=400)
    rows = list(rows_of(form.chosen(achievements_seen(request.user))))
    name = _("achievements")
    keep_export(
        request,
        kind=ExportKind.ACHIEVEMENTS,
        format=kind,
        name=name,
        asked={field: form.data.get(field, "") for field in form.fields},
        rows=len(rows) - 1,
    )
    return (xlsx_response if kind == "xlsx" else csv_response)(rows, name, "achievements")


@login_required
@require_safe
def achievement(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it says, with all of its versions."""
    return _shown(request, _found(request, pk))


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A new one; the address may say of which unit, year and duty area."""
    if not _enters(request):
        raise PermissionDenied
    asked = {name: request.GET[name] for name in ("unit", "year", "area") if name in request.GET}
    initial = {"year": timezone.localdate().year, **asked}
    form = NewAchievementForm(request.user, request.POST or None, initial=initial)
    if request.method != "POST":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    said = form.cleaned_data
    try:
        added = add_achievement(
            said["unit"],
            said["year"],
            said["area"],
            form.said(),
            actor=request.user,
            reason=said["reason"],
        )
    except Refusal as refusal:
        return _refused(request, form, refusal)
    messages.success(request, _("The achievement is kept."))
    return redirect("achievements:achievement", added.pk)


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say something else of it; what somebody took out meanwhile is a conflict."""
    found = (request.method == "POST" and removed(request.user, pk)) or _found(request, pk)
    if not may_change(request.user, found.achievement):
        raise PermissionDenied
    form = AchievementForm(request.POST or None, instance=found, initial={"version": found.version})
    if request.method != "POST":
        return _form(request, form, found)
    if not form.is_valid():
        return _form(request, form, found, status=422)
    said = form.cleaned_data
    try:
        edit_achievement(
            found.achievement,
            form.said(),
            actor=request.user,
            version=said["version"],
            reason=said["reason"],
        )
    except AchievementMoved as refusal:
        return _conflict(request, form, found, refusal)
    except Refusal as refusal:
        return _refused(request, form, refusal, found)
    messages.success(request, _("The achievement is changed."))
    return redirect("achievements:achievement", pk)


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it out; of two clicks the second finds it done."""
    if removed(request.user, pk):
        return redirect("achievements:achievements")
    found = _found(request, pk)
    version = request.POST.get("version", "")
    reason = request.POST.get("reason", "")
    try:
        remove_achievement(
            found.achievement,
            actor=request.user,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            reason=reason,
        )
    except Refusal as refusal:
        status = 409 if isinstance(refusal, AchievementMoved) else 422
        latest = _found(request, pk)
        return _shown(request, latest, status=status, refusal=refusal, reason=reason)
    messages.success(request, _("“%(title)s” is taken out.") % {"title": found.title})
    return redirect("achievements:achievements")


def _asked(request: SignedInRequest) -> ListForm:
    if not request.user.scope.sees_figures:
        raise PermissionDenied
    return ListForm(request.user, request.GET)


def _enters(request: SignedInRequest) -> bool:
    return bool(request.user.scope.enters or request.user.scope.enters_below)


def _found(request: SignedInRequest, pk: int) -> AchievementVersion:
    found = achievements_seen(request.user).filter(achievement__pk=pk).first()
    if found is None:
        raise Http404
    return found


def _shown(
    request: SignedInRequest, found: AchievementVersion, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "one": found,
        "achievement": found.achievement,
        "history": history_of(request.user, found),
        "changes": may_change(request.user, found.achievement),
        "decides": supervises_unit(request.user, found.achievement.jurisdiction),
        **more,
    }
    return render(request, "achievements/achievement.html", context, status=status)


def _form(
    request: SignedInRequest,
    form: AchievementForm,
    found: AchievementVersion | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "one": found, **more}
    return render(request, "achievements/form.html", context, status=status)


def _refused(
    request: SignedInRequest,
    form: AchievementForm,
    refusal: Refusal,
    found: AchievementVersion | None = None,
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _form(request, form, found, status=422)


def _conflict(
    request: SignedInRequest,
    form: AchievementForm,
    found: AchievementVersion,
    refusal: AchievementMoved,
) -> HttpResponse:
    """What was typed stays in the boxes, beside what the other made of it; saved again, it is
    saved over what is seen now."""
    form.data = {**request.POST.dict(), "version": str(refusal.now.version)}
    context = {
        "refusal": refusal,
        "compared": compared(refusal.before, refusal.now),
        "is_removed": refusal.now.is_removed,
    }
    return _form(request, form, found, status=409, **context)
