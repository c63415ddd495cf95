"""Figures of a unit: which ones, what the user may see of them, and at what cost."""

import pytest

from indicators.figures import (
    evaluation_years,
    figures_of,
    tallies,
    unit_for,
    units_near,
    years_of,
)
from indicators.models import DutyArea, YearlyValue
from tests.cast import YEAR, enter, make_indicator, make_target, make_unit, make_user


def numbers(user, unit, year=YEAR, **how):
    return {figure.code: figure.number for figure in figures_of(user, unit, year, **how)}


@pytest.fixture
def planted(children, city, north, south):
    """Each district's figure, and at the city a stated one."""
    enter(children, north, "10")
    enter(children, south, "20")
    enter(children, city, "35")


def test_a_district_sees_its_own_figures_and_the_citys_not_a_neighbours(
    planted, officer, city, north, south
):
    assert numbers(officer, north) == {"children": 10}
    assert numbers(officer, city) == {"children": 35}
    assert numbers(officer, south) == {"children": None}


def test_of_a_figure_not_seen_nothing_can_be_guessed(planted, officer, other_officer, south):
    hidden, own = figures_of(officer, south, YEAR)[0], figures_of(other_officer, south, YEAR)[0]

    assert own.result is not None
    assert (hidden.result, hidden.results, hidden.coverage, hidden.change) == (None, {}, "", None)
    assert (hidden.status, hidden.status_reason) == ("no_data", hidden.why_none)
    enter(hidden.indicator, south, "", year=YEAR)
    assert figures_of(officer, south, YEAR)[0].why_none == hidden.why_none


@pytest.mark.parametrize("name", ["administrator", "superuser"])
def test_whoever_has_no_business_here_gets_empty_figures(request, planted, city, north, name):
    user = request.getfixturevalue(name)

    assert numbers(user, north) == {"children": None}
    assert numbers(user, city) == {"children": None}


def test_a_supervisor_sees_what_stands_never_a_draft(planted, supervisor, children, north):
    YearlyValue.objects.filter(jurisdiction=north).update(number="11")

    assert numbers(supervisor, north) == {"children": 10}
    assert numbers(supervisor, north, tier="approved") == {"children": None}


def test_an_evaluation_year_looks_at_each_indicator_in_its_own_year(city, supervisor):
    lagging = make_indicator("lagging", lag=-1, position=2)
    current = make_indicator("current", position=1)
    for indicator in (lagging, current):
        for year in (2020, 2021, 2022):
            enter(indicator, city, str(year), year=year)

    assert numbers(supervisor, city, 2022) == {"current": 2022, "lagging": 2021}
    figure = figures_of(supervisor, city, 2022)[1]
    assert figure.year == 2021
    assert (figure.previous_number, figure.two_years_ago) == (2020, None)
    assert evaluation_years(supervisor) == [2023, 2022, 2021, 2020]


def test_figures_come_in_the_catalogues_order_and_only_where_they_are_reported(
    city, north, supervisor
):
    late = DutyArea.objects.create(code="safety", name_zh="校园安全", position=9)
    make_indicator("b", position=2)
    make_indicator("z", position=1)
    make_indicator("a", duty_area=late)
    make_indicator("only_city", reporting_level="above", position=3)
    ended = make_unit("500110", "万盛区", parent=city, valid_to=2011)

    assert list(numbers(supervisor, city)) == ["z", "b", "only_city", "a"]
    assert list(numbers(supervisor, north)) == ["z", "b", "a"]
    assert numbers(supervisor, ended) == {}


def test_asking_costs_the_same_with_three_figures_and_forty(
    city, north, supervisor, django_assert_num_queries
):
    def fill(numbered):
        for number in numbered:
            indicator = make_indicator(f"i{number}", position=number)
            make_target(indicator, "ge", 5)
            enter(indicator, north, "5")
            enter(indicator, city, "5", year=YEAR - 1)

    def draw():
        found = figures_of(supervisor, city, YEAR)
        assert {str(figure.value) for figure in found} == {"5 人"}
        shown = [
            (f.target_words, f.previous, f.change, f.gap, f.period, f.corrected_from) for f in found
        ]
        return len(shown), tallies(found)[-1].total

    fill(range(3))
    draw()  # the process reads the catalogue once for each change of it
    supervisor.scope  # noqa: B018  read once a request
    # the catalogue's token, the results of all years; sums have no version that was corrected
    with django_assert_num_queries(3):
        assert draw() == (3, 3)
    fill(range(3, 40))
    draw()
    with django_assert_num_queries(3):
        assert draw() == (40, 40)


def test_figures_are_counted_by_area_and_in_all(city, supervisor):
    safety = DutyArea.objects.create(code="safety", name_zh="校园安全", position=9)
    make_indicator("nothing_reported")
    for code, number, area in (
        ("met", "100", {}),
        ("near", "96", {}),
        ("missed", "5", {"duty_area": safety}),
    ):
        indicator = make_indicator(code, **area)
        make_target(indicator, "ge", 100)
        enter(indicator, city, number)
    enter(make_indicator("no_target"), city, "5")

    counted = [
        (t.area and t.area.code, t.met, t.near, t.missed, t.no_data, t.no_target, t.total)
        for t in tallies(figures_of(supervisor, city, YEAR))
    ]
    assert counted == [
        ("funding", 1, 1, 0, 1, 1, 4),
        ("safety", 0, 0, 1, 0, 0, 1),
        (None, 1, 1, 1, 1, 1, 5),
    ]
    assert tallies(figures_of(supervisor, city, YEAR))[-1].with_target == 3


def test_nothing_at_all_is_counted_as_nothing(db):
    total = tallies([])

    assert [(t.area, t.total, t.with_target) for t in total] == [(None, 0, 0)]


def test_years_are_those_of_which_the_user_sees_a_figure(children, north, south, city, officer):
    enter(children, north, "10", year=2019)
    enter(children, city, "10", year=2020)
    enter(children, south, "10", year=2021)

    assert evaluation_years(officer) == [2020, 2019]  # the city's own figure is seen by all
    elsewhere = make_unit("510000", "远城", "city")
    assert evaluation_years(make_user("far", "supervisor", elsewhere)) == []


def test_years_of_an_indicator_are_those_of_the_units_at_hand(
    children, north, city, officer, supervisor
):
    school = make_unit("S1", "一小", parent=north)
    for unit, year in ((north, 2021), (city, 2018), (school, 2015), (north, 2019), (city, 2019)):
        enter(children, unit, "10", year=year)

    assert years_of(officer, children) == [2021, 2019, 2018, 2015]
    # What lies deeper shows in its sums, of which the one of the school's is whole.
    assert years_of(supervisor, children) == [2021, 2019, 2018, 2015]
    assert years_of(supervisor, make_indicator("never")) == []


def test_a_code_means_the_unit_of_the_year_and_only_to_whoever_may_name_it(
    city, north, officer, supervisor
):
    before = make_unit("500110", "万盛区", parent=city, valid_to=2011)
    since = make_unit("500110", "綦江区", parent=city, valid_from=2011)

    assert unit_for(supervisor, "500110", 2010) == before
    assert unit_for(supervisor, "500110", 2011) == since
    assert unit_for(officer, "500110", 2010) is None
    assert unit_for(officer, north.code, 2011) == north
    assert unit_for(supervisor, "999999", 2011) is None
    assert units_near(supervisor, 2010) == [city, north, before]
    assert units_near(supervisor, 2011) == [city, north, since]
    assert units_near(officer, 2011) == [city, north]
