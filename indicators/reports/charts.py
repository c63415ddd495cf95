"""The charts in a report's annex: which figures have one, what is frozen of them, what they say.

Goes in: a report as it reads. Comes out: plain data for the content of an edition, and the annex
that it is written out as. Drawn is the course of what the text names, in its order: approved whole
figures of whole years, where three of them or more mean the same.

Decided: what is real and what is made up for demonstration are never in one chart, targets
included. A title says no more than its figures do: which way they went where every year is known,
else only whether the last lies above the first; nothing where one of them is said to be more or
less than its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from indicators.documents.chart import Chart, Goal, Point
from indicators.documents.document import Table
from indicators.figures import Figure, figures_at
from indicators.figures.approved_on import AsOf, as_of_days
from indicators.figures.former_names import as_it_was
from indicators.figures.in_text import in_text
from indicators.measures.exact import plain
from indicators.models import UNITS, BoundFigure, FigureForm, Origin, Qualifier, Tier, User
from indicators.reports.reading import ReadReport

LEAST, MOST = 3, 12  # comparable years of a chart, charts of a report
YEARS_BACK = 6
TITLE = "历年数据图表"
HEAD = ("图", "指标", "时段", "数值", "来源", "截至", "口径")
NARROW = 8  # characters of all columns but the names
NOTE = (
    "注：“截至”为数据审核通过之日。虚线跨过没有审核通过数据的年份；"
    "口径调整前后的数据不可比，不相连。"
)
MADE_UP = "演示数据"
RANK = "rank"  # a unit of measure


@dataclass(frozen=True)
class _Course:
    """What has stood through the years of a figure that the text names, earliest first."""

    bound: BoundFigure
    figures: list[Figure]

    @property
    def last(self) -> Figure:
        return self.figures[-1]

    @property
    def is_made_up(self) -> bool:
        return _is_made_up(self.last)

    def breaks_at(self, at: int) -> bool:
        """Whether a figure means something else than the one before it."""
        return at > 0 and _breaks(self.figures[at - 1], self.figures[at])

    def since(self, at: int) -> list[Figure]:
        """From a figure on those that mean the same."""
        ends = (n for n in range(at + 1, len(self.figures)) if self.breaks_at(n))
        return self.figures[at : next(ends, len(self.figures))]

    @property
    def runs(self) -> list[list[Figure]]:
        begins = [n for n in range(len(self.figures)) if n == 0 or self.breaks_at(n)]
        return [self.since(n) for n in begins]

    @property
    def is_drawn(self) -> bool:
        return any(len(run) >= LEAST for run in self.runs)


def charts_of(read: ReadReport, user: User) -> list[dict[str, Any]]:
    """What is frozen of them; none where nothing of the text has a course."""
    courses = _courses(read, user)
    days = as_of_days(figure for course in courses for figure in course.figures)
    return [_frozen(course, days) for course in courses]


def annexes_of(charts: Sequence[Mapping[str, Any]], unit: str) -> tuple[Table, ...]:
    """The annex that they make, of what was frozen alone; none without charts. `unit` is the code
    of the report's own, which is not named with each figure."""
    if not charts:
        return ()
    rows = tuple(
        (
            f"图{number}",
            _name(chart, unit),
            point["period"],
            point["text"],
            point["basis"],
            point["approved_on"] or "—",
            f"第{point['definition']}版" if point["definition"] else "—",
        )
        for number, chart in enumerate(charts, 1)
        for point in chart["points"]
    )
    drawn = tuple(
        _chart(f"图{number}　{_name(chart, unit)}", chart) for number, chart in enumerate(charts, 1)
    )
    return (Table(TITLE, HEAD, rows, NOTE, drawn, NARROW),)


def day_words(day: str) -> str:
    """A day as documents write it, which a number check takes for no figure; "" for none.

    >>> day_words("2022-03-05")
    '2022年3月5日'
    """
    if not day:
        return ""
    year, month, number = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{number}日"


