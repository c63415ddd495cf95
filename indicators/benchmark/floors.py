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
from indicators.models import Indicator, Jurisdiction

ROWS_PER_PAGE = 25
ALL = 1000
TREND = 7
PRESSED = 5  # figures of the brief whose units it asks
OWN_UNITS, OWN_INDICATORS = 20, 10  # of the table of one's own

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
ACCOUNT = "SELECT * FROM indicators_user WHERE id = %s"
ROLES = (
    "SELECT m.*, u.* FROM indicators_membership m"
    " JOIN indicators_jurisdiction u ON u.id = m.jurisdiction_id WHERE m.user_id = %s"
)
CATALOGUE = "SELECT token FROM indicators_cataloguestamp WHERE id = 1"
AREAS = "SELECT * FROM indicators_dutyarea ORDER BY position"
# Years with a figure: a step of the index for each, not a look at every row.
YEARS = (
    "SELECT y FROM generate_series(%s::int, %s) y WHERE EXISTS (SELECT 1"
    " FROM indicators_yearlyresult r WHERE r.jurisdiction_id = %s AND r.year = y AND r.basis <> '')"
)
FIGURES = (
    "SELECT r.year, r.number, r.status, r.basis, r.origin, r.indicator_id, r.jurisdiction_id,"
    " r.qualifier, r.last_place, r.expected, r.reported, r.counted, r.missing_units, r.statement,"
    " r.state, r.reason, r.part_of_year, r.computed, r.computed_statement, r.computed_origin,"
    " r.agrees, r.status_reason, r.revision_id,"
    " v.as_entered, v.state_reason, v.period_from, v.period_basis"
    " FROM indicators_yearlyresult r LEFT JOIN indicators_valuerevision v ON v.id = r.revision_id"
    " WHERE r.tier = 'reported' AND r.year = ANY(%s)"
)
# What was reopened, and whether the year's round is running.
REOPENED = (
    "SELECT f.indicator_id, s.jurisdiction_id, r.evaluation_year, c.at"
    " FROM indicators_eventfigure f JOIN indicators_submissionevent e ON e.id = f.event_id"
    " JOIN indicators_change c ON c.id = e.change_id"
    " JOIN indicators_submission s ON s.id = e.submission_id"
    " JOIN indicators_round r ON r.id = s.round_id"
    " WHERE e.act = 'reopen' AND s.jurisdiction_id = ANY(%s)"
)
RUNNING = (
    "SELECT 1 FROM indicators_round WHERE evaluation_year = %s"
    " AND opened_at IS NOT NULL AND closed_at IS NULL LIMIT 1"
)


# Of each unit and light, how many figures there are and how many of them were reported.
COUNTS = (
    "SELECT r.jurisdiction_id, r.status, count(*), count(*) FILTER (WHERE r.number IS NOT NULL"
    " OR r.statement <> '' OR r.state = 'not_applicable') FROM indicators_yearlyresult r"
    " JOIN indicators_indicator i ON i.id = r.indicator_id WHERE r.tier = 'reported'"
    " AND r.basis <> '' AND r.year = %s + i.lag AND r.jurisdiction_id = ANY(%s) GROUP BY 1, 2"
)
DOUBTS = (
    "SELECT d.jurisdiction_id, d.year, d.indicator_id FROM indicators_doubt d"
    " WHERE d.jurisdiction_id = ANY(%s)"
)
CORRECTIONS = "SELECT * FROM indicators_correction WHERE jurisdiction_id = ANY(%s) ORDER BY id"
ROUNDS = (
    "SELECT * FROM indicators_round WHERE evaluation_year = %s AND opened_at IS NOT NULL"
    " AND city_id = ANY(%s)"
)
CATALOGUE_ROWS = (
    "SELECT i.code, i.name_zh, i.unit, a.name_zh, i.quantity_kind FROM indicators_indicator i"
    " JOIN indicators_dutyarea a ON a.id = i.duty_area_id ORDER BY a.position, i.position"
)
# What of a figure was the latest before a moment, added up over units by the database.
STOOD = (
    "SELECT indicator_id, sum(number) FROM (SELECT DISTINCT ON (v.id) v.indicator_id, e.number"
    " FROM indicators_standing s JOIN indicators_yearlyvalue v ON v.id = s.value_id"
    " JOIN indicators_change c ON c.id = s.change_id"
    " JOIN indicators_valuerevision e ON e.id = s.revision_id"
    " WHERE s.tier = 'reported' AND c.at < %s AND v.year = %s AND v.jurisdiction_id = ANY(%s)"
    " ORDER BY v.id, s.id DESC) latest GROUP BY 1"
)
OF_UNIT = f"{FIGURES} AND r.jurisdiction_id = %s"
OF_INDICATOR = f"{FIGURES} AND r.indicator_id = %s AND r.jurisdiction_id = ANY(%s)"
OF_SEVERAL = f"{FIGURES} AND r.indicator_id = ANY(%s) AND r.jurisdiction_id = ANY(%s)"
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


