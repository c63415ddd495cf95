"""What people are told about a submission: in the application, and by e-mail once a day at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.catalogue import Indicator
from indicators.models.naming import choices_constraint
from indicators.models.prepared import prepared
from indicators.models.round import Round
from indicators.models.submission import EventFigure, Submission, SubmissionEvent

if TYPE_CHECKING:
    from indicators.models.account import User


class NoticeKind(models.TextChoices):
    OPENED = "opened", pgettext_lazy("notice", "A round was opened")
    DUE_SOON = "due_soon", pgettext_lazy("notice", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("notice", "Overdue")
    TO_CHECK = "to_check", pgettext_lazy("notice", "Handed over for checking")
    SUBMITTED = "submitted", pgettext_lazy("notice", "Submitted, waits for review")
    TAKEN_BACK = "taken_back", pgettext_lazy("notice", "Taken back")
    RETURNED = "returned", pgettext_lazy("notice", "Returned")
    APPROVED = "approved", pgettext_lazy("notice", "Approved")
    EXTENDED = "extended", pgettext_lazy("notice", "Extended")
    REOPENED = "reopened", pgettext_lazy("notice", "Reopened")
    ASKED = "asked", pgettext_lazy("notice", "A question was asked")
    ANSWERED = "answered", pgettext_lazy("notice", "A question was answered")
    ADDED = "added", pgettext_lazy("notice", "More figures are asked")
    CARRIED = "carried", pgettext_lazy("notice", "Carried over to another unit")
    DROPPED = "dropped", pgettext_lazy("notice", "Asked no longer")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_user(self, user: User) -> Self:
        """What the user was told of units and cities that are still theirs, and that is still
        asked: who moved office is no longer told of the old one."""
        scope = user.scope
        return self.of(user.pk, scope.own, scope.supervises)

    def of(self, recipient: Any, own: Any, supervises: Any) -> Self:
        """As `for_user`, who is given by id, with the ids of units in the scope."""
        theirs = Q(submission__jurisdiction__id__in=own)
        theirs |= Q(submission__round__city__id__in=supervises)
        return self.asked().filter(theirs, recipient=recipient)

    def asked(self) -> Self:
        """Of submissions that are still asked; what names figures, while the round asks any. That a
        unit is asked no longer is told while it is so."""
        of_round = Round.indicators.through.objects.filter(
            round=OuterRef("submission__round"), indicator=OuterRef("indicator")
        )
        added = EventFigure.objects.filter(
            event=OuterRef("event"), indicator__rounds=OuterRef("submission__round")
        )
        asks = Q(submission__round__withdrawn_at__isnull=True, submission__dropped_at__isnull=True)
        dropped = Q(kind=NoticeKind.DROPPED)
        return self.filter(
            ~Q(kind=NoticeKind.ASKED) | Exists(of_round),
            ~Q(kind=NoticeKind.ADDED) | Exists(added),
            (asks & ~dropped) | (~asks & dropped),
        )

    def unseen(self) -> Self:
        return self.filter(seen_at__isnull=True)


class Notice(models.Model):
    """One thing that one person is told. Of an act, `event` is the act; of a reminder, `day` the
    day from which it was to be told; so telling twice makes no second notice. `due` is the last day
    that was told, of an opening and of reminders: what was said stays said when the day moves."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="notices")
    event = models.ForeignKey(
        SubmissionEvent, on_delete=models.PROTECT, null=True, related_name="notices"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField(_("day"))
    due = models.DateField(_("due"), null=True)
    made_at = models.DateTimeField(_("made at"))
    seen_at = models.DateTimeField(_("seen at"), null=True)
    mailed_on = models.DateField(_("mailed on"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "event"],
                condition=Q(event__isnull=False),
                name="notice_unique_event",
            ),
            models.UniqueConstraint(
                fields=["recipient", "kind", "submission", "day"],
                condition=Q(kind__in=["due_soon", "overdue"]),
                name="notice_unique_reminder",
            ),
            choices_constraint("notice", "kind", NoticeKind),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.kind} {self.submission_id}"


class MutedNotice(models.Model):
    """A kind that a person does not want to be told. What was returned is always told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_notices"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)

    class Meta:
        verbose_name = _("muted notice")
        verbose_name_plural = _("muted notices")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="mutednotice_unique"),
            models.CheckConstraint(
                condition=~Q(kind="returned"), name="mutednotice_never_returned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


@prepared
def _unseen(recipient: Any, own: Any, supervises: Any) -> QuerySet[Notice, int]:
    found = Notice.objects.of(recipient, own, supervises).unseen().order_by()
    return found.values("recipient").annotate(n=Count("pk")).values_list("n", flat=True)


@prepared
def _any_unseen(recipient: Any) -> QuerySet[Notice, int]:
    unseen = Notice.objects.filter(recipient__id=recipient).unseen()
    return unseen.order_by().values_list("pk", flat=True)[:1]


def count_of_unseen(user: User) -> int:
    """How many notices the user has not seen; two queries at most, or none where nobody could be
    told. Every page asks it, mostly of who has seen all: which of them still hold is asked after
    that only, as it takes the database three times as long."""
    own, supervises = user.scope.own, user.scope.supervises
    if not (own or supervises) or not _any_unseen(recipient=user.pk):
        return 0
    # What is prepared is asked with one id at least; 0 is no unit's.
    units = {"own": sorted(own) or [0], "supervises": sorted(supervises) or [0]}
    return sum(_unseen(recipient=user.pk, **units))
