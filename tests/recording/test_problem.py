"""A problem is raised, worked on, accepted and relapses; each refusal by its code."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import (
    Criterion,
    Measure,
    Membership,
    Problem,
    ProblemDocument,
    ProblemEvent,
)
from indicators.recording import problem as door
from indicators.recording.measure import add_measure, pass_down
from indicators.recording.submission import submit
from tests.cast import YEAR, enter, enter_approved
from tests.round_cast import fresh

TODAY = timezone.localdate


def raised(unit, area, supervisor, **criterion):
    asked = [Criterion(jurisdiction=unit, from_year=YEAR, **criterion)] if criterion else []
    return door.raise_problem(
        Problem(jurisdiction=unit, duty_area=area, title="学位不足", year=YEAR),
        actor=supervisor,
        criteria=asked,
    )


def now(thing):
    return type(thing).objects.get(pk=thing.pk)


def code_of(act, *args, **given):
    with pytest.raises(Refusal) as refused:
        act(*args, **given)
    assert refused.value.message
    return refused.value.code


@pytest.fixture
def problem(north, children, supervisor):
    return raised(
        north, children.duty_area, supervisor, indicator=children, comparator="ge", value=100
    )


@pytest.fixture
def accepted(problem, north, children, lead, supervisor):
    enter_approved(children, north, "120")
    door.hand_in(problem, actor=lead, version=1, reason="已完成")
    door.accept(now(problem), actor=supervisor, version=2)
    return now(problem)


def test_a_problem_gets_the_next_number_of_its_year(problem, north, children, supervisor):
    again = raised(north, children.duty_area, supervisor)
    assert [problem.code, again.code] == [f"W{YEAR}001", f"W{YEAR}002"]


def test_only_a_supervisor_raises(north, children, lead):
    assert code_of(raised, north, children.duty_area, lead) == "not_your_act"


def test_who_saw_an_older_version_is_told(problem, lead, officer):
    door.start(problem, actor=officer, version=1)
    refused = code_of(door.hand_in, problem, actor=lead, version=1, reason="完成")
    assert refused == "problem_moved"


@pytest.mark.parametrize("act", [door.note, door.hand_in, door.send_back, door.reopen])
def test_words_are_needed(problem, supervisor, act):
    assert code_of(act, problem, actor=supervisor, version=1, reason=" ") == "act_reason_missing"


def test_it_is_accepted_once_its_figures_show_it(accepted):
    assert accepted.state == "accepted"
    assert [one.held for one in accepted.criteria.all()] == [True]


def test_without_its_figures_only_with_a_reason(problem, lead, supervisor):
    door.hand_in(problem, actor=lead, version=1, reason="已完成")
    refused = code_of(door.accept, now(problem), actor=supervisor, version=2)
    assert refused == "figures_short"
    door.accept(now(problem), actor=supervisor, version=2, reason="以现场核查为准")
    assert [one.held for one in problem.criteria.all()] == [False]


def test_nobody_accepts_what_they_handed_in(problem, north, supervisor):
    Membership.objects.create(user=supervisor, jurisdiction=north, role="lead")
    both = type(supervisor).objects.get(pk=supervisor.pk)
    door.hand_in(problem, actor=both, version=1, reason="已完成")
    refused = code_of(door.accept, now(problem), actor=both, version=2, reason="x")
    assert refused == "handed_in_yourself"


def test_it_waits_for_its_measures(problem, north, lead, supervisor):
    add_measure(problem, Measure(title="扩建", unit=north), actor=supervisor, version=1)
    door.hand_in(now(problem), actor=lead, version=2, reason="已完成")
    refused = code_of(door.accept, now(problem), actor=supervisor, version=3, reason="x")
    assert refused == "measures_open"


def test_it_relapses_when_a_figure_falls_back_and_the_supervisor_decides(
    accepted, north, children, supervisor
):
    enter_approved(children, north, "90", year=YEAR + 1)
    fallen = now(accepted)
    event = fallen.events.order_by("pk").last()
    assert (fallen.state, event.act, event.change.actor) == ("relapsed", "relapse", None)
    assert "指标children" in event.change.reason
    assert "90" not in event.change.reason  # told by the page, to those who see the figure
    assert code_of(door.accept, fallen, actor=supervisor, version=4) == "figures_short"
    door.reopen(fallen, actor=supervisor, version=4, reason="继续整改")
    assert now(accepted).state == "under_way"


def test_a_reported_figure_takes_no_proof_back(accepted, north, children):
    enter(children, north, "90", year=YEAR + 1)
    assert now(accepted).state == "accepted"


def test_a_figure_that_still_shows_it_changes_nothing(accepted, north, children):
    enter_approved(children, north, "100", year=YEAR + 1)
    assert now(accepted).state == "accepted"


@pytest.fixture
def task(city, north, children, supervisor):
    """A measure of the city's problem, passed down to the north."""
    problem = raised(city, children.duty_area, supervisor)
    measure = add_measure(problem, Measure(title="扩建", unit=city), actor=supervisor, version=1)
    (made,) = pass_down(measure, [north], actor=supervisor, version=2, due_on=TODAY())
    return made


def test_a_task_is_needed_with_a_day_and_below_the_measures_unit(task, city, north, supervisor):
    measure = task.passed_from
    given = {"actor": supervisor, "version": 3}
    assert code_of(pass_down, measure, [north], due_on=None, **given) == "deadline_missing"
    assert code_of(pass_down, measure, [north], due_on=TODAY(), **given) == "no_unit_chosen"
    assert code_of(pass_down, measure, [city], due_on=TODAY(), **given) == "responsible_elsewhere"


def test_a_day_that_has_passed_is_refused(problem, north, supervisor):
    late = Measure(title="扩建", unit=north, due_on=TODAY() - datetime.timedelta(1))
    assert code_of(add_measure, problem, late, actor=supervisor, version=1) == "day_passed"


def test_another_district_is_not_made_responsible(problem, south, supervisor):
    elsewhere = Measure(title="扩建", unit=south)
    refused = code_of(add_measure, problem, elsewhere, actor=supervisor, version=1)
    assert refused == "responsible_elsewhere"


def test_work_on_a_task_begins_the_work_on_its_problem(task, officer):
    door.start(task, actor=officer, version=1, reason="已部署")
    assert (now(task).state, now(task).answered) == ("under_way", True)
    assert now(task.problem).state == "under_way"


def test_a_unit_answers_its_task_before_it_submits(
    task, of_north, north, children, children_public, officer, lead
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    version = fresh(of_north).version
    assert code_of(submit, of_north, actor=lead, version=version) == "tasks_unanswered"
    door.start(task, actor=officer, version=1, reason="已开工")
    submit(of_north, actor=lead, version=version)
    assert fresh(of_north).state == "submitted"


def test_the_measure_of_an_accepted_problem_rests(accepted, north, supervisor):
    measure = Measure.objects.create(
        problem=accepted, number=1, title="x", unit=north, state="accepted"
    )
    refused = code_of(door.reopen, measure, actor=supervisor, version=1, reason="再查")
    assert refused == "problem_settled"


@pytest.mark.parametrize("model", [ProblemEvent, ProblemDocument])
def test_what_was_done_is_kept_for_ever(problem, supervisor, model):
    door.name_document(problem, actor=supervisor, version=1, title="整改通知", number="1号")
    for act in (lambda: model.objects.all().delete(), lambda: model.objects.update(problem=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
