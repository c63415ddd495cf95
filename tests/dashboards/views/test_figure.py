"""The page of one figure: provenance, versions, what it feeds; and who may open it."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.cast import YEAR, enter


def address(code, unit, year=YEAR):
    return reverse("dashboards:figure", args=[code, unit, year])


@pytest.fixture
def told(share, children, children_public, city, north, south, officer):
    enter(children, north, "200", actor=officer, reason="first count")
    enter(children, north, "250", actor=officer, reason="late school")
    enter(children_public, north, "1.1百", actor=officer)
    enter(children, south, "50")


def test_a_computed_figure_shows_its_formula_with_the_numbers_put_in(client, supervisor, told):
    client.force_login(supervisor)
    provenance = client.get(address("share", "500101")).context["provenance"]

    assert provenance.formula == "指标children_public ÷ 指标children × 100"
    assert provenance.numbers == "110 ÷ 250 × 100"
    assert [f.code for f in provenance.inputs] == ["children_public", "children"]


def test_an_entered_figure_shows_what_was_typed_every_version_and_what_it_feeds(
    client, officer, told
):
    client.force_login(officer)
    context = client.get(address("children", "500101")).context

    assert [(v.number, v.figure, v.why, v.stands) for v in context["versions"]] == [
        (2, "250 人", "late school", ["已报送"]),
        (1, "200 人", "first count", []),
    ]
    assert [(f.code, f.jurisdiction.code) for f in context["provenance"].feeds] == [
        ("share", "500101"),
        ("children", "500000"),
    ]
    html = client.get(address("children_public", "500101")).content.decode()
    assert "1.1百" in html


def test_a_sum_shows_its_units_to_those_who_see_them(client, supervisor, officer, told):
    client.force_login(supervisor)
    parts = client.get(address("children", "500000")).context["provenance"].parts
    assert [str(f.value) for f in parts] == ["250 人", "50 人"]

    client.force_login(officer)
    parts = client.get(address("children", "500000")).context["provenance"].parts
    assert [f.jurisdiction.code for f in parts] == ["500101"]


def test_a_change_made_outside_is_told(client, supervisor, told):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_yearlyvalue SET note = 'cooked'")
    client.force_login(supervisor)
    html = client.get(address("children", "500101")).content.decode()

    # What has not been submitted since is nobody else's to see.
    assert "cooked" not in html
    client.logout()


def test_the_own_unit_sees_what_was_made_outside(client, officer, told):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_yearlyvalue SET note = 'cooked'")
    client.force_login(officer)

    assert "系统外改动" in client.get(address("children", "500101")).content.decode()


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [
        ("officer", "500101", 200),
        ("officer", "500000", 200),
        ("officer", "500102", 404),
        ("other_officer", "500101", 404),
        ("supervisor", "500102", 200),
        ("editor", "500000", 200),
        ("editor", "500101", 404),
        ("auditor", "500101", 200),
        ("administrator", "500101", 404),
        ("superuser", "500101", 404),
    ],
)
def test_pages_answer_by_role(client, request, told, role, unit, status):
    client.force_login(request.getfixturevalue(role))

    assert client.get(address("children", unit)).status_code == status


@pytest.mark.parametrize(
    "where",
    [("nothing", "500101", YEAR), ("children", "999999", YEAR), ("children", "500101", 1012)],
)
def test_what_does_not_exist_is_not_found(client, supervisor, told, where):
    client.force_login(supervisor)

    assert client.get(address(*where)).status_code == 404


def test_a_year_of_two_digits_is_none(client, supervisor, told):
    client.force_login(supervisor)

    assert client.get("/figures/children/500101/12/").status_code == 404
