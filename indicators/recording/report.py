"""Writes reports: paragraphs with their versions, bound figures, comments, and what is done.

Each act is one transaction in which the report is held. Two people at one paragraph: the second is
told what the first wrote (`ParagraphMoved`), and decides; two paragraphs do not disturb each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators.collection import Refusal, next_report_state, refuse_unless_others_wrote
from indicators.models import (
    BoundFigure,
    Change,
    Citation,
    DutyArea,
    Jurisdiction,
    Paragraph,
    ParagraphComment,
    ParagraphVersion,
    Report,
    ReportAct,
    ReportEvent,
    ReportState,
    User,
)
from indicators.models.report import Level
from indicators.recording.change import record_change
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text

TITLE_LENGTH = 200
TEXT_LENGTH = 2_000_000  # characters; a whole report has some ten thousand
COMMENT_LENGTH = 1000


@dataclass(frozen=True)
class Draft:
    """A paragraph that is to be written: what a new report begins with."""

    level: int
    heading: str = ""
    text: str = ""
    duty_area: DutyArea | None = None


class ParagraphMoved(Refusal):
    """The version given is not the one now: `now` is the paragraph, `before` what the user saw."""

    def __init__(self, now: Paragraph, before: ParagraphVersion | None) -> None:
        actor = now.change.actor
        super().__init__("paragraph_moved", who=actor.get_full_name() if actor else "")
        self.now = now
        self.before = before


def begin_report(
    unit: Jurisdiction,
    evaluation_year: int,
    *,
    actor: User,
    title: str,
    drafts: Sequence[Draft] = (),
    figures: Sequence[BoundFigure] = (),
    citations: Sequence[Citation] = (),
) -> Report:
    """A report with its first paragraphs, and what they name by marks. Refuses: not_your_act,
    jurisdiction_closed, report_exists, too_long, null_character."""
    refuse_odd_text(title, TITLE_LENGTH, "title")
    report = Report(jurisdiction=unit, evaluation_year=evaluation_year, title=title.strip())
    next_report_state(report, ReportAct.WRITE, actor)
    if not unit.valid_in(evaluation_year):
        raise Refusal("jurisdiction_closed", field="year", unit=unit.name, year=evaluation_year)
    with transaction.atomic():
        if Report.objects.filter(jurisdiction=unit, evaluation_year=evaluation_year).exists():
            raise Refusal("report_exists", unit=unit.name, year=evaluation_year)
        change = record_change(actor=actor)
        report.save()
        _log(report, ReportAct.WRITE, "", change)
        for position, draft in enumerate(drafts, start=1):
            write_paragraph(
                Paragraph(
                    report=report,
                    position=position,
                    level=draft.level,
                    heading=draft.heading,
                    text=draft.text,
                    duty_area=draft.duty_area,
                ),
                change,
            )
        for bound in figures:
            bound.report, bound.change = report, change
        for cited in citations:
            cited.report, cited.change = report, change
        BoundFigure.objects.bulk_create(figures)
        Citation.objects.bulk_create(citations)
    return report


def save_paragraph(
    paragraph: Paragraph, *, actor: User, version: int, level: int, heading: str, text: str
) -> Paragraph:
    """Write a new version; one that says the same is none. Refuses: not_your_act,
    report_not_in_this_state, too_long, null_character, unknown_choice, ParagraphMoved."""
    _refuse_odd(level, heading, text)
    with writing(paragraph.report, actor) as change_of:
        held = held_paragraph(paragraph, version)
        said = (held.level, held.heading, held.text)
        held.level, held.heading, held.text = level, heading.strip(), _lines(text)
        if said != (held.level, held.heading, held.text):
            held.version += 1
            write_paragraph(held, change_of())
    return held


def add_paragraph(
    report: Report, *, actor: User, after: Paragraph | None, level: int, heading: str, text: str
) -> Paragraph:
    """Put a paragraph behind another, or at the beginning. Refuses as `save_paragraph` does."""
    _refuse_odd(level, heading, text)
    with writing(report, actor) as change_of:
        position = after.position + 1 if after else 1
        report.paragraphs.filter(position__gte=position).update(position=F("position") + 1)
        added = Paragraph(
            report=report,
            position=position,
            level=level,
            heading=heading.strip(),
            text=_lines(text),
            duty_area=after.duty_area if after else None,
        )
        write_paragraph(added, change_of())
    return added


def remove_paragraph(paragraph: Paragraph, *, actor: User, version: int) -> None:
    """Take a paragraph out; its versions stay. Refuses as `save_paragraph` does."""
    with writing(paragraph.report, actor) as change_of:
        held = held_paragraph(paragraph, version)
        held.is_removed = True
        held.version += 1
        write_paragraph(held, change_of())


def comment(paragraph: Paragraph, *, actor: User, text: str) -> ParagraphComment:
    """Say something about a paragraph; whoever sees the report may. Refuses: not_your_act,
    remark_empty, too_long, null_character."""
    if not text.strip():
        raise Refusal("remark_empty", field="text")
    refuse_odd_text(text, COMMENT_LENGTH, "text")
    if actor.scope.audits or not Report.objects.for_user(actor).filter(pk=paragraph.report_id):
        raise Refusal("not_your_act", act=ParagraphComment._meta.verbose_name)
    return ParagraphComment.objects.create(
        paragraph=paragraph, author=actor, at=timezone.now(), text=text.strip()
    )


def act_on_report(
    report: Report, act: ReportAct, *, actor: User, version: int, reason: str = ""
) -> Report:
    """Submit, return, approve or reopen.

    Refuses: not_your_act, report_moved, report_not_in_this_state, act_reason_missing for a return
    and a reopening, wrote_it_yourself for an approval, too_long, null_character.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    with transaction.atomic():
        held = hold(report, version=version)
        after = next_report_state(held, act, actor)
        if act in (ReportAct.RETURN, ReportAct.REOPEN) and not reason.strip():
            raise Refusal("act_reason_missing", field="reason")
        if act == ReportAct.APPROVE:
            refuse_unless_others_wrote(held, actor)
        enter_act(held, act, after, record_change(actor=actor, reason=reason.strip()))
    return held


