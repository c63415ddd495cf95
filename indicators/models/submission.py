"""A unit's answer to a round, what was done to it, and what was asked and said about its figures.

Decided: whatever changes a submission is an event, kept for ever (guarded by triggers): a return
and a reopening name their figures there, an extension and a reopening their last day. The columns
of the submission are what the latest events say, so that lists of them need no history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import Indicator
from indicators.models.change import Change
from indicators.models.jurisdiction import Jurisdiction, JurisdictionChange
from indicators.models.naming import choices_constraint, in_language
from indicators.models.round import Round

if TYPE_CHECKING:
    import datetime

    from indicators.models.account import User


class SubmissionState(models.TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("submission", "Not started")
    DRAFT = "draft", pgettext_lazy("submission", "Draft")
    CHECKED = "checked", pgettext_lazy("submission", "Checked by the lead")
    SUBMITTED = "submitted", pgettext_lazy("submission", "Submitted")
    RETURNED = "returned", pgettext_lazy("submission", "Returned")
    APPROVED = "approved", pgettext_lazy("submission", "Approved")
    REOPENED = "reopened", pgettext_lazy("submission", "Reopened")
    FROZEN = "frozen", pgettext_lazy("submission", "Frozen")


class Act(models.TextChoices):
    """What is done to a submission."""

    OPEN = "open", pgettext_lazy("act", "Open the round")
    ENTER = "enter", pgettext_lazy("act", "Enter figures")
    HAND_OVER = "hand_over", pgettext_lazy("act", "Hand over to the lead")
    CHECK = "check", pgettext_lazy("act", "Check")
    SUBMIT = "submit", pgettext_lazy("act", "Submit")
    TAKE_BACK = "take_back", pgettext_lazy("act", "Take back")
    RETURN = "return", pgettext_lazy("act", "Return")
    APPROVE = "approve", pgettext_lazy("act", "Approve")
    EXTEND = "extend", pgettext_lazy("act", "Extend")
    REOPEN = "reopen", pgettext_lazy("act", "Reopen")
    FREEZE = "freeze", pgettext_lazy("act", "Close the round")
    UNFREEZE = "unfreeze", pgettext_lazy("act", "Reopen the round")
    ADD = "add", pgettext_lazy("act", "Ask for more figures")
    DROP = "drop", pgettext_lazy("act", "Ask no longer")
    CARRY = "carry", pgettext_lazy("act", "Carry over from the unit before")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def for_user(self, user: User) -> Self:
        """Those of the own units, and of all below where the role reaches down; of open rounds."""
        return self.asked().filter(user.scope.answers_for("jurisdiction_id"))

    def asked(self) -> Self:
        """Those that are still asked: neither their round was withdrawn nor their unit let go."""
        return self.filter(round__withdrawn_at__isnull=True, dropped_at__isnull=True)

    def ever_submitted(self) -> Self:
        """Those that were, of the city's own offices and of those that it asks no longer as well:
        they took the round up, so that it can be closed only."""
        return self.filter(times_submitted__gt=0)

    def going_on(self, day: datetime.date) -> Self:
        """Those that are asked and wait for review, or in which somebody may enter on the day by an
        extension or a reopening, also after their round was closed."""
        states = SubmissionState
        reopened = Q(state=states.REOPENED)
        entering = ~reopened & Q(extended_until__gte=day) | reopened & Q(reopened_until__gte=day)
        done = (states.APPROVED, states.FROZEN)
        found = self.asked().filter(Q(state=states.SUBMITTED) | entering)
        return found.exclude(state__in=done)

    def with_names(self) -> Self:
        """Each knows who reports for a unit that is no more."""
        change = JurisdictionChange.objects.filter(
            from_units=OuterRef("jurisdiction"), answered_by__isnull=False
        ).order_by("-year")
        by = "answered_by__name_"
        return self.annotate(
            by_zh=Subquery(change.values(f"{by}zh")[:1]),
            by_en=Subquery(change.values(f"{by}en")[:1]),
        )

    def in_order(self) -> Self:
        """The city's own first, then by code."""
        return self.select_related("jurisdiction", "round").order_by("jurisdiction__code")


