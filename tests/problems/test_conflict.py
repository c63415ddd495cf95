"""Whoever comes too late loses nothing: sent once more it counts, over what is then seen."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from indicators.models import Criterion, Measure, Problem
from indicators.recording import problem as door
from indicators.recording.measure import add_measure, edit_measure
from tests.cast import YEAR
from tests.two_clicks import at_once

VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def problem(city, north, children, supervisor):
    new = Problem(jurisdiction=north, duty_area=children.duty_area, title="学位不足", year=YEAR)
    wanted = Criterion(
        jurisdiction=north, indicator=children, comparator="ge", value=100, from_year=YEAR
    )
    return door.raise_problem(new, actor=supervisor, criteria=[wanted])


@pytest.fixture
def send(client, supervisor):
    client.force_login(supervisor)

    def sends(name, *place, **said):
        answer = client.post(reverse(f"problems:{name}", args=place), said)
        page = answer.content.decode()
        return answer.status_code, page, VERSION.findall(page)

    return sends


def test_a_measure_is_added_once_more_after_somebody_acted(send, problem, officer, north):
    door.start(problem, actor=officer, version=1)
    said = {"title": "扩建幼儿园", "unit": north.slug, "description": "两所"}

    status, page, versions = send("add_measure", problem.pk, version=1, **said)

    assert (status, versions) == (409, ["2"])
    assert "两所</textarea>" in page
    assert not Measure.objects.exists()
    assert send("add_measure", problem.pk, version=2, **said)[0] == 302
    assert Measure.objects.get().title == "扩建幼儿园"


def test_what_a_measure_says_now_stands_beside_what_was_typed(send, problem, north, supervisor):
    measure = add_measure(problem, Measure(title="扩建", unit=north), actor=supervisor, version=1)
    edit_measure(measure, actor=supervisor, version=1, title="新建", description="三所")
    place = (problem.pk, measure.number)

    status, page, versions = send(
        "edit_measure", *place, version=1, title="改建", description="三所"
    )

    assert (status, versions) == (409, ["2"])
    assert page.count("现在是：") == 1
    assert "现在是：新建" in page
    assert 'value="改建"' in page
    assert send("edit_measure", *place, version=2, title="改建", description="三所")[0] == 302
    assert Measure.objects.get().title == "改建"


def test_what_a_problem_says_now_stands_beside_what_was_typed(send, problem, supervisor):
    kept = list(problem.criteria.all())
    door.edit_problem(
        problem, actor=supervisor, version=1, title="学位紧张", description="", criteria=kept
    )
    said = {"title": "学位缺口", "criteria-TOTAL_FORMS": 0, "criteria-INITIAL_FORMS": 0}

    status, page, versions = send("edit", problem.pk, version=1, **said)

    assert (status, versions) == (409, ["2"])
    assert "现在是：学位紧张" in page
    assert "现在是：指标children ≥ 100" in page
    assert 'value="学位缺口"' in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["accept", "send_back"])
def test_of_two_clicks_at_once_one_counts_and_the_other_is_told(problem, lead, supervisor, act):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    door.hand_in(problem, actor=lead, version=1, reason="已完成")
    said = {"act": act, "version": 2, "reason": "现场核查"}

    answers = at_once(supervisor, reverse("problems:problem", args=[problem.pk]), said)

    assert sorted(one.status_code for one in answers) == [302, 409]
    (late,) = [one for one in answers if one.status_code == 409]
    assert 'value="现场核查"' in late.content.decode()
    assert problem.events.filter(act=act).count() == 1
