"""The page of units: who has reported how much, in a constant number of queries."""

import pytest
from django.urls import reverse

from tests.cast import enter, make_target, make_unit

UNITS = reverse("dashboards:units")


def test_each_unit_with_its_figures_by_status(
    client, supervisor, children, share, children_public, city, north, south
):
    make_target(children, "ge", 5, level="county")
    enter(children, north, "10")
    client.force_login(supervisor)
    rows = {row.unit.name: row for row in client.get(UNITS).context["rows"]}

    assert [(n, r.reported, r.expected, r.tally.met) for n, r in rows.items()] == [
        ("山城", 1, 3, 0),
        ("南区", 0, 3, 0),
        ("北区", 1, 3, 1),
    ]
    assert client.get(UNITS).context["finding"] == "2 个区县中，1 个部分报送、1 个尚未报送。"


def test_the_unit_that_misses_most_stands_first_after_the_city(
    client, supervisor, children, city, north, south
):
    make_target(children, "ge", 5, level="county")
    enter(children, north, "10")
    enter(children, south, "1")
    client.force_login(supervisor)

    rows = client.get(UNITS).context["rows"]
    assert [row.unit.name for row in rows] == ["山城", "南区", "北区"]


def test_a_district_finds_itself_and_the_city(client, officer, children, city, north, south):
    enter(children, north, "10")
    client.force_login(officer)

    assert [row.unit.code for row in client.get(UNITS).context["rows"]] == ["500000", "500101"]


def test_it_costs_the_same_queries_with_two_units_or_twenty(
    client, supervisor, children, city, north, south, django_assert_max_num_queries
):
    enter(children, north, "10")
    client.force_login(supervisor)
    client.get(UNITS)
    with django_assert_max_num_queries(12) as two:
        client.get(UNITS)
    for number in range(18):
        enter(children, make_unit(f"5002{number:02}", f"第{number}区", parent=city), "5")
    client.get(UNITS)
    with django_assert_max_num_queries(12) as twenty:
        client.get(UNITS)

    assert len(two) == len(twenty)


def test_what_does_not_apply_counts_as_reported_and_what_is_not_available_does_not(
    client, supervisor, children, children_public, share, north
):
    enter(children, north, "10")
    enter(children_public, north, state="not_applicable", state_reason="none here")
    client.force_login(supervisor)
    rows = {row.unit.name: row for row in client.get(UNITS).context["rows"]}
    assert (rows["北区"].reported, rows["北区"].expected) == (3, 3)

    enter(children_public, north, state="not_available", state_reason="late")
    rows = {row.unit.name: row for row in client.get(UNITS).context["rows"]}
    assert (rows["北区"].reported, rows["北区"].expected) == (1, 3)


@pytest.fixture
def towns(children, city, north, south):
    """Two below each district, with figures."""
    found = []
    for district in (north, south):
        for number in range(2):
            town = make_unit(f"{district.code}{number}", f"{district}{number}镇", parent=district)
            enter(children, town, "5")
            found.append(town)
    return found


def names(response):
    return [row.unit.name for row in response.context["rows"]]


def test_what_lies_deeper_is_listed_below_its_own_unit(client, supervisor, towns):
    client.force_login(supervisor)

    assert names(client.get(UNITS)) == ["山城", "北区", "南区"]
    below = client.get(UNITS, {"under": "500101"})
    assert names(below) == ["北区", "北区0镇", "北区1镇"]
    assert f"under={500102}" in client.get(UNITS).content.decode()
    assert "under=None" not in below.content.decode()
    assert client.get(UNITS, {"under": "nowhere"}).status_code == 404


def test_a_district_opens_nothing_below_another(client, officer, towns):
    client.force_login(officer)

    assert names(client.get(UNITS)) == ["山城", "北区"]
    assert client.get(UNITS, {"under": "500102"}).status_code == 404


def test_units_are_chosen_around_the_one_that_is_shown(client, supervisor, towns):
    client.force_login(supervisor)

    def choices(code):
        page = client.get(reverse("dashboards:overview"), {"jurisdiction": code})
        assert page.context["unit"].code == code
        return [given for given, _name in page.context["form"].fields["jurisdiction"].choices]

    assert choices("500000") == ["500000", "500101", "500102"]
    assert choices("5001010") == ["500000", "500101", "5001010", "5001011", "500102"]


def test_a_long_list_is_paged(client, supervisor, children, city, monkeypatch):
    monkeypatch.setattr("indicators.dashboards.views.units.ROWS_PER_PAGE", 2)
    for number in range(3):
        make_unit(f"50010{number}", f"第{number}区", parent=city)
    client.force_login(supervisor)

    assert names(client.get(UNITS)) == ["山城", "第0区"]
    assert names(client.get(UNITS, {"page": 2})) == ["第1区", "第2区"]
