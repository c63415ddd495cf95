"""A draft that a withdrawn round left behind is saved once more, unchanged: it stands then.

As the page of withdrawing says, through every door.
"""

import pytest
from django.urls import reverse

from indicators.models import Jurisdiction, YearlyResult
from indicators.recording.round import withdraw_round
from tests.cast import YEAR, enter, result
from tests.entry.test_sheet import address, boxes
from tests.imports.workbooks import confirm, outcomes, table, upload
from tests.round_cast import make_round


@pytest.fixture
def page(client, asked, children, north, officer, supervisor):
    enter(children, north, "7", actor=officer)
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="误开")
    client.force_login(officer)
    return client


def test_on_the_sheet(page, children, north):
    page.post(address(north), boxes("children", "7", version=1))
    assert result(children, north).number == 7


def test_as_one_row(page, children, north):
    place = reverse("entry:row", args=[north.code, YEAR, "funding", "children"])
    page.post(place, boxes("children", "7", version=1))
    assert result(children, north).number == 7


def test_from_a_workbook(page, children, north):
    of_import = upload(page, table(["children", "人", YEAR, 7]))
    confirm(page, of_import)
    assert result(children, north).number == 7


def test_while_another_round_asks_others_it_stays_a_draft(page, city, children, south, supervisor):
    """Nothing is refused either: nobody has changed anything."""
    make_round(city, supervisor, [children], [south])
    north = Jurisdiction.objects.get(code="500101")
    place = reverse("entry:row", args=[north.code, YEAR, "funding", "children"])

    assert page.post(place, boxes("children", "7", version=1)).status_code == 200
    assert page.post(address(north), boxes("children", "7", version=1)).status_code == 302
    of_import = upload(page, table(["children", "人", YEAR, 7]))
    assert set(outcomes(of_import).values()) == {"unchanged"}
    assert not YearlyResult.objects.filter(jurisdiction=north, number=7).exists()
