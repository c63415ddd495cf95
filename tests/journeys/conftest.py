"""The city as its seeds have it, people of each role, and the way in."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from indicators.models import Jurisdiction, User
from tests.cast import PASSWORD, make_user

PEOPLE = {
    "officer": ("officer", "500106"),
    "colleague": ("officer", "500106"),
    "neighbour": ("officer", "500103"),
    "city_officer": ("officer", "500000"),
    "lead": ("lead", "500106"),
    "supervisor": ("supervisor", "500000"),
    "editor": ("editor", "500000"),
    "auditor": ("auditor", "500000"),
    "administrator": ("administrator", "500000"),
}
SignIn = Callable[[Page, str], Page]


@pytest.fixture
def whole_city(transactional_db: None) -> dict[str, User]:
    call_command("load_seeds", verbosity=0, stdout=StringIO())
    units = {unit.code: unit for unit in Jurisdiction.objects.valid_in(2022)}
    return {name: make_user(name, role, units[code]) for name, (role, code) in PEOPLE.items()}


@pytest.fixture
def sign_in(whole_city: dict[str, User]) -> SignIn:
    def enter(page: Page, name: str) -> Page:
        page.goto("/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("button.primary")
        page.wait_for_load_state()
        return page

    return enter
