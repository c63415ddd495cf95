"""What moved most against last year, by each indicator's own direction."""

import pytest
from django.urls import reverse

from tests.cast import YEAR, enter, make_indicator, make_target

OVERVIEW = reverse("dashboards:overview")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def moved(city):
    """Figures of the city: last year's, this year's, and which way is better."""

    def move(code, before, now, direction="higher_better", **fields):
        made = make_indicator(
            code, reporting_level="above", aggregation="none", direction=direction, **fields
        )
        enter(made, city, before, year=YEAR - 1)
        enter(made, city, now)
        return made

    return move


def names(answer):
    found = answer.context["movers"]
    return [one.code for one in found.better], [one.code for one in found.worse]


def test_they_are_compared_by_parts_of_last_years_figure(page, moved):
    moved("large", "1000000", "1100000")
    moved("small", "10", "15")
    moved("accidents", "10", "8", "lower_better")
    moved("dropouts", "10", "13", "lower_better")
    moved("fell", "100", "60")
    moved("same", "5", "5")
    moved("neither", "5", "50", "none")
    growth = {"unit": "percent", "display_unit": "percent", "quantity_kind": "growth_rate"}
    moved("growth", "1", "9", **growth)

    assert names(page.get(OVERVIEW)) == (["small", "accidents", "large"], ["fell", "dropouts"])


def test_there_are_five_each_way(page, moved):
    for number in range(7):
        moved(f"up_{number}", "100", str(101 + number))

    better, worse = names(page.get(OVERVIEW))
    assert (better, worse) == ([f"up_{n}" for n in (6, 5, 4, 3, 2)], [])
    assert "无。" in page.get(OVERVIEW).content.decode()


def test_without_a_target_the_way_is_told_and_not_called_met(page, moved, city):
    moved("rising", "10", "12")
    html = page.get(OVERVIEW).content.decode()
    assert "+20.00" in html
    assert html.count('<span class="aside">向好</span>') == 1

    make_target(moved("with_target", "10", "12"), "ge", 11)
    assert page.get(OVERVIEW).content.decode().count('<span class="aside">向好</span>') == 1


def test_of_a_rise_from_nothing_there_is_no_part(page, moved):
    moved("from_nothing", "0", "12")

    assert names(page.get(OVERVIEW)) == ([], [])
