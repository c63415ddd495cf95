"""How unequal the units are: told to those who see them all by name, of what can be compared."""

import math
import statistics

import pytest
from django.urls import reverse

from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import YEAR, enter, make_unit

PAGE = reverse("dashboards:indicator", args=["share"])


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def units(city, north, south):
    return [north, south, make_unit("500103", "东区", parent=city, group_zh="山区")]


def tell(indicators, units, year, *pairs):
    for unit, (total, public) in zip(units, pairs, strict=True):
        enter(indicators[0], unit, str(total), year=year)
        enter(indicators[1], unit, str(public), year=year)


@pytest.fixture
def told(units, children, children_public, share):
    both = (children, children_public)
    tell(both, units, YEAR - 1, (100, 20), (100, 50), (200, 160))
    tell(both, units, YEAR, (100, 50), (100, 60), (200, 140))


def test_the_measures_are_those_of_the_figures(page, told):
    before, now = page.get(PAGE).context["inequality"]

    shares = [20, 50, 80]
    assert before.variation == f"{statistics.pstdev(shares) / statistics.mean(shares):.3f}"
    mean = (20 * 100 + 50 * 100 + 80 * 200) / 400
    square = (100 * (20 - mean) ** 2 + 100 * (50 - mean) ** 2 + 200 * (80 - mean) ** 2) / 400
    assert before.weighted == f"{math.sqrt(square) / mean:.3f}"
    apart = sum(abs(one - other) for one in shares for other in shares)
    assert before.gini == f"{apart / (2 * 9 * 50):.3f}"
    assert (before.times, str(before.median_words)) == ("4.00", "50%")
    assert (str(before.lowest.jurisdiction), str(before.highest.jurisdiction)) == ("北区", "东区")
    assert (now.year, now.expected, len(now.figures)) == (YEAR, 3, 3)
    assert (str(before.lower_words), str(before.upper_words)) == ("35%", "65%")


def test_what_lies_far_beyond_the_box_stands_out(page, city, children, children_public, share):
    shares = [50, 51, 52, 53, 54, 99, 2]
    five = [make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(len(shares))]
    tell((children, children_public), five, YEAR, *((100, one) for one in shares))
    (now,) = page.get(PAGE).context["inequality"]

    assert [(one.unit_name, str(one.value)) for one in now.outliers] == [
        ("第5区", "99%"),
        ("第6区", "2%"),
    ]
    assert (now.whiskers.lowest, now.whiskers.highest) == (50, 54)


def test_where_none_stands_out_the_whiskers_reach_the_ends(page, told):
    now = page.get(PAGE).context["inequality"][-1]

    assert (now.outliers, now.whiskers.lowest, now.whiskers.highest) == ([], 50, 70)


def test_a_year_with_two_units_is_left_out(page, told, units, children, children_public):
    tell((children, children_public), units[:2], YEAR - 2, (100, 20), (100, 50))

    assert [one.year for one in page.get(PAGE).context["inequality"]] == [YEAR - 1, YEAR]


def test_what_meant_something_else_is_left_out(page, told, children, editor):
    save_definition(
        Definition(indicator=children, valid_from=YEAR, meaning_zh="新口径"), actor=editor
    )

    assert [one.year for one in page.get(PAGE).context["inequality"]] == [YEAR]


def test_of_counts_nothing_is_told(page, told):
    answer = page.get(reverse("dashboards:indicator", args=["children"]))

    assert answer.context["inequality"] == []
    assert 'id="unequal"' not in answer.content.decode()


def test_who_does_not_see_every_unit_is_told_nothing(client, officer, editor, told):
    for user in (officer, editor):
        client.force_login(user)

        assert client.get(PAGE).context["inequality"] == []


def test_groups_are_compared_by_their_medians(page, told, city, children, children_public):
    both = (children, children_public)
    assert page.get(PAGE).context["inequality"][-1].groups == []  # one group is none
    west = make_unit("500104", "西区", parent=city, group_zh="山区")
    middle = make_unit("500105", "中区", parent=city, group_zh="主城")
    tell(both, [west, middle], YEAR, (100, 80), (100, 90))
    groups = page.get(PAGE).context["inequality"][-1].groups

    assert [(one.name, one.units, str(one.median)) for one in groups] == [
        ("主城", 1, "90%"),
        ("山区", 2, "75%"),
    ]
