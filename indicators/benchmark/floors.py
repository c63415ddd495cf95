"""Floors of the dashboards' pages: the SQL that each needs and the tables that it shows.

A statement gives the rows and columns that are shown and no others; where a page says something of
many figures in few words, as the brief does, those figures.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from indicators.benchmark.bare import Statement
from indicators.benchmark.city import LAST_YEAR, City
from indicators.benchmark.floor_statements import (
    ACCOUNT,
    AREAS,
    CATALOGUE,
    CATALOGUE_ROWS,
    CORRECTIONS,
    COUNTS,
    DOUBT_OF,
    DOUBTS,
    DOUBTS_BEHIND,
    DOUBTS_LISTED,
    OF_INDICATOR,
    OF_SEVERAL,
    OF_UNIT,
    PINNED,
    REOPENED,
    ROLES,
    ROUNDS,
    RUNNING,
    SESSION,
    STATED,
    STOOD,
    VERSIONS,
    YEARS,
)
from indicators.models import Indicator, Jurisdiction

ROWS_PER_PAGE = 25
ALL = 1000
TREND = 7
LISTED = 100  # doubts
PRESSED = 5  # figures of the brief whose units it asks
OWN_UNITS, OWN_INDICATORS = 20, 10  # of the table of one's own

AREAS_OF_ALL: Statement = (AREAS, [])
THIS_YEAR, BOTH_YEARS = [LAST_YEAR], [LAST_YEAR, LAST_YEAR - 1]


@dataclass(frozen=True)
class Drawn:
    """A table of the page: the statement that gives its rows, its columns, of which years; and how
    many rows at most, as where a row is a unit and a column one of its figures."""

    statement: int
    columns: int
    years: Sequence[int] | None = None
    per_page: int = ALL
    most: int | None = None


@dataclass(frozen=True)
class Page:
    """An address, the SQL that it needs, and the tables that it shows."""

    name: str
    url: str
    statements: Sequence[Statement]
    tables: Sequence[Drawn]


def pages_of(city: City, session: str) -> list[Page]:
    """Of the supervisor of the topmost unit, whose units are those right below it."""
    user, top = city.supervisor.pk, city.top
    below = list(Jurisdiction.objects.filter(parent=top).order_by("code"))
    here = [top.pk, *(unit.pk for unit in below)]
    frame: list[Statement] = [
        (SESSION, [session]),
        (ACCOUNT, [user]),
        (ROLES, [user]),
        (CATALOGUE, []),
        (YEARS, [city.years[0], LAST_YEAR, top.pk]),
        (RUNNING, [LAST_YEAR]),
    ]
    return [
        *_of_overview(city, frame, below),
        *_of_indicators(city, frame, here),
        *_of_pairs(city, frame, below),
        *_of_units(city, frame, here),
        *_of_lists(city, frame, here),
    ]


def _marks(
    here: Sequence[int], indicators: Sequence[Indicator], years: Sequence[int] = BOTH_YEARS
) -> list[Statement]:
    """What it takes to say which figures of the indicators rest on one that is in doubt."""
    behind = [one.pk for one in indicators]
    return [(DOUBTS_BEHIND, [behind, list(years)]), (STATED, [list(here), list(years)])]


def _of_overview(
    city: City, frame: Sequence[Statement], below: Sequence[Jurisdiction]
) -> list[Page]:
    top, unit = city.top, below[len(below) // 2]
    on_page = [shown.pk for shown in city.entered[:ROWS_PER_PAGE]]
    overview = reverse("dashboards:overview")
    tally = Drawn(len(frame), 6)
    marks = _marks([top.pk], city.entered)
    return [
        Page(
            "overview",
            overview,
            [*frame, AREAS_OF_ALL, *marks, (REOPENED, [[top.pk]]), (OF_UNIT, [BOTH_YEARS, top.pk])],
            [tally, Drawn(-1, 10, THIS_YEAR, ROWS_PER_PAGE)],
        ),
        Page(
            "district",
            f"{overview}?jurisdiction={unit.code}",
            [
                *frame,
                AREAS_OF_ALL,
                *marks,
                (REOPENED, [[unit.pk]]),
                (f"{OF_UNIT} AND r.indicator_id = ANY(%s)", [THIS_YEAR, top.pk, on_page]),
                (OF_UNIT, [BOTH_YEARS, unit.pk]),
            ],
            [tally, Drawn(-1, 11, THIS_YEAR, ROWS_PER_PAGE)],
        ),
    ]


def _of_indicators(city: City, frame: Sequence[Statement], here: Sequence[int]) -> list[Page]:
    top, indicator = city.top, city.entered[0]
    trend = [LAST_YEAR - back for back in range(TREND)]
    place = [trend, indicator.pk, [top.pk]]
    units: Statement = (OF_INDICATOR, [BOTH_YEARS, indicator.pk, here[1:]])
    marks = _marks(here, [indicator], trend)
    at = [indicator.pk, top.pk, LAST_YEAR]
    feeds = list(Indicator.objects.filter(quantity_kind="share").values_list("pk", flat=True)[:1])
    return [
        Page(
            "indicator",
            reverse("dashboards:indicator", args=[indicator.code]),
            [*frame, *marks, (REOPENED, [here]), (OF_INDICATOR, place), units],
            [Drawn(-2, 3, trend), Drawn(-1, 6, THIS_YEAR)],
        ),
        Page(
            "figure",
            reverse("dashboards:figure", args=[indicator.code, top.code, LAST_YEAR]),
            [
                *frame,
                *marks,
                (DOUBT_OF, [indicator.pk, THIS_YEAR]),
                (VERSIONS, at),
                (PINNED, at),
                (OF_SEVERAL, [THIS_YEAR, feeds, [top.pk]]),
                (REOPENED, [here]),
                (CORRECTIONS, [here]),
                (OF_INDICATOR, place),
                units,
            ],
            [Drawn(-1, 2, THIS_YEAR)],
        ),
    ]


def _of_pairs(city: City, frame: Sequence[Statement], below: Sequence[Jurisdiction]) -> list[Page]:
    top, other = city.top, below[0]
    own, others = (OF_UNIT, [THIS_YEAR, top.pk]), (OF_UNIT, [THIS_YEAR, other.pk])
    # Of a unit right above those that report, as the page works out every one of them.
    above = city.above
    reporting = list(Jurisdiction.objects.filter(parent=above).values_list("pk", flat=True))
    days = [
        (STOOD, [day, LAST_YEAR, reporting])
        for day in (timezone.now() - datetime.timedelta(days=30), timezone.now())
    ]
    of_days = f"{reverse('dashboards:days')}?jurisdiction={above.code}"
    shown = Drawn(-1, 5, THIS_YEAR)
    marks = _marks([top.pk, other.pk], city.entered)
    return [
        Page(
            "compare",
            reverse("dashboards:compare"),
            [*frame, AREAS_OF_ALL, *marks, others, own],
            [shown],
        ),
        Page(
            "changes",
            reverse("dashboards:changes"),
            [*frame, AREAS_OF_ALL, *marks, (OF_UNIT, [BOTH_YEARS, top.pk])],
            [shown],
        ),
        Page(
            "days",
            of_days,
            [*frame, AREAS_OF_ALL, *marks, *days, (OF_UNIT, [THIS_YEAR, above.pk])],
            [shown],
        ),
    ]


def _of_units(city: City, frame: Sequence[Statement], here: Sequence[int]) -> list[Page]:
    counts: Statement = (COUNTS, [LAST_YEAR, here])
    shares = Indicator.objects.filter(quantity_kind="share")
    in_area = [one.pk for one in shares.filter(duty_area=city.entered[0].duty_area)]
    kept = [one.pk for one in city.kept_up]
    own = [one.pk for one in city.entered[:OWN_INDICATORS]]
    own_units = here[1 : 1 + OWN_UNITS]
    lit, own_figures = len(city.with_target) + shares.count(), len(frame) + 2
    asked = [
        *(("indicator", one.code) for one in city.entered[:OWN_INDICATORS]),
        *(("unit", Jurisdiction.objects.get(pk=pk).code) for pk in own_units),
        *(("year", year) for year in BOTH_YEARS),
    ]
    return [
        Page(
            "units",
            reverse("dashboards:units"),
            [*frame, counts],
            [Drawn(-1, 7, most=len(here))],
        ),
        Page(
            "reliability",
            reverse("dashboards:reliability"),
            [
                *frame,
                *_marks(here, city.entered, THIS_YEAR),
                (OF_UNIT, [THIS_YEAR, city.top.pk]),
                (CORRECTIONS, [here]),
                (ROUNDS, [LAST_YEAR, [city.top.pk]]),
                (DOUBTS, [here]),
                counts,
            ],
            # With the lights that rest on doubts.
            [Drawn(-1, 9, most=len(here)), Drawn(own_figures, 4, THIS_YEAR, most=lit)],
        ),
        Page(
            "heat_map",
            reverse("dashboards:heat_map"),
            [
                *frame,
                AREAS_OF_ALL,
                *_marks(here, city.behind_shares, THIS_YEAR),
                (OF_SEVERAL, [THIS_YEAR, in_area, list(here)]),
            ],
            [Drawn(-1, 1 + len(in_area), most=len(here))],
        ),
        Page(
            "only_increase",
            reverse("dashboards:only_increase"),
            [
                *frame,
                *_marks(here, city.kept_up),
                (OF_SEVERAL, [BOTH_YEARS, kept, list(here)]),
            ],
            [Drawn(-1, 1 + len(kept), most=len(here))],
        ),
        Page(
            "custom_table",
            f"{reverse('dashboards:custom_table')}?{urlencode(asked)}",
            [
                *frame,
                (CATALOGUE_ROWS, []),
                *_marks(own_units, city.entered[:OWN_INDICATORS]),
                (OF_SEVERAL, [BOTH_YEARS, own, own_units]),
            ],
            [Drawn(-1, 1 + len(own) * len(BOTH_YEARS), most=len(own_units))],
        ),
    ]


def _of_lists(city: City, frame: Sequence[Statement], here: Sequence[int]) -> list[Page]:
    top = city.top.pk
    both: Statement = (OF_UNIT, [BOTH_YEARS, top])
    shares = list(Indicator.objects.filter(quantity_kind="share"))
    with_target = [*city.with_target, *shares]
    trend = [LAST_YEAR - back for back in range(TREND)]
    ways: Statement = (OF_SEVERAL, [trend, [one.pk for one in with_target], [top]])
    few: Statement = (OF_SEVERAL, [trend, [one.pk for one in shares], [top]])
    pressed = [one.pk for one in city.entered[:PRESSED]]
    of_brief: list[Statement] = [
        (OF_SEVERAL, [BOTH_YEARS, pressed, list(here[1:])]),
        (COUNTS, [LAST_YEAR, list(here)]),
        (ROUNDS, [LAST_YEAR, [top]]),
        (DOUBTS, [list(here)]),
        (CORRECTIONS, [list(here)]),
    ]
    return [
        Page(
            "brief",
            reverse("dashboards:brief"),
            [*frame, AREAS_OF_ALL, *_marks(here, city.entered), both, ways, *of_brief],
            [Drawn(len(frame), 2)],
        ),
        Page(
            "outlook",
            reverse("dashboards:outlook"),
            [
                *frame,
                AREAS_OF_ALL,
                *_marks([top], city.entered),
                both,
                (CORRECTIONS, [[top]]),
                ways,
            ],
            [Drawn(-1, 6, THIS_YEAR)],
        ),
        Page(
            "profile",
            reverse("dashboards:profile"),
            [*frame, AREAS_OF_ALL, *_marks([top], city.behind_shares, trend), both, few],
            [Drawn(len(frame), 5)],
        ),
        Page(
            "doubts",
            reverse("dashboards:doubts"),
            [*frame, (DOUBTS_LISTED, [LISTED])],
            [Drawn(-1, 4)],
        ),
        Page(
            "indicators",
            reverse("dashboards:indicators"),
            [*frame, (CATALOGUE_ROWS, [])],
            [Drawn(-1, 5)],
        ),
    ]
