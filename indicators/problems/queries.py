"""What the ledger and the pages show of problems, as far as the user sees them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from indicators.collection import problem_acts
from indicators.figures.problems import Course, courses_of, years_of_courses
from indicators.models import (
    Criterion,
    Measure,
    Problem,
    ProblemAct,
    ProblemDocument,
    ProblemEvent,
    ProblemState,
    User,
)

# What is done with a button and a reason, in the order of the buttons: Enter in the box presses
# the first, which must be none that decides.
ACTS = (
    ProblemAct.NOTE,
    ProblemAct.START,
    ProblemAct.HAND_IN,
    ProblemAct.SEND_BACK,
    ProblemAct.REOPEN,
    ProblemAct.ACCEPT,
)


@dataclass
class Line:
    """A problem in the ledger: `measures` are those that the user sees."""

    problem: Problem
    measures: list[Measure] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return sum(one.is_settled for one in self.measures)

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.measures)

    @property
    def shown(self) -> int:
        """How many of its figures show it solved."""
        return sum(course.holds is True for course in self.courses)

    @property
    def next_day(self) -> datetime.date | None:
        """The first day by which something is still to be done."""
        waiting = (one.due_on for one in self.measures if not one.is_settled and one.due_on)
        return min(waiting, default=None)

    @property
    def departments(self) -> list[str]:
        """Who answers for its measures, each once."""
        return list(dict.fromkeys(one.department for one in self.measures if one.department))


def problems_seen(user: User) -> QuerySet[Problem]:
    """Problems with what their lines name."""
    return Problem.objects.for_user(user).select_related("jurisdiction", "duty_area")


def overdue_among(user: User, problems: QuerySet[Problem]) -> QuerySet[Problem]:
    """Those with a measure whose day has passed, which the user sees."""
    late = Measure.objects.for_user(user).overdue().order_by().values("problem")
    return problems.filter(pk__in=late).exclude(state=ProblemState.ACCEPTED)


def lines_of(user: User, problems: Iterable[Problem]) -> list[Line]:
    """The problems as lines: four queries, whatever their number."""
    lines = {one.pk: Line(one) for one in problems}
    measures = Measure.objects.for_user(user).filter(problem__in=lines).select_related("unit")
    for measure in measures.order_by("problem", "number"):
        lines[measure.problem_id].measures.append(measure)
    for course in courses_of(user, _criteria(lines)):
        lines[course.criterion.problem_id].courses.append(course)
    return list(lines.values())


@dataclass(frozen=True)
class Counts:
    """How many problems there are of each kind that the ledger's finding names."""

    total: int
    accepted: int
    relapsed: int
    waiting: int
    overdue: int


def counts_of(user: User, problems: QuerySet[Problem]) -> Counts:
    """Two queries."""
    states: dict[str, int] = defaultdict(int)
    for state in problems.order_by().values_list("state", flat=True):
        states[state] += 1
    return Counts(
        total=sum(states.values()),
        accepted=states[ProblemState.ACCEPTED],
        relapsed=states[ProblemState.RELAPSED],
        waiting=states[ProblemState.HANDED_IN],
        overdue=overdue_among(user, problems).count(),
    )


@dataclass(frozen=True)
class ProblemPage:
    """All that a problem's page shows to the user."""

    line: Line
    events: list[ProblemEvent]
    documents: list[ProblemDocument]
    acts: list[ProblemAct]

    @property
    def problem(self) -> Problem:
        return self.line.problem

    @property
    def buttons(self) -> list[ProblemAct]:
        """What is done with a button and a reason."""
        return [act for act in ACTS if act in self.acts]

    @property
    def own_measures(self) -> list[Measure]:
        """Those that were not passed down from another."""
        return [one for one in self.line.measures if one.passed_from_id is None]

    @property
    def tasks(self) -> list[Measure]:
        return [one for one in self.line.measures if one.passed_from_id is not None]

    @property
    def years(self) -> list[int]:
        return years_of_courses(self.line.courses)

    @property
    def rows(self) -> list[tuple[Course, list[tuple[int, object]]]]:
        """Each figure with those of the years, by year."""
        years = self.years
        return [
            (course, list(zip(years, course.across(years), strict=True)))
            for course in self.line.courses
        ]

    @property
    def relapse(self) -> ProblemEvent | None:
        """What made it relapse, while that is not decided."""
        if self.problem.state != ProblemState.RELAPSED:
            return None
        return next((one for one in self.events if one.act == ProblemAct.RELAPSE), None)


def page_of(user: User, problem: Problem) -> ProblemPage:
    """Of a problem that the user sees."""
    (line,) = lines_of(user, [problem])
    return ProblemPage(
        line=line,
        events=_each_once(events_of(user, Q(problem=problem))),
        documents=documents_of(user, Q(problem=problem)),
        acts=problem_acts(problem, user),
    )


def events_of(user: User, which: Q) -> list[ProblemEvent]:
    """The latest first; one query."""
    found = ProblemEvent.objects.for_user(user).filter(which)
    return list(found.select_related("change__actor", "measure__unit").order_by("-pk"))


def _each_once(events: list[ProblemEvent]) -> list[ProblemEvent]:
    """That a measure was added is told with the measure, where that is seen, and not again."""
    named = {one.change_id for one in events if one.measure_id}
    return [
        one
        for one in events
        if one.measure_id or one.act != ProblemAct.ADD or one.change_id not in named
    ]


def documents_of(user: User, which: Q) -> list[ProblemDocument]:
    found = ProblemDocument.objects.for_user(user).filter(which)
    return list(found.select_related("change__actor", "measure").order_by("-pk"))


def _criteria(problems: Collection[int]) -> list[Criterion]:
    found = Criterion.objects.filter(problem__in=problems)
    return list(found.select_related("problem", "indicator__duty_area", "jurisdiction"))