class Submission(models.Model):
    """Exactly one for each unit of a round, made when the round opens.

    `extended_until` and `reopened_until` are the last days given; `version` grows with each act.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=SubmissionState,
        default=SubmissionState.NOT_STARTED,
    )
    extended_until = models.DateField(_("extended until"), null=True)
    reopened_until = models.DateField(_("reopened until"), null=True)
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    times_submitted = models.PositiveIntegerField(_("times submitted"), default=0)
    times_returned = models.PositiveIntegerField(_("times returned"), default=0)
    dropped_at = models.DateTimeField(_("no longer asked since"), null=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["round", "jurisdiction"], name="submission_unique"),
            choices_constraint("submission", "state", SubmissionState),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} · {self.round}"

    @property
    def unit_name(self) -> str:
        """The unit; of one that is no more in the round's year, also who reports for it."""
        unit = self.jurisdiction
        if unit.valid_in(self.round.evaluation_year):
            return unit.name
        named = self if hasattr(self, "by_zh") else Submission.objects.with_names().get(pk=self.pk)
        by = in_language(getattr(named, "by_zh", None) or "", getattr(named, "by_en", None) or "")
        if not by:
            return unit.name
        return gettext("former %(unit)s (reported by %(by)s)") % {"unit": unit.name, "by": by}

    @property
    def steps(self) -> list[Step]:
        """The way from entry to the frozen figures, with where the submission is on it."""
        at = _PLACE_OF[SubmissionState(self.state)]
        now = SubmissionState(self.state)
        labels = [now.label if place == at else state.label for place, state in enumerate(_WAY)]
        return [
            Step(
                label=str(label),
                mark="now" if place == at else "done" if place < at else "ahead",
                times=self.times_submitted if _WAY[place] == SubmissionState.SUBMITTED else 0,
            )
            for place, label in enumerate(labels)
        ]


class Step(NamedTuple):
    """One stage of the way: `mark` is done, now or ahead, `times` how often it was passed."""

    label: str
    mark: str
    times: int


_WAY = (
    SubmissionState.DRAFT,
    SubmissionState.CHECKED,
    SubmissionState.SUBMITTED,
    SubmissionState.APPROVED,
    SubmissionState.FROZEN,
)
# What lies beside the straight way: not begun, sent back, opened again.
_PLACE_OF = {state: place for place, state in enumerate(_WAY)} | {
    SubmissionState.NOT_STARTED: 0,
    SubmissionState.RETURNED: 0,
    SubmissionState.REOPENED: 0,
}


class SubmissionEvent(models.Model):
    """An act; who did it when and why says its change. Append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=10, choices=Act)
    from_state = models.CharField(_("from"), max_length=12, choices=SubmissionState, blank=True)
    to_state = models.CharField(_("to"), max_length=12, choices=SubmissionState)
    change = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    until = models.DateField(_("until"), null=True)

    class Meta:
        verbose_name = _("event of a submission")
        verbose_name_plural = _("events of submissions")
        ordering = ["submission", "pk"]
        constraints = [choices_constraint("submissionevent", "act", Act)]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.act}"


class EventFigure(models.Model):
    """A figure that an event returned or reopened, and why. Append-only."""

    event = models.ForeignKey(SubmissionEvent, on_delete=models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("figure of an event")
        verbose_name_plural = _("figures of events")
        constraints = [
            models.UniqueConstraint(fields=["event", "indicator"], name="eventfigure_unique")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.indicator_id}"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open_questions(self) -> Self:
        """The latest of each thread, where it asks."""
        later = Remark.objects.filter(
            submission=OuterRef("submission"),
            indicator=OuterRef("indicator"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(later), asks=True)


class Remark(models.Model):
    """One saying in the thread of a figure: a question of the city, or the unit's answer.

    A thread whose latest saying asks is an open question. Append-only.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="remarks")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    asks = models.BooleanField(_("asks"))
    text = models.CharField(_("text"), max_length=1000)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        indexes = [models.Index(fields=["submission", "indicator", "id"], name="remark_of_figure")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.indicator_id}"
