"""Duties of a unit that is renamed. They fail: tasks and the report stay with the one that ended.

Expected: duties to report go along with the act, as memberships and running rounds do.
"""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Jurisdiction, Measure, Problem, Report, Submission, User
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.measure import add_measure, pass_down
from indicators.recording.problem import raise_problem
from indicators.recording.report import begin_report
from indicators.recording.submission import submit
from tests.cast import YEAR, enter
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import days, fresh, make_round


def renamed(north, editor):
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    return Jurisdiction.objects.get(code="500188")


def again(user):
    return User.objects.get(pk=user.pk)


def test_a_task_that_is_not_answered_still_holds_the_submission(
    city, north, children, supervisor, officer, lead, editor
):
    problem = raise_problem(
        Problem(jurisdiction=city, duty_area=children.duty_area, title="学位不足", year=YEAR),
        actor=supervisor,
    )
    given = {"actor": supervisor, "version": problem.version}
    measure = add_measure(problem, Measure(title="扩建", unit=city), **given)
    given["version"] = Problem.objects.get().version
    pass_down(measure, [north], due_on=timezone.localdate() + days(5), **given)
    make_round(city, supervisor, [children], [north])
    new = renamed(north, editor)
    enter(children, new, "5", actor=again(officer))
    answer = Submission.objects.asked().get(jurisdiction=new)

    with pytest.raises(Refusal) as refused:
        submit(answer, actor=again(lead), version=fresh(answer).version)
    assert refused.value.code == "tasks_unanswered"


def test_the_report_of_the_year_is_the_new_unit_s(north, officer, editor):
    begin_report(north, YEAR, actor=officer, title="自评报告")
    new = renamed(north, editor)

    assert Report.objects.get().jurisdiction == new
