"""A city's officer enters for a district (代填): with a reason, and marked so in the history."""

import pytest
from django.urls import reverse

from indicators.collection import Refusal
from indicators.figures.history import versions_of
from indicators.models import DutyArea, Origin, ValueRevision, YearlyValue
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user, result
from tests.entry.test_sheet import address, boxes

WHY = "该区网络中断"


@pytest.fixture
def desk(client, city_officer):
    client.force_login(city_officer)
    return client


def test_the_sheet_of_a_district_is_chosen_and_says_whom_it_is_for(
    desk, children, north, south, city
):
    html = desk.get(address(north)).content.decode()

    assert "您正在代北区填报" in html
    assert 'name="children-value"' in html
    for unit in (city, north, south):
        assert f'<option value="{unit.code}"' in html
    asked = {"year": YEAR, "unit": north.code, "area": "funding"}
    assert desk.get(reverse("entry:start"), asked).url == address(north)
    assert "您正在代" not in desk.get(address(city)).content.decode()


def test_without_a_reason_nothing_is_saved_and_it_says_so_while_typing(desk, children, north):
    typed = boxes("children", "5") | {"reason": "  "}
    one = reverse("entry:row", args=[north.code, YEAR, "funding", "children"])
    check = reverse("entry:check", args=[north.code, YEAR, "funding"])

    for way, status in ((address(north), 422), (one, 422), (check, 200)):
        response = desk.post(way, typed)
        assert response.status_code == status
        assert "请先在“代填原因”中写明为何代北区填报。" in response.content.decode()
    assert not YearlyValue.objects.exists()


def test_with_a_reason_it_is_saved_and_marked_in_the_history(
    desk, children, north, city_officer, officer
):
    enter(children, north, "4", actor=officer)
    desk.post(address(north), boxes("children", "5", version=1) | {"reason": WHY})

    value = YearlyValue.objects.get()
    assert (value.number, value.change.way, value.change.actor) == (
        5,
        Origin.ON_BEHALF,
        city_officer,
    )
    latest, first = versions_of(officer, indicator=children.pk, jurisdiction=north.pk, year=YEAR)
    assert (latest.made_by, latest.why, latest.origin) == ("city_officer（代填）", WHY, "代填")
    assert first.made_by == "officer"
    assert result(children, north).origin == Origin.ON_BEHALF


def test_the_districts_own_officer_takes_over_again(desk, children, north, officer):
    desk.post(address(north), boxes("children", "5") | {"reason": WHY})
    enter(children, north, "6", actor=officer)

    origins = ValueRevision.objects.order_by("version").values_list("change__on_behalf", flat=True)
    assert list(origins) == [True, False]


def test_it_goes_over_the_version_that_was_seen(desk, children, north, officer):
    enter(children, north, "4", actor=officer)
    response = desk.post(address(north), boxes("children", "5", version=0) | {"reason": WHY})

    assert response.status_code == 409
    assert YearlyValue.objects.get().number == 4


def test_the_door_itself_asks_for_the_reason(children, north, city_officer):
    with pytest.raises(Refusal) as refused:
        enter(children, north, "5", actor=city_officer)

    assert (refused.value.code, refused.value.field) == ("reason_needed_on_behalf", "reason")
    assert (
        enter(children, north, "5", actor=city_officer, reason=WHY).change.way == Origin.ON_BEHALF
    )


@pytest.mark.parametrize("role", ["lead", "supervisor", "editor", "auditor", "administrator"])
def test_no_other_role_of_the_city_enters_for_a_district(client, city, children, north, role):
    client.force_login(make_user(f"city_{role}", role, city))

    assert client.get(address(north)).status_code == 404
    assert client.post(address(north), boxes("children", "5") | {"reason": WHY}).status_code == 404


def test_a_district_officer_gains_nothing(
    client, officer, other_officer, children, north, south, city
):
    make_unit("500191", "北区学校", "district", parent=north)
    client.force_login(officer)

    assert officer.scope.enters_below == {}
    for unit in (south, city):
        assert client.get(address(unit)).status_code == 404
        with pytest.raises(Refusal) as refused:
            enter(children, unit, "5", actor=officer, reason=WHY)
        assert refused.value.code == "out_of_scope"
    assert client.get("/entry/500191/2021/funding/").status_code == 404
    assert "南区" not in client.get(address(north)).content.decode()


def test_only_units_of_the_own_city_and_the_own_duty_areas(desk, children, north, city_officer):
    far = make_unit("510101", "远区", parent=make_unit("510000", "远城", "city"))
    assert desk.get(address(far)).status_code == 404

    safety = DutyArea.objects.create(code="safety", name_zh="校园安全")
    make_indicator("safe", duty_area=safety)
    city_officer.memberships.get().duty_areas.add(safety)
    assert desk.get(address(north, area="safety")).status_code == 200
    assert desk.get(address(north, area="funding")).status_code == 404
