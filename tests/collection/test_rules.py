"""Who may enter what, and within which limits, each rule by itself."""

import datetime
from decimal import Decimal as D

import pytest
from django.utils import timezone

from indicators.collection import (
    FIRST_YEAR,
    Refusal,
    last_year,
    refuse_unless_enterable,
    refuse_unless_within_limits,
    years,
)
from indicators.models import Indicator
from tests.cast import YEAR, make_indicator, make_unit


def refusal(act, *args):
    """The code with which it is refused; empty if it is not."""
    try:
        act(*args)
    except Refusal as refused:
        return refused.code
    return ""


def test_years_reach_from_1990_to_one_year_ahead(monkeypatch):
    # 23:30 in UTC on the last day of the year is the next year in Chongqing already.
    new_year = datetime.datetime(2024, 12, 31, 23, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: new_year)

    assert last_year() == 2026
    assert (years()[0], years()[-1]) == (FIRST_YEAR, 2026) == (1990, 2026)


def test_the_years_at_both_ends_are_entered_and_those_beyond_refused(children, city):
    old = make_unit("500103", "老区", parent=city, valid_from=1949)
    found = {
        year: refusal(refuse_unless_enterable, None, children, old, year)
        for year in (FIRST_YEAR - 1, FIRST_YEAR, last_year(), last_year() + 1)
    }

    assert list(found.values()) == ["unknown_year", "", "", "unknown_year"]


@pytest.mark.parametrize(
    ("year", "code"),
    [(2010, "jurisdiction_closed"), (2011, ""), (2015, ""), (2016, "jurisdiction_closed")],
)
def test_a_unit_enters_from_its_first_year_until_it_ends(children, city, year, code):
    unit = make_unit("500103", "短区", parent=city, valid_from=2011, valid_to=2016)

    assert refusal(refuse_unless_enterable, None, children, unit, year) == code


def test_what_only_the_city_reports_is_not_entered_below_it(city, north):
    rank = make_indicator("rank", unit="rank", reporting_level="above", aggregation="none")

    assert refusal(refuse_unless_enterable, None, rank, north, YEAR) == "city_only"
    assert refusal(refuse_unless_enterable, None, rank, city, YEAR) == ""


def test_whose_figure_it_is_is_asked_before_anything_else(north, other_officer):
    """An outsider learns nothing of the unit, not even that it has ended."""
    rank = make_indicator("rank", unit="rank", reporting_level="above", aggregation="none")

    assert refusal(refuse_unless_enterable, other_officer, rank, north, 1800) == "out_of_scope"


def test_an_account_that_was_closed_enters_nothing(children, north, officer):
    officer.is_active = False

    assert refusal(refuse_unless_enterable, officer, children, north, YEAR) == "out_of_scope"


@pytest.mark.parametrize(
    ("lower", "upper", "number", "code"),
    [
        (None, None, "-99999999999999", ""),
        ("0", None, "-0.0001", "below_limit"),
        ("0", None, "0", ""),
        (None, "100", "100", ""),
        (None, "100", "100.0001", "above_limit"),
        ("-100", "100", "-100", ""),
        # A limit of zero is a limit.
        (None, "0", "0.0001", "above_limit"),
    ],
)
def test_limits_are_kept_to_the_last_place(lower, upper, number, code):
    limits = {"lower_limit": lower and D(lower), "upper_limit": upper and D(upper)}
    indicator = Indicator(code="x", **limits)

    assert refusal(refuse_unless_within_limits, indicator, D(number)) == code


def test_a_limit_is_told_in_plain_decimals():
    with pytest.raises(Refusal) as refused:
        refuse_unless_within_limits(Indicator(upper_limit=D("100.5000")), D(101))

    assert (refused.value.field, refused.value.params) == ("value", {"limit": "100.5"})
