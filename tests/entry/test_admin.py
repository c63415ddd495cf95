"""Yearly values in the admin: the same door as the sheet, and the history below the form."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from indicators.models import DutyArea, Standing, ValueRevision, YearlyValue
from indicators.recording.catalogue_change import changing_catalogue
from tests.cast import YEAR, enter, make_indicator, make_statement, result

ADD = "admin:indicators_yearlyvalue_add"
LIST = "admin:indicators_yearlyvalue_changelist"


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def value(children, north, officer):
    return enter(children, north, "1.1万", actor=officer, reason="first count", note="autumn")


def page(value, action="change"):
    return reverse(f"admin:indicators_yearlyvalue_{action}", args=[value.pk])


def form_of(response):
    return response.context["adminform"].form


def codes(response):
    return {
        name: [error.code for error in errors]
        for name, errors in form_of(response).errors.as_data().items()
    }


def new(indicator, unit, **given):
    place = {"indicator": indicator.pk, "jurisdiction": unit.pk, "year": YEAR, "version": 0}
    return place | given


# --- Entering -------------------------------------------------------------------------------------


def test_a_figure_is_entered_as_an_official_writes_it(desk, children, north, city, officer):
    answer = desk.post(
        reverse(ADD), new(children, north, as_entered="３．６２万", change_reason="counted")
    )

    value = YearlyValue.objects.get()
    assert answer["Location"] == reverse(LIST)
    assert (value.number, value.as_entered, value.version) == (D(36200), "３．６２万", 1)
    assert (value.change.actor, value.change.reason) == (officer, "counted")
    assert result(children, city).number == D(36200)


def test_a_change_is_a_new_version_and_keeps_what_the_form_does_not_show(desk, value):
    YearlyValue.objects.filter(pk=value.pk).update(period_basis="inferred")
    desk.post(page(value), {"as_entered": "12000", "version": 2, "change_reason": "typo"})

    value.refresh_from_db()
    assert (value.number, value.version, value.change.reason) == (D(12000), 3, "typo")
    assert (value.period_basis, value.year) == ("inferred", YEAR)


def test_an_emptied_box_withdraws_the_figure(desk, value, children, north):
    desk.post(page(value), {"as_entered": "", "version": 1})

    value.refresh_from_db()
    assert (value.state, value.number) == ("blank", None)
    assert form_of(desk.get(page(value)))["state"].value() == ""


def test_why_there_is_none_is_entered_with_its_reason(desk, children, north):
    given = new(children, north, state="not_available")
    refused = desk.post(reverse(ADD), given)
    assert codes(refused) == {"state_reason": ["reason_missing"]}

    desk.post(reverse(ADD), given | {"state_reason": "counted in May"})
    assert YearlyValue.objects.get().state == "not_available"


def test_a_statement_is_entered_with_its_words(desk, north):
    covered = make_statement("covered")
    desk.post(reverse(ADD), new(covered, north, statement="met", as_entered="全覆盖"))

    value = YearlyValue.objects.get()
    assert (value.statement, value.as_entered, value.number) == ("met", "全覆盖", None)
    assert "statement" in form_of(desk.get(page(value))).fields


def test_the_period_is_entered(desk, children, north):
    given = {"period_from": 2020, "part_of_year": "on", "provisional": "on", "as_of": "2021-09-01"}
    desk.post(reverse(ADD), new(children, north, as_entered="5") | given)

    value = YearlyValue.objects.get()
    assert (value.period_from, value.part_of_year, value.provisional) == (2020, True, True)
    assert str(value.as_of) == "2021-09-01"


def test_the_city_states_its_own_figure(client, share, city, city_officer):
    client.force_login(city_officer)
    client.post(reverse(ADD), new(share, city, as_entered="54.45%"))

    assert result(share, city).basis == "stated"


# --- Refusals: nothing saved, nothing lost --------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"as_entered": "ten"}, {"as_entered": ["not_a_number"]}),
        ({"as_entered": "1.2.3"}, {"as_entered": ["two_points"]}),
        ({"as_entered": "1e400"}, {"as_entered": ["exponent"]}),
        ({"as_entered": "NaN"}, {"as_entered": ["not_a_number"]}),
        ({"as_entered": "-5"}, {"as_entered": ["below_limit"]}),
        ({"as_entered": "123456789012345"}, {"as_entered": ["too_many_digits"]}),
        ({"as_entered": "5%"}, {"as_entered": ["wrong_unit"]}),
        ({"as_entered": "7" * 1_000_000}, {"as_entered": ["max_length"]}),
        ({"as_entered": "5", "note": "x" * 3000}, {"note": ["too_long"]}),
        ({"as_entered": "5", "state": "not_applicable"}, {"state": ["exactly_one"]}),
        ({"as_entered": "", "statement": "met"}, {"as_entered": ["number_only"]}),
        ({"as_entered": "5", "year": 1989}, {"year": ["unknown_year"]}),
        ({"as_entered": "5", "year": "1e9"}, {"year": ["invalid"]}),
        ({"as_entered": "5", "period_from": 2022}, {"period_from": ["period_out_of_range"]}),
        ({"as_entered": ""}, {"as_entered": ["empty"]}),
    ],
)
def test_what_cannot_be_comes_back_beside_its_box(desk, children, north, given, refused):
    typed = new(children, north, change_reason="why") | given
    response = desk.post(reverse(ADD), typed)

    assert codes(response) == refused
    assert form_of(response)["as_entered"].value() == given["as_entered"]
    assert form_of(response)["change_reason"].value() == "why"
    assert not YearlyValue.objects.exists()
    assert not Standing.objects.exists()


def test_a_unit_that_is_closed_takes_no_more_figures(desk, children, north):
    north.valid_to = YEAR
    with changing_catalogue(actor=None):
        north.save()

    response = desk.post(reverse(ADD), new(children, north, as_entered="5"))
    assert codes(response) == {"year": ["jurisdiction_closed"]}


def test_a_derived_indicator_is_not_entered_in_a_district(desk, share, north):
    response = desk.post(reverse(ADD), new(share, north, as_entered="5"))

    assert codes(response) == {"as_entered": ["derived_not_entered"]}


# --- Only the own unit and duty areas -------------------------------------------------------------


def test_another_units_value_cannot_be_reached(client, value, other_officer):
    client.force_login(other_officer)

    for action in ("change", "history", "delete"):
        assert client.get(page(value, action)).status_code == 404
    assert client.post(page(value), {"as_entered": "1", "version": 1}).status_code == 404
    assert value.as_entered not in client.get(reverse(LIST)).content.decode()
    value.refresh_from_db()
    assert value.version == 1


def test_a_figure_for_another_unit_cannot_be_posted(desk, children, north, south, city):
    shown = desk.get(reverse(ADD))
    assert list(form_of(shown).fields["jurisdiction"].queryset) == [north]
    assert "南区" not in shown.content.decode()

    for unit in (south, city):
        response = desk.post(reverse(ADD), new(children, unit, as_entered="5"))
        assert codes(response) == {"jurisdiction": ["invalid_choice"]}
    assert not YearlyValue.objects.exists()


def test_a_value_does_not_move(desk, value, south, children_public):
    moved = {"indicator": children_public.pk, "jurisdiction": south.pk, "year": 2019}
    desk.post(page(value), {"as_entered": "5", "version": 1} | moved)

    value.refresh_from_db()
    assert (value.jurisdiction_id, value.year) != (south.pk, 2019)
    assert value.number == D(5)


def test_an_officer_of_one_duty_area_reads_the_others_and_enters_its_own(desk, value, officer):
    safety = DutyArea.objects.create(code="safety", name_zh="校园安全")
    safe = make_indicator("safe", duty_area=safety)
    officer.memberships.get().duty_areas.add(safety)

    assert list(form_of(desk.get(reverse(ADD))).fields["indicator"].queryset) == [safe]
    assert not desk.get(page(value)).context["has_change_permission"]
    assert desk.post(page(value), {"as_entered": "5", "version": 1}).status_code == 403
    answer = desk.post(reverse(ADD), new(value.indicator, value.jurisdiction, as_entered="5"))
    assert codes(answer) == {"indicator": ["invalid_choice"]}


@pytest.mark.parametrize("role", ["lead", "auditor"])
def test_who_reads_sees_the_history_and_no_box(request, client, value, role):
    client.force_login(request.getfixturevalue(role))
    shown = client.get(page(value)).content.decode()

    assert "first count" in shown
    assert 'name="as_entered"' not in shown
    assert client.post(page(value), {"as_entered": "1", "version": 1}).status_code == 403


# --- Two people at once ---------------------------------------------------------------------------


def test_a_stale_version_shows_all_three_and_saves_nothing(desk, value, children, north, officer):
    enter(children, north, "12000", actor=officer, note="theirs")

    response = desk.post(
        page(value), {"as_entered": "13000", "version": 1, "note": "mine", "change_reason": "why"}
    )

    shown = response.content.decode()
    assert codes(response) == {"__all__": ["stale"]}
    assert [side["value"] for side in response.context["sides"].values()] == [
        "1.1万",
        "13000",
        "12000",
    ]
    assert all(note in shown for note in ("autumn", "mine", "theirs"))
    assert form_of(response)["change_reason"].value() == "why"
    assert YearlyValue.objects.get().number == D(12000)


def test_saving_again_after_the_comparison_puts_mine_in_place(desk, value, children, north):
    enter(children, north, "12000")
    conflict = desk.post(page(value), {"as_entered": "13000", "version": 1})

    seen = form_of(conflict)["version"].value()
    desk.post(page(value), {"as_entered": "13000", "version": seen})

    value.refresh_from_db()
    assert (value.number, value.version) == (D(13000), 3)


def test_but_not_what_came_after_the_comparison(desk, value, children, north):
    enter(children, north, "12000")
    conflict = desk.post(page(value), {"as_entered": "13000", "version": 1})
    enter(children, north, "14000")

    again = {"as_entered": "13000", "version": form_of(conflict)["version"].value()}
    assert codes(desk.post(page(value), again)) == {"__all__": ["stale"]}
    assert YearlyValue.objects.get().number == D(14000)


def test_adding_what_somebody_has_added_is_a_conflict(desk, value, children, north):
    response = desk.post(reverse(ADD), new(children, north, as_entered="5"))

    assert codes(response) == {"__all__": ["stale"]}
    assert YearlyValue.objects.get().number == D(11000)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "１\x00", None])
def test_a_version_that_was_tampered_with_is_a_stale_one(desk, value, version):
    data = {"as_entered": "5"} | ({"version": version} if version is not None else {})
    response = desk.post(page(value), data)

    assert response.status_code == 200
    assert form_of(response).errors
    value.refresh_from_db()
    assert value.version == 1


# --- The history ----------------------------------------------------------------------------------


def test_every_version_is_told_with_who_when_and_why(desk, value, children, north, officer):
    enter(children, north, "", actor=officer, reason="withdrawn again")
    YearlyValue.objects.filter(pk=value.pk).update(note="by hand")

    versions = desk.get(page(value)).context["versions"]

    assert [(v.number, v.made_by, v.why, v.outside) for v in versions] == [
        (3, "", "", True),
        (2, "officer", "withdrawn again", False),
        (1, "officer", "first count", False),
    ]
    assert versions[2].figure.replace("\u2009", " ") == "11 000 人"
    assert [v.note for v in versions] == ["by hand", "", "autumn"]


def test_the_history_stands_on_the_page_of_the_value(desk, value):
    assert desk.get(page(value, "history"))["Location"] == f"{page(value)}#history"
    assert 'id="history"' in desk.get(page(value)).content.decode()


def test_texts_are_shown_as_texts(desk, value, children, north, officer):
    enter(children, north, "5", actor=officer, reason="<script>alert(1)</script>")

    assert "<script>alert" not in desk.get(page(value)).content.decode()


def test_nothing_is_deleted(desk, value):
    assert desk.get(page(value, "delete")).status_code == 403
    assert desk.post(page(value, "delete"), {"post": "yes"}).status_code == 403
    desk.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [value.pk]})
    assert YearlyValue.objects.filter(pk=value.pk).exists()


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(
    desk, django_assert_max_num_queries, north
):
    for number in range(30):
        enter(make_indicator(f"i{number}"), north, "1")

    with django_assert_max_num_queries(14):
        shown = desk.get(reverse(LIST))
    assert shown.context["cl"].result_count == 30
    assert ValueRevision.objects.count() == 30
