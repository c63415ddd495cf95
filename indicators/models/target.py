"""What is to be reached: targets with their legal basis."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import Indicator
from indicators.models.cleaning import below, refuse, year_faults
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import Named, choices_constraint
from indicators.models.numbers import ExactNumberField


class FrameworkBasis(models.TextChoices):
    CITY_PLAN = "city_plan", _("City plan")
    STATUTE = "statute", _("Statute")
    NATIONAL_PLAN = "national_plan", _("National plan")
    COUNTY_EVALUATION = "county_evaluation", _("County evaluation")
    DEMONSTRATION = "demonstration", _("Demonstration")


PLANS = (FrameworkBasis.CITY_PLAN, FrameworkBasis.NATIONAL_PLAN, FrameworkBasis.DEMONSTRATION)


class Framework(Named):
    """A plan, evaluation or body of law that sets targets."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    basis = models.CharField(_("basis"), max_length=20, choices=FrameworkBasis)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["code"]
        constraints = [choices_constraint("framework", "basis", FrameworkBasis)]

    @property
    def is_plan(self) -> bool:
        """A plan's year means by then, a made-up one's too; a statute's or an evaluation's, from
        then on."""
        return self.basis in PLANS

    @property
    def is_made_up(self) -> bool:
        return self.basis == FrameworkBasis.DEMONSTRATION


class TargetLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    CITY = "city", _("City")
    COUNTY = "county", _("District or county")
    SCHOOL = "school", _("School")


class Comparator(models.TextChoices):
    GE = "ge", "≥"
    GT = "gt", ">"
    LE = "le", "≤"
    LT = "lt", "<"
    EQ = "eq", "="
    RANGE = "range", _("between")
    ALL = "all", _("full coverage")
    NOT_BELOW_LAST_YEAR = "not_below_last_year", _("not below last year")


WITHOUT_VALUE = (Comparator.ALL, Comparator.NOT_BELOW_LAST_YEAR)


class TargetQuerySet(models.QuerySet["Target"]):
    def made_up(self) -> Self:
        """Those that the demonstration alone has."""
        return self.filter(framework__basis=FrameworkBasis.DEMONSTRATION)


class Target(models.Model):
    framework = models.ForeignKey(
        Framework, verbose_name=_("framework"), on_delete=models.PROTECT, related_name="targets"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="targets"
    )
    level = models.CharField(_("level"), max_length=10, choices=TargetLevel, blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("jurisdiction"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        help_text=_("A plan is to be met by this year, a statute from it on; empty means always."),
    )
    comparator = models.CharField(_("comparator"), max_length=20, choices=Comparator)
    value = ExactNumberField(_("value"), null=True, blank=True)
    value_to = ExactNumberField(_("upper value"), null=True, blank=True)
    margin = ExactNumberField(
        _("margin"),
        null=True,
        blank=True,
        help_text=_("Within it a figure is near; empty means 5 per cent of the value."),
    )
    principal = models.BooleanField(
        _("principal"), default=False, help_text=_("Lights the status among several.")
    )
    legal_basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    confirmed = models.BooleanField(
        _("confirmed"), default=False, help_text=_("The source was seen, not remembered.")
    )
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "level", "year", "framework"]
        constraints = [
            choices_constraint("target", "comparator", Comparator),
            choices_constraint("target", "level", ["", *TargetLevel]),
            models.UniqueConstraint(
                "framework",
                "indicator",
                "level",
                Coalesce("jurisdiction", 0),
                Coalesce("year", 0),
                name="target_unique",
            ),
            models.UniqueConstraint(
                "indicator",
                "level",
                Coalesce("jurisdiction", 0),
                Coalesce("year", 0),
                condition=Q(principal=True),
                name="target_one_principal",
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__isnull=True) & ~Q(level="")
                | Q(jurisdiction__isnull=False, level=""),
                name="target_binds_a_level_or_a_jurisdiction",
            ),
            models.CheckConstraint(
                condition=Q(comparator__in=["all", "not_below_last_year"]) | Q(value__isnull=False),
                name="target_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(comparator="range", value_to__isnull=False, value_to__gte=F("value"))
                | (~Q(comparator="range") & Q(value_to__isnull=True)),
                name="target_range_has_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(margin__isnull=True) | Q(margin__gte=0),
                name="target_margin_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.get_comparator_display()} · {self.framework}"

    @property
    def source_is_known(self) -> bool:
        """Whether it was seen; what is made up has none to see."""
        return self.confirmed or self.framework.is_made_up

    def clean(self) -> None:
        faults = year_faults(self, "year")
        if bool(self.level) == bool(self.jurisdiction_id):
            faults["level"] = _("Choose a level or a jurisdiction, not both.")
        if self.value is None and self.comparator not in WITHOUT_VALUE:
            faults["value"] = _("This comparator needs a value.")
        is_range = self.comparator == Comparator.RANGE
        if is_range is (self.value_to is None) or below(self.value_to, self.value):
            faults["value_to"] = _("For “between” an upper value not below the value; else none.")
        if below(self.margin, 0):
            faults["margin"] = _("Not below 0.")
        refuse(faults)
