"""A change of units: asked for, looked at, and done or proposed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from indicators.catalogue.change_forms import ChangeForm, NewUnits, asked_by
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.figures.moved import moved_figures
from indicators.models import Jurisdiction, SignedInRequest, User
from indicators.recording.jurisdiction_change import (
    Done,
    UnitsChange,
    preview_jurisdiction_change,
    propose_jurisdiction_change,
    record_jurisdiction_change,
)


@login_required
def change_units(request: SignedInRequest) -> HttpResponse:
    """The form; posted, what it would do; and posted from there, it is done or proposed."""
    if not request.user.scope.edits_catalogue:
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, *_begun_with(request.GET.get("unit", "")))
    form, rows = ChangeForm(request.POST), NewUnits(request.POST, prefix="begun")
    asked = asked_by(form, rows)
    act = request.POST.get("act")
    if asked is None or act == "edit":
        return _form(request, form, rows, status=200 if act == "edit" else 422)
    reason = form.cleaned_data["reason"]
    try:
        if act == "propose":
            made = propose_jurisdiction_change(asked, actor=request.user, reason=reason)
            messages.success(request, _("Proposed; it is done when a supervisor confirms it."))
            return redirect("catalogue:proposal", made.pk)
        if act == "confirm":
            return _do(request, asked, reason)
        done = preview_jurisdiction_change(asked, actor=request.user, reason=reason)
    except ApprovedWouldMove:
        # Since it was looked at; the page comes again and says so.
        done = preview_jurisdiction_change(asked, actor=request.user, reason=reason)
    except Refusal as refusal:
        form.refuse(refusal)
        return _form(request, form, rows, status=422)
    context = {"done": done, "sent": _sent(request.POST), **would_move(done, request.user)}
    return render(request, "catalogue/change_preview.html", context)


def _do(request: SignedInRequest, asked: UnitsChange, reason: str) -> HttpResponse:
    done = record_jurisdiction_change(asked, actor=request.user, reason=reason)
    names = _(", ").join(unit.name for unit in done.begun)
    messages.success(
        request, _("Done: %(names)s from %(year)s.") % {"names": names, "year": done.change.year}
    )
    return redirect("admin:indicators_jurisdictionchange_changelist")


def would_move(done: Done, user: User) -> dict[str, Any]:
    """Of the approved figures an editor sees how many there are, and the city's own."""
    figures = moved_figures(done.moved)
    return {"count": len(figures), "figures": [one for one in figures if one.is_seen_by(user)]}


def _sent(posted: QueryDict) -> list[tuple[str, str]]:
    """All that was sent, to be sent once more with the decision."""
    left = {"act", "csrfmiddlewaretoken"}
    return [(name, one) for name, some in posted.lists() if name not in left for one in some]


def _begun_with(unit: str) -> tuple[ChangeForm, Any]:
    """Empty forms, or those of one unit (id) that becomes another."""
    found = (
        Jurisdiction.objects.filter(pk=unit, valid_to=None).first()
        if unit.isdecimal() and len(unit) < 19
        else None
    )
    if found is None:
        return ChangeForm(), NewUnits(prefix="begun")
    row = {"code": found.code, "level": found.level, "code_scheme": found.code_scheme}
    form = ChangeForm(initial={"ended": [found.pk], "kind": "rename"})
    return form, NewUnits(initial=[row], prefix="begun")


def _form(
    request: SignedInRequest, form: ChangeForm, rows: Any, *, status: int = 200
) -> HttpResponse:
    more = form.is_bound and any(row.has_changed() or row.errors for row in rows.forms[1:])
    context = {"form": form, "rows": rows, "more": more or "answered_by" in form.errors}
    return render(request, "catalogue/change_units.html", context, status=status)
