"""The city as its seeds have it, people of each role, and the way in."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from indicators.models import Jurisdiction, User
from indicators.recording import Entry, save_values
from tests.browser import sign_in_as
from tests.cast import YEAR, enter, make_indicator, make_indicators, make_share, make_user
from tests.journeys.forty import CODES
from tests.remembered import remembered

PEOPLE = {
    "officer": ("officer", "500106", "沈小平"),
    "colleague": ("officer", "500106", "罗敏"),
    "neighbour": ("officer", "500103", "余渝"),
    "city_officer": ("officer", "500000", "程文"),
    "lead": ("lead", "500106", "陆远"),
    "supervisor": ("supervisor", "500000", "杜思远"),
    "reviewer": ("supervisor", "500000", "秦简"),
    "editor": ("editor", "500000", "卞静"),
    "auditor": ("auditor", "500000", "宋清"),
    "administrator": ("administrator", "500000", "管宁"),
}
# How long a page may take on a machine that runs several tests at once; no promise of speed.
expect.set_options(timeout=20_000)

SignIn = Callable[..., Page]


@pytest.fixture
def whole_city(transactional_db: None) -> dict[str, User]:
    remembered("whole city", load_city)
    return User.objects.in_bulk(PEOPLE, field_name="username")


def load_city() -> None:
    call_command("load_seeds", verbosity=0, stdout=StringIO())
    units = {unit.code: unit for unit in Jurisdiction.objects.valid_in(2022)}
    for name, (role, code, called) in PEOPLE.items():
        make_user(name, role, units[code], full_name=called)


@pytest.fixture
def forty(transactional_db: None, city: Jurisdiction, north: Jurisdiction) -> dict[str, User]:
    """Forty figures to enter with last year's beside them, and a share worked out from two."""
    counts = make_indicators(CODES, unit="children")
    last_year = [
        Entry(one, north, YEAR - 1, version=0, text=str(990 + 7 * one.position)) for one in counts
    ]
    save_values(last_year, actor=None, reason="", origin="entered")
    make_share("share", "count_01 / count_02 * 100")
    enter(make_indicator("city_alone", reporting_level="above"), city, "1")
    people = {"officer": "沈小平", "colleague": "罗敏"}
    return {
        name: make_user(name, "officer", north, full_name=full) for name, full in people.items()
    }


@pytest.fixture
def sign_in(whole_city: dict[str, User], live_server) -> SignIn:
    """`sign_in(page, name, address)`: the page, seen by one of these people, or of those a test
    made, at an address if one is told. The way through the form is walked in `keyboard.py` and
    `test_sheet_line.py`."""

    def enter(page: Page, name: str, address: str = "") -> Page:
        sign_in_as(page, User.objects.get(username=name), live_server.url)
        if address:
            page.goto(address)
        return page

    return enter
