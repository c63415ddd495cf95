"""What a unit's officer and lead do for the rounds that are open."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.collection import (
    Refusal,
    Window,
    allows,
    has_role_for,
    last_day,
    refuse_unless_taken_back_in_time,
    window_of,
)
from indicators.figures import Figure
from indicators.figures.drafts import figures_with_drafts
from indicators.figures.submissions import open_questions
from indicators.home.task import Task
from indicators.models import Act, Indicator, Submission, SubmissionEvent, User


def tasks_of_desk(user: User) -> Iterator[Task]:
    """For each answer of the own units that still waits for them: some queries an answer."""
    answers = list(
        Submission.objects.asked()
        .filter(jurisdiction__in=user.scope.own, round__opened_at__isnull=False)
        .filter(Q(round__closed_at__isnull=True) | Q(extended_until__gte=timezone.localdate()))
        .select_related("round", "jurisdiction")
        .order_by("pk")
    )
    questions = open_questions(answers) if answers else {}
    for answer in answers:
        if allows(answer, Act.SUBMIT):
            yield from _to_submit(user, answer)
        elif has_role_for(Act.TAKE_BACK, answer, user) and allows(answer, Act.TAKE_BACK):
            yield from _to_take_back(answer)
        if asked := questions[answer.pk]:
            yield Task(
                _("Questions of the city"),
                ngettext(
                    "%(n)s question waits for an answer",
                    "%(n)s questions wait for an answer",
                    asked,
                )
                % {"n": asked},
                _page(answer),
                last_day(answer),
            )


def _to_submit(user: User, answer: Submission) -> Iterator[Task]:
    """What lies between the unit and its next submission, or why nothing can be done."""
    window = window_of(answer)
    try:
        window.refuse_unless_open(timezone.localdate())
    except Refusal as refusal:
        yield Task(answer.round.title, refusal.message, _page(answer), last_day(answer))
        return
    if window.sent_back:
        yield from _sent_back(user, window, window.sent_back)
    else:
        yield from _missing(user, answer)


def _to_take_back(answer: Submission) -> Iterator[Task]:
    """That it waits for the city, as long as the unit may still change its mind."""
    try:
        refuse_unless_taken_back_in_time(answer, timezone.localdate())
    except Refusal:
        return
    yield Task(
        _("Take back the submission"),
        _("%(round)s: submitted; the city's review has not begun") % {"round": answer.round.title},
        _page(answer),
    )


def _sent_back(user: User, window: Window, event: SubmissionEvent) -> Iterator[Task]:
    """Figures that were returned or opened again, with the reason for each on the page."""
    answer, unit = window.submission, window.submission.jurisdiction_id
    indicators = Indicator.objects.in_bulk(list(window.named))
    mine = [one for one in indicators.values() if user.scope.may_enter(unit, one.duty_area_id)]
    labels = {
        Act.RETURN: _("Figures returned, with reasons: %(n)s"),
        Act.REOPEN: _("Figures open again, with reasons: %(n)s"),
    }
    if mine:
        yield Task(
            labels[Act(event.act)] % {"n": len(mine)},
            event.change.reason,
            _page(answer),
            last_day(answer),
        )
    if unit in user.scope.leads:
        yield Task(_("Check and submit again"), answer.round.title, _page(answer), last_day(answer))


def _missing(user: User, answer: Submission) -> Iterator[Task]:
    """Duty areas with figures still missing, the emptiest first; to the lead also the whole."""
    unit, year = answer.jurisdiction, answer.round.evaluation_year
    asked = set(answer.round.indicators.values_list("pk", flat=True))
    missing: dict[str, list[Figure]] = {}
    for figure in figures_with_drafts(user, unit, year):
        if figure.indicator.pk in asked and figure.is_expected and not figure.is_reported:
            missing.setdefault(figure.indicator.duty_area.code, []).append(figure)
    for area, figures in sorted(missing.items(), key=lambda pair: -len(pair[1])):
        if user.scope.may_enter(unit.pk, figures[0].indicator.duty_area_id):
            yield Task(
                _("%(area)s %(year)s") % {"area": figures[0].area, "year": year},
                _figures_missing(len(figures)),
                reverse("entry:sheet", args=[unit.code, year, area]),
                last_day(answer),
            )
    if unit.pk in user.scope.leads:
        count = sum(len(figures) for figures in missing.values())
        yield Task(
            _("Check and submit"),
            _figures_missing(count) if count else _("No figure is missing"),
            _page(answer),
            last_day(answer),
        )


def _figures_missing(count: int) -> str:
    return ngettext("%(n)s figure is missing", "%(n)s figures are missing", count) % {"n": count}


def _page(answer: Submission) -> str:
    place = [answer.jurisdiction.code, answer.round.evaluation_year]
    return reverse("entry:submission", args=place)
