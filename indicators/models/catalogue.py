"""What is counted: duty areas, their indicators, and each indicator's definition by version."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.measures.exact import DECIMALS
from indicators.models.cleaning import below, refuse, year_faults
from indicators.models.naming import CODE, Named, choices_constraint, in_language
from indicators.models.numbers import ExactNumberField
from indicators.models.units_in_force import UNITS


def with_code(unit: str) -> str:
    """A unit of measure as forms offer it: several are 人 or 个, the code tells them apart."""
    return f"{UNITS[unit].zh} {unit}" if unit in UNITS else unit


class DutyArea(Named):
    """One of the eight duties of the report, or one of its three groups of results."""

    class Kind(models.TextChoices):
        DUTY = "duty", _("Duty")
        RESULT = "result", _("Results")

    code = models.CharField(_("code"), max_length=80, unique=True, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DUTY)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("duty area")
        verbose_name_plural = _("duty areas")
        ordering = ["position", "code"]


class QuantityKind(models.TextChoices):
    COUNT = "count", _("Count")
    AMOUNT = "amount", _("Amount")
    SHARE = "share", _("Share")
    RATE = "rate", _("Rate")
    GROWTH_RATE = "growth_rate", _("Growth rate")
    PERCENTAGE_POINTS = "percentage_points", _("Difference of shares")
    RANK = "rank", _("Rank")
    AVERAGE = "average", _("Average")
    STATEMENT = "statement", _("Statement")


class Direction(models.TextChoices):
    HIGHER_BETTER = "higher_better", _("Higher is better")
    LOWER_BETTER = "lower_better", _("Lower is better")
    MET = "met", _("To be met")
    NONE = "none", _("Neither")


class Stage(models.TextChoices):
    ALL = "all", _("All stages")
    PRESCHOOL = "preschool", _("Preschool")
    COMPULSORY = "compulsory", _("Compulsory education")
    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    SENIOR_SECONDARY = "senior_secondary", _("Senior secondary")
    VOCATIONAL = "vocational", _("Vocational education")
    HIGHER = "higher", _("Higher education")


class Aggregation(models.TextChoices):
    SUM = "sum", _("Sum over units")
    MAX = "max", _("Highest of units")
    MIN = "min", _("Lowest of units")
    ALL = "all", _("Met when all units meet it")
    NONE = "none", _("Does not add up")


class ReportingLevel(models.TextChoices):
    UNITS = "units", _("The units and the level above")
    ABOVE = "above", _("The level above only")


class PeriodKind(models.TextChoices):
    CALENDAR_YEAR = "calendar_year", _("Calendar year")
    SCHOOL_YEAR = "school_year", _("School year")
    POINT_IN_TIME = "point_in_time", _("Point in time")
    CUMULATIVE = "cumulative", _("Cumulative")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def asked_in(self, evaluation_year: int) -> Self:
        """As `Indicator.is_asked_in`."""
        return self.exclude(asked_from__gt=evaluation_year).exclude(asked_to__lt=evaluation_year)


class Indicator(Named):
    """What is counted, in which unit, and how it adds up.

    Whether it is base or derived is the matter of the definition in force in a year.
    """

    code = models.CharField(_("code"), max_length=80, unique=True, validators=[CODE])
    duty_area = models.ForeignKey(
        DutyArea,
        verbose_name=_("duty area"),
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    quantity_kind = models.CharField(_("quantity kind"), max_length=20, choices=QuantityKind)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    display_unit = models.CharField(_("display unit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=0)
    lower_limit = ExactNumberField(_("lower limit"), null=True, blank=True)
    upper_limit = ExactNumberField(_("upper limit"), null=True, blank=True)
    direction = models.CharField(
        _("direction"), max_length=20, choices=Direction, default=Direction.NONE
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.ALL)
    aggregation = models.CharField(
        _("aggregation"), max_length=10, choices=Aggregation, default=Aggregation.NONE
    )
    reporting_level = models.CharField(
        _("reporting level"), max_length=10, choices=ReportingLevel, default=ReportingLevel.UNITS
    )
    period_kind = models.CharField(_("kind of period"), max_length=20, choices=PeriodKind)
    lag = models.SmallIntegerField(
        _("lag"),
        default=0,
        help_text=_("Years from the evaluation year to the year of the value, such as -1."),
    )
    asked_from = models.PositiveSmallIntegerField(
        _("first year asked"),
        null=True,
        blank=True,
        help_text=_("The first evaluation year that asks it; empty: from the beginning."),
    )
    asked_to = models.PositiveSmallIntegerField(
        _("last year asked"),
        null=True,
        blank=True,
        help_text=_("The last evaluation year that asks it; empty: until further notice."),
    )
    aliases = models.TextField(
        _("other names"),
        blank=True,
        help_text=_(
            "What texts call it, one a line or with semicolons: the number check finds it by these."
        ),
    )
    owner_department = models.CharField(_("owner department"), max_length=100, blank=True)
    evidence_required = models.BooleanField(_("evidence required"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["duty_area__position", "position", "code"]
        constraints = [
            choices_constraint("indicator", "quantity_kind", QuantityKind),
            choices_constraint("indicator", "direction", Direction),
            choices_constraint("indicator", "aggregation", Aggregation),
            choices_constraint("indicator", "reporting_level", ReportingLevel),
            choices_constraint("indicator", "period_kind", PeriodKind),
            choices_constraint("indicator", "stage", Stage),
            models.CheckConstraint(
                condition=Q(lower_limit__isnull=True)
                | Q(upper_limit__isnull=True)
                | Q(lower_limit__lte=F("upper_limit")),
                name="indicator_limits_in_order",
            ),
            models.CheckConstraint(
                condition=Q(quantity_kind="statement", unit="")
                | (~Q(quantity_kind="statement") & ~Q(unit="")),
                name="indicator_unit_unless_statement",
            ),
            models.CheckConstraint(
                condition=~Q(aggregation="all") | Q(quantity_kind="statement"),
                name="indicator_all_is_for_statements",
            ),
            models.CheckConstraint(
                condition=Q(aggregation__in=["all", "none"]) | ~Q(quantity_kind="statement"),
                name="indicator_statement_does_not_add_up",
            ),
            models.CheckConstraint(
                condition=Q(lag__gte=-5, lag__lte=0), name="indicator_lag_within_five_years"
            ),
            models.CheckConstraint(
                condition=Q(asked_from__isnull=True)
                | Q(asked_to__isnull=True)
                | Q(asked_from__lte=F("asked_to")),
                name="indicator_asked_years_in_order",
            ),
        ]

    def clean(self) -> None:
        faults = self._unit_faults() | year_faults(self, "asked_from", "asked_to")
        if self.is_statement and self.aggregation not in (Aggregation.ALL, Aggregation.NONE):
            faults["aggregation"] = _(
                "A statement is met when all units meet it, or does not add up."
            )
        if not self.is_statement and self.aggregation == Aggregation.ALL:
            faults["aggregation"] = _("Only statements are met when all units meet them.")
        if self.decimals is not None and self.decimals > DECIMALS:
            faults["decimals"] = _("From 0 to %(most)s.") % {"most": DECIMALS}
        if self.lag is not None and not -5 <= self.lag <= 0:
            faults["lag"] = _("From -5 to 0.")
        if below(self.asked_to, self.asked_from):
            faults["asked_to"] = _("Not before the first year.")
        if below(self.upper_limit, self.lower_limit):
            faults["upper_limit"] = _("Not below the lower limit.")
        refuse(faults)

    def _unit_faults(self) -> dict[str, Any]:
        """A number is kept in a base unit, and shown in one that holds it."""
        unit, shown = UNITS.get(self.unit), UNITS.get(self.display_unit)
        if self.is_statement:
            filled = [name for name in ("unit", "display_unit") if getattr(self, name)]
            return dict.fromkeys(filled, _("A statement has no unit; all others need one."))
        if not self.unit:
            return {"unit": _("A statement has no unit; all others need one.")}
        if unit is None:
            return {"unit": _("There is no unit of measure %(unit)s.") % {"unit": self.unit}}
        if not unit.is_base:
            return {
                "unit": _("Values are not kept in %(unit)s. Choose a base unit such as %(base)s.")
                % {"unit": with_code(self.unit), "base": with_code(unit.base)}
            }
        if self.display_unit and shown is None:
            no_unit = _("There is no unit of measure %(unit)s.") % {"unit": self.display_unit}
            return {"display_unit": no_unit}
        if shown is not None and shown.base != unit.code:
            return {
                "display_unit": _("%(shown)s does not hold %(unit)s. Choose a unit that does.")
                % {"shown": with_code(self.display_unit), "unit": with_code(self.unit)}
            }
        return {}

    @property
    def is_statement(self) -> bool:
        return self.quantity_kind == QuantityKind.STATEMENT

    @property
    def names_in_texts(self) -> tuple[str, ...]:
        """Its Chinese name and what else texts call it."""
        found = (alias.strip() for alias in re.split("[；;\\n]", self.aliases))
        return (self.name_zh, *(alias for alias in found if alias))

    @property
    def goes_by_size(self) -> bool:
        """Whether a large unit has more of it: a count or an amount."""
        return self.quantity_kind in (QuantityKind.COUNT, QuantityKind.AMOUNT)

    def set_usual_limits(self) -> None:
        """Of a new one: counts and amounts begin at 0 where nobody said otherwise."""
        if self.goes_by_size and self.lower_limit is None and not (self.upper_limit or 0) < 0:
            self.lower_limit = Decimal(0)

    def year_for(self, evaluation_year: int) -> int:
        """The year of the value that an evaluation year looks at."""
        return evaluation_year + self.lag

    def is_asked_in(self, evaluation_year: int) -> bool:
        """Between the first and the last year asked, both included."""
        begun = self.asked_from is None or self.asked_from <= evaluation_year
        return begun and (self.asked_to is None or evaluation_year <= self.asked_to)

    def is_asked_for(self, year: int) -> bool:
        """The same by the year of the value."""
        return self.is_asked_in(year - self.lag)

    @property
    def years_asked(self) -> str:
        """In words: 2020–2024; nothing where it is asked always."""
        if self.asked_from is None and self.asked_to is None:
            return ""
        if self.asked_to is None:
            return gettext("from %(year)s") % {"year": self.asked_from}
        if self.asked_from is None:
            return gettext("until %(year)s") % {"year": self.asked_to}
        return f"{self.asked_from}–{self.asked_to}"


class Definition(models.Model):
    """What an indicator means (口径) from a year on. With a formula it is derived, else base.

    Old years keep their definition: a change is a new version with a later `valid_from`.
    """

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.PROTECT,
        related_name="definitions",
    )
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.PositiveSmallIntegerField(_("valid from year"))
    meaning_zh = models.TextField(_("meaning (Chinese)"))
    meaning_en = models.TextField(_("meaning (English)"), blank=True)
    source_zh = models.TextField(_("source of the figures"), blank=True)
    formula = models.TextField(
        _("formula"), blank=True, help_text=_("For a derived indicator; empty for one entered.")
    )

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering = ["indicator", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"], name="definition_unique_version"
            ),
            models.UniqueConstraint(
                fields=["indicator", "valid_from"], name="definition_unique_valid_from"
            ),
            models.CheckConstraint(
                condition=~Q(meaning_zh=""), name="definition_says_what_it_means"
            ),
        ]

    def __str__(self) -> str:
        since = {"version": self.version, "year": self.valid_from}
        return f"{self.indicator} · {gettext('Version %(version)s, from %(year)s') % since}"

    def clean(self) -> None:
        refuse(year_faults(self, "valid_from"))

    @property
    def meaning(self) -> str:
        """What it means, in the reader's language; Chinese where no English is kept."""
        return in_language(self.meaning_zh, self.meaning_en)


class CatalogueStamp(models.Model):
    """One row whose token is a new one after every change of the catalogue.

    A save reads it and holds it shared, a change of the catalogue holds it alone; so a process may
    keep its picture of the catalogue for as long as the token is the same.
    """

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_stamp_is_one_row")]

    def __str__(self) -> str:
        return str(self.token)
