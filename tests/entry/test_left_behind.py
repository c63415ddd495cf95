"""A draft that a withdrawn round left behind is saved once more, unchanged. They fail.

Expected, as the page of withdrawing says: it stands as reported then. Instead sheet, row and
workbook take it for nothing changed and never ask the door; programs and the administration do.
"""

import pytest
from django.urls import reverse

from indicators.recording.round import withdraw_round
from tests.cast import YEAR, enter, result
from tests.entry.test_sheet import address, boxes
from tests.imports.workbooks import confirm, table, upload


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
