"""Duties to report go along when a unit becomes another, as memberships and running rounds do."""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Jurisdiction, Measure, Problem, Report, Submission, User
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.measure import add_measure, pass_down
from indicators.recording.problem import raise_problem, start
from indicators.recording.report import begin_report
from indicators.recording.submission import submit
from tests.cast import YEAR, enter
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import days, fresh, make_round


def renamed(north, editor):
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    return Jurisdiction.objects.get(code="500188")


def merged(north, editor):
    units = [north, Jurisdiction.objects.get(code="500102")]
    merger = asked_for("merge", units, ("500188", "新区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")
    return Jurisdiction.objects.get(code="500188")


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def measure(city, children, supervisor):
    problem = raise_problem(
        Problem(jurisdiction=city, duty_area=children.duty_area, title="学位不足", year=YEAR),
        actor=supervisor,
    )
    return add_measure(
        problem, Measure(title="扩建", unit=city), actor=supervisor, version=problem.version
    )


def passed(measure, supervisor, units):
    version = Problem.objects.get().version
    due = timezone.localdate() + days(5)
    return pass_down(measure, units, actor=supervisor, version=version, due_on=due)


@pytest.mark.parametrize("act", [renamed, merged])
def test_a_task_that_is_not_answered_still_holds_the_submission(
    client, measure, city, north, south, children, supervisor, officer, lead, editor, act
):
    (task,) = passed(measure, supervisor, [north])
    make_round(city, supervisor, [children], [north, south])
    new = act(north, editor)
    enter(children, new, "5", actor=again(officer))
    answer = Submission.objects.asked().get(jurisdiction=new)

    with pytest.raises(Refusal) as refused:
        submit(answer, actor=again(lead), version=fresh(answer).version)
    assert refused.value.code == "tasks_unanswered"
    client.force_login(again(lead))
    assert client.get(f"/entry/500188/{YEAR}/").context["page"].unanswered == [task]

    start(task, actor=again(officer), version=task.version, reason="已开工")
    submit(answer, actor=again(lead), version=fresh(answer).version)


def test_the_unit_is_not_given_the_same_task_once_more(measure, north, south, supervisor, editor):
    passed(measure, supervisor, [north])
    new = renamed(north, editor)

    assert [one.unit for one in passed(measure, supervisor, [new, south])] == [south]


def test_the_report_of_the_year_is_the_new_unit_s(north, officer, editor):
    begin_report(north, YEAR, actor=officer, title="自评报告")
    new = renamed(north, editor)

    assert Report.objects.get().jurisdiction == new
