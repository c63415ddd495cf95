"""What the unit's people see of their whole answer to a round, and the lead signs off."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from indicators.collection import (
    Refusal,
    allows,
    has_role_for,
    refuse_unless_taken_back_in_time,
    returned_unanswered,
    tasks_unanswered,
)
from indicators.entry.answers import Answer, answer_to_round
from indicators.entry.forms import ACTS_OF_UNIT
from indicators.entry.sheet import units_of
from indicators.figures import Figure
from indicators.figures.drafts import figures_with_drafts, reported_before
from indicators.figures.findings import Said, asked_or_derived
from indicators.figures.submissions import Event, Thread, events_of, threads_of
from indicators.figures.work_left import WorkLeft, work_left
from indicators.models import (
    AchievementVersion,
    Act,
    Jurisdiction,
    Measure,
    ProblemState,
    Submission,
    SubmissionEvent,
    User,
    YearlyValue,
    unit_with_slug,
)


@dataclass(frozen=True)
class AnswerPage:
    """What the unit's people see of their answer; `kept` says why nothing can be done with
    it now, though its state would let the user. Who enters on the unit's behalf reads it, and
    neither `answers` questions nor `explains` what the rules find."""

    unit: Jurisdiction
    year: int
    answer: Answer
    figures: list[Figure]
    threads: list[Thread]
    events: list[Event]
    acts: list[Act]
    kept: Refusal | None
    left: WorkLeft
    answers: bool
    explains: bool
    prints: bool
    tasks: list[Measure]
    unanswered: list[Measure]
    achievements: list[AchievementVersion]
    enters_achievements: bool

    @property
    def unit_name(self) -> str:
        return self.answer.submission.unit_name

    @property
    def may_submit(self) -> bool:
        """Whether the answer is still the unit's to work on."""
        return allows(self.answer.submission, Act.SUBMIT)

    @property
    def add_achievement(self) -> str:
        """The address to enter one at; empty where the user cannot."""
        if not self.enters_achievements:
            return ""
        asked = urlencode({"unit": self.unit.slug, "year": str(self.year)})
        return f"{reverse('achievements:new')}?{asked}"

    @property
    def handed_over(self) -> SubmissionEvent | None:
        return _handed_over(self.events)

    @property
    def reported(self) -> int:
        return len(self.left.expected) - len(self.left.missing)

    @property
    def found(self) -> list[tuple[Figure, Said, str]]:
        """What the rules find in the figures as they are, with what was said to it; errors first,
        and last what is explained. Figures worked out from what was asked are among them.
        """
        rows = [(figure, one, one.explanation) for figure, one in self.left.found]
        return sorted(rows, key=lambda row: (not row[1].is_error, bool(row[2])))

    @property
    def open_questions(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.is_open]

    @property
    def named(self) -> list[tuple[Figure, str, bool]]:
        """What was returned or reopened, with the reasons, and whether it still has to be changed
        or answered."""
        return [
            (figure, reason, figure in self.left.waiting)
            for figure in self.figures
            if (reason := self.answer.reason_for(figure))
        ]

    @cached_property
    def rows(self) -> list[SignedRow]:
        """All figures that go with the submission, in order; of those that are worked out, the ones
        there is anything to say of."""
        before = self._reported_before
        said: dict[str, list[Said]] = {}
        for figure, one in self.left.found:
            said.setdefault(figure.code, []).append(one)
        return [
            SignedRow(
                figure=figure,
                said=said.get(figure.code, []),
                before=before.get(figure.indicator.pk),
            )
            for figure in asked_or_derived(self.figures, self.year, self.answer.asked)
            if figure.indicator.pk in self.answer.asked or figure.has_figure
        ]

    @property
    def without_figure(self) -> list[Figure]:
        """What there is none of, with the reason that was given."""
        return [figure for figure in self.left.expected if figure.state and not figure.has_figure]

    @property
    def changed(self) -> list[SignedRow]:
        return [row for row in self.rows if row.before is not None]

    @property
    def explained(self) -> list[tuple[Figure, Said, str]]:
        return [row for row in self.found if row[2] and not row[1].is_error]

    @property
    def lacks(self) -> bool:
        """Whether the door would refuse to submit it as it is."""
        return bool(self.left.figures or self.open_questions or self.unanswered)

    @property
    def offers_to_sign(self) -> bool:
        """Whether the user can check or submit it now."""
        return Act.CHECK in self.acts or (Act.SUBMIT in self.acts and not self.lacks)

    @cached_property
    def seen(self) -> int:
        """The latest change (id) of its figures and achievements, over which they are signed
        off."""
        years = {figure.indicator.pk: figure.year for figure in self.figures}
        values = YearlyValue.objects.filter(
            jurisdiction=self.unit, indicator__in=self.answer.asked
        ).values_list("indicator", "year", "change")
        changes = [change for pk, year, change in values if years.get(pk) == year]
        return max(changes + [one.change_id for one in self.achievements], default=0)

    @cached_property
    def _reported_before(self) -> dict[int, str]:
        if not self.answer.submission.times_submitted:
            return {}
        return reported_before(self.figures)


