"""The unit's answer to the round of an evaluation year, as its own people work on it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indicators.collection import (
    Refusal,
    Window,
    last_day,
    returned_unanswered,
    window_of,
)
from indicators.figures import Figure
from indicators.figures.findings import asked_or_derived
from indicators.figures.work_left import work_left
from indicators.models import DutyArea, Jurisdiction, Membership, Round, Submission, User
from indicators.recording import Entry, locks


@dataclass(frozen=True)
class Answer:
    """A submission's window, what its round asks for (ids of indicators), and whether there is
    somebody who checks and submits it."""

    window: Window
    asked: frozenset[int]
    has_lead: bool

    @property
    def submission(self) -> Submission:
        return self.window.submission

    @property
    def round(self) -> Round:
        return self.submission.round

    @property
    def last_day(self) -> datetime.date:
        """Until when the unit has to submit, or had to."""
        return last_day(self.submission) or self.round.due_on

    def on_sheets(self, figures: Sequence[Figure]) -> list[Figure]:
        """Those of the unit's figures that belong on its sheets; what is computed of them is shown
        beside."""
        return asked_or_derived(figures, self.round.evaluation_year, self.asked)

    def reason_for(self, figure: Figure) -> str:
        """Why the city sent the figure back or opened it again; empty where it did not."""
        return self.window.named.get(figure.indicator.pk, "")


def answer_to_round(unit: Jurisdiction, evaluation_year: int) -> Answer | None:
    """The unit's answer; None where no round asks it. One query, or two to four."""
    found = (
        Submission.objects.asked()
        .filter(jurisdiction=unit, round__evaluation_year=evaluation_year)
        .select_related("round__city", "jurisdiction")
        .annotate(has_lead=Exists(Membership.objects.leading(OuterRef("jurisdiction"))))
        .first()
    )
    if found is None:
        return None
    asked = found.round.indicators.values_list("pk", flat=True)
    return Answer(window_of(found), frozenset(asked), found.has_lead)


def first_left(
    user: User, answer: Answer | None, figures: Sequence[Figure], areas: Sequence[DutyArea]
) -> Figure | None:
    """The first of the unit's figures in the duty areas that something is left to do about; where
    no round asks, the first without a figure."""
    within = {area.pk for area in areas}
    if answer is None:
        left = [one for one in figures if one.is_expected and not one.is_reported]
    else:
        waiting = returned_unanswered(answer.window)
        of_all = work_left(user, answer.submission, figures, asked=answer.asked, waiting=waiting)
        left = of_all.figures
    return next((one for one in left if one.indicator.duty_area_id in within), None)


def locks_of(unit: Jurisdiction, figures: Sequence[Figure]) -> list[Refusal | None]:
    """Why each figure cannot be entered now because of its round; None where it can."""
    return locks([Entry(figure.indicator, unit, figure.year, version=0) for figure in figures])
