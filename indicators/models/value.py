"""The value of an indicator in a unit and year; its history; and which version stands.

Written only through `indicators.recording`. The history is written by triggers of the database
(`recording/guards`), so that no path can go around it.

Every save pays for every index. So a foreign key here, and in the results, has one of its own only
where it is asked by and no unique key begins with it. And a reference that a trigger writes or
proves (to a change once for all rows of a statement), and those of results, which can be computed
again, are not proven once more by the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.catalogue import Indicator
from indicators.models.change import Change
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint
from indicators.models.numbers import ExactNumberField

if TYPE_CHECKING:
    from indicators.models.account import User


class Statement(models.TextChoices):
    MET = "met", pgettext_lazy("statement", "Met")
    PARTLY = "partly", pgettext_lazy("statement", "Partly met")
    NOT_MET = "not_met", pgettext_lazy("statement", "Not met")


class State(models.TextChoices):
    """Why there is no figure. Zero, missing and not applicable are three different things."""

    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_AVAILABLE = "not_available", _("Not available")
    BLANK = "blank", _("Withdrawn")


class Qualifier(models.TextChoices):
    """What is said of a number: 超过, 以上 (which includes it), 余 (it and something beyond its
    last place), 不足, 约."""

    EXACT = "exact", _("exact")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    REMAINDER = "remainder", _("and more")
    LESS_THAN = "less_than", _("less than")
    ABOUT = "about", _("about")


class PeriodBasis(models.TextChoices):
    STATED = "stated", _("Stated")
    INFERRED = "inferred", _("Inferred")


class Content(models.Model):
    """What a version of a value says: a number, a statement, or a state that says why neither."""

    number = ExactNumberField(_("number"), null=True, blank=True)
    statement = models.CharField(_("statement"), max_length=10, choices=Statement, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, blank=True)
    state_reason = models.CharField(_("reason"), max_length=500, blank=True)
    as_entered = models.CharField(_("as entered"), max_length=100, blank=True)
    last_place = models.SmallIntegerField(
        _("last significant place"), null=True, blank=True, help_text="Power of ten, base unit."
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT
    )
    provisional = models.BooleanField(_("provisional"), default=False)
    note = models.TextField(_("note"), blank=True)
    period_from = models.PositiveSmallIntegerField(_("period from"), null=True, blank=True)
    period_basis = models.CharField(
        _("period is"), max_length=10, choices=PeriodBasis, default=PeriodBasis.STATED
    )
    as_of = models.DateField(_("as of"), null=True, blank=True)
    part_of_year = models.BooleanField(_("part of the year"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True

    @property
    def has_figure(self) -> bool:
        return self.number is not None or bool(self.statement)

    def says_as(self, other: Content) -> bool:
        """Whether it says what the other does, words beside the figure included; how it was typed
        and how often it was saved says nothing."""
        names = [field.attname for field in Content._meta.local_fields]
        return all(
            getattr(self, name) == getattr(other, name)
            for name in names
            if name not in ("as_entered", "version")
        )


CONTENT_FIELDS = (*(field.attname for field in Content._meta.local_fields), "change_id")


class YearlyValueQuerySet(models.QuerySet["YearlyValue"]):
    def for_user(self, user: User) -> Self:
        """Values as they are now, drafts included: those of the own unit; an auditor sees all."""
        return self.filter(user.scope.sees_drafts("jurisdiction_id"))

    def worked_on_by(self, user: User) -> Self:
        """As `for_user`; besides those of the units that the user enters on behalf of."""
        below = Q(jurisdiction__parent__in=sorted(user.scope.enters_below))
        return self.filter(user.scope.sees_drafts("jurisdiction_id") | below)

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def drafted(self) -> Self:
        """Values whose latest version does not stand as reported; each knows its id as
        `version_id`."""
        latest = ValueRevision.objects.filter(value=OuterRef("pk"), version=OuterRef("version"))
        stands = Standing.objects.filter(
            value=OuterRef("pk"), tier=Tier.REPORTED, revision__version=OuterRef("version")
        )
        return self.filter(~Exists(stands)).annotate(
            version_id=Subquery(latest.order_by().values("pk")[:1])
        )


class YearlyValue(Content):
    """One figure as it is now. Its `year` is the year in which its period ends.

    A derived or summed indicator's value at the city is a stated figure.
    """

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.PROTECT,
        related_name="values",
        db_index=False,
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("jurisdiction"),
        on_delete=models.PROTECT,
        related_name="values",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    # Empty only in what raw SQL is about to add: a trigger puts a change of its own there.
    change = models.ForeignKey(
        Change,
        verbose_name=_("change"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    objects = YearlyValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly value")
        verbose_name_plural = _("yearly values")
        ordering = ["jurisdiction", "indicator", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "jurisdiction", "year"], name="yearlyvalue_unique"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False, statement="", state="")
                | (Q(number__isnull=True, state="") & ~Q(statement=""))
                | (Q(number__isnull=True, statement="") & ~Q(state="")),
                name="yearlyvalue_is_one_of_three",
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_from__lte=models.F("year")),
                name="yearlyvalue_period_ends_in_year",
            ),
            models.CheckConstraint(
                condition=Q(statement__in=["", *Statement.values]),
                name="yearlyvalue_statement_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["", *State.values]), name="yearlyvalue_state_known"
            ),
            choices_constraint("yearlyvalue", "qualifier", Qualifier),
            choices_constraint("yearlyvalue", "period_basis", PeriodBasis),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.jurisdiction} · {self.year}"


class ValueRevisionQuerySet(models.QuerySet["ValueRevision"]):
    def for_user(self, user: User) -> Self:
        """The own unit's whole history; of others what was submitted; an auditor sees all."""
        # By the value as well, which standings are looked up by.
        of_value = Standing.objects.filter(value=OuterRef("value"))
        submitted = Exists(of_value.filter(revision=OuterRef("pk")))
        return self.filter(
            user.scope.sees_drafts("value__jurisdiction_id")
            | (user.scope.sees("value__jurisdiction_id") & Q(submitted))
        )


