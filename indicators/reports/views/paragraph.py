"""One paragraph: its text, the figures that can be bound into it, its versions and comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.collection import Refusal, report_acts
from indicators.figures import units_near
from indicators.models import (
    BoundFigure,
    Citation,
    Paragraph,
    Report,
    ReportAct,
    SignedInRequest,
)
from indicators.models.report import Level
from indicators.recording import report as door
from indicators.recording.binding import bind_figure
from indicators.recording.citing import cite
from indicators.reports.citations import achievements_to_cite
from indicators.reports.forms import BindForm, CiteForm, ParagraphForm
from indicators.reports.marks import marked
from indicators.reports.reading import Placed, ReadReport, placed_figures, read_report
from indicators.reports.versions import versions_of
from indicators.reports.views.report import get_report


@login_required
def paragraph(request: SignedInRequest, pk: int) -> HttpResponse:
    """Posted it is saved; with `bind` a figure is bound instead, with `cite` an achievement cited,
    and its mark put into the text."""
    found = get_paragraph(request, pk)
    if request.method != "POST":
        return _page(request, found.report, found, ParagraphForm(initial=_said(found)))
    form = ParagraphForm(request.POST)
    if (put := _put_in(request)) is not None:
        return put(request, found.report, found, form)
    if not form.is_valid():
        return _page(request, found.report, found, form, status=422)
    try:
        door.save_paragraph(found, actor=request.user, **form.cleaned_data)
    except door.ParagraphMoved as moved:
        return _conflict(request, found.report, form, moved)
    except Refusal as refusal:
        return _refused(request, found.report, found, form, refusal)
    messages.success(request, _("The paragraph is saved."))
    return redirect(found.report)


@login_required
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new paragraph behind the one that `after` names, or at the beginning."""
    report = get_report(request, pk)
    after = _after(request, report)
    if request.method != "POST":
        return _page(request, report, None, ParagraphForm(initial={"version": 0, "level": 0}))
    form = ParagraphForm(request.POST)
    if (put := _put_in(request)) is not None:
        return put(request, report, None, form)
    if not form.is_valid():
        return _page(request, report, None, form, status=422)
    said = {name: form.cleaned_data[name] for name in ("level", "heading", "text")}
    try:
        door.add_paragraph(report, actor=request.user, after=after, **said)
    except Refusal as refusal:
        return _refused(request, report, None, form, refusal)
    messages.success(request, _("The paragraph is saved."))
    return redirect(report)


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_paragraph(request, pk)
    form = ParagraphForm(initial=_said(found))
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else 0
    try:
        door.remove_paragraph(found, actor=request.user, version=version)
    except door.ParagraphMoved as moved:
        return _page(request, found.report, moved.now, form, status=409, error=moved.message)
    except Refusal as refusal:
        return _refused(request, found.report, found, form, refusal)
    messages.success(request, _("The paragraph is taken out; its versions are kept."))
    return redirect(found.report)


