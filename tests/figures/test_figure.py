"""A figure as rooms draw it: value, change, target and gap, and why there is none."""

from decimal import Decimal as D

import pytest
from django.utils import translation

from indicators.figures import figures_of
from tests.cast import YEAR, enter, make_indicator, make_statement, make_target


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def figure(supervisor):
    """The figure of an indicator at a unit, as the supervisor sees it."""

    def look(indicator, unit, year=YEAR):
        found = {one.code: one for one in figures_of(supervisor, unit, year)}
        return found[indicator.code]

    return look


def words(said):
    return str(said).replace("\u2009", " ") if said is not None else None


@pytest.mark.parametrize(
    ("unit", "before", "now", "change"),
    [
        ("percent", "53.31", "54.45", "+1.14 个百分点"),
        ("percent", "54.45", "54.45", "0.00 个百分点"),
        ("percentage_points", "1", "0.5", "−0.50 个百分点"),
        ("rank", "第九", "第四", "−5 位"),
        ("yuan", "800亿", "805亿", "+0.63%"),
        ("persons", "3", "2", "−33.33%"),
        ("persons", "0", "2", None),
    ],
)
def test_change_is_spoken_of_as_each_kind_of_figure_is(city, figure, unit, before, now, change):
    one = make_indicator("one", unit=unit, aggregation="none")
    enter(one, city, before, year=YEAR - 1)
    enter(one, city, now)

    assert words(figure(one, city).change) == change


def test_an_incomplete_sum_or_a_part_of_the_year_is_not_compared(
    children, city, north, south, figure
):
    for unit in (north, south):
        enter(children, unit, "100", year=YEAR - 1)
    enter(children, north, "60")
    enter(children, south, "60", year=YEAR - 1, part_of_year=True)

    assert (figure(children, city).is_partial, figure(children, city).coverage) == (True, "1 / 2")
    assert figure(children, city).change is None
    enter(children, south, "60")
    assert figure(children, city).coverage == "2 / 2"
    assert figure(children, city).change is None  # last year's sum holds a part of the year
    enter(children, south, "100", year=YEAR - 1)
    assert words(figure(children, city).change) == "−40.00%"


@pytest.mark.parametrize(
    ("comparator", "target", "now", "status", "gap"),
    [
        ("ge", "96", "95.67", "near", "−0.33 个百分点"),
        ("ge", "96", "97", "met", "+1.00 个百分点"),
        ("le", "5", "9", "missed", "+4.00 个百分点"),
        ("range", "90", "92", "met", "0.00 个百分点"),
    ],
)
def test_the_gap_between_shares_is_in_percentage_points(
    city, figure, comparator, target, now, status, gap
):
    rate = make_indicator("rate", unit="percent", display_unit="percent", decimals=2)
    make_target(rate, comparator, D(target), value_to=D(95) if comparator == "range" else None)
    enter(rate, city, now)
    found = figure(rate, city)

    assert (found.status, words(found.gap)) == (status, gap)


def test_not_below_last_year_has_last_years_figure_for_its_target(children, north, figure):
    make_target(children, "not_below_last_year", level="county")
    enter(children, north, "100", year=YEAR - 1)
    enter(children, north, "99")
    found = figure(children, north)

    assert (found.status, words(found.gap), found.target_words) == ("missed", "−1 人", "不低于上年")
    assert found.relative_gap == D("0.01")


def test_a_figure_without_a_light_has_no_gap(children, city, north, south, figure):
    make_target(children, "ge", 5)
    enter(children, north, "10")
    found = figure(children, city)

    assert (found.status, found.gap, found.relative_gap) == ("no_data", None, 0)
    with translation.override("en"):
        assert found.status_reason == "Not all units have reported."


def test_why_there_is_no_figure(children, share, north, figure):
    def why(indicator):
        with translation.override("en"):
            return figure(indicator, north).why_none

    assert (figure(children, north).value, why(children)) == (None, "Not reported yet.")
    assert why(share) == "Not reported yet."
    enter(children, north, state="not_applicable", state_reason="no kindergarten")
    assert why(children) == "Not applicable: no kindergarten"
    assert why(share) == "Missing: children_public."
    enter(children, north, "")
    assert why(children) == "Withdrawn."
    enter(children, north, "5")
    assert why(children) == ""


def test_the_stated_figure_and_the_computed_one_beside_it(children, city, north, south, figure):
    enter(children, city, "3.5万")
    enter(children, north, "20000")
    enter(children, south, "15004")
    found = figure(children, city)

    assert (words(found.value), words(found.computed)) == ("35 000 人", "35 004 人")
    assert (found.agrees, found.coverage, found.is_partial) == (True, "2 / 2", False)
    assert found.is_stated_if_entered is True


def test_the_exact_number_is_told_where_the_display_unit_hides_it(city, figure):
    spent = make_indicator("spent", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    enter(spent, city, "805亿元")

    assert words(figure(spent, city).exact) == "80 500 000 000 元"
    plain = make_indicator("plain")
    enter(plain, city, "805")
    assert figure(plain, city).exact == ""


def test_a_statement_is_told_in_words_and_lit_without_a_gap(city, figure):
    covered = make_statement("covered")
    make_target(covered, "all")
    enter(covered, city, statement="partly")
    found = figure(covered, city)

    with translation.override("en"):
        assert str(found.value) == "Partly met"
    assert (found.status, found.gap, found.bullet) == ("missed", None, None)


@pytest.mark.parametrize(
    ("public", "value", "gap"),
    [("49996", "49.996%", "−0.004 个百分点"), ("40000", "40%", "−10 个百分点")],
)
def test_rounding_hides_no_miss(
    share, children, children_public, north, figure, public, value, gap
):
    make_target(share, "ge", 50, level="county")
    enter(children, north, "100000")
    enter(children_public, north, public)
    found = figure(share, north)

    assert (words(found.value), words(found.gap)) == (value, gap)


def test_last_years_part_is_told_as_a_part(children, city, north, south, figure):
    enter(children, north, "60", year=YEAR - 1)
    enter(children, north, "60")

    assert words(figure(children, city).previous) == "60 人（已报 1 / 2）"
    assert words(figure(children, city).value) == "60 人（已报 1 / 2）"


def test_a_target_made_up_for_the_demonstration_says_so_and_yields_to_any_other(
    children, city, figure
):
    enter(children, city, "10")
    made_up = make_target(children, "ge", 20, basis="demonstration", year=YEAR)
    shown = figure(children, city)
    assert (words(shown.target_words), shown.status) == ("≥ 20 人（演示）", "missed")
    assert shown.comparator_words == "≥（演示）"

    make_target(children, "ge", 5, principal=False)
    shown = figure(children, city)
    assert (words(shown.target_words), shown.status) == ("≥ 5 人", "met")
    assert shown.applicable_targets[-1] == made_up


def test_nor_does_it_stand_before_a_national_one(children, city, figure):
    enter(children, city, "10")
    make_target(children, "ge", 5, basis="demonstration", level="", jurisdiction=city)
    make_target(children, "ge", 20, basis="national_plan", level="national")

    assert words(figure(children, city).target_words) == "≥ 20 人"
