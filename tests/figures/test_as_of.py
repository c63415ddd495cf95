"""What figures said on two days, worked out from the versions that stood then."""

import datetime
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.figures.as_of import pairs_of_days
from indicators.models import Standing, Tier, YearlyResult
from indicators.results import Key, current_snapshot, results_as_of
from tests.cast import YEAR, enter, make_target

PAGE = reverse("dashboards:days")
TODAY = timezone.localdate()


def days_ago(number):
    return TODAY - datetime.timedelta(days=number)


def enter_on(day, *figure, **fields):
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    with mock.patch("django.utils.timezone.now", return_value=noon):
        enter(*figure, **fields)


@pytest.fixture
def told(children, children_public, share, north, south):
    """A hundred days ago 50 of 100 in each district; ten days ago 80 of 100 in one of them."""
    make_target(share, "ge", 60)
    for unit in (north, south):
        for indicator, text in ((children, "100"), (children_public, "50")):
            enter_on(days_ago(100), indicator, unit, text)
    enter_on(days_ago(10), children_public, north, "80")


@pytest.fixture
def page(client, supervisor, told, south):
    client.force_login(supervisor)

    def ask(first, second, unit="500000", **asked):
        days = {"first": f"{first}", "second": f"{second}", "jurisdiction": unit, "year": YEAR}
        return client.get(PAGE, days | asked)

    ask.south = south
    return ask


def differing(answer):
    return {
        one.second.code: (str(one.first.value), str(one.second.value), one.second.status)
        for one in answer.context["pairs"]
    }


def test_sums_shares_and_lights_are_those_of_each_day(page):
    answer = page(days_ago(11), days_ago(10))

    assert differing(answer) == {
        "children_public": ("100 人", "130 人", "no_target"),
        "share": ("50%", "65%", "met"),
    }
    assert answer.context["finding"] == (f"{days_ago(11)} 至 {days_ago(10)}，2 项数据有变动。")
    assert [one.first.status for one in answer.context["pairs"]] == ["no_target", "missed"]


def test_between_two_days_on_which_nothing_changed_there_is_nothing(page):
    answer = page(days_ago(9), TODAY)

    assert differing(answer) == {}
    assert answer.context["finding"] == f"{days_ago(9)} 至 {TODAY}，数据没有变动。"


def test_before_anything_was_told_there_was_nothing(page):
    assert differing(page(days_ago(200), TODAY))["children"] == ("None", "200 人", "no_target")


def test_what_may_not_fall_is_held_against_the_year_before_as_it_was(page, children, city, north):
    make_target(children, "not_below_last_year")
    enter_on(days_ago(50), children, north, "120", year=YEAR - 1)
    enter_on(days_ago(50), children, page.south, "90", year=YEAR - 1)
    enter_on(days_ago(5), children, north, "105", year=YEAR - 1)

    found = differing(page(days_ago(6), days_ago(5)))
    assert found == {"children": ("200 人", "200 人", "met")}


def test_a_day_after_the_other_is_refused_in_words(page):
    answer = page(TODAY, days_ago(3))

    assert answer.status_code == 400
    assert "请选择不晚于截止日期的日期" in answer.content.decode()
    assert page("gestern", TODAY).status_code == 400


def test_without_a_choice_it_is_the_last_month(page, client):
    assert differing(client.get(PAGE)).keys() == {"children_public", "share"}


def test_a_district_sees_the_days_of_its_own_figures_and_not_of_the_citys(client, officer, told):
    client.force_login(officer)
    own = client.get(PAGE, {"jurisdiction": "500101", "year": YEAR})

    assert differing(own)["children_public"] == ("50 人", "80 人", "no_target")
    for unit in ("500000", "500102"):
        assert client.get(PAGE, {"jurisdiction": unit, "year": YEAR}).status_code == 404


def test_above_too_many_units_it_says_so(page, monkeypatch):
    monkeypatch.setattr("indicators.figures.as_of.MOST_UNITS", 2)
    answer = page(days_ago(11), TODAY)

    assert answer.context["pairs"] == []
    assert "下属单位超过" in answer.content.decode()


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 90)), min_size=1, max_size=5)
)
def test_what_stands_now_is_what_stood_a_moment_ago(
    children, children_public, share, north, south, writes
):
    for of_north, of_public, number in writes:
        enter(children_public if of_public else children, north if of_north else south, str(number))
    keys = [
        Key(one.jurisdiction_id, one.year, one.indicator_id)
        for one in YearlyResult.objects.in_tier(Tier.REPORTED)
    ]
    moment = Standing.objects.latest("pk").change.at + datetime.timedelta(microseconds=1)
    worked = results_as_of(current_snapshot(), keys, tier=Tier.REPORTED, before=[moment])[0]

    for one in YearlyResult.objects.in_tier(Tier.REPORTED):
        key = Key(one.jurisdiction_id, one.year, one.indicator_id)
        found = worked[key]
        assert (found.number, found.status, found.basis) == (one.number, one.status, one.basis)


def test_only_what_a_reader_sees_counts_as_a_change(told, supervisor, north, children):
    enter_on(days_ago(5), children, north, "100.0", note="另一说明")

    assert (
        pairs_of_days(supervisor, north, YEAR, days_ago(6), days_ago(4), tier=Tier.REPORTED) == []
    )


def test_a_sum_that_became_whole_has_moved(client, supervisor, children, north, south):
    enter_on(days_ago(20), children, north, "100")
    enter_on(days_ago(10), children, south, "0")
    client.force_login(supervisor)
    days = {"first": f"{days_ago(11)}", "second": f"{days_ago(9)}"}
    answer = client.get(PAGE, days | {"jurisdiction": "500000", "year": YEAR})

    [pair] = answer.context["pairs"]
    assert (str(pair.first.value), str(pair.second.value)) == ("100 人（已报 1 / 2）", "100 人")


def test_what_stands_beside_a_stated_figure_is_part_of_it(
    client, supervisor, children, city, north, south
):
    enter_on(days_ago(20), children, city, "300")
    for unit, text in ((north, "100"), (south, "200")):
        enter_on(days_ago(20), children, unit, text)
    enter_on(days_ago(10), children, south, "900")
    client.force_login(supervisor)
    days = {"first": f"{days_ago(11)}", "second": f"{days_ago(9)}"}
    answer = client.get(PAGE, days | {"jurisdiction": "500000", "year": YEAR})

    [pair] = answer.context["pairs"]
    assert (pair.first.agrees, pair.second.agrees) == (True, False)


def test_the_last_day_that_there_is_can_be_asked_for(page):
    assert differing(page(days_ago(11), "9999-12-31")) == differing(page(days_ago(11), TODAY))
