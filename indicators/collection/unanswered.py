"""What a unit has to say before its next submission: to returned figures, to open questions, and to
tasks that the city has passed down to it."""

from __future__ import annotations

from indicators.collection.windows import Window
from indicators.models import Act, Measure, ProblemState, Remark, Submission, ValueRevision


def returned_unanswered(window: Window) -> set[int]:
    """The returned figures (ids of indicators) that are still asked, say what they said then, and
    were not answered; three queries where something was returned."""
    event, submission = window.sent_back, window.submission
    if event is None or event.act != Act.RETURN:
        return set()
    asked = submission.round
    returned = asked.indicators.filter(pk__in=window.opened_by(event))
    years = {one.pk: one.year_for(asked.evaluation_year) for one in returned}
    revisions = ValueRevision.objects.filter(
        value__jurisdiction=submission.jurisdiction_id, value__indicator__in=years
    )
    then: dict[int, ValueRevision] = {}
    now: dict[int, ValueRevision] = {}
    for one in revisions.select_related("value").order_by("version"):
        figure = one.value.indicator_id
        if one.value.year == years[figure]:
            now[figure] = one
            if one.change_id <= event.change_id:
                then[figure] = one
    changed = {pk for pk, one in now.items() if pk not in then or not one.says_as(then[pk])}
    answered = Remark.objects.filter(
        submission=submission, indicator__in=years, asks=False, at__gte=event.change.at
    ).values_list("indicator", flat=True)
    return set(years) - changed - set(answered)


def open_questions(submission: Submission) -> set[int]:
    """The figures (ids of indicators) still asked whose latest remark is a question; one query."""
    found = Remark.objects.open_questions().filter(
        submission=submission, indicator__rounds=submission.round_id
    )
    return set(found.values_list("indicator", flat=True))


def tasks_unanswered(submission: Submission) -> list[Measure]:
    """The tasks that fall due while the round runs and to which the unit has said nothing, those
    among them of units that are no more and that it reports for; one query. A problem that was
    accepted meanwhile asks for no answer."""
    found = Measure.objects.unanswered().of_unit(submission.jurisdiction_id)
    due = found.filter(passed_from__isnull=False, due_on__lte=submission.round.closes_on)
    return list(due.exclude(problem__state=ProblemState.ACCEPTED).select_related("problem"))
