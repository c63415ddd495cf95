"""Whether the figures of a year can be believed: what is in, in time, odd, explained, corrected."""

import pytest
from django.urls import reverse

from indicators.models import Finding
from indicators.recording.examination import examine_due
from tests.cast import YEAR, enter, make_target
from tests.round_cast import move_days

PAGE = reverse("dashboards:reliability")


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return lambda **asked: client.get(PAGE, asked)


def row(answer, unit):
    units = {str(one.unit): one for one in answer.context["reliability"].units}
    one = units[unit]
    return (
        f"{one.reported}/{one.expected}",
        one.punctual_words,
        one.findings,
        one.explained,
        one.to_verify,
        one.corrections,
    )


@pytest.fixture
def ten_times(usual_rules, children, children_public, share, north, south):
    """Of one district ten times as many children as the year before."""
    make_target(share, "ge", 50)
    for unit in (north, south):
        enter(children, unit, "1000", year=YEAR - 1)
        enter(children, unit, "1010")
        enter(children_public, unit, "600")
    enter(children, north, "10000")
    examine_due()


def test_where_no_round_asked_the_rules_tell_what_is_to_be_verified(page, ten_times):
    answer = page()

    assert row(answer, "北区") == ("3/3", "", None, None, 1, 0)
    assert row(answer, "南区") == ("3/3", "", None, None, 0, 0)
    assert [one.unit.name for one in answer.context["reliability"].units][1:] == ["北区", "南区"]
    assert answer.context["finding"] == (
        "应报 6 项，已报 6 项。其中 1 项待核。山城有 1 项达标判定以待核数据为依据。"
    )


def test_the_lights_that_rest_on_them_lead_to_the_source(page, ten_times):
    answer = page()

    [resting] = answer.context["reliability"].resting
    assert (resting.code, resting.status) == ("share", "missed")
    address = reverse("dashboards:figure", args=["share", "500000", YEAR])
    assert f'href="{address}#doubt"' in answer.content.decode()


def test_of_an_earlier_year_nothing_of_this_one_is_told(page, ten_times):
    answer = page(year=YEAR - 1)

    assert row(answer, "北区") == ("1/3", "", None, None, 0, 0)
    assert answer.context["reliability"].resting == []


def test_what_the_city_states_is_held_against_what_the_units_add_up_to(
    page, children, city, north, south
):
    for unit in (north, south):
        enter(children, unit, "1000")
    enter(children, city, "2100")

    answer = page()
    [differing] = answer.context["reliability"].differing
    assert (str(differing.value), str(differing.computed)) == ("2\u2009100 人", "2\u2009000 人")
    assert "1 项公布数与各单位汇总不一致。" in answer.context["finding"]
    enter(children, city, "2000")
    answer = page()
    assert answer.context["reliability"].differing == []
    assert "一致" in answer.content.decode()


def test_a_round_tells_what_came_in_time_and_what_was_found(
    page, submitted, children, asked, usual_rules
):
    finding = {"indicator": children, "year": YEAR, "severity": "warning", "rule": usual_rules[0]}
    for at, words in ((submitted.submitted_at, "新校投入使用"), (submitted.submitted_at, "")):
        Finding.objects.create(submission=submitted, found_at=at, explanation=words, **finding)
        finding["rule"] = usual_rules[1]

    answer = page()
    assert row(answer, "北区") == ("2/2", "按期", 2, 1, 0, 0)
    assert row(answer, "南区") == ("0/2", "未到期", 0, 0, 0, 0)
    move_days(asked, opens=-9, due=-2, closes=9)
    assert row(page(), "南区")[1] == "逾期"
    assert [one.unit.name for one in page().context["reliability"].units][1] == "南区"


def test_a_correction_after_approval_is_counted_once(page, corrected):
    assert row(page(), "北区")[-1] == 1
    assert row(page(tier="approved"), "北区")[-1] == 1


def test_a_district_is_told_of_its_own_only(client, officer, ten_times):
    client.force_login(officer)
    answer = client.get(PAGE)

    assert row(answer, "北区")[-2:] == (1, 0)
    assert row(answer, "山城")[-2:] == (None, None)
    assert "南区" not in answer.content.decode()
