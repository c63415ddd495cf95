"""The page of units: who has reported how much, in a constant number of queries."""

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
