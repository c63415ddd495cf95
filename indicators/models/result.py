"""The read model: what stands for every indicator, unit, year and tier; `results` writes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from indicators.models.account import most_known_by_one
from indicators.models.catalogue import Definition, Indicator
from indicators.models.change import Origin
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint
from indicators.models.numbers import ExactNumberField
from indicators.models.release import FEWEST_COUNTED, is_released
from indicators.models.target import Comparator, Target
from indicators.models.value import Qualifier, State, Statement, Tier, ValueRevision

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.models.account import User
    from indicators.models.scope import Unit


class Basis(models.TextChoices):
    ENTERED = "entered", _("Entered")
    SUMMED = "summed", _("Summed over units")
    COMPUTED = "computed", _("Computed")
    STATED = "stated", _("Stated")


class Status(models.TextChoices):
    MET = "met", _("Met")
    NEAR = "near", _("Near")
    MISSED = "missed", _("Missed")
    NO_DATA = "no_data", _("No data")
    NO_TARGET = "no_target", _("No target")


LIT = (Status.MET, Status.NEAR, Status.MISSED)


class Completeness:
    """Whether a result is whole: said here once, for the row and for the tuples made of it.

    What the city states is whole, whoever is missing below; the one computed beside it may not be.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        basis: Any
        number: Any
        statement: Any
        computed: Any
        computed_statement: Any
        missing_units: Any

    @property
    def has_figure(self) -> bool:
        return self.number is not None or bool(self.statement)

    @property
    def is_partial(self) -> bool:
        """A sum, or a formula over sums, that still waits for units: it lights nothing."""
        return bool(self.missing_units) and self.basis in (Basis.SUMMED, Basis.COMPUTED)

    @property
    def computed_is_partial(self) -> bool:
        """The same of the second figure, which stands beside a stated one."""
        return bool(self.missing_units) and self.basis == Basis.STATED

    @property
    def whole_number(self) -> Decimal | None:
        """The number where it is whole: what others are compared with and rules look at."""
        return None if self.is_partial else self.number

    @property
    def whole_computed(self) -> Decimal | None:
        return None if self.computed_is_partial else self.computed


def _over_units(*basis: str) -> Q:
    """Results of the kinds that are worked out from the figures of units."""
    return Q(basis__in=basis, counted__isnull=False)


def _tells_of_units() -> Q:
    """Results without a figure whose reason is what the figures of units are: others tell which
    are missing, or that nothing can be compared."""
    told = Q(reason__code="division_by_zero") | Q(reason__code="too_large")
    return Q(told, basis="", counted__isnull=False)


def _seen_as_they_run(user: User) -> Q:
    """What is worked out over units and may be told while they report: the user's own unit's, and
    an editor's city's unless it is of few."""
    of_few = Q(counted__lt=FEWEST_COUNTED) & Q(reported__lt=F("expected"))
    own = Q(jurisdiction__in=user.scope.own) | user.scope.reached("jurisdiction_id")
    return own | Q(jurisdiction__in=user.scope.named) & ~of_few


