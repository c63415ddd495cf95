"""The sheet in 元, 万元 or 亿元: a choice for each duty area, remembered."""

import pytest
from django.urls import reverse

from indicators.models import YearlyValue
from tests.cast import YEAR, enter, make_indicator
from tests.entry.test_sheet import address, boxes

IN_WAN = {"in_unit": "wan_yuan"}


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def revenue():
    return make_indicator("revenue", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")


def choose(page, unit, code):
    return page.post(reverse("entry:unit", args=[unit.code, YEAR, "funding"]), {"unit": code})


def html(response):
    return response.content.decode().replace("\u2009", " ")


def test_the_choice_is_remembered_and_past_years_stand_in_the_same_unit(
    page, revenue, children, north
):
    enter(revenue, north, "33.5亿元", year=YEAR - 1)
    enter(revenue, north, "3100000000", year=YEAR - 2)
    enter(children, north, "12345", year=YEAR - 1)
    assert choose(page, north, "wan_yuan").url == address(north)

    shown = html(page.get(address(north)))
    assert '<option value="wan_yuan" selected>万元</option>' in shown
    assert "335 000" in shown
    assert "310 000" in shown
    assert "12 345" in shown
    assert 'name="in_unit" id="in_unit" value="wan_yuan"' in shown


def test_a_number_without_a_unit_is_in_the_sheets_and_kept_with_it(page, revenue, children, north):
    page.post(address(north), boxes("revenue", "335,000") | boxes("children", "12345") | IN_WAN)

    value = YearlyValue.objects.get(indicator=revenue)
    assert (value.number, value.as_entered) == (3_350_000_000, "335,000万元")
    assert YearlyValue.objects.get(indicator=children).as_entered == "12345"


def test_a_chinese_numeral_is_in_the_sheets_unit_too(page, revenue, north):
    page.post(address(north), boxes("revenue", "五十多") | IN_WAN)

    value = YearlyValue.objects.get()
    assert (value.number, value.as_entered) == (500_000, "五十多万元")


def test_a_power_that_may_be_the_number_or_the_unit_is_asked_about(page, revenue, north):
    check = reverse("entry:check", args=["500101", YEAR, "funding"])
    asked = "“3千”在本表可指 3000元，也可指 3000万元，请写明是哪一个。"
    for response in (
        page.post(check, boxes("revenue", "3千") | IN_WAN),
        page.post(address(north), boxes("revenue", "3千") | IN_WAN),
    ):
        assert asked in html(response)
    assert 'value="3千"' in html(response)
    assert not YearlyValue.objects.exists()

    page.post(address(north), boxes("revenue", "3千"))
    assert YearlyValue.objects.get().number == 3000


def test_a_row_that_was_not_touched_stays_as_it_was_on_a_sheet_in_another_unit(
    page, revenue, north
):
    enter(revenue, north, "3350000000")
    choose(page, north, "wan_yuan")
    row = page.get(address(north)).context["sheet"].rows[0]
    assert row.form["value"].value() == "3350000000元"
    assert row.plain_number == "335000"

    page.post(address(north), boxes("revenue", "3350000000元", version=1) | IN_WAN)
    assert YearlyValue.objects.get().version == 1
    page.post(address(north), boxes("revenue", "3350000000元", version=1, note="核") | IN_WAN)
    assert YearlyValue.objects.get().number == 3_350_000_000


def test_one_row_is_saved_in_the_unit_that_its_page_was_in(page, revenue, north):
    """Though the choice was changed in another window meanwhile."""
    one = reverse("entry:row", args=["500101", YEAR, "funding", "revenue"])
    choose(page, north, "yi_yuan")
    shown = html(page.post(one, boxes("revenue", "335000") | IN_WAN))

    assert 'value="335000万元"' in shown
    assert "读作 3 350 000 000 元" in shown
    assert YearlyValue.objects.get().number == 3_350_000_000


def test_the_server_reads_along_in_the_unit(page, revenue, north):
    check = reverse("entry:check", args=["500101", YEAR, "funding"])
    assert "读作 3 350 000 000 元" in html(page.post(check, boxes("revenue", "335000") | IN_WAN))
    assert "读作 335 000 元" in html(page.post(check, boxes("revenue", "335000")))


def test_a_conflict_keeps_the_unit(page, revenue, north):
    enter(revenue, north, "1亿元")
    response = page.post(address(north), boxes("revenue", "335000", version=0) | IN_WAN)

    assert response.status_code == 409
    assert 'name="revenue-value" value="335000万元"' in html(response)
    assert 'name="in_unit" id="in_unit" value="wan_yuan"' in html(response)


def test_the_choice_is_offered_where_there_are_amounts_only(page, children, north):
    assert "unit-choice" not in html(page.get(address(north)))


def test_a_unit_that_does_not_exist_is_refused(page, revenue, north):
    choose(page, north, "wan_persons")

    assert "没有这个选项" in html(page.get(address(north)))


def test_each_has_a_choice_of_their_own(page, client, revenue, north, city_officer, city):
    choose(page, north, "wan_yuan")
    client.force_login(city_officer)

    assert '<option value="yuan" selected>' in html(client.get(address(north)))
