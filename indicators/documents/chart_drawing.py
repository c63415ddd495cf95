"""Draws a chart: lines, dots and words on a plane, which every form of a document paints alike.

Goes in: a Chart; comes out: a Drawing in tenths of a millimetre, y downward. Whole numbers only, so
that the same chart is the same drawing on every machine.

Decided: a line joins years that follow one another; over years without a figure it is dashed; where
the definition changed nothing joins the years, and a mark stands between them. The scale does not
begin at 0, for the line shows a course and no size, so its steps are numbered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Literal

from indicators.documents.chart import Chart, Point
from indicators.documents.flow import plain
from indicators.documents.layout import width

WIDTH, HEIGHT = 750, 420  # two beside each other in the type area
LETTER = 26  # the height of letters; a digit is half as wide
DOT = 9  # from the middle of a point to its edge
BROKEN = "口径调整"

_EDGE = 6
# Of the scale; above it there may be two rows of words, and always the labels of points.
_TOP, _TOP_UNDER_WORDS, _BOTTOM = 48, 112, 330
_FIRST_ROW, _SECOND_ROW, _YEARS = 26, 62, 408
_ABOVE, _BELOW = -16, 36  # from a point to the foot of its label
_DASH = 44  # of the sample before the words of the target
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

Role = Literal["grid", "course", "gap", "goal", "break", "words", "faint"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: int
    y1: int
    x2: int
    y2: int
    role: Role


@dataclass(frozen=True)
class Words:
    """A line of words; `x`, `y` are its foot, at the end that the anchor names."""

    x: int
    y: int
    text: str
    anchor: Anchor
    role: Role = "words"


@dataclass(frozen=True)
class Drawing:
    """`dots` are the middles of the points."""

    strokes: tuple[Stroke, ...]
    dots: tuple[tuple[int, int], ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class _Scale:
    """Numbers from the foot to the top of the drawing, and years from left to right."""

    ticks: tuple[Decimal, ...]
    years: tuple[int, int]
    left: int
    right: int
    top: int
    first_on_top: bool

    def y(self, number: Decimal) -> int:
        first, last = self.ticks[0], self.ticks[-1]
        if self.first_on_top:
            first, last = last, first
        return _BOTTOM - round((number - first) / (last - first) * (_BOTTOM - self.top))

    def x(self, year: int, halves: int = 0) -> int:
        """Of a year, or so many halves of one behind it."""
        first, last = self.years
        if first == last:
            return (self.left + self.right) // 2
        way = Decimal(2 * (year - first) + halves) / (2 * (last - first))
        return self.left + round(way * (self.right - self.left))


def draw(chart: Chart) -> Drawing:
    """The drawing, WIDTH by HEIGHT. Words too long for it are cut short."""
    points = chart.points
    ticks = steps([*(p.number for p in points), *(chart.goal.numbers if chart.goal else ())])
    marks = [tick_words(tick, ticks) for tick in ticks]
    beside = max(map(_wide, marks)) + 2 * _EDGE
    labels = [plain(point.label) for point in points]
    half = max(_wide(labels[0]), _wide(labels[-1]), 2 * LETTER) // 2 + 2 * _EDGE
    scale = _Scale(
        ticks,
        (points[0].year, points[-1].year),
        min(beside + half, WIDTH // 2),
        max(WIDTH - _EDGE - half, WIDTH // 2),
        _TOP_UNDER_WORDS if chart.goal or any(point.breaks for point in points) else _TOP,
        chart.first_on_top,
    )
    strokes = [
        *(Stroke(beside, y, WIDTH - _EDGE, y, "grid") for y in map(scale.y, ticks)),
        *_goal_lines(chart, scale, beside),
        *_breaks(points, scale),
        *_course(points, scale),
    ]
    words = [
        *(
            Words(beside - _EDGE, scale.y(tick) + LETTER // 3, said, "end", "faint")
            for tick, said in zip(ticks, marks, strict=True)
        ),
        *(Words(scale.x(p.year), _YEARS, str(p.year), "middle", "faint") for p in points),
        *_goal_words(chart, beside),
        *_break_words(points, scale),
        *_labels(points, labels, scale),
    ]
    return Drawing(
        tuple(strokes), tuple((scale.x(p.year), scale.y(p.number)) for p in points), tuple(words)
    )


def steps(numbers: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Round numbers in even steps, from none above the lowest to none below the highest.

    >>> [str(one) for one in steps([Decimal("54.45"), Decimal("61")])]
    ['52.5', '55.0', '57.5', '60.0', '62.5']
    >>> [str(one) for one in steps([Decimal(3)])]
    ['2.0', '3.0', '4.0']
    >>> [str(one) for one in steps([Decimal(0)])]
    ['0.0', '0.5', '1.0']
    """
    low, high = min(numbers), max(numbers)
    if low == high:
        pad = max(abs(low) / 20, Decimal(1))
        low, high = max(low - pad, Decimal(0)) if low >= 0 else low - pad, high + pad
    rough = (high - low) / 3
    unit = Decimal(1).scaleb(rough.adjusted())
    step = min(unit * one for one in _STEPS if unit * one >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * (first + at) for at in range(int(last - first) + 1))


