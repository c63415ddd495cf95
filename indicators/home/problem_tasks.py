"""What is to be done about problems: measures of the own units, and what a supervisor decides."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.home.task import Task
from indicators.models import Measure, Problem, ProblemState, User

EACH_AT_MOST = 3  # what is more becomes one line


def measures_to_do(user: User) -> Iterator[Task]:
    """Measures that wait for the own units and have a day, the first ones each; one query."""
    found = list(
        Measure.objects.to_be_done()
        .filter(unit__in=sorted(user.scope.own), due_on__isnull=False)
        .exclude(problem__state=ProblemState.ACCEPTED)
        .select_related("problem")
        .order_by("due_on", "pk")
    )
    first, rest = found[:EACH_AT_MOST], found[EACH_AT_MOST:]
    for one in first:
        detail = _("Measure about “%(problem)s”") % {"problem": one.problem.title}
        if one.state == ProblemState.SENT_BACK:
            detail = _("Sent back: measure about “%(problem)s”") % {"problem": one.problem.title}
        place = [one.problem_id, one.number]
        yield Task(one.title, detail, reverse("problems:measure", args=place), one.due_on)
    if rest:
        late = sum(one.is_overdue for one in rest)
        yield Task(
            _("More measures to carry out"),
            ngettext(
                "%(n)s measure, %(late)s overdue", "%(n)s measures, %(late)s overdue", len(rest)
            )
            % {"n": len(rest), "late": late},
            reverse("problems:ledger"),
            rest[0].due_on,
        )


def problems_to_decide(user: User) -> Iterator[Task]:
    """For a supervisor: what was handed in, what relapsed, which measures are late; three
    queries."""
    relapsed = Problem.objects.for_user(user).filter(state=ProblemState.RELAPSED)
    titles = list(relapsed.values_list("title", flat=True))
    ledger = reverse("problems:ledger")
    if titles:
        where = f"{ledger}?state={ProblemState.RELAPSED}"
        yield Task(_("Problems that relapsed"), _first(titles), where)
    problems = Problem.objects.for_user(user).filter(state=ProblemState.HANDED_IN)
    measures = Measure.objects.for_user(user).filter(state=ProblemState.HANDED_IN)
    waiting = (
        list(problems.values_list("title", flat=True)),
        list(
            measures.exclude(problem__state=ProblemState.ACCEPTED).values_list(
                "problem", "number", "title"
            )
        ),
    )
    if waiting[0]:
        where = f"{ledger}?state={ProblemState.HANDED_IN}"
        yield Task(_("Problems to accept"), _first(waiting[0]), where)
    for problem, number, title in waiting[1][:EACH_AT_MOST]:
        url = reverse("problems:measure", args=[problem, number])
        yield Task(_("Measure to accept"), title, url)
    if len(waiting[1]) > EACH_AT_MOST:
        more = len(waiting[1]) - EACH_AT_MOST
        said = ngettext("%(n)s measure", "%(n)s measures", more) % {"n": more}
        yield Task(_("More measures to accept"), said, ledger)
    yield from problems_to_watch(user)


def _first(titles: list[str]) -> str:
    """The first titles, and whether there are more."""
    return _(", ").join(titles[:EACH_AT_MOST]) + ("…" if len(titles) > EACH_AT_MOST else "")


def problems_to_watch(user: User) -> Iterator[Task]:
    """How many are late; one query."""
    late = Measure.objects.for_user(user).overdue(timezone.localdate())
    count = late.exclude(problem__state=ProblemState.ACCEPTED).count()
    if count:
        yield Task(
            _("Overdue measures"),
            ngettext("%(n)s measure", "%(n)s measures", count) % {"n": count},
            f"{reverse('problems:ledger')}?overdue=on",
        )
