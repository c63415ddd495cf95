"""Since which day a figure is approved as it is."""

import datetime

import pytest
from django.utils import timezone

from indicators.figures import figures_at
from indicators.figures.approved_on import as_of_days
from indicators.models import Tier
from tests.cast import YEAR, enter_approved

FIRST, SECOND, THIRD = (
    timezone.make_aware(datetime.datetime(2022, month, 5, 23, 30)) for month in (3, 4, 5)
)


@pytest.fixture
def day_of(supervisor):
    def of(indicator, unit):
        figures = figures_at(supervisor, [(indicator, unit, YEAR)], tier=Tier.APPROVED)
        return as_of_days(figures)[figures[0].place]

    return of


@pytest.fixture
def at(monkeypatch):
    def on(moment, *entered, **fields):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        enter_approved(*entered, **fields)

    return on


def test_what_is_entered_since_it_was_approved_last(at, day_of, city, money):
    at(FIRST, money, city, "800亿元")
    at(SECOND, money, city, "805亿元")

    assert day_of(money, city).approved_on == datetime.date(2022, 4, 5)
    assert day_of(money, city).of is None


def test_a_day_of_its_own_is_told_beside(at, day_of, city, money):
    at(FIRST, money, city, "800亿元", as_of=datetime.date(2021, 9, 1))

    assert day_of(money, city).of == datetime.date(2021, 9, 1)


def test_a_sum_since_its_last_part(at, day_of, city, north, south, children):
    at(SECOND, children, north, "1")
    at(FIRST, children, south, "2")

    assert day_of(children, city).approved_on == datetime.date(2022, 4, 5)


def test_a_share_since_the_last_of_what_it_is_computed_from(
    at, day_of, city, north, south, children, children_public, share
):
    for moment, indicator, unit in (
        (FIRST, children, north),
        (FIRST, children, south),
        (THIRD, children_public, north),
        (SECOND, children_public, south),
    ):
        at(moment, indicator, unit, "5")

    assert day_of(share, city).approved_on == datetime.date(2022, 5, 5)


def test_a_stated_figure_has_its_own_day(at, day_of, city, north, south, children):
    at(THIRD, children, north, "1")
    at(FIRST, children, south, "2")
    at(SECOND, children, city, "3")

    assert day_of(children, city).approved_on == datetime.date(2022, 4, 5)
