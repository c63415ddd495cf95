"""What is done about a problem: measures (整改措施), tasks of districts among them; and all that
was done to either, with the documents that prove it.

Decided: a task that the city passes down is a measure of its own for each district, which points to
the measure it came from. Events and documents are append-only, guarded by triggers. A unit that
only has a measure in another's problem sees its own measures and their events, and no other's.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.models.change import Change
from indicators.models.cleaning import place_constraint, place_faults, refuse
from indicators.models.jurisdiction import Jurisdiction, JurisdictionChange
from indicators.models.naming import choices_constraint
from indicators.models.problem import SETTLED, Problem, ProblemAct, ProblemState

if TYPE_CHECKING:
    from indicators.models.account import User


class MeasureQuerySet(models.QuerySet["Measure"]):
    def for_user(self, user: User) -> Self:
        """Those to be carried out by own units or below, and all of the problems of own units."""
        scope = user.scope
        named = Q(problem__jurisdiction__in=sorted(scope.named), unit=F("problem__jurisdiction"))
        return self.filter(
            scope.answers_for("unit_id") | scope.answers_for("problem__jurisdiction_id") | named
        )

    def of_unit(self, unit: int) -> Self:
        """Those of the unit (id), and of units that are no more and that it reports for."""
        ended = JurisdictionChange.objects.filter(answered_by=unit).values("from_units")
        return self.filter(Q(unit=unit) | Q(unit__in=ended))

    def unsettled(self) -> Self:
        return self.exclude(state__in=SETTLED)

    def to_be_done(self) -> Self:
        """Those that wait for their unit."""
        return self.unsettled().exclude(state=ProblemState.HANDED_IN)

    def overdue(self, today: datetime.date | None = None) -> Self:
        return self.to_be_done().filter(due_on__lt=today or timezone.localdate())

    def unanswered(self) -> Self:
        """Those to which their unit has said nothing since they were passed down or sent back."""
        return self.to_be_done().filter(answered=False)


class Measure(models.Model):
    """`department` is the office of the unit that answers for it. `answered` says whether the unit
    has said anything to it since it was passed down or sent back."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("what is to be done"), max_length=100)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    unit = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("responsible unit"),
        on_delete=models.PROTECT,
        related_name="measures",
    )
    department = models.CharField(_("responsible department"), max_length=60, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    passed_from = models.ForeignKey(
        "self",
        verbose_name=_("passed down from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passed_down",
    )
    report_start = models.PositiveIntegerField(_("begins in the report at"), null=True, blank=True)
    report_end = models.PositiveIntegerField(_("ends in the report at"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProblemState, default=ProblemState.OPEN
    )
    answered = models.BooleanField(_("answered"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["problem", "number"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "number"], name="measure_unique"),
            choices_constraint("measure", "state", ProblemState),
            models.CheckConstraint(condition=~Q(state="relapsed"), name="measure_does_not_relapse"),
            place_constraint("measure"),
        ]

    def __str__(self) -> str:
        return f"{self.problem.code}/{self.number} {self.title}"

    def clean(self) -> None:
        refuse(place_faults(self))

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    def units_that_have_it(self) -> models.QuerySet[Jurisdiction]:
        """To which it was passed down, and those that report for them since they ended."""
        have = self.passed_down.values("unit")
        return Jurisdiction.objects.filter(Q(pk__in=have) | Q(answers_for__from_units__in=have))

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it still waits for its unit."""
        waits = not self.is_settled and self.state != ProblemState.HANDED_IN
        return waits and self.due_on is not None and self.due_on < timezone.localdate()


class ProblemEventQuerySet(models.QuerySet["ProblemEvent"]):
    def for_user(self, user: User) -> Self:
        """Those of measures that the user sees; of problems to who sees the problem as its own."""
        return self.filter(_within_sight(user))


class ProblemEvent(models.Model):
    """An act on a problem, or on one of its measures; who did it when and why says its change. A
    relapse has no person: a figure did it, which the reason names. Append-only."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="events")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="events")
    act = models.CharField(_("act"), max_length=10, choices=ProblemAct)
    from_state = models.CharField(_("from"), max_length=10, choices=ProblemState, blank=True)
    to_state = models.CharField(_("to"), max_length=10, choices=ProblemState)
    change = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="problem_events", db_index=False
    )

    objects = ProblemEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a problem")
        verbose_name_plural = _("events of problems")
        ordering = ["problem", "pk"]
        constraints = [
            choices_constraint("problemevent", "act", ProblemAct),
            choices_constraint("problemevent", "to_state", ProblemState),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.act}"

    @property
    def units(self) -> str:
        """From which unit to which the figures were carried over."""
        return JurisdictionChange.units_in(self.change_id if self.act == ProblemAct.CARRY else None)


class ProblemDocumentQuerySet(models.QuerySet["ProblemDocument"]):
    def for_user(self, user: User) -> Self:
        """As the events by which they were named."""
        return self.filter(_within_sight(user))


class ProblemDocument(models.Model):
    """A document that proves or orders something: what it is called, by whom, its number and day.

    A record of the paper, not the paper: the house keeps no files yet. Append-only.
    """

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="documents")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    title = models.CharField(_("title of the document"), max_length=200)
    issued_by = models.CharField(_("issuing body"), max_length=100, blank=True)
    number = models.CharField(_("number of the document"), max_length=60, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ProblemDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a problem")
        verbose_name_plural = _("documents of problems")
        ordering = ["problem", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="problemdocument_has_a_title")
        ]

    def __str__(self) -> str:
        return self.title


def _within_sight(user: User) -> Q:
    """A filter of what belongs to a problem, or to one of its measures."""
    scope = user.scope
    named = Q(problem__jurisdiction__in=sorted(scope.named)) & (
        Q(measure__isnull=True) | Q(measure__unit=F("problem__jurisdiction"))
    )
    return (
        scope.answers_for("measure__unit_id")
        | scope.answers_for("problem__jurisdiction_id")
        | named
    )
