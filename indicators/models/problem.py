"""A problem (问题) that the office follows until figures show it solved, and those figures.

Decided: states and acts are the same for a problem and for each of its measures
(`collection.problem_states`); what was done to either is an event, kept for ever
(`models.measure`). Who sees one follows from whose it is: a unit sees its own problems, and those
in which it has a measure to carry out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.catalogue import DutyArea, Indicator
from indicators.models.cleaning import place_constraint, place_faults, refuse, year_faults
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint
from indicators.models.numbers import ExactNumberField
from indicators.models.rule import Rule
from indicators.models.target import Comparator

if TYPE_CHECKING:
    from indicators.models.account import User


class ProblemState(models.TextChoices):
    """Of a problem and of a measure; only a problem relapses, by its figures."""

    OPEN = "open", pgettext_lazy("problem", "Open")
    UNDER_WAY = "under_way", pgettext_lazy("problem", "Under way")
    HANDED_IN = "handed_in", pgettext_lazy("problem", "Handed in")
    SENT_BACK = "sent_back", pgettext_lazy("problem", "Sent back")
    ACCEPTED = "accepted", pgettext_lazy("problem", "Accepted")
    RELAPSED = "relapsed", pgettext_lazy("problem", "Relapsed")


class ProblemAct(models.TextChoices):
    """What is done to a problem or to a measure; carried over are its figures, when their unit is
    renamed or upgraded."""

    RAISE = "raise", pgettext_lazy("problem act", "Raise")
    EDIT = "edit", pgettext_lazy("problem act", "Edit")
    ADD = "add", pgettext_lazy("problem act", "Add a measure")
    START = "start", pgettext_lazy("problem act", "Start")
    NOTE = "note", pgettext_lazy("problem act", "Note progress")
    DOCUMENT = "document", pgettext_lazy("problem act", "Name a document")
    HAND_IN = "hand_in", pgettext_lazy("problem act", "Hand in for acceptance")
    ACCEPT = "accept", pgettext_lazy("problem act", "Accept")
    SEND_BACK = "send_back", pgettext_lazy("problem act", "Send back")
    REOPEN = "reopen", pgettext_lazy("problem act", "Take up again")
    RELAPSE = "relapse", pgettext_lazy("problem act", "Relapse")
    CARRY = "carry", pgettext_lazy("problem act", "Figures go on in the next unit")


class ProblemSource(models.TextChoices):
    REPORT = "report", _("Self-evaluation report")
    TARGET = "target", _("Missed target")
    FINDING = "finding", _("Finding of a rule")
    REVIEW = "review", pgettext_lazy("source of a problem", "Review")
    OTHER = "other", pgettext_lazy("source of a problem", "Other")


SETTLED = (ProblemState.ACCEPTED,)
# By which a figure shows a problem solved: against a number, or as a statement that is met.
COMPARATORS = (
    Comparator.GE,
    Comparator.GT,
    Comparator.LE,
    Comparator.LT,
    Comparator.EQ,
    Comparator.ALL,
)


class ProblemQuerySet(models.QuerySet["Problem"]):
    def for_user(self, user: User) -> Self:
        """Those of the own units and below where the role reaches down, the city's to its editor,
        and those in which an own unit has a measure."""
        scope = user.scope
        mine = self.model._default_manager.filter(
            pk=OuterRef("pk"), measures__unit__in=sorted(scope.own)
        )
        seen = scope.answers_for("jurisdiction_id") | Q(jurisdiction__in=sorted(scope.named))
        return self.filter(seen | Exists(mine)) if scope.own else self.filter(seen)

    def unsettled(self) -> Self:
        return self.exclude(state__in=SETTLED)


class Problem(models.Model):
    """`code` tells it in words and files: year, group of the report (0 without), number.

    `report_start` and `report_end` are where the report says it, in characters from 0, the end
    exclusive. `indicator` and `figure_year` are the figure that it was raised from, `rule` what
    found it odd; `version` grows with each act.
    """

    code = models.CharField(_("number of the problem"), max_length=20, unique=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("concerns"),
        on_delete=models.PROTECT,
        related_name="problems",
    )
    duty_area = models.ForeignKey(
        DutyArea, verbose_name=_("duty area"), on_delete=models.PROTECT, related_name="problems"
    )
    group_title = models.CharField(_("group"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=100)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    year = models.PositiveSmallIntegerField(_("year raised"))
    source = models.CharField(
        _("source"), max_length=10, choices=ProblemSource, default=ProblemSource.OTHER
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("raised from the figure"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    figure_year = models.PositiveSmallIntegerField(_("year of the figure"), null=True, blank=True)
    rule = models.ForeignKey(
        Rule,
        verbose_name=_("rule"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    report_start = models.PositiveIntegerField(_("begins in the report at"), null=True, blank=True)
    report_end = models.PositiveIntegerField(_("ends in the report at"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProblemState, default=ProblemState.OPEN
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["-year", "code"]
        constraints = [
            choices_constraint("problem", "state", ProblemState),
            choices_constraint("problem", "source", ProblemSource),
            place_constraint("problem"),
            models.CheckConstraint(
                condition=~Q(source="report") | Q(report_start__isnull=False),
                name="problem_of_report_has_place",
            ),
            models.CheckConstraint(
                condition=Q(figure_year__isnull=True) | Q(indicator__isnull=False),
                name="problem_year_is_of_a_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        faults = year_faults(self, "year") | place_faults(self)
        if self.source == ProblemSource.REPORT and self.report_start is None:
            faults["report_start"] = _("Say where the report has it.")
        refuse(faults)

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def watched(self) -> Self:
        """Those that held when their problem was accepted, which is settled since."""
        return self.filter(held=True, problem__state=ProblemState.ACCEPTED)


class Criterion(models.Model):
    """The figure that would show a problem solved: of a unit, from a year on (of values).

    `value` is in the indicator's unit, none for a statement that is to be met. `held` is whether it
    held when the problem was last accepted: only then can it fall back.
    """

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="criteria")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    comparator = models.CharField(
        _("comparator"), max_length=3, choices=[(one.value, one.label) for one in COMPARATORS]
    )
    value = ExactNumberField(_("value"), null=True, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from year"))
    held = models.BooleanField(_("held when accepted"), default=False)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure that shows a problem solved")
        verbose_name_plural = _("figures that show problems solved")
        ordering = ["problem", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "indicator", "jurisdiction"], name="criterion_unique"
            ),
            choices_constraint("criterion", "comparator", COMPARATORS),
            models.CheckConstraint(
                condition=Q(comparator="all", value__isnull=True)
                | (~Q(comparator="all") & Q(value__isnull=False)),
                name="criterion_has_a_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.indicator_id} {self.comparator} {self.value}"

    def clean(self) -> None:
        faults = year_faults(self, "from_year")
        if (self.value is None) is (self.comparator != Comparator.ALL):
            faults["value"] = _("A comparison needs a value, a statement has none.")
        refuse(faults)
