"""What is offered under a box: the number that was probably meant, or which state is."""

import pytest
from django.urls import reverse

from indicators.models import YearlyValue
from tests.cast import YEAR, enter, make_indicator
from tests.entry.test_sheet import address, boxes

pytestmark = pytest.mark.usefixtures("usual_rules")


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def revenue(north):
    found = make_indicator("revenue", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    enter(found, north, "33亿元", year=YEAR - 1)
    return found


def words(response):
    return response.content.decode().replace("\u2009", " ")


def test_a_likely_slip_of_units_offers_the_mend_as_one_button(page, revenue, north):
    one = reverse("entry:row", args=["500101", YEAR, "funding", "revenue"])
    html = words(page.post(one, boxes("revenue", "33.5万元")))

    assert 'name="revenue-instead" value="335000万元"' in html
    assert "是否为 335 000 万元？" in html


def test_the_button_fills_the_box_without_javascript_too(page, revenue, north):
    page.post(address(north), boxes("revenue", "33.5万元"))
    mend = boxes("revenue", "33.5万元", version=1) | {"revenue-instead": "335000万元"}
    assert page.post(address(north), mend).status_code == 302

    value = YearlyValue.objects.get(year=YEAR)
    assert (value.number, value.as_entered, value.version) == (3_350_000_000, "335000万元", 2)
    assert "revenue-instead" not in page.get(address(north)).content.decode()


@pytest.mark.parametrize(
    ("typed", "before", "mend"),
    [
        ("123456", "12345", ""),  # 12345.6 persons are none
        ("123450", "12345", "12345人"),
        ("1234", "12345", "12340人"),
    ],
)
def test_a_mend_is_a_number_that_can_be_entered(page, children, north, typed, before, mend):
    enter(children, north, before, year=YEAR - 1)
    html = words(page.post(address(north), boxes("children", typed), follow=True))

    assert ('name="children-instead"' in html) is bool(mend)
    assert f'value="{mend}"' in html or not mend


@pytest.mark.parametrize("typed", ["/", "无", "暂无", "N/A"])
def test_what_says_none_asks_which_state_is_meant_and_is_never_zero(page, children, north, typed):
    response = page.post(address(north), boxes("children", typed))
    html = words(response)

    assert response.status_code == 422
    assert response.context["sheet"].rows[0].refusal.code == "which_state"
    assert 'name="children-choose" value="not_applicable">不适用</button>' in html
    assert 'name="children-choose" value="not_available">暂无数据</button>' in html
    assert not YearlyValue.objects.exists()


def test_a_state_is_chosen_by_its_button_without_javascript_too(page, children, north):
    chosen = boxes("children", "/", note="未开展") | {"children-choose": "not_applicable"}
    assert page.post(address(north), chosen).status_code == 302

    value = YearlyValue.objects.get()
    assert (value.state, value.state_reason, value.number) == ("not_applicable", "未开展", None)


def test_who_may_only_read_is_offered_nothing(client, lead, revenue, north):
    enter(revenue, north, "33.5万元")
    client.force_login(lead)

    assert "revenue-instead" not in client.get(address(north)).content.decode()
