"""What is no number is refused, and what is odd is doubted, through whichever door it comes."""

import pytest

from indicators.models import Doubt, YearlyValue
from indicators.recording.examination import examine_due
from tests.api.conftest import Program
from tests.cast import YEAR, enter
from tests.imports.workbooks import confirm, table, upload


def by_sheet(client, officer, north, text):
    client.force_login(officer)
    sent = {"children-value": text, "children-version": 0, "children-note": "新建学校"}
    return client.post(f"/entry/{north.code}/{YEAR}/funding/", sent)


def by_row(client, officer, north, text):
    client.force_login(officer)
    sent = {"children-value": text, "children-version": 0}
    return client.post(f"/entry/{north.code}/{YEAR}/funding/children/", sent)


def by_program(_client, officer, north, text):
    place = {"indicator": "children", "jurisdiction": north.code, "year": YEAR}
    return Program(officer).post([place | {"version": 0, "value": text}])


def by_workbook(client, officer, _north, text):
    client.force_login(officer)
    return confirm(client, upload(client, table(["children", "人", YEAR, text])))


DOORS = [by_sheet, by_row, by_program, by_workbook]


@pytest.mark.parametrize("text", ["52\n483", "52\r\n483", " - ", "—", "/", "暂无"])
@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_number_is_none_by_any_door(door, text, client, officer, north, children):
    door(client, officer, north, text)

    assert not YearlyValue.objects.filter(number__isnull=False).exists()


@pytest.mark.parametrize("text", ["不足4万", "1\u200b2", "（0）", "两万"])
@pytest.mark.parametrize("door", DOORS)
def test_what_an_office_writes_says_the_same_by_any_door(
    door, text, client, officer, north, children
):
    door(client, officer, north, text)

    numbers = {"不足4万": (40000, "less_than"), "1\u200b2": (12, "exact")}
    numbers |= {"（0）": (0, "exact"), "两万": (20000, "exact")}
    assert YearlyValue.objects.values_list("number", "qualifier").get() == numbers[text]


@pytest.mark.usefixtures("usual_rules")
@pytest.mark.parametrize("door", [by_row, by_program, by_workbook])
def test_what_is_odd_is_doubted_by_any_door(door, client, officer, north, children):
    enter(children, north, "1000", year=YEAR - 1)
    door(client, officer, north, "10000000")
    examine_due()

    assert [one.rule.code for one in Doubt.objects.filter(year=YEAR)] == ["unit_slip"]