def tick_words(tick: Decimal, ticks: Sequence[Decimal]) -> str:
    """As all of them are written: with as many decimals as one of them needs.

    >>> tick_words(Decimal(5), [Decimal("2.5"), Decimal(5)]), tick_words(Decimal("1E+3"), [])
    ('5.0', '1 000')
    """
    decimals = max((-_exponent(one) for one in ticks), default=0)
    written = f"{abs(tick):,.{max(0, decimals)}f}".replace(",", " ")
    return f"−{written}" if tick < 0 else written


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _wide(text: str) -> int:
    """Rather more than less: digits are half a letter wide in some fonts, and more in others."""
    return round(Decimal(width(text)) * LETTER * 6 / 5)


def _course(points: Sequence[Point], scale: _Scale) -> Iterator[Stroke]:
    for one, other in pairwise(points):
        if not other.breaks:
            role: Role = "course" if other.year == one.year + 1 else "gap"
            x1, x2 = scale.x(one.year), scale.x(other.year)
            yield Stroke(x1, scale.y(one.number), x2, scale.y(other.number), role)


def _breaks(points: Sequence[Point], scale: _Scale) -> Iterator[Stroke]:
    """Between two years: before the first there is nothing to part."""
    for point in points[1:]:
        if point.breaks:
            x = scale.x(point.year, -1)
            yield Stroke(x, _SECOND_ROW + _EDGE, x, _BOTTOM, "break")


def _break_words(points: Sequence[Point], scale: _Scale) -> Iterator[Words]:
    """Above the mark, and within the drawing."""
    half = _wide(BROKEN) // 2
    for point in points[1:]:
        if point.breaks:
            x = min(max(scale.x(point.year, -1), half), WIDTH - _EDGE - half)
            yield Words(x, _SECOND_ROW, BROKEN, "middle", "faint")


def _goal_lines(chart: Chart, scale: _Scale, left: int) -> Iterator[Stroke]:
    if chart.goal:
        y = _FIRST_ROW - LETTER // 3
        yield Stroke(left, y, left + _DASH, y, "goal")
        for number in chart.goal.numbers:
            yield Stroke(left, scale.y(number), WIDTH - _EDGE, scale.y(number), "goal")


def _goal_words(chart: Chart, left: int) -> Iterator[Words]:
    if chart.goal:
        x = left + _DASH + _EDGE
        yield Words(x, _FIRST_ROW, _cut(plain(chart.goal.words), WIDTH - _EDGE - x), "start")


def _cut(text: str, room: int) -> str:
    """The text, or as much of it as there is room for."""
    if _wide(text) <= room:
        return text
    while text and _wide(text) > room - LETTER:
        text = text[:-1]
    return f"{text}…"


def _labels(points: Sequence[Point], labels: Sequence[str], scale: _Scale) -> Iterator[Words]:
    """Of the last, the first, the highest and the lowest point, then of all others, as far as there
    is room beside those before."""
    numbers = [point.number for point in points]
    first_asked = [len(points) - 1, 0, numbers.index(max(numbers)), numbers.index(min(numbers))]
    taken: dict[int, tuple[int, int]] = {}
    for place in dict.fromkeys([*first_asked, *range(len(points))]):
        half = _wide(labels[place]) // 2
        ends = scale.x(points[place].year) - half, scale.x(points[place].year) + half
        is_free = all(
            ends[1] + _EDGE <= one[0] or one[1] + _EDGE <= ends[0] for one in taken.values()
        )
        if is_free or place in (0, len(points) - 1):
            taken[place] = ends
    for place in sorted(taken):
        point = points[place]
        joined = [
            scale.y(points[n].number)
            for n in (place - 1, place + 1)
            if 0 <= n < len(points) and not points[max(n, place)].breaks
        ]
        # Where the line goes up on both sides, or more than down, it leaves room below.
        here = scale.y(point.number)
        y = here + (_BELOW if sum(other - here for other in joined) < 0 else _ABOVE)
        text = _cut(labels[place], scale.right - scale.left + 2 * LETTER)
        yield Words(scale.x(point.year), y, text, "middle")
