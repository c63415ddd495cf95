"""A round in a browser, as four people: planned, opened, entered, submitted, returned, approved."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indicators.models import Submission, YearlyResult
from tests.journeys.looking import look_at
from tests.journeys.sheet import QUALITY, feedback, last_year, row, type_in
from tests.round_cast import days

ANSWER = "/entry/500106/2022/"
ASKED = {"preschool_total", "preschool_public", "preschool_public_share"}
UNITS = {"500106", "500103"}


@pytest.fixture
def people(visitor, sign_in):
    """Each in a window of their own."""
    names = ("supervisor", "officer", "lead", "neighbour")
    return {name: sign_in(visitor(), name) for name in names}


def state():
    return Submission.objects.get(jurisdiction__code="500106").state


def stands(code):
    found = YearlyResult.objects.filter(indicator__code=code, jurisdiction__code="500106")
    tiers = dict(found.filter(year=2022).values_list("tier", "number"))
    return [tiers.get(tier) and int(tiers[tier]) for tier in ("reported", "approved")]


def tick_only(page, name, wanted):
    """Leave only the wanted of a list of boxes ticked, as many clicks would."""
    page.evaluate(
        """([name, wanted]) => document.querySelectorAll(`[name=${name}]`).forEach((box) => {
            box.checked = wanted.some((code) => box.closest("label").textContent.includes(code));
        })""",
        [name, sorted(wanted)],
    )


def test_from_opening_a_round_to_approval_and_back_through_a_return(people, tmp_path):
    supervisor, officer, lead = people["supervisor"], people["officer"], people["lead"]
    last_year("preschool_total", "9000")

    # The supervisor plans a round and opens it.
    supervisor.click("nav >> text=轮次")
    supervisor.click("text=新建轮次")
