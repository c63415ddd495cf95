"""What is locked is locked at every door: sheet, row, program, workbook, administration."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import YearlyValue
from indicators.recording.reopening import approve_year
from indicators.recording.round import withdraw_round
from tests.api.conftest import Program
from tests.api.test_values import row
from tests.cast import YEAR, enter, result
from tests.entry.test_sheet import address, boxes
from tests.imports.workbooks import confirm, table, upload
from tests.recording.promises import put


def through_the_sheet(client, officer, children, north, year, version):
    client.post(address(north, year=year), boxes("children", "7", version=version))


def through_a_row(client, officer, children, north, year, version):
    place = reverse("entry:row", args=[north.code, year, "funding", "children"])
    client.post(place, boxes("children", "7", version=version))


def through_a_program(client, officer, children, north, year, version):
    Program(officer).post([row(children, north, "7", version=version, year=year)])


def through_a_workbook(client, officer, children, north, year, version):
    of_import = upload(client, table(["children", "人", year, 7]))
    confirm(client, of_import, act="valid")


def through_the_administration(client, officer, children, north, year, version):
    if version:
        place = [YearlyValue.objects.get().pk]
        page = reverse("admin:indicators_yearlyvalue_change", args=place)
    else:
        page = reverse("admin:indicators_yearlyvalue_add")
    sent = {"indicator": children.pk, "jurisdiction": north.pk, "year": year, "as_entered": "7"}
    client.post(page, sent | {"version": version, "period_from": year, "change_reason": "x"})


DOORS = [
    through_the_sheet,
    through_a_row,
    through_a_program,
    through_a_workbook,
    through_the_administration,
]


@pytest.mark.parametrize("door", DOORS)
def test_an_approved_figure_is_changed_through_none(client, officer, children, north, door):
    put(children, north, "100")
    client.force_login(officer)
    door(client, officer, children, north, YEAR, 1)

    assert YearlyValue.objects.get().number == 100
    assert result(children, north, tier="approved").number == 100


@pytest.mark.parametrize("door", DOORS)
def test_a_year_to_come_is_entered_through_none(client, officer, children, north, door):
    client.force_login(officer)
    door(client, officer, children, north, timezone.localdate().year + 1, 0)

    assert not YearlyValue.objects.exists()


@pytest.mark.parametrize("door", [through_a_program, through_the_administration])
def test_a_draft_of_a_withdrawn_round_stands_when_it_is_saved_unchanged(
    client, asked, children, north, officer, supervisor, door
):
    enter(children, north, "7", actor=officer)
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="误开")
    client.force_login(officer)
    door(client, officer, children, north, YEAR, 1)

    assert result(children, north).number == 7


def test_an_import_whose_figures_are_approved_is_not_taken_back(
    client, officer, children, north, supervisor
):
    client.force_login(officer)
    of_import = upload(client, table(["children", "人", YEAR, 7]))
    confirm(client, of_import)
    approve_year(north, YEAR, actor=supervisor)

    refused = client.post(f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    assert refused.status_code == 409
    assert result(children, north, tier="approved").number == 7