@login_required
@require_POST
def comment(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_paragraph(request, pk)
    text = request.POST.get("text", "")
    try:
        door.comment(found, actor=request.user, text=text)
    except Refusal as refusal:
        form = ParagraphForm(initial=_said(found))
        return _page(
            request, found.report, found, form, status=422, comment=text, error=refusal.message
        )
    return redirect(f"{found.get_absolute_url()}#comments")


def _bind(
    request: SignedInRequest, report: Report, found: Paragraph | None, form: ParagraphForm
) -> HttpResponse:
    """The page again with what was typed, the mark at its end; nothing of the text is saved yet."""
    binding = _bind_form(request, report, data=request.POST)
    if not binding.is_valid():
        return _page(request, report, found, form, binding=binding, status=422)
    given = binding.cleaned_data
    asked = BoundFigure(
        number=0,
        indicator=given["indicator"],
        jurisdiction=given["unit"],
        year=given["year"],
        form=given["form"],
        base_year=given["base_year"],
        decimals=given["decimals"],
    )
    written = placed_figures([asked], request.user)[0].written
    try:
        bound = bind_figure(
            report, actor=request.user, **given, as_bound="" if written.is_missing else written.text
        )
    except Refusal as refusal:
        return _refused(request, report, found, form, refusal)
    return _marked(request, report, found, bound.mark, written.text)


def _cite(
    request: SignedInRequest, report: Report, found: Paragraph | None, form: ParagraphForm
) -> HttpResponse:
    """As a figure is bound."""
    citing = _cite_form(request, report, data=request.POST)
    if not citing.is_valid():
        return _page(request, report, found, form, citing=citing, status=422)
    chosen, asked = citing.cleaned_data["achievement"], citing.cleaned_data["form"]
    text = Citation(form=asked).written(chosen)
    try:
        cited = cite(report, chosen.achievement, actor=request.user, form=asked, as_cited=text)
    except Refusal as refusal:
        return _refused(request, report, found, form, refusal)
    return _marked(request, report, found, cited.mark, text, cites=True)


def _put_in(request: SignedInRequest) -> Callable[..., HttpResponse] | None:
    """What is to be put into the text instead of saving it."""
    ways = {"bind": _bind, "cite": _cite}
    return next((way for name, way in ways.items() if name in request.POST), None)


def _marked(
    request: SignedInRequest,
    report: Report,
    found: Paragraph | None,
    mark: str,
    text: str,
    **more: Any,
) -> HttpResponse:
    """The page with what was typed, and the mark behind it."""
    typed = {name: request.POST.get(name, "") for name in ParagraphForm.base_fields}
    typed["text"] = typed["text"].rstrip() + mark
    said = _("%(mark)s stands for: %(text)s") % {"mark": mark, "text": text}
    return _page(request, report, found, ParagraphForm(initial=typed), said=said, **more)


def _conflict(
    request: SignedInRequest, report: Report, form: ParagraphForm, moved: door.ParagraphMoved
) -> HttpResponse:
    """What both wrote, side by side; saved again, mine stands over the version that was shown."""
    typed = {**form.cleaned_data, "version": moved.now.version}
    context = {
        "report": report,
        "paragraph": moved.now,
        "before": moved.before,
        "form": ParagraphForm(initial=typed),
        "error": moved.message,
    }
    return render(request, "reports/conflict.html", context, status=409)


def _refused(
    request: SignedInRequest,
    report: Report,
    found: Paragraph | None,
    form: ParagraphForm,
    refusal: Refusal,
) -> HttpResponse:
    if form.is_bound and form.is_valid() and refusal.field in form.fields:
        form.add_error(refusal.field, refusal.message)
        return _page(request, report, found, form, status=422)
    return _page(request, report, found, form, status=409, error=refusal.message)


def _page(
    request: SignedInRequest,
    report: Report,
    found: Paragraph | None,
    form: ParagraphForm,
    *,
    binding: BindForm | None = None,
    citing: CiteForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    writes = ReportAct.WRITE in report_acts(report, request.user)
    if found is None and not writes:
        raise PermissionDenied
    read = read_report(report, request.user)
    context = {
        "report": report,
        "paragraph": found,
        "written": next((one for one in read.paragraphs if one.paragraph == found), None),
        "form": form,
        "binding": (binding or _bind_form(request, report)) if writes else None,
        "citing": (citing or _cite_form(request, report)) if writes else None,
        "figures": _figures(read, form),
        "citations": read.citations,
        "versions": versions_of(found) if found else [],
        "comments": found.comments.select_related("author") if found else [],
        "writes": writes,
        "after": request.GET.get("after", ""),
        **more,
    }
    return render(request, "reports/paragraph.html", context, status=status)


def _figures(read: ReadReport, form: ParagraphForm) -> list[Placed]:
    """Those that the text in the box names; of a new paragraph, and below them, all others."""
    typed = marked(form["text"].value() or "")
    return sorted(read.figures.values(), key=lambda one: one.bound.short_id not in typed)


def _cite_form(request: SignedInRequest, report: Report, data: Any = None) -> CiteForm:
    return CiteForm(data, offered=achievements_to_cite(report, request.user), prefix="cite")


def _bind_form(request: SignedInRequest, report: Report, data: Any = None) -> BindForm:
    near = units_near(request.user, report.evaluation_year, report.jurisdiction.code)
    units = [unit for unit in near if unit.path.startswith(report.jurisdiction.path)]
    return BindForm(data, report=report, units=units, prefix="bind")


def get_paragraph(request: SignedInRequest, pk: int) -> Paragraph:
    """One that stands in a report that the user may see."""
    seen = Paragraph.objects.in_order().filter(report__in=Report.objects.for_user(request.user))
    found = seen.filter(pk=pk).select_related("change__actor", "report__jurisdiction").first()
    if found is None:
        raise Http404
    return found


def _after(request: SignedInRequest, report: Report) -> Paragraph | None:
    code = request.GET.get("after", "")
    if not (code.isdecimal() and len(code) < 19):
        return None
    return report.paragraphs.in_order().filter(pk=int(code)).first()


def _said(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "version": paragraph.version,
        "level": Level(paragraph.level),
        "heading": paragraph.heading,
        "text": paragraph.text,
    }
