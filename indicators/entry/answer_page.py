"""What the unit's people see of their whole answer to a round, and the lead signs off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from indicators.collection import (
    Refusal,
    allows,
    has_role_for,
    refuse_unless_taken_back_in_time,
    returned_unanswered,
)
from indicators.entry.answers import Answer, answer_to_round
from indicators.entry.sheet import units_of
from indicators.figures import Figure
from indicators.figures.drafts import figures_with_drafts, reported_before
from indicators.figures.findings import (
    CodeYear,
    Said,
    asked_or_derived,
    findings_in,
    with_explanations,
)
from indicators.figures.submissions import Event, Thread, events_of, threads_of
from indicators.models import Act, Jurisdiction, User, YearlyValue


@dataclass(frozen=True)
class AnswerPage:
    """What the unit's people see of their answer; `kept` says why it cannot be taken back."""

    unit: Jurisdiction
    year: int
    answer: Answer
    figures: list[Figure]
    threads: list[Thread]
    events: list[Event]
    acts: list[Act]
    kept: Refusal | None
    said: dict[CodeYear, list[Said]]
    unanswered: set[int]

    @property
    def may_submit(self) -> bool:
        """Whether the answer is still the unit's to work on."""
        return allows(self.answer.submission, Act.SUBMIT)

    @property
    def expected(self) -> list[Figure]:
        """What the unit itself has to give."""
        return [
            figure
            for figure in self.figures
            if figure.is_expected and figure.indicator.pk in self.answer.asked
        ]

    @property
    def missing(self) -> list[Figure]:
        return [figure for figure in self.expected if not figure.is_reported]

    @property
    def reported(self) -> int:
        return len(self.expected) - len(self.missing)

    @property
    def found(self) -> list[tuple[Figure, Said, str]]:
        """What the rules find in the figures as they are, with what was said to it; errors first,
        and last what is explained. Figures worked out from what was asked are among them.
        """
        rows = [
            (figure, one, one.explanation)
            for figure in asked_or_derived(self.figures, self.year, self.answer.asked)
            for one in self.said.get((figure.code, figure.year), [])
        ]
        return sorted(rows, key=lambda row: (not row[1].is_error, bool(row[2])))

    @property
    def open_questions(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.is_open]

    @property
    def named(self) -> list[tuple[Figure, str, bool]]:
        """What was returned or reopened, with the reasons, and whether it still has to be changed
        or answered."""
        return [
            (figure, reason, figure.indicator.pk in self.unanswered)
            for figure in self.figures
            if (reason := self.answer.reason_for(figure))
        ]

    @cached_property
    def rows(self) -> list[SignedRow]:
        """All figures that go with the submission, in order; of those that are worked out, the ones
        there is anything to say of."""
        before = self._reported_before
        return [
            SignedRow(
                figure=figure,
                said=self.said.get((figure.code, figure.year), []),
                before=before.get(figure.indicator.pk),
            )
            for figure in asked_or_derived(self.figures, self.year, self.answer.asked)
            if figure.indicator.pk in self.answer.asked or figure.has_figure
        ]

    @property
    def without_figure(self) -> list[Figure]:
        """What there is none of, with the reason that was given."""
        return [figure for figure in self.expected if figure.state and not figure.has_figure]

    @property
    def changed(self) -> list[SignedRow]:
        return [row for row in self.rows if row.before is not None]

    @property
    def errors(self) -> list[Figure]:
        return _each_once(figure for figure, one, _said in self.found if one.is_error)

    @property
    def unexplained(self) -> list[Figure]:
        return _each_once(
            figure for figure, one, said in self.found if not one.is_error and not said
        )

    @property
    def explained(self) -> list[tuple[Figure, Said, str]]:
        return [row for row in self.found if row[2] and not row[1].is_error]

    @property
    def waiting(self) -> list[Figure]:
        """What was returned and neither changed nor answered."""
        return [figure for figure, _reason, waits in self.named if waits]

    @property
    def lacks(self) -> bool:
        """Whether the door would refuse to submit it as it is."""
        return bool(
            self.missing or self.waiting or self.open_questions or self.errors or self.unexplained
        )

    @property
    def offers_to_sign(self) -> bool:
        """Whether the user can check or submit it now."""
        return self.may_submit and bool(set(self.acts) - ({Act.SUBMIT} if self.lacks else set()))

    @cached_property
    def seen(self) -> int:
        """The latest change (id) of its figures, over which they are signed off."""
        years = {figure.indicator.pk: figure.year for figure in self.figures}
        values = YearlyValue.objects.filter(
            jurisdiction=self.unit, indicator__in=self.answer.asked
        ).values_list("indicator", "year", "change")
        return max((change for pk, year, change in values if years.get(pk) == year), default=0)

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


def _each_once(figures: Iterable[Figure]) -> list[Figure]:
    return list({figure.code: figure for figure in figures}.values())


def answer_page(user: User, code: str, year: int) -> AnswerPage:
    """The answer as the user may work on it. Not found where no round asks the unit."""
    unit = next((unit for unit in units_of(user, year) if unit.code == code), None)
    answer = answer_to_round(unit, year) if unit else None
    if unit is None or answer is None:
        raise Http404
    found = answer.submission
    figures = figures_with_drafts(user, unit, year)
    acts = [
        act
        for act in (Act.CHECK, Act.SUBMIT, Act.TAKE_BACK)
        if allows(found, act) and has_role_for(act, found, user)
    ]
    kept = None
    if Act.TAKE_BACK in acts:
        try:
            refuse_unless_taken_back_in_time(found, timezone.localdate())
        except Refusal as refusal:
            acts, kept = [], refusal
    return AnswerPage(
        unit=unit,
        year=year,
        answer=answer,
        figures=figures,
        threads=threads_of(user, found),
        events=events_of(user, found),
        unanswered=returned_unanswered(answer.window),
        said=with_explanations(user, found, figures, findings_in(figures, year)),
        acts=acts,
        kept=kept,
    )
