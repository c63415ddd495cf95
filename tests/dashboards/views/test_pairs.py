"""Two units side by side, and two years: what differs, by how much, and which is better."""

import pytest
from django.urls import reverse

from indicators.models import Definition, DutyArea
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_indicator

COMPARE, CHANGES = reverse("dashboards:compare"), reverse("dashboards:changes")
RATE = {"unit": "percent", "display_unit": "percent", "quantity_kind": "rate"}


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def told(north, south):
    better = {"direction": "higher_better"}
    rate = make_indicator("rate", aggregation="none", **RATE, **better)
    drop = make_indicator("drop", aggregation="none", direction="lower_better", **RATE)
    count = make_indicator("count", **better)
    for year, rise in ((YEAR - 3, 0), (YEAR, 5)):
        for indicator, unit, number in (
            *((rate, north, 80), (rate, south, 90)),
            *((drop, north, 4), (drop, south, 4)),
            *((count, north, 100), (count, south, 300)),
        ):
            enter(indicator, unit, str(number + rise), year=year)
    return rate, drop, count


def verdicts(answer):
    return {
        one.second.code: (str(one.words) if one.words else one.why_none, one.verdict)
        for one in answer.context["pairs"]
    }


def test_two_units_are_held_against_each_other(page, told):
    answer = page.get(COMPARE, {"jurisdiction": "500101", "other": "500102"})

    assert verdicts(answer) == {
        "count": ("−65.57%", ""),
        "drop": ("0.00 个百分点", "same"),
        "rate": ("−10.00 个百分点", "worse"),
    }
    assert answer.context["finding"] == "可以判断的 2 项中，北区有 0 项好于南区，1 项不如。"


def test_two_years_are_held_against_each_other(page, told):
    answer = page.get(CHANGES, {"jurisdiction": "500101", "year": YEAR, "since": YEAR - 3})

    assert verdicts(answer) == {
        "count": ("+5.00%", "better"),
        "drop": ("+5.00 个百分点", "worse"),
        "rate": ("+5.00 个百分点", "better"),
    }
    assert answer.context["finding"] == "可以判断的 3 项中，2021 年有 2 项好于 2018 年，1 项不如。"


def test_only_those_of_a_duty_area_are_shown(page, told):
    DutyArea.objects.create(code="other", name_zh="其他")
    asked = {"jurisdiction": "500101", "other": "500102"}

    assert len(verdicts(page.get(COMPARE, asked | {"area": "funding"}))) == 3
    assert verdicts(page.get(COMPARE, asked | {"area": "other"})) == {}


def test_a_change_of_the_definition_is_never_bridged(page, told, editor):
    save_definition(
        Definition(indicator=told[0], valid_from=YEAR - 1, meaning_zh="新口径"), actor=editor
    )
    answer = page.get(CHANGES, {"jurisdiction": "500101", "year": YEAR, "since": YEAR - 3})

    assert verdicts(answer)["rate"] == ("2020 年口径变动", "")


def test_without_a_choice_it_is_the_latest_years_and_the_first_units(page, told):
    assert page.get(CHANGES).context["since"] == YEAR - 3
    answer = page.get(COMPARE).context
    assert (answer["unit"].code, answer["other"].code) == ("500000", "500101")


def test_units_of_others_cannot_be_compared(client, officer, told):
    client.force_login(officer)

    for data in ({"other": "500102"}, {"jurisdiction": "500102"}):
        assert client.get(COMPARE, data).status_code == 404
    assert client.get(CHANGES, {"jurisdiction": "500102"}).status_code == 404
    assert client.get(CHANGES, {"since": "1066"}).status_code == 400


def test_the_year_held_against_is_not_a_later_one(page, told):
    answer = page.get(CHANGES, {"jurisdiction": "500101", "year": YEAR - 3, "since": YEAR})

    assert answer.status_code == 400
    assert "请选择不晚于另一年度的年度" in answer.content.decode()