def bound_of_points(
    charts: Iterable[Mapping[str, Any]], bound: Mapping[str, BoundFigure]
) -> list[tuple[BoundFigure, Mapping[str, Any], int]]:
    """Each point as a figure of its own, not saved, with what was frozen of it and the number of
    its chart; `bound` are the figures of the text by their short ids."""
    return [
        (_bound(bound[chart["figure"]], point["year"]), point, number)
        for number, chart in enumerate(charts, 1)
        if chart["figure"] in bound
        for point in chart["points"]
    ]


def _bound(named: BoundFigure, year: int) -> BoundFigure:
    return BoundFigure(
        number=named.number,
        indicator=named.indicator,
        jurisdiction=as_it_was(named.jurisdiction, year),
        year=year,
        form=FigureForm.VALUE,
    )


def _courses(read: ReadReport, user: User) -> list[_Course]:
    """In the order of the text, each indicator of a unit once."""
    named: dict[tuple[int, int], BoundFigure] = {}
    until: dict[tuple[int, int], int] = {}
    for place in (place for one in read.paragraphs for place in one.places):
        key = (place.bound.indicator_id, place.bound.jurisdiction_id)
        named.setdefault(key, place.bound)
        until[key] = max(place.bound.year, until.get(key, 0))
    places = [
        (bound.indicator, as_it_was(bound.jurisdiction, year), year)
        for key, bound in named.items()
        for year in range(until[key] - YEARS_BACK, until[key] + 1)
    ]
    found = figures_at(user, dict.fromkeys(places), tier=Tier.APPROVED) if places else []
    at: dict[tuple[int, int, int], Figure] = {
        (one.indicator.pk, one.jurisdiction.pk, one.year): one for one in found
    }
    courses = []
    for key, bound in named.items():
        years = range(until[key] - YEARS_BACK, until[key] + 1)
        through = [
            at.get((bound.indicator_id, as_it_was(bound.jurisdiction, year).pk, year))
            for year in years
        ]
        whole = [one for one in through if one is not None and _is_whole(one)]
        if whole:
            same = [one for one in whole if _is_made_up(one) == _is_made_up(whole[-1])]
            courses.append(_Course(bound, same))
    return [course for course in courses if course.is_drawn][:MOST]


def _is_whole(figure: Figure) -> bool:
    result = figure.result
    return (
        result is not None
        and result.number is not None
        and not result.is_partial
        and not result.part_of_year
    )


def _is_made_up(figure: Figure) -> bool:
    return figure.result is not None and figure.result.origin == Origin.DEMONSTRATION


def _breaks(before: Figure, figure: Figure) -> bool:
    changed = figure.snapshot.definition_break(figure.indicator.pk, before.year, figure.year)
    return changed is not None


def _frozen(course: _Course, days: Mapping[Any, AsOf]) -> dict[str, Any]:
    indicator, last = course.bound.indicator, course.last
    display = UNITS[indicator.display_unit or indicator.unit]
    return {
        "figure": course.bound.short_id,
        "indicator": indicator.code,
        "name": indicator.name_zh,
        "unit": {"code": last.jurisdiction.code, "name": last.jurisdiction.name_zh},
        "unit_of_measure": indicator.unit,
        "shown_in": {"name": display.zh, "factor": plain(display.factor)},
        "finding": _finding(course),
        "made_up": course.is_made_up,
        "target": _target(course),
        "points": [
            {
                "year": figure.year,
                "period": _period(figure),
                "value": plain(figure.number or Decimal(0)),
                "text": in_text(
                    _bound(course.bound, figure.year), figure, None, is_approved=True
                ).text,
                "label": _label(figure),
                "basis": figure.basis,
                "approved_on": _day(days, figure),
                "definition": figure.definition.version if figure.definition else None,
                "breaks": course.breaks_at(at),
            }
            for at, figure in enumerate(course.figures)
        ],
    }


def _period(figure: Figure) -> str:
    """As documents write it, without gaps."""
    return figure.period.replace(" ", "")


def _day(days: Mapping[Any, AsOf], figure: Figure) -> str:
    day = days[figure.place].approved_on
    return day.isoformat() if day else ""