class ValueRevision(Content):
    """A version of a value, written by triggers only; never changed, never deleted.

    Whose it is, of what and of which year says its value, which never moves.
    """

    value = models.ForeignKey(
        YearlyValue,
        on_delete=models.PROTECT,
        related_name="revisions",
        db_index=False,
        db_constraint=False,
    )
    change = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        related_name="revisions",
        db_index=False,
        db_constraint=False,
    )
    objects = ValueRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a value")
        verbose_name_plural = _("versions of values")
        ordering = ["value", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["value", "version"], name="valuerevision_unique")
        ]

    def __str__(self) -> str:
        return f"{self.value} v{self.version}"


class Tier(models.TextChoices):
    REPORTED = "reported", _("Reported")
    APPROVED = "approved", _("Approved")


class StandingQuerySet(models.QuerySet["Standing"]):
    def current(self) -> Self:
        """The latest of each value and tier."""
        later = Standing.objects.filter(
            value=OuterRef("value"), tier=OuterRef("tier"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))


class Standing(models.Model):
    """Which version of a value counts in a tier since a change. Append-only: the latest counts."""

    value = models.ForeignKey(
        YearlyValue,
        on_delete=models.PROTECT,
        related_name="standings",
        db_index=False,
        db_constraint=False,
    )
    revision = models.ForeignKey(
        ValueRevision,
        on_delete=models.PROTECT,
        related_name="standings",
        db_index=False,
        db_constraint=False,
    )
    tier = models.CharField(_("tier"), max_length=10, choices=Tier)
    change = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        related_name="standings",
        db_index=False,
        db_constraint=False,
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["id"]
        indexes = [models.Index(fields=["value", "tier", "id"], name="standing_latest")]
        constraints = [choices_constraint("standing", "tier", Tier)]

    def __str__(self) -> str:
        return f"{self.revision} {self.tier}"
