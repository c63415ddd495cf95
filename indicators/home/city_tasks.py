"""What the city does with its rounds: review, remind the late, open and close."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.collection import last_day
from indicators.home.task import Task
from indicators.models import Round, Submission, SubmissionState, User, names_apart

SETTLED = (SubmissionState.APPROVED, SubmissionState.FROZEN)
NAMED_AT_MOST = 3


def tasks_of_city(user: User) -> Iterator[Task]:
    """Of each round that is not closed: two queries for all of them."""
    every = list(Round.objects.for_user(user))
    if not every and user.scope.supervises:
        yield Task(
            _("Plan the first round"),
            _("There is no round yet, so no unit is asked for figures."),
            reverse("rounds:new"),
        )
    rounds = [one for one in every if one.closed_at is None]
    answers: dict[int, list[Submission]] = {one.pk: [] for one in rounds}
    submissions = Submission.objects.for_user(user).filter(round__in=rounds)
    for answer in submissions.in_order() if rounds else []:
        answers[answer.round_id].append(answer)
    for asked in rounds:
        if asked.city_id in user.scope.supervises:
            yield from _to_run(asked, answers[asked.pk])
        elif asked.city_id in user.scope.audits:
            yield _to_watch(asked, answers[asked.pk])


def _to_run(asked: Round, answers: list[Submission]) -> Iterator[Task]:
    progress = reverse("rounds:progress", args=[asked.evaluation_year])
    if asked.is_planned:
        yield Task(_("Open the round"), asked.title, progress, asked.opens_on)
        return
    waiting = [one for one in answers if one.state == SubmissionState.SUBMITTED]
    if waiting:
        yield Task(
            _("Submissions to review"),
            ngettext("%(n)s unit: %(names)s", "%(n)s units: %(names)s", len(waiting))
            % {"n": len(waiting), "names": _names(waiting)},
            reverse("review:queue"),
            asked.closes_on,
        )
    late = _late(answers)
    if late:
        yield Task(
            _("Units that are late"),
            ngettext("%(n)s unit: %(names)s", "%(n)s units: %(names)s", len(late))
            % {"n": len(late), "names": _names(late)},
            progress,
            asked.due_on,
        )
    open_yet = sum(one.state not in SETTLED for one in answers)
    yield Task(
        _("Close the round"),
        ngettext("%(n)s unit is not approved yet", "%(n)s units are not approved yet", open_yet)
        % {"n": open_yet}
        if open_yet
        else _("All units are approved"),
        progress,
        asked.closes_on,
    )


def _to_watch(asked: Round, answers: list[Submission]) -> Task:
    # The city's own submission is not one of its units, here as on the page of the round.
    answers = [one for one in answers if one.jurisdiction_id != asked.city_id]
    submitted = sum(one.times_submitted > 0 for one in answers)
    return Task(
        asked.title,
        _("%(submitted)s of %(all)s units have submitted, %(late)s are late")
        % {"submitted": submitted, "all": len(answers), "late": len(_late(answers))},
        reverse("rounds:progress", args=[asked.evaluation_year]),
    )


def _late(answers: list[Submission]) -> list[Submission]:
    """Those not submitted yet whose round was due, whether or not they were given more time."""
    today = timezone.localdate()
    return [
        one
        for one in answers
        if one.first_submitted_at is None and one.round.is_late_on(today) and last_day(one)
    ]


def _names(answers: list[Submission]) -> str:
    """The first names, and whether there are more."""
    of_units = names_apart(one.jurisdiction for one in answers)
    names = [of_units[one.jurisdiction_id] for one in answers[:NAMED_AT_MOST]]
    return _(", ").join(names) + ("…" if len(answers) > NAMED_AT_MOST else "")
