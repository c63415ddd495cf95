"""Small drawings stay inside their frame and keep the proportions."""

from decimal import Decimal as D

import pytest
from hypothesis import given

from indicators.figures.inline_graphics import WIDTH, Bullet, bullet
from tests.measures.numbers import EXACT


@pytest.mark.parametrize(
    ("number", "target", "percent", "drawn"),
    [
        ("50", "75", True, Bullet(60, 90)),
        ("100", "100", True, Bullet(120, 120)),
        ("0", "0", True, Bullet(0, 0)),
        # Over 100 the scale is that of any other number.
        ("110", "100", True, Bullet(109, 99)),
        ("110", "55", False, Bullet(109, 54)),
        ("0", "5", False, Bullet(0, 109)),
    ],
)
def test_a_bar_stands_against_its_target_on_one_scale(number, target, percent, drawn):
    assert bullet(D(number), D(target), percent=percent) == drawn


@pytest.mark.parametrize(
    ("number", "target", "percent"), [("-1", "5", False), ("5", "-1", True), ("0", "0", False)]
)
def test_nothing_is_drawn_where_a_bar_from_zero_would_mislead(number, target, percent):
    assert bullet(D(number), D(target), percent=percent) is None


@given(EXACT, EXACT)
def test_a_drawing_stays_inside_its_frame_and_does_not_swap_bar_and_target(number, target):
    for percent in (True, False):
        drawn = bullet(abs(number), abs(target), percent=percent)
        if drawn is None:
            continue
        assert 0 <= min(drawn.bar, drawn.target) <= max(drawn.bar, drawn.target) <= WIDTH
        assert (drawn.bar > drawn.target) <= (abs(number) > abs(target))
