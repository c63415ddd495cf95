"""The places of units on the page of an indicator."""

import pytest
from django.urls import reverse

from tests.cast import enter, make_indicator, make_unit

PAGE = reverse("dashboards:indicator", args=["inclusive"])


@pytest.fixture
def inclusive(children, children_public):
    return make_indicator(
        "inclusive",
        formula="children_public / children * 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        direction="higher_better",
        aggregation="none",
    )


@pytest.fixture
def shares(children, children_public, inclusive, city):
    """Of four districts: 50, 50, 52 and 90 per cent; of the third fifty children in all."""
    units = [make_unit(f"50010{n}", f"第{n}区", parent=city) for n in range(1, 5)]
    for unit, part, whole in zip(units, (50, 500, 26, 900), (100, 1000, 50, 1000), strict=True):
        enter(children, unit, str(whole))
        enter(children_public, unit, str(part))
    return units


def places(client, user):
    client.force_login(user)
    answer = client.get(PAGE)
    ranking = answer.context["ranking"]
    by_id = {one.jurisdiction.pk: str(one.jurisdiction) for one in answer.context["across"]}
    told = {by_id[pk]: (one.words, one.turns) for pk, one in ranking.places.items()}
    return told, ranking.why_none, answer.content.decode()


def test_equal_ones_share_a_place_and_the_next_is_left_out(client, supervisor, shares):
    told, why_none, page = places(client, supervisor)

    assert told == {
        "第4区": ("1", False),
        "第3区": ("2", False),
        "第1区": ("并列3", False),
        "第2区": ("并列3", False),
    }
    assert why_none == ""
    assert '<th scope="col" class="number">名次</th>' in page
    assert 'data-sort="3" data-label="名次">并列3' in page


def test_a_place_that_one_case_would_change_says_so(client, supervisor, shares, children_public):
    enter(children_public, shares[1], "505")

    told, _why_none, page = places(client, supervisor)
    assert told["第3区"] == ("2", True)
    assert told["第2区"] == ("3", True)
    assert told["第1区"] == ("4", True)  # of a hundred children one is as much as the half point
    assert page.count("相差不足一例") == 3


def test_where_too_few_have_a_figure_there_are_no_places(client, supervisor, shares, city):
    for n in (5, 6):
        make_unit(f"50010{n}", f"第{n}区", parent=city)

    told, why_none, page = places(client, supervisor)
    assert told == {}
    assert why_none == "只有 4 个单位有数，应有 6 个，不排名次。"
    assert why_none in page
    assert "名次</th>" not in page


def test_of_counts_there_are_none(client, supervisor, shares):
    client.force_login(supervisor)
    answer = client.get(reverse("dashboards:indicator", args=["children"]))

    assert answer.context["ranking"] is None


def test_a_district_sees_no_places(client, officer, inclusive, children, children_public, north):
    for indicator in (children, children_public):
        enter(indicator, north, "5")
    client.force_login(officer)

    assert client.get(PAGE).context["ranking"] is None


def test_a_place_of_a_figure_that_is_not_exact_says_so(client, supervisor, shares, children_public):
    enter(children_public, shares[3], "超过900")

    told, _why_none, page = places(client, supervisor)
    assert told["第4区"] == ("1", False)
    assert page.count("非准确数") == 1