def _label(figure: Figure) -> str:
    """The number without its unit, which the chart names; of ranks without 第 as well."""
    words = figure.value
    if figure.indicator.unit == RANK and figure.number is not None:
        return plain(figure.number)
    return f"{words.before}{words.digits}{words.after}" if words else ""


def _target(course: _Course) -> dict[str, Any] | None:
    """The one that binds the last figure, where it is a number of this kind."""
    target = course.last.target
    if target is None or target.value is None or target.framework.is_made_up != course.is_made_up:
        return None
    ends = [target.value] if target.value_to is None else [target.value, target.value_to]
    return {
        "words": course.last.target_words.replace(" ", ""),
        "year": course.last.target_year,
        "values": [plain(one) for one in ends],
    }


def _finding(course: _Course) -> str:
    """What the last of the years that can be compared show: 2019年以来逐年上升."""
    run = course.runs[-1]
    if len(run) == 1:
        return f"{_period(run[0])}口径调整，与此前不可比"
    unit = UNITS[course.bound.indicator.unit]
    exact = all(one.result and one.result.qualifier == Qualifier.EXACT for one in run)
    if unit.is_ratio or not exact:
        return ""
    first, numbers = _period(run[0]), [one.number or Decimal(0) for one in run]
    sign = -1 if unit.code == RANK else 1  # the first is the highest
    moves = [sign * (other - one) for one, other in pairwise(numbers)]
    what = "位次" if unit.code == RANK else ""
    if len(run) >= LEAST and all(other.year == one.year + 1 for one, other in pairwise(run)):
        for goes, said in ((1, "逐年上升"), (-1, "逐年下降")):
            if all(goes * move > 0 for move in moves):
                return f"{first}以来{what}{said}"
        if not any(moves):
            return f"{first}以来{what}持平"
    whole = sum(moves)
    if not whole:
        return f"{what}与{first}持平"
    return f"{what}{'高于' if whole > 0 else '低于'}{first}"


def _name(chart: Mapping[str, Any], unit: str) -> str:
    other = "" if chart["unit"]["code"] == unit else chart["unit"]["name"]
    return f"{other}{chart['name']}"


def _chart(head: str, chart: Mapping[str, Any]) -> Chart:
    points = chart["points"]
    last = points[-1]
    title = f"{head}：{last['period']}{last['text']}"
    if chart["finding"]:
        title += f"，{chart['finding']}"
    factor = Decimal(chart["shown_in"]["factor"])
    target = chart["target"]
    goal = None
    if target:
        year = f"（{target['year']}）" if target["year"] else ""
        numbers = tuple(Decimal(one) / factor for one in target["values"])
        goal = Goal(numbers, f"目标{target['words']}{year}")
    return Chart(
        title,
        _caption(chart),
        _description(chart, title, goal),
        tuple(
            Point(one["year"], Decimal(one["value"]) / factor, one["label"], one["breaks"])
            for one in points
        ),
        goal,
        first_on_top=chart["unit_of_measure"] == RANK,
    )


def _caption(chart: Mapping[str, Any]) -> str:
    points = chart["points"]
    day = day_words(max(point["approved_on"] for point in points))
    said = [
        chart["unit"]["name"],
        f"单位：{chart['shown_in']['name'] or '比值'}",
        f"{points[0]['period']}至{points[-1]['period']}",
        f"来源：{'、'.join(dict.fromkeys(p['basis'] for p in points))}",
        f"截至{day}" if day else "",
        MADE_UP if chart["made_up"] else "",
    ]
    return "；".join(one for one in said if one)


def _description(chart: Mapping[str, Any], title: str, goal: Goal | None) -> str:
    """All that is drawn, in words."""
    said = [
        f"{point['period']}{'起口径调整，' if point['breaks'] else ''}{point['text']}"
        for point in chart["points"]
    ]
    return f"{title}。折线图：{'；'.join(said)}。" + (f"{goal.words}。" if goal else "")
