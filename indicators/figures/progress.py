"""How far a round has come: units by duty areas, from what was submitted.

Reporting rate = figures submitted ÷ figures expected; a state with its reason is an answer and
counts as submitted. A unit that has submitted nothing in the round has submitted none, though
figures of an earlier year's round stand. Timeliness = units whose first submission came by the due
date ÷ units asked; an extension makes late entry possible, not punctual. Nobody counts another's
drafts. Units are those of the city, as on every page; its own submission is told beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.figures.submissions import open_questions
from indicators.measures.exact import CONTEXT
from indicators.models import (
    DutyArea,
    Jurisdiction,
    Membership,
    Role,
    Round,
    Submission,
    SubmissionState,
    Tier,
    User,
    YearlyResult,
)
from indicators.results import current_snapshot

HUNDRED, HUNDREDTH = Decimal(100), Decimal("0.01")
STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Figures submitted, of those expected."""

    reported: int
    expected: int

    @property
    def rate(self) -> Decimal | None:
        return rate(self.reported, self.expected)

    @property
    def shade(self) -> int:
        """Which fifth of the way: 0 for nothing, 5 for all."""
        return self.reported * STEPS // self.expected if self.expected else 0


@dataclass(frozen=True, kw_only=True)
class Cell(Counted):
    """A unit's figures of a duty area."""

    area: DutyArea


@dataclass(frozen=True)
class Contact:
    """Whom to ring: an officer or a lead of the unit."""

    name: str
    role: str
    telephone: str


@dataclass(frozen=True, kw_only=True)
class Row(Counted):
    """A unit's progress. `punctual` is None while it may still be in time."""

    submission: Submission
    cells: list[Cell]
    questions: int
    punctual: bool | None
    contacts: list[Contact]

    @property
    def unit(self) -> Jurisdiction:
        return self.submission.jurisdiction

    @property
    def is_of_city(self) -> bool:
        """Whether it is of the offices of the city itself, whose round it is."""
        return self.unit.pk == self.submission.round.city_id

    @property
    def punctual_words(self) -> str:
        return punctual_words(self.punctual)


@dataclass(frozen=True, kw_only=True)
class RoundProgress(Counted):
    """All units of a round that the user may see, those that need something first; `areas` are the
    columns."""

    areas: list[DutyArea]
    rows: list[Row]

    @property
    def units(self) -> list[Row]:
        """Those that are counted: the city's units, or what the user sees besides."""
        return [row for row in self.rows if not row.is_of_city]

    @property
    def of_city(self) -> Row | None:
        return next((row for row in self.rows if row.is_of_city), None)

    @property
    def on_time(self) -> int:
        return sum(row.punctual is True for row in self.units)

    @property
    def timeliness(self) -> Decimal | None:
        return rate(self.on_time, len(self.units))

    @property
    def submitted(self) -> int:
        """How many units have submitted at least once."""
        return sum(row.submission.times_submitted > 0 for row in self.units)

    @property
    def waiting(self) -> int:
        """How many wait for review."""
        return sum(row.submission.state == SubmissionState.SUBMITTED for row in self.rows)

    @property
    def overdue(self) -> int:
        """How many have not submitted though the due date has passed."""
        return sum(
            row.punctual is False and not row.submission.times_submitted for row in self.units
        )


def punctual_words(punctual: bool | None) -> str:
    return {True: _("on time"), False: _("late"), None: _("not due yet")}[punctual]


def rate(part: int, whole: int) -> Decimal | None:
    """Per cent, to two places; None of nothing.

    >>> rate(39, 41)
    Decimal('95.12')
    """
    if not whole:
        return None
    return (HUNDRED * part / whole).quantize(HUNDREDTH, context=CONTEXT)


def progress_of_round(user: User, round: Round) -> RoundProgress:
    """The progress of each unit, the most pressing first; a bounded number of queries."""
    snapshot = current_snapshot()
    submissions = list(
        Submission.objects.for_user(user)
        .filter(round=round)
        .with_names()
        .select_related("jurisdiction")
    )
    submissions.sort(key=lambda one: one.jurisdiction.code)
    for one in submissions:
        one.round = round
    asked = [
        snapshot.indicators[pk] for pk in round.indicators.order_by().values_list("pk", flat=True)
    ]
    areas = sorted({one.duty_area for one in asked}, key=lambda area: area.position)
    year = round.evaluation_year
    expected: dict[int, Counter[int]] = defaultdict(Counter)
    wanted: set[tuple[int, int]] = set()
    for submission in submissions:
        unit = submission.jurisdiction_id
        for indicator in asked:
            if snapshot.expects(indicator.pk, unit, indicator.year_for(year)):
                expected[unit][indicator.duty_area_id] += 1
                wanted.add((unit, indicator.pk))
    told = (
        YearlyResult.objects.for_user(user)
        .in_tier(Tier.REPORTED)
        .with_figure()
        .filter(
            indicator__in=[one.pk for one in asked],
            jurisdiction__in=expected,
            year=F("indicator__lag") + year,
        )
    )
    begun = {one.jurisdiction_id for one in submissions if one.times_submitted}
    reported: dict[int, Counter[int]] = defaultdict(Counter)
    for place in told.values_list("jurisdiction_id", "indicator_id"):
        if place in wanted and place[0] in begun:
            unit, pk = place
            reported[unit][snapshot.indicators[pk].duty_area_id] += 1
    questions = open_questions(submissions)
    contacts = _contacts(submissions)
    rows = []
    for one in submissions:
        unit = one.jurisdiction_id
        cells = [
            Cell(area=area, reported=reported[unit][area.pk], expected=expected[unit][area.pk])
            for area in areas
        ]
        rows.append(
            Row(
                submission=one,
                cells=cells,
                questions=questions[one.pk],
                punctual=punctual(one),
                contacts=contacts[unit],
                **_together(cells),
            )
        )
    rows.sort(key=_pressing)
    return RoundProgress(areas=areas, rows=rows, **_together(rows))


PRESSING = (
    (SubmissionState.NOT_STARTED, SubmissionState.DRAFT, SubmissionState.CHECKED),
    (SubmissionState.RETURNED, SubmissionState.REOPENED),
    (SubmissionState.SUBMITTED,),
)


def _pressing(row: Row) -> tuple[int, bool, int, Decimal, str]:
    """What has not come stands before what was sent back, that before what waits for review."""
    at = next((n for n, some in enumerate(PRESSING) if row.submission.state in some), len(PRESSING))
    incomplete = HUNDRED if row.rate is None else row.rate
    return at, row.punctual is not False, -row.questions, incomplete, row.unit.code


def _together(parts: Sequence[Counted]) -> dict[str, int]:
    return {
        "reported": sum(part.reported for part in parts),
        "expected": sum(part.expected for part in parts),
    }


def punctual(submission: Submission) -> bool | None:
    """Whether it first came by the due date; None while it may still."""
    due = submission.round.due_on
    if submission.first_submitted_at is not None:
        return timezone.localdate(submission.first_submitted_at) <= due
    return None if timezone.localdate() <= due else False


def _contacts(submissions: list[Submission]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    units = {one.jurisdiction_id for one in submissions}
    people = (
        Membership.objects.reporting_for(units)
        .filter(
            role__in=[Role.OFFICER, Role.LEAD],
            user__is_active=True,
        )
        .select_related("user")
        .order_by("role", "user__username")
    )
    for one in people:
        contact = Contact(one.user.get_full_name(), one.get_role_display(), one.user.telephone)
        for unit in units.intersection({one.jurisdiction_id, getattr(one, "ended", None)}):
            if contact not in found[unit]:
                found[unit].append(contact)
    return found
