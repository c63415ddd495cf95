"""Lets the text of a report cite an achievement: gives it a mark that stands for its name."""

from __future__ import annotations

from django.db.models import Max

from indicators.collection import Refusal
from indicators.models import Achievement, Citation, CitationForm, Jurisdiction, Report, User
from indicators.recording.binding import free_number
from indicators.recording.report import writing


def cite(
    report: Report,
    achievement: Achievement,
    *,
    actor: User,
    form: str = CitationForm.NAME,
    as_cited: str = "",
) -> Citation:
    """The same one in the same form keeps its mark.

    Refuses: not_your_act, report_not_in_this_state, achievement_of_others.
    """
    units = [achievement.jurisdiction_id, report.jurisdiction_id]
    paths = dict(Jurisdiction.objects.filter(pk__in=units).values_list("pk", "path"))
    if not paths[units[0]].startswith(paths[units[1]]):
        raise Refusal("achievement_of_others", unit=report.jurisdiction.name)
    with writing(report, actor) as change_of:
        known = report.citations.filter(achievement=achievement, form=form).first()
        if known is not None:
            return known
        last = report.citations.aggregate(last=Max("number"))["last"] or 0
        return Citation.objects.create(
            report=report,
            number=free_number(report, "C", last),
            achievement=achievement,
            form=form,
            as_cited=as_cited,
            change=change_of(),
        )