@dataclass(frozen=True)
class SignedRow:
    """A figure that is signed off; `before` is what was last submitted of it, if it is another
    version now: empty where there was none."""

    figure: Figure
    said: list[Said]
    before: str | None

    @property
    def says_the_same(self) -> bool:
        return self.before == str(self.figure.value or self.figure.state)


def answer_page(user: User, code: str, year: int) -> AnswerPage:
    """The answer as the user may work on it. Not found where no round asks the unit."""
    unit = unit_with_slug(units_of(user, year), code)
    answer = answer_to_round(unit, year) if unit else None
    if unit is None or answer is None:
        raise Http404
    found = answer.submission
    figures = figures_with_drafts(user, unit, year)
    events = events_of(user, found)
    answers = unit.pk in user.scope.own
    acts, kept = _acts_of(user, answer, handed_over=_handed_over(events) is not None)
    return AnswerPage(
        unit=unit,
        year=year,
        answer=answer,
        figures=figures,
        threads=threads_of(user, found),
        events=events,
        left=work_left(
            user,
            found,
            figures,
            asked=answer.asked,
            waiting=returned_unanswered(answer.window),
        ),
        acts=acts,
        kept=kept,
        answers=answers,
        explains=answers and allows(found, Act.SUBMIT) and _is_open(answer),
        prints=user.scope.prints_confirmations_of(unit),
        tasks=_tasks_of(found),
        unanswered=tasks_unanswered(found),
        achievements=list(AchievementVersion.objects.for_user(user).of(unit, year).in_order()),
        enters_achievements=_is_open(answer)
        and (unit.pk in user.scope.enters or unit.parent_id in user.scope.enters_below),
    )


def _tasks_of(submission: Submission) -> list[Measure]:
    """The unit's open tasks that fall due while the round runs, answered or not."""
    found = Measure.objects.to_be_done().of_unit(submission.jurisdiction_id)
    due = found.filter(passed_from__isnull=False, due_on__lte=submission.round.closes_on)
    open_yet = due.exclude(problem__state=ProblemState.ACCEPTED)
    return list(open_yet.select_related("problem").order_by("due_on", "pk"))


def _acts_of(user: User, answer: Answer, *, handed_over: bool) -> tuple[list[Act], Refusal | None]:
    """What the user can do with it now, and why not what the state would allow."""
    found, today = answer.submission, timezone.localdate()
    acts = [act for act in ACTS_OF_UNIT if allows(found, act) and has_role_for(act, found, user)]
    if Act.SUBMIT in acts or handed_over:
        acts = [act for act in acts if act != Act.HAND_OVER]
    try:
        if Act.TAKE_BACK in acts:
            refuse_unless_taken_back_in_time(found, today)
        elif acts:
            answer.window.refuse_unless_open(today)
        if Act.HAND_OVER in acts and not answer.has_lead:
            raise Refusal("no_lead", unit=found.jurisdiction.name)
    except Refusal as refusal:
        return [], refusal
    return acts, None


def _is_open(answer: Answer) -> bool:
    try:
        answer.window.refuse_unless_open(timezone.localdate())
    except Refusal:
        return False
    return True


def _handed_over(events: list[Event]) -> SubmissionEvent | None:
    """That the lead was told, where nothing was done since."""
    done = [one.event for one in events if one.event.act != Act.CARRY]
    latest = done[0] if done else None
    return latest if latest and latest.act == Act.HAND_OVER else None