def _of_overview(
    city: City, frame: Sequence[Statement], below: Sequence[Jurisdiction]
) -> list[Page]:
    top, unit = city.top, below[len(below) // 2]
    on_page = [shown.pk for shown in city.entered[:ROWS_PER_PAGE]]
    overview = reverse("dashboards:overview")
    tally = Drawn(len(frame), 6)
    return [
        Page(
            "overview",
            overview,
            [*frame, AREAS_OF_ALL, (REOPENED, [[top.pk]]), (OF_UNIT, [BOTH_YEARS, top.pk])],
            [tally, Drawn(-1, 10, THIS_YEAR, ROWS_PER_PAGE)],
        ),
        Page(
            "district",
            f"{overview}?jurisdiction={unit.code}",
            [
                *frame,
                AREAS_OF_ALL,
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
    return [
        Page(
            "indicator",
            reverse("dashboards:indicator", args=[indicator.code]),
            [*frame, (REOPENED, [here]), (OF_INDICATOR, place), units],
            [Drawn(-2, 3, trend), Drawn(-1, 6, THIS_YEAR)],
        ),
        Page(
            "figure",
            reverse("dashboards:figure", args=[indicator.code, top.code, LAST_YEAR]),
            [
                *frame,
                (REOPENED, [here]),
                (DOUBTS, [here]),
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
    above = city.units[0].parent or top
    reporting = list(Jurisdiction.objects.filter(parent=above).values_list("pk", flat=True))
    days = [
        (STOOD, [day, LAST_YEAR, reporting])
        for day in (timezone.now() - datetime.timedelta(days=30), timezone.now())
    ]
    of_days = f"{reverse('dashboards:days')}?jurisdiction={above.code}"
    shown = Drawn(-1, 5, THIS_YEAR)
    return [
        Page(
            "compare", reverse("dashboards:compare"), [*frame, AREAS_OF_ALL, others, own], [shown]
        ),
        Page(
            "changes",
            reverse("dashboards:changes"),
            [*frame, AREAS_OF_ALL, (OF_UNIT, [BOTH_YEARS, top.pk])],
            [shown],
        ),
        Page(
            "days",
            of_days,
            [*frame, AREAS_OF_ALL, *days, (OF_UNIT, [THIS_YEAR, above.pk])],
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
                (OF_UNIT, [THIS_YEAR, city.top.pk]),
                (CORRECTIONS, [here]),
                (ROUNDS, [LAST_YEAR, [city.top.pk]]),
                (DOUBTS, [here]),
                counts,
            ],
            [Drawn(-1, 9, most=len(here))],
        ),
        Page(
            "heat_map",
            reverse("dashboards:heat_map"),
            [
                *frame,
                AREAS_OF_ALL,
                (OF_SEVERAL, [THIS_YEAR, in_area, list(here)]),
            ],
            [Drawn(-1, 1 + len(in_area), most=len(here))],
        ),
        Page(
            "only_increase",
            reverse("dashboards:only_increase"),
            [*frame, (OF_SEVERAL, [BOTH_YEARS, kept, list(here)])],
            [Drawn(-1, 1 + len(kept), most=len(here))],
        ),
        Page(
            "custom_table",
            f"{reverse('dashboards:custom_table')}?{urlencode(asked)}",
            [*frame, (CATALOGUE_ROWS, []), (OF_SEVERAL, [BOTH_YEARS, own, own_units])],
            [Drawn(-1, 1 + len(own) * len(BOTH_YEARS), most=len(own_units))],
        ),
    ]


def _of_lists(city: City, frame: Sequence[Statement], here: Sequence[int]) -> list[Page]:
    top = city.top.pk
    both: Statement = (OF_UNIT, [BOTH_YEARS, top])
    shares = list(Indicator.objects.filter(quantity_kind="share"))
    with_target = [*city.entered[::2], *shares]
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
            [*frame, AREAS_OF_ALL, both, ways, *of_brief],
            [Drawn(len(frame), 2)],
        ),
        Page(
            "outlook",
            reverse("dashboards:outlook"),
            [*frame, AREAS_OF_ALL, both, (CORRECTIONS, [[top]]), ways],
            [Drawn(-1, 6, THIS_YEAR)],
        ),
        Page(
            "profile",
            reverse("dashboards:profile"),
            [*frame, AREAS_OF_ALL, both, few],
            [Drawn(len(frame), 5)],
        ),
        Page("doubts", reverse("dashboards:doubts"), [*frame, (DOUBTS, [list(here)])], []),
        Page(
            "indicators",
            reverse("dashboards:indicators"),
            [*frame, (CATALOGUE_ROWS, [])],
            [Drawn(-1, 5)],
        ),
    ]
