"""What a unit's officer and lead do for the rounds that are open."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import OuterRef, Q, Subquery
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
    returned_unanswered,
    window_of,
)
from indicators.figures import Figure
from indicators.figures.drafts import figures_with_drafts
from indicators.figures.submissions import open_questions
from indicators.figures.work_left import WorkLeft, work_left
from indicators.home.task import Task
from indicators.models import Act, Indicator, Submission, SubmissionEvent, User


def tasks_of_unit(user: User) -> Iterator[Task]:
    """For each answer of the own units that still waits for them: some queries an answer."""
    done = SubmissionEvent.objects.filter(submission=OuterRef("pk")).exclude(act=Act.CARRY)
    answers = list(
        Submission.objects.asked()
        .filter(jurisdiction__in=user.scope.own, round__opened_at__isnull=False)
        .filter(Q(round__closed_at__isnull=True) | Q(extended_until__gte=timezone.localdate()))
        .select_related("round", "jurisdiction")
        .annotate(latest_act=Subquery(done.order_by("-pk").values("act")[:1]))
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
    unit, year = answer.jurisdiction, answer.round.evaluation_year
    left = work_left(
        user,
        answer,
        figures_with_drafts(user, unit, year),
        asked=set(answer.round.indicators.values_list("pk", flat=True)),
        waiting=returned_unanswered(window),
    )
    leads = unit.pk in user.scope.leads
    opened = window.sent_back is not None and window.sent_back.act != Act.RETURN
    for event in window.events:
        yield from _sent_back(user, window, event, left)
    if not window.events:
        yield from _missing(user, answer, left)
    yield from _doubted(user, answer, left, all_of_it=leads)
    if leads:
        yield _to_sign_off(answer, left, again=window.sent_back is not None)
    elif not left.figures and not opened and _may_hand_over(user, answer):
        yield Task(
            _("Hand over to the lead"), _("Nothing is left to do"), _page(answer), last_day(answer)
        )


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


def _sent_back(
    user: User, window: Window, event: SubmissionEvent, left: WorkLeft
) -> Iterator[Task]:
    """Figures that were returned and still wait, or were opened again, with the reason for each on
    the page."""
    answer, unit = window.submission, window.submission.jurisdiction_id
    named = window.opened_by(event)
    if event.act == Act.RETURN:
        named = {figure.indicator.pk for figure in left.waiting}
    indicators = Indicator.objects.in_bulk(named) if named else {}
    mine = [one for one in indicators.values() if user.scope.may_enter(unit, one.duty_area_id)]
    labels = {
        Act.RETURN: _("Figures returned, with reasons: %(n)s"),
        Act.REOPEN: _("Figures open again, with reasons: %(n)s"),
        Act.ADD: _("Figures asked besides: %(n)s"),
    }
    if mine:
        yield Task(
            labels[Act(event.act)] % {"n": len(mine)},
            event.change.reason,
            _page(answer),
            last_day(answer),
        )


def _missing(user: User, answer: Submission, left: WorkLeft) -> Iterator[Task]:
    """Duty areas with figures still missing, the emptiest first; each leads to its first."""
    unit, year = answer.jurisdiction, answer.round.evaluation_year
    missing: dict[str, list[Figure]] = {}
    for figure in left.missing:
        missing.setdefault(figure.indicator.duty_area.code, []).append(figure)
    for area, figures in sorted(missing.items(), key=lambda pair: -len(pair[1])):
        if user.scope.may_enter(unit.pk, figures[0].indicator.duty_area_id):
            yield Task(
                _("%(area)s %(year)s") % {"area": figures[0].area, "year": year},
                _figures_missing(len(figures)),
                f"{reverse('entry:sheet', args=[unit.slug, year, area])}#row_{figures[0].code}",
                last_day(answer),
            )


def _doubted(user: User, answer: Submission, left: WorkLeft, *, all_of_it: bool) -> Iterator[Task]:
    """What the rules find in figures of the user's duty areas, not yet put right or explained."""

    def count(figures: list[Figure]) -> int:
        unit = answer.jurisdiction_id
        return sum(
            all_of_it or user.scope.may_enter(unit, figure.indicator.duty_area_id)
            for figure in figures
        )

    errors, warnings = count(left.errors), count(left.unexplained)
    said = [
        ngettext("%(n)s error", "%(n)s errors", errors) % {"n": errors} if errors else "",
        ngettext("%(n)s warning to explain", "%(n)s warnings to explain", warnings)
        % {"n": warnings}
        if warnings
        else "",
    ]
    if errors or warnings:
        detail = _(", ").join(filter(None, said))
        yield Task(_("What the checks found"), detail, f"{_page(answer)}#found", last_day(answer))


def _to_sign_off(answer: Submission, left: WorkLeft, *, again: bool) -> Task:
    if again:
        label, detail = _("Check and submit again"), answer.round.title
    else:
        label = _("Check and submit")
        missing = len(left.missing)
        detail = _figures_missing(missing) if missing else _("No figure is missing")
    place = [answer.jurisdiction.slug, answer.round.evaluation_year]
    return Task(label, detail, reverse("entry:sign_off", args=place), last_day(answer))


def _may_hand_over(user: User, answer: Submission) -> bool:
    """Whether the lead was not told yet that the figures are ready."""
    handed_over = getattr(answer, "latest_act", None) == Act.HAND_OVER
    return has_role_for(Act.HAND_OVER, answer, user) and not handed_over


def _figures_missing(count: int) -> str:
    return ngettext("%(n)s figure is missing", "%(n)s figures are missing", count) % {"n": count}


def _page(answer: Submission) -> str:
    place = [answer.jurisdiction.slug, answer.round.evaluation_year]
    return reverse("entry:submission", args=place)
