"""The list of figures to be verified, and the way to it from the supervisor's first page."""

import pytest
from django.urls import reverse

from indicators.recording.examination import examine_due
from tests.cast import YEAR, enter

pytestmark = pytest.mark.usefixtures("usual_rules")
DOUBTS = reverse("dashboards:doubts")


@pytest.fixture
def ten_times(children, north, south):
    """Of one district ten times as many children as the year before."""
    for unit in (north, south):
        enter(children, unit, "1000", year=YEAR - 1)
        enter(children, unit, "1010", year=YEAR)
    enter(children, north, "10100")
    examine_due()


def listed(client, user):
    client.force_login(user)
    page = client.get(DOUBTS)
    found = [
        (str(one.jurisdiction), one.indicator.code, one.year) for one in page.context["sources"]
    ]
    return found, page.content.decode()


def test_the_list_says_what_is_odd_and_leads_to_the_figure(ten_times, client, supervisor):
    found, page = listed(client, supervisor)
    assert found == [("北区", "children", YEAR)]
    assert "有 1 项已报送数据存在疑问" in page
    assert "受其影响的汇总、计算数据有 1 项" in page
    assert "约为上年 1\u2009000 人的 10 倍" in page
    figure = reverse("dashboards:figure", args=["children", "500101", YEAR])
    assert f'href="{figure}#doubt"' in page


def test_a_district_sees_its_own_and_no_others(ten_times, client, officer, other_officer):
    assert listed(client, officer)[0] == [("北区", "children", YEAR)]
    assert listed(client, other_officer)[0] == []


def test_without_any_the_page_says_so(client, supervisor, children):
    found, page = listed(client, supervisor)
    assert found == []
    assert "没有待核数据。" in page


def test_the_first_page_of_a_supervisor_leads_there_in_one_step(ten_times, client, supervisor):
    client.force_login(supervisor)
    tasks = client.get(reverse("home:home")).context["tasks"]
    [task] = [task for task in tasks if task.label == "待核数据"]
    assert (task.detail, task.url) == ("共 1 项，受其影响的汇总、计算数据有 1 项", DOUBTS)


def test_once_it_is_put_right_nothing_is_to_be_done(ten_times, client, supervisor, children, north):
    enter(children, north, "1010")
    examine_due()
    client.force_login(supervisor)
    tasks = client.get(reverse("home:home")).context["tasks"]
    assert "待核数据" not in [task.label for task in tasks]
