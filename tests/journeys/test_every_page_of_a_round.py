"""Every page that a round adds, as its role sees it: policy, accessibility, width, language."""

import pytest

from tests.journeys.looking import faults_in_every_window
from tests.journeys.under_way import REOPENED, RETURNED, WAITING

OF_CITY = [
    "/",
    "/rounds/",
    "/rounds/2022/",
    "/review/",
    f"/review/2022/{WAITING}/",
    "/messages/",
    "/guide/states/",
]
OF_UNIT = [
    "/",
    f"/entry/{RETURNED}/2022/",
    f"/entry/{RETURNED}/2022/sign-off/",
    "/rounds/2022/",
    "/messages/",
    "/guide/states/",
]
PAGES = {
    "officer": [*OF_UNIT, f"/entry/{RETURNED}/2022/quality/", "/entry/?year=2022"],
    "lead": OF_UNIT,
    "city_officer": [*OF_CITY, "/entry/500000/2022/"],
    "supervisor": [
        *OF_CITY,
        "/rounds/new/",
        "/rounds/2022/plan/",
        "/rounds/2023/",
        "/rounds/2023/plan/",
        f"/review/2022/{REOPENED}/",
        f"/review/2022/{RETURNED}/",
        "/review/2022/500000/",
        f"/figures/preschool_total/{RETURNED}/2021/",
    ],
    "auditor": [*OF_CITY, f"/review/2022/{RETURNED}/"],
    "editor": ["/messages/", "/guide/states/"],
    "administrator": ["/messages/", "/guide/states/"],
}


@pytest.mark.thorough
@pytest.mark.parametrize("role", PAGES)
def test_pages_of_a_round_are_accessible_fit_the_window_and_speak_chinese(
    visitor, sign_in, under_way, role
):
    page = sign_in(visitor(), role)
    for address in PAGES[role]:
        assert page.goto(address).ok, address
        assert faults_in_every_window(page) == [], address


@pytest.mark.thorough
def test_what_is_asked_before_approving_is_accessible_too(visitor, sign_in, under_way):
    page = sign_in(visitor(), "supervisor")
    page.goto(f"/review/2022/{WAITING}/")
    page.click("button[value=approve]")
    page.wait_for_load_state()
    assert page.locator("[name=confirmed]").count() == 1
    assert faults_in_every_window(page) == []
