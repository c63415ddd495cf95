"""Doubts that the rules have to raise, and words that may not lay them to rest."""

import pytest

from indicators.models import Definition, Doubt
from indicators.recording.catalogue import save_definition
from indicators.recording.examination import examine_due
from tests.cast import YEAR, enter, make_indicator, make_unit

pytestmark = pytest.mark.usefixtures("usual_rules")


def doubts(indicator):
    examine_due()
    found = Doubt.objects.filter(indicator=indicator, year=YEAR)
    return [(one.rule.code, one.details["code"]) for one in found]


def test_where_last_year_was_nothing_a_number_is_held_against_the_one_that_it_replaces(
    children, north
):
    """Nothing can be told against 0, as where there is no last year: 335, then 3350000, is a slip
    against the version replaced. With 0 last year no rule looked at it."""
    enter(children, north, "0", year=YEAR - 1)
    enter(children, north, "335")
    enter(children, north, "3350000")

    assert doubts(children) == [("unit_slip", "slip_up_replaced")]


def test_a_note_from_before_the_doubt_does_not_explain_it(children, north):
    """Of 1010 after 1000 nothing was odd, and the note answers nothing. When last year is
    corrected to 100 the figure is ten times that, and doubted."""
    enter(children, north, "1000", year=YEAR - 1)
    enter(children, north, "1010", note="数据来自学籍系统")
    assert doubts(children) == []

    enter(children, north, "100", year=YEAR - 1)

    assert doubts(children) == [("unit_slip", "slip_up")]


def test_no_slip_is_told_across_a_change_of_the_definition(children, north):
    """What means something else is not said to be ten times last year's (约为上年的 10 倍)."""
    save_definition(
        Definition(indicator=children, valid_from=YEAR, meaning_zh="新口径"), actor=None
    )
    enter(children, north, "1000", year=YEAR - 1)
    enter(children, north, "10000")

    assert doubts(children) == []


def test_where_last_year_was_nothing_other_districts_say_what_is_usual(children, city, north):
    """335 children of each district beside 1 000 pupils; the first had none last year."""
    pupils = make_indicator("average_enrolment")
    others = [make_unit(f"50012{n}", f"区{n}", parent=city) for n in range(7)]
    for at, unit in enumerate([north, *others]):
        enter(pupils, unit, str(1000 + at))
        enter(children, unit, str(335 + at) if unit != north else "335000")
    enter(children, north, "0", year=YEAR - 1)

    assert ("size_stands_out", "apart_above") in doubts(children)
