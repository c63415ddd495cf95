"""Who sees which problem, measure and event: a unit its own, the city's people all."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Export, Measure, Problem, ProblemEvent
from indicators.recording.measure import add_measure, pass_down
from indicators.recording.problem import raise_problem
from tests.cast import YEAR


@pytest.fixture
def problems(city, north, south, children, supervisor):
    """One of the north, one of the south, one of the city with a task for the north."""

    def raised(unit, title):
        new = Problem(jurisdiction=unit, duty_area=children.duty_area, title=title, year=YEAR)
        return raise_problem(new, actor=supervisor)

    of_city = raised(city, "全市学位不足")
    found = {"north": raised(north, "北区大班额"), "south": raised(south, "南区缺教师")}
    measure = add_measure(of_city, Measure(title="扩建", unit=city), actor=supervisor, version=1)
    today = timezone.localdate()
    pass_down(measure, [north, south], actor=supervisor, version=2, due_on=today)
    return {**found, "city": of_city}


SEES = {
    "officer": {"north", "city"},
    "lead": {"north", "city"},
    "other_officer": {"south", "city"},
    "city_officer": {"north", "south", "city"},
    "supervisor": {"north", "south", "city"},
    "auditor": {"north", "south", "city"},
    "editor": {"city"},
    "administrator": set(),
}


@pytest.mark.parametrize("role", SEES)
def test_each_role_sees_its_problems(request, problems, role):
    user = request.getfixturevalue(role)
    seen = {one.pk for one in Problem.objects.for_user(user)}
    assert seen == {problems[name].pk for name in SEES[role]}


def test_a_district_sees_no_task_and_no_event_of_another(problems, officer, north):
    measures = Measure.objects.for_user(officer).filter(problem=problems["city"])
    assert {one.unit for one in measures} == {north}
    events = ProblemEvent.objects.for_user(officer).filter(problem=problems["city"])
    assert {one.measure.unit for one in events} == {north}


def test_the_page_of_anothers_problem_is_not_found(client, problems, officer):
    client.force_login(officer)
    assert client.get(reverse("problems:problem", args=[problems["south"].pk])).status_code == 404


@pytest.mark.parametrize("role", ["officer", "lead", "supervisor", "auditor"])
def test_pages_open_and_files_are_kept(request, client, problems, role):
    user = request.getfixturevalue(role)
    client.force_login(user)
    assert "全市学位不足" in client.get(reverse("problems:ledger")).content.decode()
    assert client.get(reverse("problems:problem", args=[problems["city"].pk])).status_code == 200
    task = Measure.objects.for_user(user).filter(passed_from__isnull=False).first()
    place = [task.problem_id, task.number]
    assert client.get(reverse("problems:measure", args=place)).status_code == 200
    for name in ("ledger_csv", "ledger_xlsx"):
        assert b"".join(client.get(reverse(f"problems:{name}")).streaming_content)
    assert Export.objects.filter(actor=user, kind="problems").count() == 2


def test_an_officer_starts_a_task_from_its_page(client, problems, officer, north):
    client.force_login(officer)
    task = Measure.objects.get(unit=north, passed_from__isnull=False)
    address = reverse("problems:measure", args=[task.problem_id, task.number])
    said = {"act": "start", "version": 1, "reason": "已部署"}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 409
    assert "扩建" in client.get("/").content.decode()


def test_a_supervisor_raises_a_problem_with_its_figure(client, problems, supervisor, children):
    client.force_login(supervisor)
    address = reverse("problems:new")
    assert client.get(f"{address}?source=target&indicator=children&unit=500101&year={YEAR}")
    said = {
        "version": 0,
        "title": "在园幼儿下降",
        "unit": "500101",
        "duty_area": children.duty_area_id,
        "year": YEAR,
        "source": "target",
        "criteria-TOTAL_FORMS": 1,
        "criteria-INITIAL_FORMS": 0,
        "criteria-0-indicator": "children",
        "criteria-0-comparator": "ge",
        "criteria-0-value": "１００",
        "criteria-0-from_year": YEAR,
    }
    assert client.post(address, said).status_code == 302
    made = Problem.objects.get(title="在园幼儿下降")
    assert [(one.comparator, one.value) for one in made.criteria.all()] == [("ge", 100)]


def test_each_cell_of_the_ledger_stands_under_its_heading(client, problems, supervisor):
    client.force_login(supervisor)
    page = client.get(reverse("problems:ledger")).content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]+)<', page)
    (first, *_others) = re.findall(r'<tr>\s*<th scope="row".*?</tr>', page, re.DOTALL)

    assert heads[1:] == re.findall(r'data-label="([^"]+)"', first)
