"""No page of the dashboards is heavy, with all that it loads; and its text waits for no script."""

import gzip

import pytest

from indicators.models import Jurisdiction
from indicators.recording import Entry, save_values
from tests.journeys.looking import DASHBOARDS
from tests.journeys.sheet import indicator, unit

pytestmark = [pytest.mark.page, pytest.mark.thorough]

HEAVIEST = 200_000  # bytes, compressed
# As the page comes: a script adds others later.
AT_ONCE = """async () => {
    const came = new DOMParser().parseFromString(await (await fetch("")).text(), "text/html");
    return came.querySelectorAll("script[src]:not([defer]):not([type=module])").length;
}"""


@pytest.fixture
def reported(whole_city):
    total, public = indicator("preschool_total"), indicator("preschool_public")
    units = Jurisdiction.objects.valid_in(2021).filter(parent=unit("500000"))
    entries = [
        Entry(one, each, year, version=0, text=str(number + at))
        for one, number in ((total, 1000), (public, 500))
        for at, each in enumerate(units)
        for year in (2019, 2020, 2021)
    ]
    save_values(entries, actor=None, reason="", origin="entered")


def test_a_page_weighs_little_and_its_text_comes_first(visitor, sign_in, reported):
    page = sign_in(visitor(), "supervisor")
    page.route("**/*", lambda route: route.continue_())  # which also leaves the browser's store out
    loaded = []
    page.on("response", lambda response: loaded.append(len(gzip.compress(response.body()))))
    heavy, waited_for = {}, {}
    for address in DASHBOARDS:
        loaded.clear()
        page.goto(address, wait_until="networkidle")
        assert len(loaded) > 3, address
        if sum(loaded) > HEAVIEST:
            heavy[address] = sum(loaded)
        if scripts := page.evaluate(AT_ONCE):
            waited_for[address] = scripts
    assert (heavy, waited_for) == ({}, {})
