"""Pages of the imports: upload, the list to confirm, the receipt; and the template to fill in."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from indicators.collection import Refusal
from indicators.figures import units_to_enter_for, year_to_enter
from indicators.figures.downloads import XLSX, attachment
from indicators.imports import rows_page, services
from indicators.imports.forms import (
    MissingForm,
    ReasonForm,
    TemplateForm,
    UploadForm,
    choices_in,
)
from indicators.imports.mapping_page import axes_of, choices_to_map
from indicators.imports.template import write_template
from indicators.imports.template_rows import template_sheets
from indicators.models import (
    ExportFormat,
    ExportKind,
    Import,
    ImportAct,
    ImportOutcome,
    ImportState,
    ImportTask,
    Jurisdiction,
    SignedInRequest,
    User,
    unit_with_slug,
)
from indicators.models.imports import SAVED
from indicators.recording.export import keep_export
from indicators.recording.import_rows import OPEN
from indicators.recording.import_tasks import cancel as stop_task
from indicators.recording.imports import cancel_import, would_undo

IMPORTS_A_PAGE = 20
LATE = datetime.timedelta(minutes=1)  # after which a task should have been taken


@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Templates to fetch, a form for the file, and the user's imports; posted, a file to read."""
    user = request.user
    units = _units(user)
    mappings = [one.name for one in user.import_mappings.all()]
    form = UploadForm(units, mappings)
    error = ""
    if request.method == "POST":
        form = UploadForm(units, mappings, request.POST, files=request.FILES)
        if form.is_valid():
            try:
                found = services.take_file(
                    form.cleaned_data["file"],
                    actor=user,
                    unit=form.cleaned_data["unit"] or (units[0] if len(units) == 1 else None),
                    year=form.cleaned_data["year"],
                    reason=form.cleaned_data.get("reason", ""),
                    mapping=form.cleaned_data.get("mapping", ""),
                )
            except services.NotImported as fault:
                error = str(fault)
            else:
                return redirect(found)
    imports = Paginator(Import.objects.for_user(user), IMPORTS_A_PAGE)
    context = {
        "form": form,
        "error": error,
        "template": TemplateForm(units, year_to_enter(user)),
        "page": imports.get_page(request.GET.get("page")),
    }
    status = 422 if error or (request.method == "POST") else 200
    return render(request, "imports/start.html", context, status=status)


@login_required
def template(request: SignedInRequest) -> HttpResponse:
    """The workbook to fill in, of one unit or, without one, of all that the user enters for. It is
    kept as an export, as it holds their figures of three years."""
    user = request.user
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    units = list(units_to_enter_for(user, year)) if year else []
    slug = request.GET.get("unit", "")
    if slug:
        unit = unit_with_slug(units, slug)
        units = [unit] if unit else []
    sheets = template_sheets(user, units, year) if units else []
    if not sheets:
        raise Http404
    name = units[0].name if len(units) == 1 else _("All units")
    title = _("%(unit)s figures to fill in for %(year)s") % {"unit": name, "year": year}
    keep_export(
        request,
        kind=ExportKind.FIGURES,
        format=ExportFormat.XLSX,
        name=title,
        asked={"template": True, "year": year, "jurisdiction": slug},
        rows=sum(len(sheet.rows) for sheet in sheets),
    )
    return HttpResponse(
        write_template(units, year, sheets),
        content_type=XLSX,
        headers=attachment(title, "xlsx", "template"),
    )


@login_required
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list of what the file would change; once decided, what it did."""
    return _page(request, _import(request, pk))


@login_required
@require_POST
def place(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which unit and year are meant, and why, where the file or its upload does not."""
    of_import = _import(request, pk)
    form = MissingForm(_units(request.user), request.POST)
    try:
        if form.is_valid():
            said = form.cleaned_data
            services.place(
                of_import, said["unit"], said["year"], said["reason"], actor=request.user
            )
    except Refusal as refusal:
        return _page(request, of_import, error=refusal.message)
    return redirect("imports:detail", pk)


