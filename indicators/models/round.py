"""A round: one evaluation year's collection in a city, with what it asks of whom until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import Indicator
from indicators.models.jurisdiction import Jurisdiction

if TYPE_CHECKING:
    import datetime

    from indicators.models.account import User


class RoundQuerySet(models.QuerySet["Round"]):
    def for_user(self, user: User) -> Self:
        """Rounds of the cities above the user's units, from their opening on; to city roles also
        those that are only planned."""
        scope = user.scope
        opened = Q(opened_at__isnull=False) & scope.answers_for("submissions__jurisdiction_id")
        return self.filter(opened | Q(city__in=scope.whole)).distinct()

    def running(self) -> Self:
        """Those that are open."""
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)

    def of_year(self, evaluation_year: int) -> Self:
        return self.filter(evaluation_year=evaluation_year)


class RoundManager(models.Manager.from_queryset(RoundQuerySet)):  # type: ignore[misc]
    """Rounds that hold; one that was withdrawn asks nothing of anybody any more."""

    def get_queryset(self) -> RoundQuerySet:
        found: RoundQuerySet = super().get_queryset()
        return found.filter(withdrawn_at__isnull=True)


class Round(models.Model):
    """Days are those of Asia/Shanghai, each inclusive: entry from `opens_on` to `due_on`; what was
    returned may be put right until `closes_on`. Opening and closing are acts of the supervisor.
    """

    city = models.ForeignKey(
        Jurisdiction, verbose_name=_("city"), on_delete=models.PROTECT, related_name="rounds"
    )
    evaluation_year = models.PositiveSmallIntegerField(_("evaluation year"))
    title = models.CharField(_("title"), max_length=200)
    instructions = models.TextField(_("instructions"), max_length=5000, blank=True)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    closes_on = models.DateField(_("closes on"))
    indicators = models.ManyToManyField(
        Indicator, verbose_name=_("indicators"), related_name="rounds"
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, verbose_name=_("reporting units"), related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = RoundManager()
    with_withdrawn = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-evaluation_year", "city"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "evaluation_year"],
                condition=Q(withdrawn_at__isnull=True),
                name="round_unique",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("closes_on")),
                name="round_days_in_order",
                violation_error_message=_(
                    "The days must follow each other: opening, due, closing."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="round_closed_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.opened_at is None

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_late_on(self, day: datetime.date) -> bool:
        """Whether a first submission on the day comes after the due date."""
        return day > self.due_on
