"""Reported figures are called provisional while a round of their year runs, and only then."""

import pytest
from django.urls import reverse

from indicators.models import Round
from indicators.recording.round import close_round
from tests.cast import YEAR, enter, make_indicator
from tests.round_cast import make_round

WORDS = "审核通过前为暂定"


def pages(indicator, unit):
    return [
        reverse("dashboards:overview"),
        reverse("dashboards:units"),
        reverse("dashboards:indicator", args=[indicator.code]),
        reverse("dashboards:figure", args=[indicator.code, unit.code, YEAR]),
    ]


@pytest.fixture
def told(client, supervisor, children, north):
    client.force_login(supervisor)

    def told(query=""):
        found = [client.get(page + query).content.decode() for page in pages(children, north)]
        return [WORDS in text for text in found], found

    return told


def test_while_the_round_runs_each_page_says_so_and_leads_to_the_approved(told, submitted):
    said, texts = told()

    assert said == [True] * 4
    assert all("tier=approved" in text for text in texts)


def test_the_approved_tier_is_not_provisional(told, approved):
    assert told("?tier=approved")[0] == [False] * 4


def test_after_the_round_is_closed_nothing_is_provisional(told, approved, supervisor):
    asked = Round.objects.get()
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")

    assert told()[0] == [False] * 4


def test_a_round_of_another_year_or_one_only_planned_says_nothing(
    told, approved, supervisor, city, north, children
):
    Round.objects.update(evaluation_year=YEAR - 1)
    make_round(city, supervisor, [children], [north], opened=False)

    assert told()[0] == [False] * 4


def test_of_a_lagging_indicator_the_evaluation_year_counts(client, submitted, supervisor, north):
    spent = make_indicator("spent", lag=-1)
    enter(spent, north, "5", year=YEAR)
    client.force_login(supervisor)

    page = client.get(reverse("dashboards:figure", args=[spent.code, north.code, YEAR]))

    assert WORDS not in page.content.decode()
