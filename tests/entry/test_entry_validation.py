"""What the server says of the boxes: readings, refusals and doubts, the same on every way."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from indicators.models import YearlyValue
from tests.cast import YEAR, enter, make_indicator, make_share, make_target
from tests.entry.test_sheet import address, boxes
from tests.results.test_validation import make_rule

pytestmark = pytest.mark.usefixtures("usual_rules")


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


def checked(page, unit, posted):
    """What is told of each row while somebody types, by code."""
    response = page.post(reverse("entry:check", args=[unit.code, YEAR, "funding"]), posted)
    assert response.status_code == 200
    return {row.code: row for row in response.context["sheet"].rows}


def words(said):
    return str(said).replace("\u2009", " ")


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("1.16万", "读作 11 600 人"),
        ("１１６００", "读作 11 600 人"),
        ("11,600", "读作 11 600 人"),
        ("11600", "读作 11 600 人"),
        ("=11000+600", "读作 11 600 人"),
        ("约1.2万", "读作 约12 000 人"),
        ("1.2万余人", "读作 12 000余人"),
        ("77", ""),
    ],
)
def test_a_number_is_read_in_its_base_unit(page, children, north, typed, reading):
    row = checked(page, north, boxes("children", typed))["children"]

    assert words(row.reading) == reading
    assert row.plain_number == str(int(row.number))
    assert not YearlyValue.objects.exists()


def test_the_same_words_stand_there_after_saving_with_and_without_javascript(page, children, north):
    enter(children, north, "1000", year=YEAR - 1)
    typed = boxes("children", "1万")
    by_row = page.post(reverse("entry:row", args=["500101", YEAR, "funding", "children"]), typed)
    afterwards = page.get(address(north))

    for response in (by_row, afterwards):
        html = words(response.content.decode())
        assert "读作 10 000 人" in html
        assert "约为上年 1 000 人的 10 倍" in html
    assert "有 1 处需要核对" in afterwards.content.decode()


def test_checking_refuses_in_the_words_of_saving_and_writes_nothing(page, children, north):
    row = checked(page, north, boxes("children", "=1200+children"))["children"]
    assert row.refusal.code == "numbers_only"

    saved = page.post(address(north), boxes("children", "=1200+children"))
    assert saved.context["sheet"].rows[0].refusal.message == row.refusal.message
    assert not YearlyValue.objects.exists()


def test_a_sum_is_kept_as_entered(page, children, north):
    page.post(address(north), boxes("children", "=1200+340"))

    value = YearlyValue.objects.get()
    assert (value.as_entered, value.number, value.last_place) == ("=1200+340", D(1540), 0)


def test_doubts_never_keep_a_figure_from_being_saved(page, children, children_public, share, north):
    posted = boxes("children", "10") | boxes("children_public", "12")
    told = checked(page, north, posted)
    assert [words(doubt) for doubt in told["children_public"].doubts] == [
        "大于指标children（12 人 > 10 人），请核对两项。"
    ]
    assert told["children"].doubts == []

    assert page.post(address(north), posted).status_code == 302
    assert YearlyValue.objects.count() == 2


def test_a_part_is_held_against_the_whole_that_is_stored(
    page, children, children_public, share, north
):
    enter(children, north, "10")

    assert checked(page, north, boxes("children_public", "12"))["children_public"].doubts


def test_a_share_above_a_hundred_is_doubted_and_a_rate_is_not(page, north):
    percent = {"unit": "percent", "display_unit": "percent", "aggregation": "none"}
    make_indicator("passed", quantity_kind="share", **percent)
    make_indicator("gross_enrolment", quantity_kind="rate", **percent)

    rows = checked(page, north, boxes("passed", "101") | boxes("gross_enrolment", "101"))
    assert [words(doubt) for doubt in rows["passed"].doubts] == ["超过 100%，请核对。"]
    assert rows["gross_enrolment"].doubts == []


def test_below_last_year_is_told_where_the_target_forbids_it(page, children, north):
    enter(children, north, "1000", year=YEAR - 1)
    assert checked(page, north, boxes("children", "900"))["children"].doubts == []

    make_target(children, "not_below_last_year", level="county")
    assert [
        words(text) for text in checked(page, north, boxes("children", "900"))["children"].doubts
    ] == ["低于上年的 1 000 人，而目标要求不低于上年，请核对并说明。"]


def test_a_share_that_fell_asks_for_an_explanation(page, north):
    kept = make_indicator(
        "kept",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
        aggregation="none",
        direction="higher_better",
    )
    enter(kept, north, "95.9", year=YEAR - 1)

    assert [
        words(doubt) for doubt in checked(page, north, boxes("kept", "92.1"))["kept"].doubts
    ] == ["比上年低 3.8 个百分点，请核对并说明。"]


def test_rows_carry_last_year_as_it_would_be_typed_and_plain_numbers(page, children, north):
    enter(children, north, "1.25万", year=YEAR - 1)
    enter(children, north, "1.3万")

    html = page.get(address(north)).content.decode()
    assert 'data-last="12500人"' in html
    assert 'data-number="13000"' in html


def test_a_figure_that_somebody_else_saved_meanwhile_is_told_before_saving(
    page, children, children_public, north
):
    enter(children, north, "12")
    enter(children_public, north, "7")
    untouched = boxes("children_public", "")
    told = checked(page, north, boxes("children", "13", version=0) | untouched)

    assert told["children"].mark == "refused conflict"
    assert told["children_public"].mark == ""
    assert checked(page, north, boxes("children", "12", version=0))["children"].mark == ""
    assert checked(page, north, boxes("children", "13", version=1))["children"].mark == ""
    odd = checked(page, north, boxes("children", "x", version=0))["children"]
    assert odd.mark == "refused at-value"


def test_what_somebody_else_saved_alike_is_no_conflict(page, children, north):
    enter(children, north, "12", note="same")
    response = page.post(address(north), boxes("children", " 12", version=0, note="same"))

    assert response.status_code == 302
    assert YearlyValue.objects.get().version == 1


def test_rows_saved_beside_a_refused_one_carry_their_new_version(
    page, children, children_public, north
):
    posted = boxes("children", "x") | boxes("children_public", "7")
    html = page.post(address(north), posted).content.decode()

    assert '<input type="hidden" name="children_public-version" value="1"' in html
    assert '<input type="hidden" name="children-version" value="0"' in html


def test_only_who_may_enter_may_ask(client, lead, other_officer, children, north):
    one = reverse("entry:check", args=["500101", YEAR, "funding"])
    client.force_login(lead)
    assert client.post(one, boxes("children", "5")).status_code == 403
    client.force_login(other_officer)
    assert client.post(one, boxes("children", "5")).status_code == 404
    assert client.get(one).status_code == 405


def test_checking_costs_the_same_queries_with_one_row_or_thirty(
    page, children, north, django_assert_max_num_queries
):
    make_share("share", "children / children * 100")
    checked(page, north, boxes("children", "5"))
    with django_assert_max_num_queries(18) as one:
        checked(page, north, boxes("children", "5"))
    posted = boxes("children", "5")
    for number in range(30):
        posted |= boxes(make_indicator(f"more{number}").code, "5")
    checked(page, north, posted)
    with django_assert_max_num_queries(18) as thirty:
        checked(page, north, posted)

    assert len(thirty) == len(one)


def test_a_withdrawn_figure_is_missing_beside_its_pair(page, children, children_public, north):
    rule = make_rule("pair", children, children_public)
    enter(children, north, "100")
    enter(children_public, north, "50")
    enter(children_public, north, "", version=1)
    by_row = reverse("entry:row", args=["500101", YEAR, "funding", "children_public"])
    again = boxes("children_public", version=2)

    for response in (page.get(address(north)), page.post(by_row, again)):
        rows = {row.code: row for row in response.context["sheet"].rows}
        assert [doubt.rule for doubt in rows["children_public"].doubts] == [rule]
