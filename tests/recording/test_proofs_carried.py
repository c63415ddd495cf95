"""The figures that would show a problem solved go along when their unit becomes another."""

import pytest
from django.urls import reverse

from indicators.figures.problems import courses_of
from indicators.models import Criterion, Jurisdiction, Problem, User
from indicators.recording import problem as door
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from tests.cast import YEAR, enter_approved
from tests.recording.test_jurisdiction_change import asked_for


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def courses(user, problem):
    criteria = problem.criteria.select_related("problem", "indicator__duty_area", "jurisdiction")
    return courses_of(User.objects.get(pk=user.pk), list(criteria))


@pytest.fixture
def problem(north, children, supervisor):
    """Solved once north has 100, from the year before."""
    proof = Criterion(
        jurisdiction=north, indicator=children, comparator="ge", value=100, from_year=YEAR - 1
    )
    new = Problem(jurisdiction=north, duty_area=children.duty_area, title="学位不足", year=YEAR - 1)
    return door.raise_problem(new, actor=supervisor, criteria=[proof])


@pytest.fixture
def accepted(problem, north, children, lead, supervisor):
    enter_approved(children, north, "80", year=YEAR - 1)
    enter_approved(children, north, "120")
    door.hand_in(problem, actor=lead, version=1, reason="已完成")
    door.accept(again(problem), actor=supervisor, version=2)
    return again(problem)


def test_a_figure_of_the_new_name_shows_it_solved(problem, children, supervisor, rename_north):
    new = rename_north()
    enter_approved(children, new, "120")

    assert problem.criteria.get().jurisdiction == new
    (course,) = courses(supervisor, problem)
    assert (course.latest.jurisdiction, course.holds) == (new, True)


def test_the_years_before_are_told_under_the_name_of_then(
    problem, north, children, supervisor, rename_north
):
    enter_approved(children, north, "110", year=YEAR - 1)
    new = rename_north()

    (course,) = courses(supervisor, problem)
    assert (course.latest.jurisdiction, course.latest.year, course.holds) == (north, YEAR - 1, True)
    enter_approved(children, new, "90")
    (course,) = courses(supervisor, problem)
    told = [(one.jurisdiction, str(one.value)) for one in course.across([YEAR - 1, YEAR])]
    assert told == [(north, "110 人"), (new, "90 人")]
    assert course.holds is False


def test_a_renaming_is_no_relapse(accepted, rename_north):
    """Of the ended unit the year before remained, which was below."""
    rename_north()
    assert again(accepted).state == "accepted"


def test_it_relapses_by_a_figure_of_the_new_name(accepted, children, rename_north):
    new = rename_north()
    enter_approved(children, new, "90", year=YEAR + 1)

    fallen = again(accepted)
    assert fallen.state == "relapsed"
    assert "北城区" in fallen.events.get(act="relapse").change.reason


def test_the_history_says_so_and_who_saw_the_older_version_is_told(
    client, problem, lead, supervisor, rename_north
):
    rename_north()
    event = problem.events.get(act="carry")
    assert (event.units, event.change.reason) == ("北区 → 北城区", "更名")
    with pytest.raises(door.Refusal) as refused:
        door.start(problem, actor=supervisor, version=1)
    assert refused.value.code == "problem_moved"
    client.force_login(User.objects.get(pk=lead.pk))
    page = client.get(reverse("problems:problem", args=[problem.pk])).content.decode()
    assert "北区 → 北城区" in page


def test_what_is_chosen_later_is_of_the_new_unit(
    client, problem, children, children_public, supervisor, rename_north
):
    new = rename_north()
    client.force_login(User.objects.get(pk=supervisor.pk))
    said = {"title": "学位", "version": again(problem).version, "criteria-INITIAL_FORMS": "0"}
    for number, indicator in enumerate((children, children_public)):
        said |= {
            f"criteria-{number}-indicator": indicator.code,
            f"criteria-{number}-comparator": "ge",
            f"criteria-{number}-value": "100",
            f"criteria-{number}-from_year": str(YEAR),
        }
    address = reverse("problems:edit", args=[problem.pk])
    answer = client.post(address, said | {"criteria-TOTAL_FORMS": "2"})

    assert answer.status_code == 302
    assert {one.jurisdiction for one in problem.criteria.all()} == {new}


def test_after_a_merger_it_stays_with_the_unit_that_was(problem, north, merge_both):
    done = merge_both()
    assert (problem.criteria.get().jurisdiction, done.problems) == (north, [])


def test_an_upgrade_takes_it_along_as_well(problem, north, editor):
    upgrade = asked_for("upgrade", [north], ("500199", "北区"))
    done = record_jurisdiction_change(upgrade, actor=editor, reason="撤县设区")
    new = Jurisdiction.objects.get(code="500199")
    assert (done.problems, problem.criteria.get().jurisdiction) == ([problem], new)