@login_required
def mapping(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the labels of an own table mean; posted, the rows are worked out by it."""
    of_import = _import(request, pk)
    if not of_import.mapping or not of_import.waits:
        raise Http404
    if request.method == "POST":
        try:
            services.say_meanings(of_import, request.POST, actor=request.user)
        except Refusal as refusal:
            return _page(request, of_import, error=refusal.message)
        return redirect("imports:detail", pk)
    context = {"import": of_import, "axes": axes_of(of_import)} | choices_to_map()
    return render(request, "imports/mapping.html", context)


@login_required
@require_POST
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what was answered to the rows."""
    of_import = _import(request, pk)
    try:
        services.answer(
            of_import,
            _answers(request, of_import),
            actor=request.user,
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refusal:
        return _page(request, of_import, error=refusal.message)
    return redirect("imports:detail", pk)


@login_required
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save what the list says; where it is no longer true, the new list comes back."""
    of_import = _import(request, pk)
    only_valid = request.POST.get("act") == "valid"
    try:
        saved = services.confirm(
            of_import,
            actor=request.user,
            seen=request.POST.get("seen", ""),
            only_valid=only_valid,
        )
    except Refusal as refusal:
        if refusal.code not in ("import_decided", "import_busy"):
            services.look_again(of_import, actor=request.user)
        return _page(request, of_import, error=refusal.message)
    if saved is not None:
        said = ngettext("%(n)s figure imported.", "%(n)s figures imported.", saved)
        messages.success(request, said % {"n": saved})
    return redirect("imports:detail", pk)


@login_required
@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget the file, or stop what is being done with it; nothing of either was saved."""
    of_import = _import(request, pk)
    if request.POST.get("act") == "stop":
        return _stop(request, of_import)
    try:
        cancel_import(of_import)
    except Refusal as refusal:
        return _page(request, of_import, error=refusal.message)
    messages.success(request, _("The file is forgotten; nothing of it was saved."))
    return redirect("imports:start")


def _stop(request: SignedInRequest, of_import: Import) -> HttpResponse:
    try:
        stop_task(of_import)
    except Refusal as refusal:
        return _page(request, of_import, error=refusal.message)
    messages.success(request, _("It was stopped; nothing of it was saved."))
    was_read = of_import.state != ImportState.READING
    return redirect(of_import if was_read else "imports:start")


@login_required
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What taking back would do, and posted, it is done."""
    of_import = _import(request, pk)
    if not of_import.is_done:
        raise Http404
    if _task(of_import):
        return _page(request, of_import)
    usual = _("Import taken back")
    form = ReasonForm(request.POST or None, initial={"reason": usual})
    if request.method == "POST" and form.is_valid():
        try:
            done = services.undo(of_import, actor=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            return _page(request, _import(request, pk), error=refusal.message)
        if done is not None:
            said = _("%(back)s figures taken back, %(stay)s left as they are.")
            messages.success(request, said % {"back": done[0], "stay": done[1]})
        return redirect("imports:detail", pk)
    found = would_undo(of_import, actor=request.user, reason=usual)
    stays = [(row, refusal) for row, _entry, refusal in found if refusal]
    context = {
        "import": of_import,
        "form": form,
        "back": len(found) - len(stays),
        "stays": stays[: rows_page.ROWS_A_PAGE],
        "stay": len(stays),
    }
    return render(request, "imports/undo.html", context)


def _page(request: SignedInRequest, of_import: Import, *, error: str = "") -> HttpResponse:
    try:
        of_import.refresh_from_db()
    except Import.DoesNotExist:  # in another window
        messages.error(request, _("The file was forgotten meanwhile; nothing of it was saved."))
        return redirect("imports:start")
    task = _task(of_import)
    if task or of_import.state in (ImportState.READING, ImportState.FAILED):
        return _no_list_page(request, of_import, task, error)
    tallies = rows_page.tallies(of_import)
    counted = {code: count for code, _label, count in tallies}
    waiting = sum(counted.get(code, 0) for code in OPEN)
    outcome = request.GET.get("show", "")
    page = rows_page.page_of(of_import, outcome, request.GET.get("page", 1))
    context: dict[str, Any] = {
        "import": of_import,
        "error": error,
        "tallies": tallies,
        "total": sum(counted.values()),
        "show": outcome,
        "page": page,
        "rows": (rows := rows_page.rows_of_page(request.user, page)),
        "asks": any(row.choices for row in rows),
        "saved": sum(counted.get(code, 0) for code in SAVED),
        "open": waiting,
        "doubted": of_import.rows.exclude(doubts=[]).count(),
        "conflicts": counted.get(ImportOutcome.CONFLICT, 0),
        "missing": _missing(request.user, of_import),
    }
    return render(request, "imports/detail.html", context, status=409 if error else 200)


def _no_list_page(
    request: SignedInRequest, of_import: Import, task: ImportTask | None, error: str
) -> HttpResponse:
    """What is being done with the file, or why it cannot be read."""
    now = timezone.now()
    context = {
        "import": of_import,
        "error": error,
        "task": task,
        "is_held": bool(task and task.is_held(now)),
        "is_late": bool(task and not task.is_held(now) and now - task.asked_at > LATE),
    }
    if task:
        context |= _size(of_import, task)
    return render(request, "imports/under_way.html", context, status=409 if error else 200)


def _size(of_import: Import, task: ImportTask) -> dict[str, Any]:
    """How much there is to do, and how many tasks come before it."""
    earlier = ImportTask.objects.filter(asked_at__lte=task.asked_at).exclude(pk=task.pk)
    if task.act == ImportAct.READ:
        content = ImportTask.objects.filter(pk=task.pk).values_list(Length("content"), flat=True)
        return {"bytes": content.first() or 0, "before": earlier.count()}
    rows = of_import.rows.to_save() if task.act == ImportAct.SAVE else of_import.rows.saved()
    return {"figures": rows.count(), "before": earlier.count()}


def _task(of_import: Import) -> ImportTask | None:
    return ImportTask.objects.defer("content").filter(of_import=of_import).first()


def _missing(user: User, of_import: Import) -> MissingForm | None:
    """Asks for what rows are refused for want of."""
    if not of_import.waits:
        return None
    rows = of_import.rows.filter(outcome=ImportOutcome.REFUSED)
    lacks_unit = of_import.jurisdiction_id is None and rows.filter(unit_said="").exists()
    lacks_year = of_import.evaluation_year is None and rows.filter(year_said="").exists()
    on_behalf = rows.filter(jurisdiction__parent__in=user.scope.enters_below)
    lacks_reason = (
        not of_import.reason and on_behalf.exclude(jurisdiction__in=user.scope.enters).exists()
    )
    if not (lacks_unit or lacks_year or lacks_reason):
        return None
    return MissingForm(_units(user), place=lacks_unit or lacks_year, reason=lacks_reason)


def _answers(request: SignedInRequest, of_import: Import) -> dict[int, tuple[str, str]]:
    """What was answered row by row; or for all conflicts at once."""
    if every := request.POST.get("every"):
        conflicts = of_import.rows.filter(outcome=ImportOutcome.CONFLICT)
        return dict.fromkeys(conflicts.values_list("position", flat=True), (every, ""))
    return choices_in(request.POST)


def _import(request: SignedInRequest, pk: int) -> Import:
    return get_object_or_404(Import.objects.for_user(request.user), pk=pk)


def _units(user: User) -> list[Jurisdiction]:
    """Units that the user enters for; refused where there are none."""
    if not (user.scope.enters or user.scope.enters_below):
        raise PermissionDenied
    scope = user.scope
    return [
        unit
        for unit in units_to_enter_for(user, year_to_enter(user))
        if unit.pk in scope.enters or unit.parent_id in scope.enters_below
    ]
