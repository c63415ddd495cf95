"""Reports that wait for somebody: to be approved, or to be written further."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from indicators.collection import report_acts
from indicators.home.task import Task
from indicators.models import Report, ReportAct, ReportState, User

WAITING = (ReportState.SUBMITTED, ReportState.RETURNED)


def tasks_of_reports(user: User) -> Iterator[Task]:
    """One query, whatever the number of reports."""
    reports = Report.objects.for_user(user).filter(state__in=WAITING)
    for report in reports.select_related("jurisdiction"):
        acts = report_acts(report, user)
        if ReportAct.APPROVE in acts:
            yield Task(_("Approve the report"), report.title, report.get_absolute_url())
        elif ReportAct.WRITE in acts:
            yield Task(_("The report was returned"), report.title, report.get_absolute_url())
