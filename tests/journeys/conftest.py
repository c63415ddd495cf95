"""The city as its seeds have it, people of each role, and the way in."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from indicators.models import Jurisdiction, User
from tests.cast import PASSWORD, make_user

PEOPLE = {
    "officer": ("officer", "500106", "沈小平"),
    "colleague": ("officer", "500106", "罗敏"),
    "neighbour": ("officer", "500103", "余渝"),
    "city_officer": ("officer", "500000", "程文"),
    "lead": ("lead", "500106", "陆远"),
    "supervisor": ("supervisor", "500000", "杜思远"),
    "editor": ("editor", "500000", "卞静"),
    "auditor": ("auditor", "500000", "宋清"),
    "administrator": ("administrator", "500000", "管宁"),
}
SignIn = Callable[[Page, str], Page]


@pytest.fixture
def whole_city(transactional_db: None) -> dict[str, User]:
    call_command("load_seeds", verbosity=0, stdout=StringIO())
    units = {unit.code: unit for unit in Jurisdiction.objects.valid_in(2022)}
    return {
        name: make_user(name, role, units[code], full_name=called)
        for name, (role, code, called) in PEOPLE.items()
    }


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
