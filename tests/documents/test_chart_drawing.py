"""What is drawn of a chart: nothing outside, nothing joined that is not one course."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.documents.chart import Chart, Goal, Point
from indicators.documents.chart_drawing import HEIGHT, LETTER, WIDTH, draw, steps
from indicators.documents.layout import width
from tests.documents.charts import BELOW, BROKEN, CHARTS, NONE, ONE, OUTLIER, RISING, chart

NUMBERS = st.decimals(-(10**14), 10**14, places=4)


def strokes(drawn, role):
    return [one for one in drawn.strokes if one.role == role]


def said(drawn):
    return [one.text for one in drawn.words]


def ends(one):
    """From where to where words go."""
    wide = width(one.text) * LETTER
    left = {"start": one.x, "middle": one.x - wide / 2, "end": one.x - wide}[one.anchor]
    return left, left + wide


@given(
    st.dictionaries(st.integers(1990, 2040), NUMBERS, min_size=1, max_size=7),
    st.lists(NUMBERS, max_size=2),
    st.text(max_size=40),
)
def test_all_lies_on_the_plane(numbers, goals, words):
    points = tuple(
        Point(year, numbers[year], str(numbers[year]), year % 3 == 0) for year in sorted(numbers)
    )
    goal = Goal(tuple(goals), words) if goals else None
    drawn = draw(Chart("", "", "", points, goal))

    xs = [x for one in drawn.strokes for x in (one.x1, one.x2)] + [x for x, _y in drawn.dots]
    ys = [y for one in drawn.strokes for y in (one.y1, one.y2)] + [y for _x, y in drawn.dots]
    assert all(0 <= x <= WIDTH for x in xs)
    assert all(0 <= y <= HEIGHT for y in ys)
    assert all(0 <= one.y <= HEIGHT for one in drawn.words)


@pytest.mark.parametrize("one", CHARTS)
def test_words_lie_on_the_plane(one):
    for words in draw(one).words:
        left, right = ends(words)
        assert left >= -LETTER / 2, words
        assert right <= WIDTH + LETTER / 2, words


def test_years_that_follow_one_another_are_joined():
    drawn = draw(RISING)

    assert [(one.x1, one.y1) for one in strokes(drawn, "course")] == list(drawn.dots[:2])
    assert [(one.x2, one.y2) for one in strokes(drawn, "course")] == list(drawn.dots[1:])
    assert strokes(drawn, "gap") == []


def test_a_break_is_drawn_and_never_bridged():
    drawn = draw(BROKEN)
    (mark,) = strokes(drawn, "break")
    _first, before, after, _last = drawn.dots

    assert before[0] < mark.x1 == mark.x2 < after[0]
    joined = [(one.x1, one.x2) for one in drawn.strokes if one.role in ("course", "gap")]
    assert joined == [
        (drawn.dots[0][0], drawn.dots[1][0]),
        (drawn.dots[2][0], drawn.dots[3][0]),
    ]
    assert "口径调整" in said(drawn)


def test_before_the_first_year_nothing_breaks():
    first = Point(1992, Decimal(0), "0", True)
    drawn = draw(Chart("", "", "", (first, Point(1993, Decimal(0), "0", False)), None))
    assert strokes(drawn, "break") == []
    assert BROKEN not in said(drawn)


def test_over_a_gap_the_line_is_dashed():
    drawn = draw(chart({2016: "1", 2017: "2", 2020: "3"}))

    assert len(strokes(drawn, "course")) == len(strokes(drawn, "gap")) == 1


def test_one_value_stands_in_the_middle_without_a_line():
    drawn = draw(ONE)

    assert len(drawn.dots) == 1
    assert {one.role for one in drawn.strokes} == {"grid"}
    assert "4" in said(drawn)


def test_an_outlier_leaves_the_others_where_they_belong():
    drawn = draw(OUTLIER)
    heights = [y for _x, y in drawn.dots]

    assert heights[0] == heights[1] == heights[3] > heights[2]
    assert said(drawn)[-3:] == ["36215", "36300", "36400"]  # no room for 19 digits


def test_the_highest_is_labelled_before_those_that_stand_between():
    drawn = draw(chart({2016 + n: f"{9 if n == 3 else n + 1}000000" for n in range(6)}))

    assert said(drawn)[-3:] == ["1000000", "9000000", "6000000"]


def test_zero_is_no_less_than_zero():
    assert [one for one in said(draw(NONE)) if one.startswith("−")] == []
    assert "−4" in said(draw(BELOW))


def test_a_target_is_a_line_at_each_end_with_what_it_says():
    drawn = draw(BROKEN)

    assert len(strokes(drawn, "goal")) == 3  # the sample, and both ends
    assert "目标≥ 90%" in said(drawn)


def test_words_of_a_target_that_are_too_long_are_cut():
    goal = Goal((Decimal(90),), "目标" + "很" * 60)
    words = said(draw(Chart("", "", "", RISING.points, goal)))

    assert [one[-1] for one in words if one.startswith("目标")] == ["…"]


@given(st.lists(NUMBERS, min_size=1, max_size=7))
def test_steps_are_few_and_hold_all(numbers):
    found = steps(numbers)

    assert 2 <= len(found) <= 6
    assert found[0] <= min(numbers) <= max(numbers) <= found[-1]


def test_years_stand_in_their_order():
    with pytest.raises(ValueError, match="no years in their order"):
        chart({2021: "1", 2020: "2"})
    with pytest.raises(ValueError, match="no years"):
        chart({})


def test_of_ranks_the_first_stands_on_top():
    drawn = draw(replace(chart({2019: "6", 2020: "5", 2021: "4"}), first_on_top=True))

    assert [y for _x, y in drawn.dots] == sorted((y for _x, y in drawn.dots), reverse=True)
