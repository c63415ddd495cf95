"""The admin's pages in the browser: under the strict policy, accessible, and usable as they are."""

import pytest
from django.test import Client

from indicators.models import (
    Framework,
    JurisdictionChange,
    Membership,
    SignInLock,
    SignInRecord,
    YearlyValue,
)
from tests.accounts.test_sign_ins import fail
from tests.browser import access_violations, sign_in_as
from tests.cast import enter, make_target, make_user

pytestmark = pytest.mark.page


@pytest.fixture
def city_at_work(transactional_db, children, city, north, south):
    """One of each thing, and a person of each role that works in the admin."""
    make_target(children, "ge", 5, level="county")
    change = JurisdictionChange.objects.create(year=2011, kind="merge")
    change.from_units.add(north)
    change.to_units.add(south)
    fail(Client(), times=5)
    roles = {"officer": north, "editor": city, "administrator": city}
    people = {role: make_user(role, role, unit) for role, unit in roles.items()}
    enter(children, north, "1.1万", actor=people["officer"], reason="头一次清点")
    return people


@pytest.fixture
def at_work(city_at_work, visitor, live_server):
    """A page of somebody who has signed in: `at_work("editor", width=390)`."""

    def sign_in(role, **size):
        page = visitor(**size)
        sign_in_as(page, city_at_work[role], live_server.url)
        return page

    return sign_in


def places(role):
    """The pages of the role; `{}` stands for the thing there is."""
    things = {
        "officer": {"yearlyvalue": YearlyValue.objects.get().pk},
        "editor": {
            "dutyarea": None,
            "indicator": None,
            "definition": None,
            "framework": Framework.objects.get().pk,
            "target": None,
            "jurisdiction": None,
            "jurisdictionchange": JurisdictionChange.objects.get().pk,
        },
        "administrator": {
            "user": None,
            "membership": Membership.objects.get(user__username="officer").pk,
        },
    }
    yield "/admin/"
    for model, pk in things[role].items():
        at = f"/admin/indicators/{model}/"
        yield at
        yield f"{at}add/"
        if pk:
            yield f"{at}{pk}/change/"
            if role != "officer":
                yield f"{at}{pk}/delete/"
    if role == "administrator":
        for kept in (SignInRecord, SignInLock):
            at = f"/admin/indicators/{kept._meta.model_name}/"
            yield at
            yield f"{at}{kept.objects.first().pk}/change/"


@pytest.mark.parametrize(
    "role",
    [
        "officer",
        pytest.param("editor", marks=pytest.mark.thorough),
        pytest.param("administrator", marks=pytest.mark.thorough),
    ],
)
def test_pages_keep_the_policy_and_bar_nobody(at_work, role):
    page = at_work(role)
    for address in places(role):
        page.goto(address)
        assert page.url.endswith(address)
        assert access_violations(page) == [], address


def test_an_officer_changes_a_figure_and_finds_it_in_the_history(at_work):
    page = at_work("officer")
    page.goto("/admin/")
    page.click("a[href$='/yearlyvalue/']")
    page.click("#result_list tbody th a")
    page.fill("[name=as_entered]", "十二三")
    page.fill("[name=change_reason]", "补报")
    page.click("[name=_save]")
    page.wait_for_selector(".field-as_entered .errorlist li")
    assert page.input_value("[name=change_reason]") == "补报"

    page.fill("[name=as_entered]", "1.2万")
    page.click("[name=_continue]")

    page.wait_for_selector(".messagelist .success")
    rows = page.locator("#history tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == ["2", "1"]
    assert "补报" in rows[0]


def test_an_administrator_gives_a_new_account_its_role(at_work, north):
    page = at_work("administrator")
    page.goto("/admin/indicators/user/add/")
    page.fill("[name=username]", "新来的")
    for box in ("password1", "password2"):
        page.fill(f"[name={box}]", "Another-Horse-8")
    page.click(".add-row a")
    page.select_option("[name=memberships-0-jurisdiction]", str(north.pk))
    page.select_option("[name=memberships-0-role]", "officer")
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")

    assert Membership.objects.get(user__username="新来的").role == "officer"
