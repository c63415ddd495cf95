"""Rules that figures are checked by, kept as data, and what they have found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.catalogue import Indicator, with_code
from indicators.models.cleaning import below, refuse, year_faults
from indicators.models.naming import CODE, Named, choices_constraint, in_language
from indicators.models.numbers import ExactNumberField
from indicators.models.submission import Submission
from indicators.models.units_in_force import UNITS

if TYPE_CHECKING:
    from indicators.models.account import User


class RuleKind(models.TextChoices):
    COMPARISON = "comparison", _("Comparison of two formulas")
    PART_WHOLE = "part_whole", _("Part and whole of a share")
    PAIR = "pair", _("Compulsory pair")
    GROWTH = "growth", _("Growth on last year")
    RANGE = "range", _("Range")
    UNIT_SLIP = "unit_slip", _("Slip of units")
    OUTLIER = "outlier", _("Stands out among districts")
    UNCHANGED = "unchanged", _("Copied unchanged from last year")
    CITY_TOTAL = "city_total", _("District sum against the city's figure")


class Severity(models.TextChoices):
    """An error blocks the submission; a warning needs a written explanation."""

    ERROR = "error", pgettext_lazy("severity", "Error")
    WARNING = "warning", pgettext_lazy("severity", "Warning")


class RuleComparator(models.TextChoices):
    AT_MOST = "le", "≤"
    AT_LEAST = "ge", "≥"
    EQUAL = "eq", "="


class Rule(Named):
    """What each kind compares, and which columns it takes:

    - comparison: `left` with `right`, two formulas; an equality may be off by `tolerance` per cent;
    - part_whole: the two inputs of every share, as its formula names them;
    - pair: of `indicators`, all are given or none;
    - growth: on last year, in per cent, of shares and rates in percentage points, from `lower` to
      `upper`; without indicators and `unit` of those that a target forbids to fall;
    - range: from `lower` to `upper`, in the base unit;
    - unit_slip, unchanged: against last year's figure, a slip without one against what it replaces;
    - outlier: among the districts' rates and averages, from `tolerance` on as a modified z-score;
      with a code at `right`, of counts and amounts for their size, where there is no last year;
    - city_total: what the city states against its units, off by `tolerance` per cent at most.

    Without indicators a rule holds for all of `unit`, and without that for all its kind applies to.
    """

    code = models.SlugField(_("code"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=RuleKind)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    indicators = models.ManyToManyField(
        Indicator, verbose_name=_("indicators"), blank=True, related_name="rules"
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    left = models.CharField(_("left side"), max_length=1000, blank=True)
    comparator = models.CharField(_("comparator"), max_length=2, choices=RuleComparator, blank=True)
    right = models.CharField(_("right side"), max_length=1000, blank=True)
    lower = ExactNumberField(_("at least"), null=True, blank=True)
    upper = ExactNumberField(_("at most"), null=True, blank=True)
    tolerance = ExactNumberField(_("tolerance"), null=True, blank=True)
    message_zh = models.CharField(_("message (Chinese)"), max_length=500, blank=True)
    message_en = models.CharField(_("message (English)"), max_length=500, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    valid_from = models.PositiveSmallIntegerField(_("valid from"), default=1990)
    valid_to = models.PositiveSmallIntegerField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["severity", "code"]
        constraints = [
            choices_constraint("rule", "kind", RuleKind),
            choices_constraint("rule", "severity", Severity),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind="comparison")
                | (~Q(left="") & ~Q(right="") & Q(comparator__in=["le", "ge", "eq"])),
                name="rule_comparison_has_two_sides",
            ),
        ]

    def clean(self) -> None:
        faults = year_faults(self, "valid_from", "valid_to") | self._side_faults()
        try:
            CODE(self.code)
        except ValidationError as error:
            faults["code"] = error.messages
        if self.unit and (self.unit not in UNITS or not UNITS[self.unit].is_base):
            faults["unit"] = _("%(unit)s is no base unit.") % {"unit": with_code(self.unit)}
        if below(self.valid_to, self.valid_from):
            faults["valid_to"] = _("Not before the first year.")
        refuse(faults)

    def _side_faults(self) -> dict[str, Any]:
        """A comparison has both sides, no other has any; but outliers may name a size at the
        right."""
        sides = {name: getattr(self, name) for name in ("left", "comparator", "right")}
        if self.kind == RuleKind.COMPARISON:
            said = _("A comparison needs a left side, a comparator and a right side.")
            return {name: said for name, given in sides.items() if not given}
        if self.kind == RuleKind.OUTLIER:
            del sides["right"]
        said = _("Only a comparison has sides. Leave it empty.")
        return {name: said for name, given in sides.items() if given}

    @property
    def message(self) -> str:
        """What the office says of it, in the reader's language; empty where the kind says it."""
        return in_language(self.message_zh, self.message_en)


class FindingQuerySet(models.QuerySet["Finding"]):
    def for_user(self, user: User) -> Self:
        """Those in drafts to the people who work on them or audit them; to others who read the
        unit's answer those in what was last submitted, until the unit says or finds otherwise."""
        scope, unit = user.scope, "submission__jurisdiction_id"
        drafts = scope.sees_drafts(unit) | Q(
            submission__jurisdiction__parent__in=sorted(scope.enters_below)
        )
        submitted = F("submission__submitted_at")
        sent = Q(found_at__lte=submitted) & ~Q(explained_at__gt=submitted)
        return self.filter(scope.answers_for(unit) & (drafts | sent))

    def current(self) -> Self:
        """Those that the figures as they are now still give."""
        return self.filter(cleared_at__isnull=True)


class Finding(models.Model):
    """A rule that a figure of a submission breaks: open until it is explained or cleared.

    `details` are the numbers behind it, as text; `value_version` the version of the figure that it
    was found on: an explanation belongs to that version. `found_at` is since when it says so.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="findings")
    rule = models.ForeignKey(
        Rule, verbose_name=_("rule"), on_delete=models.PROTECT, related_name="findings"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    details = models.JSONField(_("details"), default=dict)
    value_version = models.PositiveIntegerField(_("version"), default=0)
    found_at = models.DateTimeField(_("found at"))
    cleared_at = models.DateTimeField(_("cleared at"), null=True)
    explanation = models.CharField(_("explanation"), max_length=500, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    explained_at = models.DateTimeField(_("explained at"), null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["submission", "severity", "indicator", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "rule", "indicator", "year"], name="finding_unique"
            ),
            choices_constraint("finding", "severity", Severity),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.submission_id} {self.indicator_id}"