def hold(report: Report, *, version: int) -> Report:
    """The report, locked, as it is now. Refuses: report_moved."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.jurisdiction_id == report.jurisdiction_id:
        held.jurisdiction = report.jurisdiction
    if held.version != version:
        latest = held.events.select_related("change__actor").order_by("-pk").first()
        actor = latest.change.actor if latest else None
        raise Refusal(
            "report_moved",
            who=actor.get_full_name() if actor else "",
            state=ReportState(held.state).label,
        )
    return held


def enter_act(held: Report, act: ReportAct, after: ReportState, change: Change) -> None:
    """Store that the act was done to a report that is held."""
    before = held.state
    held.state = after
    held.version += 1
    held.save()
    _log(held, act, before, change)


def _log(report: Report, act: ReportAct, before: str, change: Change) -> None:
    ReportEvent.objects.create(
        report=report, act=act, from_state=before, to_state=report.state, change=change
    )


@contextmanager
def writing(report: Report, actor: User) -> Iterator[ChangeOf]:
    """Hold the report against an act meanwhile; gives what begins the one change of the writing.

    Refuses: not_your_act, report_not_in_this_state.
    """
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        held.jurisdiction = report.jurisdiction
        next_report_state(held, ReportAct.WRITE, actor)
        yield ChangeOf(actor)


class ChangeOf:
    """Begins a change only where something is written."""

    def __init__(self, actor: User) -> None:
        self._actor = actor

    def __call__(self) -> Change:
        return record_change(actor=self._actor)


def held_paragraph(paragraph: Paragraph, version: int) -> Paragraph:
    """The paragraph as it is now. Raises ParagraphMoved."""
    held = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    if held.version != version:
        before = held.versions.filter(version=version).first()
        raise ParagraphMoved(held, before)
    return held


def write_paragraph(paragraph: Paragraph, change: Change) -> None:
    """The paragraph, and its version beside it."""
    paragraph.change = change
    paragraph.save()
    ParagraphVersion.objects.create(
        paragraph=paragraph,
        version=paragraph.version,
        level=paragraph.level,
        heading=paragraph.heading,
        text=paragraph.text,
        is_removed=paragraph.is_removed,
        change=change,
    )


def _refuse_odd(level: int, heading: str, text: str) -> None:
    if level not in Level.values:
        raise Refusal("unknown_choice", field="level")
    refuse_odd_text(heading, TITLE_LENGTH, "heading")
    refuse_odd_text(text, TEXT_LENGTH, "text")
    if level == Level.CHAPTER and text.strip():
        raise Refusal("chapter_has_no_text", field="text")
    if level != Level.TEXT and not heading.strip():
        raise Refusal("heading_missing", field="heading")
    if level == Level.TEXT and heading.strip():
        raise Refusal("text_has_no_heading", field="heading")


def _lines(text: str) -> str:
    """One paragraph is one line: a line break in the box is none in an official document."""
    return "".join(line.strip() for line in text.splitlines())
