"""Who is told of a report that waits."""

from indicators.home.tasks import tasks_for
from indicators.models import ReportAct, User
from indicators.recording.report import act_on_report


def told(user):
    """The titles of reports among the tasks."""
    return [
        task.label for task in tasks_for(User.objects.get(pk=user.pk)) if task.detail == "山城报告"
    ]


def test_a_report_that_is_written_waits_for_nobody(report, city_officer, supervisor):
    assert told(city_officer) == told(supervisor) == []


def test_who_approves_is_told_of_a_submitted_one(
    report, city_officer, city_lead, supervisor, auditor, officer
):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)

    assert told(supervisor) == ["审定自评报告"]
    assert told(city_officer) == told(city_lead) == told(auditor) == told(officer) == []


def test_who_writes_is_told_of_a_returned_one(report, city_officer, city_lead, supervisor):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.RETURN, actor=supervisor, version=2, reason="补充")

    assert told(city_officer) == told(city_lead) == ["自评报告被退回修改"]
    assert told(supervisor) == []
