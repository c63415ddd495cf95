"""Where administrators paste or upload a table of people, and the slips that come of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators.accounts.roster import (
    MovedMeanwhile,
    RosterRow,
    digest_of,
    make_accounts,
    read_roster,
)
from indicators.accounts.roster_file import table_in
from indicators.accounts.slips import slips_page
from indicators.models import Role, SignedInRequest


@login_required
def roster(request: SignedInRequest) -> HttpResponse:
    """The form; posted, what the table would make; and posted from there, it is made."""
    if not request.user.keeps_accounts:
        raise PermissionDenied
    text = request.POST.get("table", "")
    if request.method != "POST" or request.POST.get("act") == "edit":
        return _form(request, text)
    try:
        if file := request.FILES.get("file"):
            text = table_in(file)
        rows = read_roster(text, actor=request.user)
    except ValidationError as error:
        return _form(request, text, error="".join(error.messages))
    if request.POST.get("act") == "make" and any(row.is_new for row in rows):
        seen = request.POST.get("digest", "")
        try:
            return slips_page(request, make_accounts(text, seen, actor=request.user))
        except MovedMeanwhile:
            rows = read_roster(text, actor=request.user)
        moved = _("Meanwhile somebody else has made some of these. Please look again.")
        return _preview(request, text, rows, moved=moved, status=409)
    return _preview(request, text, rows)


def _form(request: SignedInRequest, text: str, *, error: str = "") -> HttpResponse:
    context = {"table": text, "error": error, "roles": Role.choices}
    return render(request, "accounts/roster.html", context, status=422 if error else 200)


def _preview(
    request: SignedInRequest,
    text: str,
    rows: Sequence[RosterRow],
    *,
    moved: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "table": text,
        "rows": rows,
        "digest": digest_of(rows),
        "contacts": any(row.cells["telephone"] or row.cells["email"] for row in rows),
        "waiting": sum(row.is_there and row.waits for row in rows),
        "moved": moved,
        "new": sum(row.is_new for row in rows),
        "refused": sum(bool(row.faults) for row in rows),
        "there": sum(row.is_there and not row.faults for row in rows),
    }
    return render(request, "accounts/roster_preview.html", context, status=status)
