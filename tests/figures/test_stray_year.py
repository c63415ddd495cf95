"""A stray year, from before such were refused, never becomes the one that pages open on."""

import pytest
from django.utils import timezone

from tests.cast import YEAR, enter
from tests.round_cast import make_round


@pytest.fixture
def stray(children, north, south, monkeypatch):
    """Figures of a year, and one of a year to come, as there were before such were refused."""
    for unit in (north, south):
        enter(children, unit, "5")
    coming = timezone.localdate().replace(year=timezone.localdate().year + 1, month=6, day=1)
    with monkeypatch.context() as then:
        then.setattr(timezone, "localdate", lambda *_given, **_more: coming)
        assert enter(children, north, "6", year=coming.year)
    return coming.year


@pytest.mark.parametrize(
    "page", ["/overview/", "/heat-map/", "/units/", "/profile/", "/brief/", "/outlook/"]
)
def test_pages_open_on_the_latest_year_that_has_come(client, stray, supervisor, page):
    client.force_login(supervisor)

    assert client.get(page).context["year"] == YEAR


def test_so_does_the_page_of_the_indicator_where_it_can_be_chosen(client, stray, supervisor):
    client.force_login(supervisor)

    assert client.get("/indicators/children/").context["figure"].year == YEAR
    asked = client.get("/indicators/children/", {"year": stray})
    assert asked.context["figure"].year == stray


def test_a_year_to_come_that_a_round_asks_is_no_stray(client, stray, supervisor, children, city):
    make_round(city, supervisor, [children], [city], evaluation_year=stray)
    client.force_login(supervisor)

    assert client.get("/indicators/children/").context["figure"].year == stray