def years_by_steps(sql: str, values: Sequence[Any]) -> list[int]:
    """The years of results, earliest first; the SQL is of the year of `of_next_year`.

    Each is one step in its index, where DISTINCT reads every row: of a nation, thousands a year.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE step(year) AS (SELECT CAST(0 AS smallint) UNION ALL"
            f" SELECT ({sql}) FROM step WHERE step.year IS NOT NULL)"
            " SELECT year FROM step WHERE year > 0",
            values,
        )
        return [year for (year,) in cursor.fetchall()]


def sees_as_they_run(user: User, among: Collection[Unit] | None) -> bool:
    """Whether nothing has to be released to the user first: where their role reaches down, and of
    the own units. Then the database need not be asked what was."""
    scope = user.scope
    if scope.reaches_all or among is None:
        return scope.reaches_all
    return all(unit.pk in scope.own or scope.reaches(unit) for unit in among)


# What is annotated to results where nothing of them is kept back.
ALL_TOLD = {"tells_second": Value(True), "tells_status": Value(True)}


def _whether(condition: Q) -> Case:
    when = When(condition, then=True)
    return Case(when, default=False, output_field=models.BooleanField())


class YearlyResultQuerySet(models.QuerySet["YearlyResult"]):
    def for_user(self, user: User, *, among: Collection[Unit] | None = None) -> Self:
        """Figures that stand, of the units the user may see by name; drafts are not among them.

        `among` leaves those of other units out.
        What is worked out over units is left out for those who do not see them by name, until it
        is released.
        """
        found = self.filter(user.scope.sees("jurisdiction_id", among=among))
        if sees_as_they_run(user, among):
            return found
        return found.filter(
            ~(_over_units(Basis.SUMMED, Basis.COMPUTED) | _tells_of_units())
            | _seen_as_they_run(user)
            | is_released(user.scope.most_known)
        )

    def for_everybody(self) -> Self:
        """What may stand in public: approved figures that are not worked out over units, or that
        were released to each of them, also to who knows several units, and have not moved since."""
        return (
            self.in_tier(Tier.APPROVED)
            .with_figure()
            .filter(~_over_units(Basis.SUMMED, Basis.COMPUTED) | is_released(most_known_by_one()))
        )

    def with_told(self, user: User, *, among: Collection[Unit] | None = None) -> Self:
        """Annotated by what the user may see of each row: `tells_second`, the figure worked out
        from units beside a stated one, and whether they agree; `tells_status`, the light, which
        must not compare with a last year's figure that is not seen. `among` says that all are of
        those units."""
        if sees_as_they_run(user, among):
            return self.annotate(**ALL_TOLD)
        last_year = YearlyResult.objects.for_user(user, among=among).filter(
            indicator=OuterRef("indicator"),
            jurisdiction=OuterRef("jurisdiction"),
            year=OuterRef("year") - 1,
            tier=OuterRef("tier"),
        )
        compares = Q(target__comparator=Comparator.NOT_BELOW_LAST_YEAR)
        return self.annotate(
            tells_second=_whether(
                ~_over_units(Basis.STATED)
                | _seen_as_they_run(user)
                | is_released(user.scope.most_known, second=True)
            ),
            tells_status=_whether(
                ~compares | Q(jurisdiction__in=user.scope.own) | Q(Exists(last_year))
            ),
        )

    def of_next_year(self) -> Self:
        """The first of these rows that is later than the row `step` of the SQL around it."""
        return self.filter(year__gt=RawSQL("step.year", [])).order_by("year")[:1]

    def in_tier(self, tier: str) -> Self:
        return self.filter(tier=tier)

    def with_figure(self) -> Self:
        """Rows that say something: a figure, or a state that says why there is none; of years in
        which the indicator is asked. What stands in others feeds formulas only."""
        evaluation_year = F("year") - F("indicator__lag")
        return self.exclude(basis="").filter(
            Q(indicator__asked_from=None) | Q(indicator__asked_from__lte=evaluation_year),
            Q(indicator__asked_to=None) | Q(indicator__asked_to__gte=evaluation_year),
        )


class MostlyEmptyField(models.JSONField):
    """JSON that says nothing in nearly every row; there it is not parsed. A page has a thousand."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value == "{}":
            return {}
        if value == "[]":
            return []
        return super().from_db_value(value, expression, connection)


class YearlyResult(Completeness, models.Model):
    """The figure that stands, with its target and status.

    `number` or `statement` is the figure; `computed` or `computed_statement` the second one, worked
    out from below, where the city stated its own; each has its own origin. Of `expected` units
    `reported` gave an answer; of how many figures it tells says `counted`: those added up
    that are not 0; one where a single unit's is taken, the largest or the smallest, or what all
    say.
    `reason` says why there is no figure, or no light. `missing_units` are the ids of the units a
    sum, or a formula over sums, still waits for. Between `least` and `most`, as far as there is an
    end, lies a figure that is worked out from such as are only said to lie below or above theirs.
    """

    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="results",
        db_index=False,
        db_constraint=False,
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        related_name="results",
        db_index=False,
        db_constraint=False,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    tier = models.CharField(_("tier"), max_length=10, choices=Tier)

    basis = models.CharField(_("basis"), max_length=10, choices=Basis, blank=True)
    number = ExactNumberField(_("number"), null=True)
    statement = models.CharField(_("statement"), max_length=10, choices=Statement, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, blank=True)
    reason = MostlyEmptyField(_("reason"), default=dict)
    last_place = models.SmallIntegerField(null=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    part_of_year = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    origin = models.CharField(max_length=20, choices=Origin, blank=True)
    revision = models.ForeignKey(
        ValueRevision,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    definition = models.ForeignKey(
        Definition,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    computed = ExactNumberField(_("computed"), null=True)
    computed_statement = models.CharField(max_length=10, choices=Statement, blank=True)
    computed_reason = MostlyEmptyField(default=dict)
    computed_origin = models.CharField(max_length=20, choices=Origin, blank=True)
    agrees = models.BooleanField(null=True)

    reported = models.PositiveIntegerField(null=True)
    counted = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)
    missing_units = MostlyEmptyField(default=list)
    least = ExactNumberField(null=True)
    most = ExactNumberField(null=True)

    target = models.ForeignKey(
        Target,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NO_DATA)
    status_reason = MostlyEmptyField(default=dict)

    objects = YearlyResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "tier", "indicator"], name="yearlyresult_unique"
            ),
            choices_constraint("yearlyresult", "tier", Tier),
            choices_constraint("yearlyresult", "status", Status),
        ]
        indexes = [
            models.Index(fields=["indicator", "year", "tier"], name="yearlyresult_of_indicator"),
            # Few are: a page asks which of its units state something.
            models.Index(
                fields=["jurisdiction", "year"],
                condition=models.Q(basis="stated"),
                name="yearlyresult_stated",
            ),
        ]

    def __str__(self) -> str:
        # By ids: whoever logs a row of thousands must not ask the database for each.
        return f"{self.indicator_id} · {self.jurisdiction_id} · {self.year} · {self.tier}"
