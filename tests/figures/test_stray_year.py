"""A stray year, from before such were refused, never becomes the one that pages open on."""

import pytest
from django.utils import timezone

from tests.cast import YEAR, enter


@pytest.mark.parametrize("page", ["/overview/", "/heat-map/", "/units/", "/profile/", "/brief/"])
def test_pages_open_on_the_latest_year_that_has_come(
    client, children, north, south, supervisor, monkeypatch, page
):
    for unit in (north, south):
        enter(children, unit, "5")
    coming = timezone.localdate().replace(year=timezone.localdate().year + 1, month=6, day=1)
    with monkeypatch.context() as then:
        then.setattr(timezone, "localdate", lambda *_given, **_more: coming)
        assert enter(children, north, "6", year=coming.year)
    client.force_login(supervisor)

    assert client.get(page).context["year"] == YEAR
