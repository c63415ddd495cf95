"""Marks of bound figures in a text, and the numbers of headings."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.models import BoundFigure, Citation
from indicators.reports.marks import numbers, split, unknown_marks

ONE, SEVEN = BoundFigure(number=1), BoundFigure(number=7)
BOUND = {"F1": ONE, "F7": SEVEN, "C1": (CITED := Citation(number=1))}


def test_marks_stand_between_the_words():
    assert split("共{F7}，获{C1}增长{F1}", BOUND) == ["共", SEVEN, "，获", CITED, "增长", ONE]


def test_a_mark_that_names_nothing_is_text():
    assert split("共{F2}所{F07}{F}{C7}", BOUND) == ["共{F2}所{F07}{F}{C7}"]
    assert unknown_marks("{C10}{C9}共{F2}所{F1}", BOUND) == ["{F2}", "{C9}", "{C10}"]


@given(st.text(alphabet="FC{}0127共，\n"))
def test_nothing_of_a_text_is_lost(text):
    pieces = split(text, BOUND)

    assert "".join(p if isinstance(p, str) else p.mark for p in pieces) == text
    assert "" not in pieces


def test_headings_are_numbered_under_those_above_them():
    levels = [1, 2, 3, 3, 2, 3, 0, 1, 3, 2]
    told = ["一、", "（一）", "1．", "2．", "（二）", "1．", "", "二、", "1．", "（一）"]
    assert numbers(levels) == told
