"""A report of the city with one approved figure in its text, and the people around it."""

from __future__ import annotations

import pytest

from indicators.models import BoundFigure, FigureForm, Indicator, Jurisdiction, Report, User
from indicators.models.report import Level
from indicators.recording.report import Draft, begin_report
from tests.cast import YEAR, enter_approved, make_indicator, make_user


@pytest.fixture
def city_lead(city: Jurisdiction) -> User:
    return make_user("city_lead", "lead", city)


@pytest.fixture
def money(db: None) -> Indicator:
    """An amount that only the city states, in 亿元."""
    return make_indicator(
        "money",
        name_zh="教育经费",
        unit="yuan",
        display_unit="yi_yuan",
        quantity_kind="amount",
        aggregation="none",
        reporting_level="above",
    )


def bound(
    indicator: Indicator, unit: Jurisdiction, number: int = 1, **fields: object
) -> BoundFigure:
    given = {"year": YEAR, "form": FigureForm.VALUE, **fields}
    return BoundFigure(indicator=indicator, jurisdiction=unit, number=number, **given)


@pytest.fixture
def report(city: Jurisdiction, city_officer: User, money: Indicator) -> Report:
    """`一、情况` and `全市投入{F1}。`; 805亿元, approved."""
    enter_approved(money, city, "805亿元")
    return begin_report(
        city,
        YEAR,
        actor=city_officer,
        title="山城报告",
        drafts=[Draft(Level.CHAPTER, "情况"), Draft(Level.TEXT, text="全市投入{F1}。")],
        figures=[bound(money, city, as_bound="805亿元")],
    )
