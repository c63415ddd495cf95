"""Marks of bound figures in a text, and the numbers of headings."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.models import BoundFigure
from indicators.reports.marks import numbers, split, unknown_marks

ONE, SEVEN = BoundFigure(number=1), BoundFigure(number=7)
BOUND = {1: ONE, 7: SEVEN}


def test_marks_stand_between_the_words():
    assert split("共{F7}，增长{F1}", BOUND) == ["共", SEVEN, "，增长", ONE]


def test_a_mark_that_names_nothing_is_text():
    assert split("共{F2}所{F07}{F}", BOUND) == ["共{F2}所{F07}{F}"]
    assert unknown_marks("共{F2}所{F1}", BOUND) == ["{F2}"]


@given(st.text(alphabet="F{}0127共，\n"))
def test_nothing_of_a_text_is_lost(text):
    pieces = split(text, BOUND)

    assert "".join(p if isinstance(p, str) else p.mark for p in pieces) == text
    assert "" not in pieces


def test_headings_are_numbered_under_those_above_them():
    levels = [1, 2, 3, 3, 2, 3, 0, 1, 3, 2]
    told = ["一、", "（一）", "1．", "2．", "（二）", "1．", "", "二、", "1．", "（一）"]
    assert numbers(levels) == told
